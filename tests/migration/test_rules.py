"""What becomes of an item: its status, its version, what was there before."""

from __future__ import annotations

import itertools
import json
import random
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from standfirst.editions import api as editions
from standfirst.kit.instants import now
from standfirst.kit.sitefolder import SiteFolder
from standfirst.migration.ledger import Line
from standfirst.migration.ninjs import run
from standfirst.stories import api as stories
from standfirst.stories.pages import StoryPage
from tests.migration.desk import ACTOR, Web, imported, item, outcomes, page, public, write

pytestmark = pytest.mark.django_db
URI = "urn:example:agency:1"


def test_a_usable_item_is_published(tmp_path: Path) -> None:
    (line,) = imported(tmp_path, item()).lines
    assert (line.outcome, line.reason, line.headline) == (
        "created",
        "published",
        "Council buys the old bridge",
    )
    story = public()
    assert story is not None
    assert story.path == "/council-buys-the-old-bridge/"
    assert line.story == story.id


def test_an_item_without_a_status_is_usable(tmp_path: Path) -> None:
    imported(tmp_path, item(pubStatus=None))
    assert public() is not None


def test_with_draft_a_usable_item_is_held(tmp_path: Path) -> None:
    (line,) = imported(tmp_path, item(), draft=True).lines
    assert (line.outcome, line.reason) == ("created", "a draft, as asked")
    assert public() is None
    assert not page().live


def test_a_withheld_item_is_a_draft(tmp_path: Path) -> None:
    imported(tmp_path, item(pubStatus="withheld"))
    assert public() is None
    assert page().title == "Council buys the old bridge"


def test_withholding_what_is_public_takes_it_down(tmp_path: Path) -> None:
    imported(tmp_path, item())
    (line,) = imported(tmp_path, item(version="2", pubStatus="withheld")).lines
    assert public() is None
    assert any("taken down" in note for note in line.notes)


def test_a_canceled_item_unpublishes_its_story(tmp_path: Path) -> None:
    imported(tmp_path, item())
    (line,) = imported(tmp_path, {"uri": URI, "version": "2", "pubStatus": "canceled"}).lines
    assert (line.outcome, line.reason) == ("updated", "unpublished: the sender canceled it")
    assert public() is None
    head = editions.head(page().record)
    assert head is not None
    assert head.state == "gone"


def test_canceling_what_was_never_here_keeps_older_versions_out(tmp_path: Path) -> None:
    ledger = imported(tmp_path, item(version="2", pubStatus="canceled"))
    assert outcomes(ledger) == ["skipped"]
    assert outcomes(imported(tmp_path, item(version="1"))) == ["skipped"]
    assert not StoryPage.objects.filter(source_uri=URI).exists()


def test_a_canceled_story_comes_back_with_a_later_version(tmp_path: Path) -> None:
    for version, status in (("1", "usable"), ("2", "canceled"), ("3", "usable")):
        imported(tmp_path, item(version=version, pubStatus=status))
    assert public() is not None


def test_a_later_version_updates_the_story(tmp_path: Path) -> None:
    imported(tmp_path, item())
    (line,) = imported(tmp_path, item(version="2", headlines=[{"value": "Council sells the bridge"}])).lines
    story = public()
    assert story is not None
    assert (line.outcome, story.headline) == ("updated", "Council sells the bridge")
    assert story.path == "/council-buys-the-old-bridge/"  # an address is kept


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ({"version": "2"}, {"version": "10"}),
        ({"version": "1.9"}, {"version": "1.10"}),
        ({"version": 1}, {"version": 2}),
        ({"version": None}, {"version": "1"}),
        ({"versionCreated": "2026-11-05T08:30:00+02:00"}, {"versionCreated": "2026-11-05T08:30:00Z"}),
        ({"version": "1", "versionCreated": "2026-11-07T00:00:00Z"}, {"version": "2"}),
    ],
)
def test_versions_are_ordered_by_number_then_by_instant(
    tmp_path: Path, earlier: dict[str, object], later: dict[str, object]
) -> None:
    for first, second in ((earlier, later), (later, earlier)):
        uri = f"urn:example:order:{first is later}"
        imported(tmp_path, item(uri=uri, **first, edNote="x"))
        (line,) = imported(tmp_path, item(uri=uri, **second, edNote="y")).lines
        assert line.outcome == ("skipped" if first is later else "updated"), (first, second)


