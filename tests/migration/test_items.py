"""`standfirst import ninjs --as items`: what agencies send becomes items of the news feed."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import TestCase

from standfirst.editions import api as editions
from standfirst.editions.api import Erasure
from standfirst.editions.documents import FeedItem, Paragraph
from standfirst.kit import instants
from standfirst.migration.erasing import erase_from_ledgers
from standfirst.migration.ledger import Ledger, Line
from standfirst.migration.models import Imported
from standfirst.migration.ninjs import Options, run
from standfirst.stories import api as stories
from standfirst.stories.pages import StoryPage
from standfirst.wire import api as wire
from tests.migration.desk import ACTOR, Web, item, write

pytestmark = pytest.mark.django_db
URI = "urn:example:agency:1"
AT = datetime(2026, 11, 5, 8, 0, tzinfo=UTC)
LATER = datetime(2026, 11, 5, 8, 30, tzinfo=UTC)


def fed(folder: Path, *items: Any, **options: Any) -> Ledger:
    """Import items into the feed."""
    return run([write(folder, *items)], actor=ACTOR, options=Options(becomes="items", **options), get=Web())


def one(folder: Path, **values: Any) -> Line:
    (line,) = fed(folder, item(**values)).lines
    return line


def kept() -> wire.Item:
    return wire.Item.objects.get(source_uri=URI)


def public() -> FeedItem | None:
    found = editions.current(kept().record)
    assert found is None or isinstance(found, FeedItem)
    return found


def html(*paragraphs: str) -> list[dict[str, str]]:
    return [{"contentType": "text/html", "value": "".join(f"<p>{one}</p>" for one in paragraphs)}]


def test_an_item_is_in_the_feed_with_the_senders_instants(tmp_path: Path) -> None:
    line = one(tmp_path, firstCreated="2026-11-05T08:00:00Z", infoSources=[{"name": "NORD"}])
    found = public()
    assert found is not None
    assert (line.outcome, line.reason, line.item, line.story) == ("created", "in the feed", found.id, "")
    assert (found.headline, found.source_uri) == ("Council buys the old bridge", URI)
    assert found.body == ("The council bought the bridge.", "It paid a euro.")
    assert (found.published_at, found.updated_at) == (AT, LATER)
    assert found.source is not None
    assert found.source.name == "NORD"
    assert not StoryPage.objects.filter(source_uri=URI).exists()


def test_the_same_again_is_skipped_and_a_later_version_updates_it(tmp_path: Path) -> None:
    one(tmp_path, firstCreated="2026-11-05T08:00:00Z")
    assert one(tmp_path, firstCreated="2026-11-05T08:00:00Z").outcome == "skipped"
    line = one(
        tmp_path, version="2", versionCreated="2026-11-05T09:00:00Z", bodies=html("It paid two euros.")
    )
    assert (line.outcome, wire.Item.objects.count()) == ("updated", 1)
    found = public()
    assert found is not None
    assert found.body == ("It paid two euros.",)
    assert (found.published_at, found.updated_at) == (AT, datetime(2026, 11, 5, 9, tzinfo=UTC))
    assert one(tmp_path, version="1").outcome == "skipped"


def test_a_story_and_an_item_of_the_same_uri_do_not_know_each_other(tmp_path: Path) -> None:
    run([write(tmp_path, item())], actor=ACTOR, get=Web())
    assert one(tmp_path).outcome == "created"
    assert (StoryPage.objects.filter(source_uri=URI).count(), wire.Item.objects.count()) == (1, 1)
    assert Imported.objects.filter(uri=URI).count() == 2


def test_a_long_text_is_refused_and_told_to_be_a_story(tmp_path: Path) -> None:
    line = one(tmp_path, bodies=html("word " * 900))
    assert line.outcome == "refused"
    assert "4,000 is the most in the feed: import it as a story, without --as items" in line.reason
    assert line.place.pointer == "/bodies/0/value"
    assert not wire.Item.objects.exists()
    assert one(tmp_path, bodies=html("word " * 750)).outcome == "created"


def test_a_table_is_refused_and_lists_and_quotes_are_lines(tmp_path: Path) -> None:
    table = {"contentType": "text/html", "value": "<table><tr><td>1</td><td>2</td></tr></table><p>And.</p>"}
    assert "has a table" in one(tmp_path, bodies=[table]).reason
    lists = "<ul><li>One.</li><li>Two.</li></ul><ol><li>A</li></ol>"
    text = f"<h2>Terms</h2>{lists}<blockquote><p>Yes.</p></blockquote>"
    one(tmp_path, bodies=[{"contentType": "text/html", "value": text}])
    found = public()
    assert found is not None
    assert found.body == ("<strong>Terms</strong>", "• One.", "• Two.", "1. A", "Yes.")


def test_a_headline_alone_is_an_item(tmp_path: Path) -> None:
    assert one(tmp_path, bodies=None).outcome == "created"
    found = public()
    assert found is not None
    assert found.body == ()
    repeated = item(uri="urn:2", bodies=html("Council buys the old bridge"))
    (line,) = fed(tmp_path, repeated).lines
    assert line.outcome == "created"


def test_the_dateline_stays_in_the_text(tmp_path: Path) -> None:
    one(tmp_path, bodies=html("VIK (AP) -- The mayor resigned."))
    found = public()
    assert found is not None
    assert found.body == ("VIK (AP) – The mayor resigned.",)


def test_nothing_runs_and_links_stay(tmp_path: Path) -> None:
    links = '<a href="javascript:x()">no</a> <a href="https://vik.example/">yes</a>'
    one(tmp_path, bodies=html(f"{links}<script>x</script>"))
    found = public()
    assert found is not None
    assert found.body == ('no <a href="https://vik.example/">yes</a>',)


def test_pictures_are_left_out_and_the_ledger_says_so(tmp_path: Path) -> None:
    picture = {"name": "main", "uri": "urn:p", "type": "picture"}
    line = one(tmp_path, associations=[picture], edNote="Check the name.")
    assert "not taken: picture that goes with it (main)" in line.notes
    assert "note to editors: Check the name." in line.notes


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"pubStatus": "withheld"}, "a draft: the sender withholds it"),
        ({"embargoedUntil": "2999-01-01T00:00:00Z"}, "a draft: embargoed until 2999-01-01T00:00:00Z"),
    ],
)
def test_what_is_held_is_a_draft_and_leaves_the_feed(
    tmp_path: Path, values: dict[str, str], reason: str
) -> None:
    one(tmp_path)
    line = one(tmp_path, version="2", **values)
    assert line.reason.startswith(reason[:-1])
    assert any("taken back" in note for note in line.notes)
    assert public() is None
    one(tmp_path, version="3")
    assert public() is not None


def test_with_draft_nothing_new_reaches_readers(tmp_path: Path) -> None:
    (line,) = fed(tmp_path, item(), draft=True).lines
    assert (line.outcome, line.reason, public()) == ("created", "a draft, as asked", None)


def test_a_canceled_item_leaves_the_feed(tmp_path: Path) -> None:
    one(tmp_path)
    (line,) = fed(tmp_path, {"uri": URI, "version": "2", "pubStatus": "canceled"}).lines
    assert line.reason == "taken out of the feed: the sender canceled it"
    assert public() is None
    (line,) = fed(tmp_path, {"uri": "urn:new", "version": "2", "pubStatus": "canceled"}).lines
    assert line.outcome == "skipped"


def test_what_the_desk_did_stands(tmp_path: Path) -> None:
    """Breaking and the story are the desk's; what it took out of the feed or killed does not come back."""
    one(tmp_path)
    until = instants.now().replace(microsecond=0)
    told = stories.StoryDraft(headline="Whole", body=(Paragraph(id="p", html="All of it."),))
    made = stories.save_story(told, actor="e@example.org", publish=True)
    page = StoryPage.objects.get(pk=made.page)
    draft = wire.ItemDraft("Mine", "en", breaking_until=until, story=page.public_id, source_uri=URI)
    wire.publish_item(wire.save_item(draft, actor="e@example.org", item=kept()), actor="e@example.org")
    line = one(tmp_path, version="2")
    assert any("edited at the desk" in note for note in line.notes)
    found = public()
    assert found is not None
    assert (found.headline, found.breaking_until, found.story) == (
        "Council buys the old bridge", until, page.public_id,
    )  # fmt: skip
    wire.take_back(kept(), actor="e@example.org")
    for version in ("3", "4"):
        assert one(tmp_path, version=version).reason == "a draft: e@example.org took it out of the feed"
        assert public() is None
    wire.kill_item(kept(), actor="e@example.org", why="wrong")
    line = one(tmp_path, version="5")
    assert (line.outcome, line.reason) == ("refused", "This was withdrawn for good; write a new one.")


