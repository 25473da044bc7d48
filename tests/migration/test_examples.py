"""The standard's own eight examples through the real importer."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from standfirst.editions.documents import Paragraph
from standfirst.migration.ninjs import run, schema
from standfirst.migration.ninjs.normal import normal
from tests.migration.desk import ACTOR, EveryPicture, Web, public

pytestmark = pytest.mark.django_db
EXAMPLES = sorted((Path(__file__).parent / "examples").glob("*.json"))
CAPTAIN = "http://ninjs.example.com/newsitems/20130709simp123"

EXPECTED = {
    "001_simple_example": ("created", "published"),
    "002_renditions_example": ("refused", "has no headline"),
    "003_associations_example": ("created", "published"),
    "004_simple_text_article": ("updated", "published"),  # shares uri and versionCreated with 001
    "005_complex_text_article": ("created", "published"),
    "006_photo_only": ("skipped", "is a picture, no story"),
    "007_multimedia": ("created", "published"),
    "008_event": ("skipped", "is an event, no story"),
}


def test_there_are_eight_and_all_are_valid_to_the_standard() -> None:
    assert [path.stem for path in EXAMPLES] == sorted(EXPECTED)
    for path in EXAMPLES:
        assert schema.check(normal(json.loads(path.read_text()))) == [], path.stem


def test_all_eight_have_the_expected_line_in_the_ledger() -> None:
    ledger = run(EXAMPLES, actor=ACTOR, get=EveryPicture())
    found = {Path(line.place.file).stem: (line.outcome, line.reason) for line in ledger.lines}
    assert found == EXPECTED
    assert ledger.exit_code == 2


def test_the_same_eight_again_change_nothing() -> None:
    run(EXAMPLES, actor=ACTOR, get=EveryPicture())
    again = {
        Path(line.place.file).stem: line.outcome
        for line in run(EXAMPLES, actor=ACTOR, get=EveryPicture()).lines
    }
    assert "created" not in again.values()
    assert [stem for stem, outcome in again.items() if outcome == "updated"] == [
        "001_simple_example", "004_simple_text_article",  # each differs from what the other left
    ]  # fmt: skip


def test_two_items_that_share_version_and_uri_are_told() -> None:
    ledger = run(EXAMPLES[:4], actor=ACTOR, get=EveryPicture())
    assert any("same version had other content" in note for note in ledger.lines[1].notes)


def test_the_article_keeps_its_words_and_its_place() -> None:
    run(EXAMPLES, actor=ACTOR, get=EveryPicture())
    story = public(CAPTAIN)
    assert story is not None
    assert story.headline == "Captain of wrecked cruise ship on trial in Italy"
    assert [byline.name for byline in story.bylines] == ["Paulo Santalucia", "Frances d'Emilio"]
    assert story.dateline == "GROSSETO, Italy (AP)"
    assert len(story.body) == 4
    assert all(isinstance(block, Paragraph) for block in story.body)
    assert story.body[0].html.startswith("The trial of the captain")
    assert story.published_at.isoformat() == "2013-07-09T10:37:00+00:00"
    assert story.source_uri == CAPTAIN


def test_the_multimedia_example_brings_both_pictures() -> None:
    web = EveryPicture()
    run(EXAMPLES, actor=ACTOR, get=web)
    story = public("http://ninjs.example.com/newsitems/20130709cplx456")
    assert story is not None
    assert [url.rpartition("-")[2] for url in web.asked] == ["big.jpg", "big.jpg"]
    assert story.hero is not None
    assert story.hero.alt == "Costa Concordia cruise ship"
    assert story.hero.caption.startswith("The Costa Concordia cruise ship lies on its side")
    assert [block.type for block in story.body] == ["paragraph"] * 4 + ["image"]


def test_without_its_pictures_the_multimedia_example_is_refused_whole() -> None:
    (line,) = run([EXAMPLES[6]], actor=ACTOR, get=Web()).lines
    assert (line.outcome, line.place.pointer) == ("refused", "/associations/0/renditions/0/href")
    assert "no such host" in line.reason
    assert line.place.line == 111
    assert public("http://ninjs.example.com/newsitems/20130709cplx456") is None