def test_the_same_again_is_skipped(tmp_path: Path) -> None:
    imported(tmp_path, item())
    before = editions.last_seq()
    (line,) = imported(tmp_path, dict(reversed(item().items()))).lines
    assert (line.outcome, line.reason) == ("skipped", "was taken before; nothing is new")
    assert editions.last_seq() == before


def test_equal_version_but_other_content_is_updated_with_a_warning(tmp_path: Path) -> None:
    imported(tmp_path, item())
    (line,) = imported(tmp_path, item(headlines=[{"value": "Council rents the bridge"}])).lines
    assert line.outcome == "updated"
    assert any("WARNING: the same version" in note for note in line.notes)


def test_an_older_version_in_the_same_file_is_never_published(tmp_path: Path) -> None:
    versions = [item(version=str(n), headlines=[{"value": f"Version {n}"}]) for n in (1, 3, 2)]
    ledger = imported(tmp_path, *versions)
    assert sorted(outcomes(ledger)) == ["created", "skipped", "skipped"]
    story = public()
    assert story is not None
    assert [one.number for one in editions.history(f"story:{story.id}")] == [1]
    assert story.headline == "Version 3"


def test_versions_in_several_files_are_one_batch(tmp_path: Path) -> None:
    files = [write(tmp_path, item(version=str(n)), name=f"{n}.json") for n in (1, 2)]
    ledger = run(files, actor=ACTOR, get=Web())
    assert [(line.outcome, line.version) for line in ledger.lines] == [("created", "2"), ("skipped", "1")]


def test_an_older_version_stands_in_when_the_latest_cannot_be_taken(tmp_path: Path) -> None:
    ledger = imported(tmp_path, item(version="1"), item(version="2", headlines=[]))
    assert [(line.outcome, line.version) for line in ledger.lines] == [("refused", "2"), ("created", "1")]


STATUSES = st.lists(st.sampled_from(["usable", "withheld", "canceled"]), min_size=2, max_size=4)
_run = itertools.count()


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(STATUSES, st.randoms(use_true_random=False))
def test_any_shuffle_of_versions_ends_the_same(
    tmp_path: Path, statuses: list[str], chance: random.Random
) -> None:
    ends = []
    for shuffled in (False, True):
        uri = f"urn:example:shuffle:{next(_run)}"
        batch = [
            item(uri=uri, version=str(n), pubStatus=status, headlines=[{"value": f"Version {n}"}])
            for n, status in enumerate(statuses, 1)
        ]
        if shuffled:
            chance.shuffle(batch)
        cut = chance.randint(0, len(batch))
        for part in (batch[:cut], batch[cut:]):
            if part:
                imported(tmp_path, *part)
        story = public(uri)
        assert (story is not None) == (statuses[-1] == "usable")
        ends.append(story and (story.headline, [getattr(block, "html", "") for block in story.body]))
    assert ends[0] == ends[1]


# Embargo


def _soon() -> datetime:
    return now() + timedelta(seconds=4)


def _wait_for(instant: datetime) -> None:
    time.sleep(max(0.0, (instant - now()).total_seconds()) + 0.05)
    stories.run_due()


def test_an_embargoed_item_is_scheduled_and_not_public_before(tmp_path: Path) -> None:
    until = _soon()
    (line,) = imported(tmp_path, item(embargoedUntil=until.isoformat())).lines
    assert line.outcome == "created"
    assert line.reason.startswith("embargoed: goes live at ")
    stories.run_due()
    assert now() < until
    assert public() is None
    assert not page().live
    _wait_for(until)
    story = public()
    assert story is not None
    assert timedelta() <= story.published_at - until < timedelta(milliseconds=1)


def test_an_embargo_that_has_passed_holds_nothing(tmp_path: Path) -> None:
    imported(tmp_path, item(embargoedUntil="2026-11-05T09:00:00Z"))
    story = public()
    assert story is not None
    assert story.published_at == datetime(2026, 11, 5, 9, tzinfo=UTC)


def test_an_embargo_set_later_takes_a_public_story_down_until_then(tmp_path: Path) -> None:
    imported(tmp_path, item())
    until = _soon()
    (line,) = imported(tmp_path, item(version="2", embargoedUntil=until.isoformat())).lines
    assert public() is None
    assert any("taken down" in note for note in line.notes)
    _wait_for(until)
    assert public() is not None