def test_what_the_desk_could_not_verify_stays_so(tmp_path: Path) -> None:
    one(tmp_path)
    doubted = wire.ItemDraft(
        "Mine", "en", source_name="A neighbour", source_status="unverified", source_uri=URI
    )
    wire.publish_item(wire.save_item(doubted, actor="e@example.org", item=kept()), actor="e@example.org")
    one(tmp_path, version="2")
    found = public()
    assert found is not None
    assert found.source is not None
    assert (found.source.name, found.source.status) == ("A neighbour", "unverified")


def test_it_is_filed_under_two_topics_of_its_language_at_most(tmp_path: Path) -> None:
    names = ["Rivers", "Bridges", "Money"]
    made = [stories.save_topic(stories.SectionDraft(name=name), actor=ACTOR).public_id for name in names]
    one(tmp_path, subjects=[{"name": name} for name in names])
    found = public()
    assert found is not None
    assert set(found.topics) == set(made[:2])


def test_an_item_in_a_language_of_no_page_is_refused(tmp_path: Path) -> None:
    line = one(tmp_path, language="fi")
    assert (line.outcome, line.reason) == ("refused", "fi is no language of this site.")


def test_ledgers_forget_what_is_erased(tmp_path: Path) -> None:
    site = settings.STANDFIRST_SITE
    ledger = run(
        [write(tmp_path, item())], actor=ACTOR, options=Options(becomes="items"), site=site, get=Web()
    )
    assert ledger.path is not None
    assert "old bridge" in ledger.path.read_text()
    with TestCase.captureOnCommitCallbacks(execute=True):
        erase_from_ledgers(Erasure(kept().record, (), (), (), ""))
    (left,) = ledger.path.read_text().splitlines()
    assert json.loads(left)["reason"] == "erased"
    assert "old bridge" not in left


def test_an_address_of_the_desks_that_is_too_long_refuses_the_item_in_words(tmp_path: Path) -> None:
    one(tmp_path, version="1")
    before = kept()
    before.source_url = "https://port.example/" + "x" * 1980  # an older version has kept longer ones
    before.save()
    line = one(tmp_path, version="2", headlines=[{"value": "Other words"}])
    assert line.outcome == "refused"
    assert "address of the source has 2001 characters" in line.reason
    assert kept().headline == before.headline
