"""What is sent wrongly is refused with words: what, where, what to do; never a trace, never half a write."""

from __future__ import annotations

from typing import Any

import pytest

from standfirst.wire import api as wire
from standfirst.wire.api_v1.problems import KINDS
from standfirst.wire.api_v1.reading import LARGEST
from tests.wire.api import Bot, item, token

pytestmark = [
    pytest.mark.django_db(databases=["default", "bake"]),
    pytest.mark.usefixtures("newsroom"),
    pytest.mark.urls("tests.stories.public_urls"),
]

NEW: list[tuple[Any, str, str]] = [
    (b"", "invalid", ""),
    (b"{", "malformed", ""),
    (b"nonsense", "malformed", ""),
    (b'{"headline": "a", "headline": "b", "language": "en"}', "malformed", ""),
    (b'{"headline": NaN, "language": "en"}', "malformed", ""),
    (b'{"headline": "\xff", "language": "en"}', "malformed", ""),
    (b"[" * 30_000, "malformed", ""),
    (b'{"a":' * 9_000 + b"1" + b"}" * 9_000, "malformed", ""),
    (b"[]", "invalid", ""),
    (b"null", "invalid", ""),
    (b'"text"', "invalid", ""),
    (b" " * (LARGEST + 1), "too-large", ""),
    ({"headline": "x"}, "invalid", "/language"),
    (item(colour="red"), "invalid", "/colour"),
    (item(source={"name": "x", "mail": "y"}), "invalid", "/source/mail"),
    (item(source="Port"), "invalid", "/source"),
    (item(source={"name": "x", "status": "sure"}), "invalid", "/source/status"),
    (item(source={"status": "disputed"}), "invalid", "/source/name"),
    (item(source={"name": "x", "url": "javascript:alert(1)"}), "invalid", "/source/url"),
    (item(source={"name": "x", "url": "ftp://x.example/"}), "invalid", "/source/url"),
    (item(headline="x" * 301), "invalid", "/headline"),
    (item(headline=5), "invalid", "/headline"),
    (item(headline=None), "invalid", "/headline"),
    (item(headline="a\0b"), "invalid", "/headline"),
    (b'{"headline": "\\ud800", "language": "en"}', "malformed", ""),
    (b'{"\\ud800": 1, "language": "en"}', "malformed", ""),
    (item(headline="", publish=True), "invalid", "/headline"),
    (item(text="x" * 4001), "invalid", "/text"),
    (item(body=["x"]), "invalid", ""),
    (item(text=None, body=["x" * 4001]), "invalid", "/body"),
    (item(text=None, body=["x"] * 41), "invalid", "/body"),
    (item(text=None, body="x"), "invalid", "/body"),
    (item(text=None, body=["a\0"]), "invalid", "/body/0"),
    (item(language="fr"), "invalid", "/language"),
    (item(language=""), "invalid", "/language"),
    (item(topics=["none"]), "invalid", "/topics"),
    (item(topics=["a", "b", "c"]), "invalid", "/topics"),
    (item(topics="a"), "invalid", "/topics"),
    (item(story="none"), "invalid", "/story"),
    (item(source={"name": "x", "url": "https://x.example/" + "x" * 1983}), "invalid", "/source/url"),
    (item(source={"name": "x", "url": "//x.example/" + "x" * 1985}), "invalid", "/source/url"),
    (item(source={"name": "x", "url": "//x.example/" + "x" * 1985}, publish=True), "invalid", "/source/url"),
    (item(breaking_until="2026-11-27T12:00:00"), "invalid", "/breaking_until"),
    (item(breaking_until="2999-01-01T00:00:00Z"), "invalid", "/breaking_until"),
    (item(breaking_until="soon"), "invalid", "/breaking_until"),
    (item(breaking_until=1e400), "malformed", ""),
    (item(source_uri="x" * 501), "invalid", "/source_uri"),
    (item(publish="yes"), "invalid", "/publish"),
    (item(publish=1), "invalid", "/publish"),
    (item(version=1), "invalid", "/version"),
]