@pytest.mark.parametrize(
    "change",
    [{"pubStatus": "canceled"}, {"pubStatus": "withheld"}, {"embargoedUntil": "2096-01-01T00:00:00Z"}],
)
def test_what_changes_before_the_embargo_ends_does_not_go_live(
    tmp_path: Path, change: dict[str, str]
) -> None:
    until = _soon()
    imported(tmp_path, item(embargoedUntil=until.isoformat()))
    imported(tmp_path, item(**{"version": "2", "embargoedUntil": until.isoformat(), **change}))
    _wait_for(until)
    assert public() is None


def test_an_embargo_lifted_by_a_later_version_publishes_at_once(tmp_path: Path) -> None:
    imported(tmp_path, item(embargoedUntil=(now() + timedelta(hours=2)).isoformat()))
    imported(tmp_path, item(version="2"))
    assert public() is not None
    assert stories.next_due() is None


def test_with_draft_an_embargoed_item_is_not_scheduled(tmp_path: Path) -> None:
    imported(tmp_path, item(embargoedUntil=(now() + timedelta(hours=2)).isoformat()), draft=True)
    assert stories.next_due() is None


@pytest.mark.parametrize("text", ["2096-11-05T09:00:00", "tomorrow", "2096-13-05T09:00:00Z", "2096-11-05"])
def test_an_embargo_that_cannot_be_read_refuses_the_item(tmp_path: Path, text: str) -> None:
    (line,) = imported(tmp_path, item(embargoedUntil=text)).lines
    assert (line.outcome, line.place.pointer) == ("refused", "/embargoedUntil")
    assert not StoryPage.objects.filter(source_uri=URI).exists()


# The desk


def test_an_update_over_what_the_desk_wrote_is_told_and_the_text_is_kept(tmp_path: Path) -> None:
    imported(tmp_path, item())
    edited = page()
    edited.title = "Our own headline"
    edited.save_revision()
    (line,) = imported(tmp_path, item(version="2")).lines
    assert any("edited at the desk" in note for note in line.notes)
    kept = [revision.as_object().title for revision in page().revisions.order_by("pk")]
    assert "Our own headline" in kept


def test_a_killed_story_does_not_come_back(tmp_path: Path) -> None:
    imported(tmp_path, item())
    stories.kill_story(page(), actor=ACTOR, why="a court order")
    (line,) = imported(tmp_path, item(version="2")).lines
    assert line.outcome == "refused"
    assert public() is None


# The ledger


def test_the_ledger_is_kept_in_the_site_folder_line_by_line(tmp_path: Path) -> None:
    site = SiteFolder(tmp_path / "site")
    path = write(tmp_path, item(), item(uri="urn:2", headlines=[]))
    ledger = run([path], actor=ACTOR, get=Web(), site=site)
    assert ledger.path is not None
    assert ledger.path.parent == site.log
    written = [json.loads(line) for line in ledger.path.read_text().splitlines()]
    assert written == [line.as_json() for line in ledger.lines]
    assert written[1]["pointer"] == "/1/headlines"
    assert ledger.summary() == "1 created, 1 refused"
    assert ledger.exit_code == 2


def test_a_stopped_run_goes_on_where_it_was(tmp_path: Path) -> None:
    path = write(tmp_path, *(item(uri=f"urn:{n}") for n in range(4)))
    seen = itertools.count(1)

    def stop(_line: Line) -> None:
        if next(seen) == 2:
            raise KeyboardInterrupt

    stopped = run([path], actor=ACTOR, get=Web(), report=stop)
    assert (stopped.exit_code, outcomes(stopped)) == (130, ["created", "created"])
    assert outcomes(run([path], actor=ACTOR, get=Web())) == ["skipped", "skipped", "created", "created"]


def test_progress_is_told(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    path = write(tmp_path, item(), item(uri="urn:2"))
    run([path], actor=ACTOR, get=Web(), progress=lambda done, total, _what: told.append((done, total)))
    assert told == [(1, 2), (2, 2)]


def test_all_good_is_exit_code_0(tmp_path: Path) -> None:
    assert imported(tmp_path, item(), item(uri="urn:2", type="event")).exit_code == 0


def test_a_section_that_is_not_there_stops_the_run_before_it_begins(tmp_path: Path) -> None:
    with pytest.raises(LookupError, match="no section nowhere"):
        imported(tmp_path, item(), default_section="nowhere")
    assert public() is None
