"""What the API says of itself: valid OpenAPI 3.1 in the eyes of another's validator, complete, no secrets."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest
from django.test import Client
from openapi_spec_validator import OpenAPIV31SpecValidator

from standfirst.wire.api_v1 import description
from standfirst.wire.api_v1.rows import Token
from standfirst.wire.api_v1.tokens import SCOPES
from standfirst.wire.api_v1.urls import urlpatterns
from tests.wire.api import Bot, item, token

pytestmark = [
    pytest.mark.django_db(databases=["default", "bake"]),
    pytest.mark.usefixtures("newsroom"),
    pytest.mark.urls("tests.stories.public_urls"),
]


def problems(document: dict[str, Any]) -> list[str]:
    return [str(problem.message) for problem in OpenAPIV31SpecValidator(document).iter_errors()]


def described(path: str, method: str, status: str, form: str = "application/json") -> dict[str, Any]:
    """Return the schema of an answer, with what it refers to."""
    document = description.document()
    schema = document["paths"][path][method]["responses"][status]["content"][form]["schema"]
    return {**schema, "components": document["components"]}


def test_it_is_public_and_valid_and_says_3_1() -> None:
    answer = Client(HTTP_HOST="localhost").get("/-/api/v1/openapi.json")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/json")
    document = json.loads(answer.content)
    assert document["openapi"].startswith("3.1")
    assert problems(document) == []
    assert document == description.document()


def test_the_validator_sees_what_is_wrong() -> None:
    """The control."""
    document = description.document()
    document["paths"]["/items"]["post"]["parameters"][0]["in"] = "nowhere"
    assert problems(document)


def test_every_address_is_described_and_every_reference_leads_somewhere() -> None:
    document = description.document()
    told = {re.sub(r"\{(\w+)\}", r"<\1>", path.lstrip("/")) for path in document["paths"]}
    assert told | {"openapi.json", "<path:rest>"} == {str(one.pattern) for one in urlpatterns}
    names = set(re.findall(r'"#/components/schemas/(\w+)"', json.dumps(document)))
    assert names == set(document["components"]["schemas"])


def test_each_call_names_its_scope() -> None:
    named = [
        scope
        for _method, _path, operation in description.operations(description.document())
        for scope in operation["security"][0]["Bearer"]
    ]
    assert set(named) == set(SCOPES)


def answers() -> Iterator[tuple[str, str, str, str, Any]]:
    bot = Bot(token())
    made = bot.post("/items", item(publish=True, source={"name": "Port"}))
    yield "/items", "post", "201", "application/json", made.json()
    path = f"/items/{made.json()['id']}"
    yield "/items/{item_id}", "get", "200", "application/json", bot.get(path).json()
    yield "/items", "get", "200", "application/json", bot.get("/items").json()
    yield "/topics", "get", "200", "application/json", bot.get("/topics").json()
    wrong = bot.post("/items", {"colour": "red"}).json()
    yield "/items", "post", "4XX", "application/problem+json", wrong


def test_answers_are_as_described() -> None:
    for path, method, status, form, said in answers():
        schema = described(path, method, status, form)
        jsonschema.validate(said, schema)
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate({}, schema)


def test_what_is_sent_is_as_described() -> None:
    document = description.document()
    schema = {**document["components"]["schemas"]["NewItem"], "components": document["components"]}
    jsonschema.validate(item(publish=True, source={"name": "Port"}), schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(item(colour="red"), schema)


def test_it_holds_no_secret() -> None:
    secret = token()
    text = json.dumps(description.document())
    assert secret not in text
    assert Token.objects.get().digest not in text
