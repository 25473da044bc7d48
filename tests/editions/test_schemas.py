"""What is stored can be read for ever: schemas, golden files, upcasters."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import Any, ClassVar, Literal

import pytest
from jsonschema import Draft202012Validator

from standfirst.editions import schemas, upcasters
from standfirst.editions.documents import DOCUMENTS, Document, Story
from standfirst.editions.documents.base import Path as Address
from tests.editions.examples import EXAMPLES

GOLDEN = Path(__file__).parent / "golden"
COMMITTED = Path(__file__).parents[2] / "docs" / "reference" / "schemas"

HOW = """The JSON Schema of {kind} changed. Stored editions have the old form, so:
1. count up `schema_version` of its type,
2. register an upcaster `{kind} {old}` in standfirst/editions/upcasters.py,
3. add a golden file of the new version (python -m tests.editions.write_golden) and keep the old ones,
4. run `make docs`.
A field added with a default is a change too: say what old editions have there."""


def digest(kind: str) -> str:
    schema = {name: value for name, value in schemas.schemas()[kind].items() if name != "description"}
    return sha256(json.dumps(schema, sort_keys=True).encode()).hexdigest()


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_a_changed_type_needs_a_new_version(kind: str) -> None:
    versions: dict[str, str] = json.loads((GOLDEN / "versions.json").read_text())
    version = DOCUMENTS[kind].schema_version
    assert versions.get(f"{kind} {version}") == digest(kind), HOW.format(kind=kind, old=version)


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_every_stored_version_is_read_as_todays_type(kind: str) -> None:
    files = sorted(GOLDEN.glob(f"{kind}-*.json"))
    assert len(files) == DOCUMENTS[kind].schema_version
    for file in files:
        version = int(file.stem.split("-")[-1])
        document = upcasters.read(kind, version, file.read_bytes().rstrip(b"\n"))
        assert type(document) is DOCUMENTS[kind]
        assert document.id == EXAMPLES[kind].id


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_golden_files_of_today_are_the_canonical_bytes(kind: str) -> None:
    file = GOLDEN / f"{kind}-{DOCUMENTS[kind].schema_version}.json"
    assert file.read_bytes() == EXAMPLES[kind].to_bytes() + b"\n"
    stored = file.read_bytes().rstrip(b"\n")
    assert upcasters.read(kind, DOCUMENTS[kind].schema_version, stored) == EXAMPLES[kind]


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_documents_fit_their_published_schema(kind: str) -> None:
    schema = json.loads((COMMITTED / f"{kind}.json").read_text())
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    validator.validate(EXAMPLES[kind].to_json())
    assert not validator.is_valid(EXAMPLES[kind].to_json() | {"id": 7}), "the control"


def test_the_committed_schemas_are_the_generated_ones(tmp_path: Path) -> None:
    written = schemas.write(tmp_path)
    assert {file.name for file in written} == {file.name for file in COMMITTED.glob("*.json")}
    for file in written:
        assert file.read_text() == (COMMITTED / file.name).read_text(), "run `make docs`"


def test_examples_hold_every_field_and_every_block() -> None:
    for kind, example in EXAMPLES.items():
        defaults = {name for name in type(example).model_fields if name not in example.model_fields_set}
        assert defaults <= {"kind", "id", "accent", "accent_dark"}, kind
    story = EXAMPLES["story"]
    assert isinstance(story, Story)
    blocks = schemas.schemas()["story"]["properties"]["body"]["items"]["discriminator"]["mapping"]
    assert {block.type for block in story.body} == set(blocks)


class _NewStory(Document):
    """A story as a later version might have it: the standfirst has become a summary."""

    schema_version: ClassVar[int] = 4
    kind: Literal["story"] = "story"
    language: str
    path: Address
    summary: str
    headline: str


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(DOCUMENTS, "story", _NewStory)


OLD = b'{"headline":"H","id":"x","kind":"story","language":"en","path":"/x/","standfirst":"S"}'


def _first(value: dict[str, Any]) -> dict[str, Any]:
    value = dict(value)
    value["summary"] = value.pop("standfirst")
    return value


def _second(value: dict[str, Any]) -> dict[str, Any]:
    return {**value, "summary": value["summary"] + "."}


def test_old_versions_pass_through_every_step(later: None) -> None:
    with (
        upcasters.upcasters.temporarily("story 1", _first),
        upcasters.upcasters.temporarily("story 2", _second),
        upcasters.upcasters.temporarily("story 3", dict),
    ):
        story = upcasters.read("story", 1, OLD)
    assert isinstance(story, _NewStory)
    assert story.summary == "S."


def test_a_missing_step_is_named(later: None) -> None:
    with (
        upcasters.upcasters.temporarily("story 1", _first),
        pytest.raises(upcasters.UnknownDocument, match="from 3 to 4"),
    ):
        upcasters.read("story", 1, OLD)


def test_versions_and_kinds_from_the_future_are_refused() -> None:
    with pytest.raises(upcasters.UnknownDocument, match="newer Standfirst"):
        upcasters.read("story", 99, b"{}")
    with pytest.raises(upcasters.UnknownDocument, match="leaflet"):
        upcasters.read("leaflet", 1, b"{}")