@pytest.mark.parametrize(("body", "kind", "where"), NEW, ids=range(len(NEW)))
def test_a_body_that_cannot_stand(body: Any, kind: str, where: str) -> None:
    answer = Bot(token()).post("/items", body)
    said = answer.json()
    assert answer["Content-Type"] == "application/problem+json"
    assert said["type"].rpartition(":")[2] == kind, said
    assert answer.status_code == said["status"] == KINDS[kind].status
    assert said["title"]
    assert said["detail"]
    if kind == "invalid":
        assert where in [one["at"] for one in said["errors"]], said
    assert "Traceback" not in answer.content.decode()
    assert not wire.Item.objects.exists()


OTHERS: list[tuple[str, str, Any, str, str]] = [
    ("patch", "/items/{id}", {"headline": "x"}, "invalid", "/version"),
    ("patch", "/items/{id}", {"version": "1", "headline": "x"}, "invalid", "/version"),
    ("patch", "/items/{id}", {"version": 1, "language": "uk"}, "invalid", "/language"),
    ("patch", "/items/{id}", {"version": 1, "text": "a", "body": ["b"]}, "invalid", ""),
    ("patch", "/items/{id}", {"version": 9, "headline": "x"}, "changed-meanwhile", ""),
    ("post", "/items/{id}/publish", {"minor": True}, "invalid", "/minor"),
    ("post", "/items/{id}/undo", None, "state", ""),
    ("post", "/items/{id}/take-back", None, "state", ""),
    ("post", "/items/{id}/kill", None, "invalid", ""),
    ("post", "/items/{id}/kill", {"why": ""}, "invalid", "/why"),
    ("post", "/items/{id}/kill", {"why": "  "}, "invalid", "/why"),
    ("post", "/items/{id}/kill", {"why": "x"}, "state", ""),
    ("post", "/items/00000000000000000000000000/publish", None, "not-found", ""),
    ("post", "/items/none/publish", None, "not-found", ""),
    ("post", "/items/%00/publish", None, "not-found", ""),
    ("get", "/items?limit=0", None, "invalid", "limit"),
    ("get", "/items?limit=101", None, "invalid", "limit"),
    ("get", "/items?limit=2&limit=3", None, "invalid", "limit"),
    ("get", "/items?cursor=none", None, "invalid", "cursor"),
    ("get", "/items?cursor=%00", None, "invalid", "cursor"),
    ("get", "/items?state=open", None, "invalid", "state"),
    ("get", "/items?language=%00", None, "invalid", "language"),
    ("get", "/items?page=2", None, "invalid", "page"),
    ("get", "/topics?q=x", None, "invalid", "q"),
    ("get", "/items/none", None, "not-found", ""),
    ("get", "/nothing", None, "not-found", ""),
    ("get", "/items/", None, "not-found", ""),
    ("get", "/items/{id}/kill", None, "method", ""),
    ("post", "/topics", None, "method", ""),
    ("post", "/openapi.json", None, "method", ""),
]


@pytest.mark.parametrize(("method", "path", "body", "kind", "where"), OTHERS, ids=range(len(OTHERS)))
def test_a_call_that_cannot_stand(method: str, path: str, body: Any, kind: str, where: str) -> None:
    bot = Bot(token())
    own = bot.post("/items", item()).json()["id"]
    sent = () if method == "get" else (body,)
    answer = getattr(bot, method)(path.format(id=own), *sent)
    said = answer.json()
    assert (said["type"].rpartition(":")[2], said["status"]) == (kind, answer.status_code), said
    if where:
        assert where in [one["at"] for one in said["errors"]], said
    if kind == "method":
        assert answer["Allow"]
    assert wire.Item.objects.get().version == 1


@pytest.mark.parametrize(
    "form", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""]
)
def test_only_json_is_read(form: str) -> None:
    bot = Bot(token())
    answer = bot.client.generic(
        "POST", "/-/api/v1/items", b'{"headline": "x", "language": "en"}', form,
        headers={"Authorization": f"Bearer {bot.secret}", "Idempotency-Key": "k"},
    )  # fmt: skip
    assert (answer.status_code, answer.json()["title"]) == (415, KINDS["not-json"].title)


def test_the_table_reaches_every_kind_that_a_body_can_cause() -> None:
    reached = {kind for _body, kind, _where in NEW} | {kind for *_rest, kind, _where in OTHERS}
    elsewhere = {"unauthorized", "forbidden", "too-many", "key-missing", "key-malformed", "key-reused",
                 "not-json", "broken", "busy"}  # fmt: skip
    assert reached | elsewhere == set(KINDS)
