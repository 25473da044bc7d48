"""Items of the feed and posts of live coverage: loaded as an archive tells them, and written as they are."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from standfirst.archive import api, writing
from standfirst.archive.reading import read
from standfirst.editions import api as editions
from standfirst.editions import documents, lists
from standfirst.editions.documents import FeedItem
from standfirst.kit import instants
from standfirst.stories import api as stories
from standfirst.stories.models import SiteSettings, StoryPage
from standfirst.wire import api as wire
from tests.archive.small import Small, item, paragraph, story

pytestmark = pytest.mark.django_db(databases=["default", "bake"])
NOW = datetime(2026, 11, 5, 6, 30, tzinfo=UTC)
ACTOR = "editor@example.org"
OWN = "01jc8zv6q3m7t1x5k9n2p4r6w8"


def load(folder: Path, now: datetime = NOW) -> api.LoadReport:
    return api.load(folder, actor=ACTOR, now=now)


def said(headline: str) -> FeedItem:
    document = editions.current(wire.Item.objects.get(headline=headline).record)
    assert isinstance(document, FeedItem)
    return document


def posted(headline: str) -> documents.Post:
    document = editions.current(wire.Post.objects.get(headline=headline).record)
    assert isinstance(document, documents.Post)
    return document


def items(folder: Path, name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((folder / name).read_text("utf-8"))["items"]
    return found


def written(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for kind in ("feed", "posts") for path in folder.glob(f"{kind}/*")}


class TestLoadingTheFeed:
    def test_an_item_is_what_the_archive_says(self, rich: Small) -> None:
        load(rich.root)
        found = said("The ferry is late")
        assert found.body == ("By <em>wind</em>&nbsp;of 20 m.", "It waits.")
        assert found.published_at == datetime(2026, 3, 2, 7, 0, tzinfo=UTC)
        assert found.updated_at == datetime(2026, 3, 2, 7, 30, tzinfo=UTC)
        assert found.breaking_until == datetime(2026, 3, 2, 8, 30, tzinfo=UTC)
        assert found.source
        assert (found.source.name, found.source.status) == ("Port", "disputed")
        assert found.story == StoryPage.objects.get(slug="lamp").public_id
        assert len(found.topics) == 1
        assert found.source_uri == "urn:example:1"
        assert found.path == f"/feed/{OWN}/"
        assert said("Пором затримується").path.startswith("/uk/feed/")

    def test_it_stands_among_those_of_its_day_in_the_sites_zone(self, rich: Small) -> None:
        load(rich.root)
        assert lists.newest("feeddays/en/2026-03") == ("2026-03-31", "2026-03-02")
        assert lists.newest("feed/en")[-1] == OWN

    def test_nobody_is_told_of_what_is_loaded(self, rich: Small) -> None:
        told: list[wire.Change] = []
        with wire.followups.temporarily("test", told.append):
            load(rich.root)
            rich.feed(item("ferry", "The ferry sails"))
            load(rich.root)
            assert told == []
            wire.publish_item(
                wire.save_item(wire.ItemDraft(headline="News", language="en"), actor=ACTOR), actor=ACTOR
            )
            assert [change.kind for change in told] == ["published"]

    def test_loading_again_changes_nothing(self, rich: Small) -> None:
        load(rich.root)
        before, versions = editions.last_seq(), set(wire.Item.objects.values_list("pk", "version"))
        report = load(rich.root, NOW + timedelta(days=3))
        assert report.count("unchanged") == len(report.lines)
        assert editions.last_seq() == before
        assert set(wire.Item.objects.values_list("pk", "version")) == versions

    def test_what_is_told_anew_is_the_same_item_as_it_is_told(self, small: Small) -> None:
        small.feed(item("ferry"))
        load(small.root)
        first = said("The ferry is late")
        assert first.published_at == NOW - timedelta(hours=2)
        small.feed(item("ferry", "The ferry sails", updated="-1h", language="en"))
        assert load(small.root, NOW + timedelta(days=3)).count("updated") == 1
        later = said("The ferry sails")
        assert (later.id, later.published_at) == (first.id, first.published_at)
        assert later.updated_at == NOW - timedelta(hours=1)
        assert len(editions.history(later.record)) == 2

    def test_another_moment_moves_it_to_another_day(self, small: Small) -> None:
        small.feed(item("ferry", published="-3d 10:00"))
        load(small.root)
        small.feed(item("ferry", published="-5d 10:00"))
        load(small.root)
        assert lists.newest("feeddays/en/2026-10") == ("2026-10-31",)
        assert lists.newest("feeddays/en/2026-11") == ()

    def test_what_the_desk_changed_stays_until_the_archive_changes(self, small: Small) -> None:
        small.feed(item("ferry"))
        load(small.root)
        kept = wire.Item.objects.get()
        draft = wire.ItemDraft(headline="The ferry is gone", language="en")
        wire.publish_item(wire.save_item(draft, actor=ACTOR, item=kept), actor=ACTOR)
        load(small.root)
        assert said("The ferry is gone").updated_at is not None
        small.feed(item("ferry", body=["It waits."]))
        load(small.root)
        assert said("The ferry is late").updated_at is None

    def test_what_is_killed_stays_killed(self, small: Small) -> None:
        small.feed(item("ferry"), item("quay", "The quay is open"))
        load(small.root)
        wire.kill_item(wire.Item.objects.get(headline="The ferry is late"), actor=ACTOR, why="by a court")
        report = load(small.root)
        assert report.count("unchanged") == len(report.lines)
        assert len(lists.newest("feed/en")) == 1
        small.feed(item("quay", "The quay is open"), item("ferry", "The ferry sails"))
        with pytest.raises(api.ArchiveError, match=r"feed/news\.json: items\.1: .*withdrawn for good"):
            load(small.root)
        assert len(lists.newest("feed/en")) == 1

    def test_what_the_law_erased_does_not_come_back(self, small: Small) -> None:
        small.feed(item("ferry"))
        load(small.root)
        record = wire.Item.objects.get().record
        request = editions.request_expunge(record, actor="one@example.org", why="by a court")
        editions.approve_expunge(request.pk, actor="two@example.org")
        load(small.root)
        small.feed(item("ferry", "The ferry sails"))
        with pytest.raises(api.ArchiveError, match="withdrawn for good"):
            load(small.root)
        assert not wire.Item.objects.exists()

    def test_one_without_a_moment_is_a_draft(self, rich: Small) -> None:
        load(rich.root)
        draft = wire.Item.objects.get(headline="Not yet")
        assert (draft.state, draft.paragraphs, draft.published_at) == (
            wire.Item.State.DRAFT,
            ("Soon.",),
            None,
        )
        assert editions.head(draft.record) is None

    def test_the_id_of_another_is_refused_and_nothing_is_changed(self, small: Small) -> None:
        draft = wire.ItemDraft(headline="News", language="en", id=OWN)
        stories.save_site(name="The Small", languages=("en",), actor=ACTOR)
        wire.publish_item(wire.save_item(draft, actor=ACTOR), actor=ACTOR)
        small.feed(item("ferry", id=OWN))
        with pytest.raises(
            api.ArchiveError, match=r"feed/news\.json: items\.0\.id: one with this id is here"
        ):
            load(small.root)
        assert said("News").id == OWN
        assert not StoryPage.objects.exists()

    def test_what_the_desk_refuses_takes_everything_back(self, small: Small) -> None:
        small.feed(item("ferry"), item("quay", " "))
        with pytest.raises(api.ArchiveError, match=r"items\.1\.headline"):
            load(small.root)
        assert not wire.Item.objects.exists()


class TestLoadingLiveCoverage:
    def test_a_coverage_is_open_or_closed_as_the_archive_says(self, rich: Small) -> None:
        load(rich.root)
        storm, vote = (
            editions.current(StoryPage.objects.get(slug=slug).record) for slug in ("storm", "vote")
        )
        assert isinstance(storm, documents.Story)
        assert isinstance(vote, documents.Story)
        assert storm.live == documents.Coverage(
            opened_at=datetime(2026, 3, 2, 8, tzinfo=UTC), closed_at=datetime(2026, 3, 2, 16, tzinfo=UTC),
            summary=("Two boats are <strong>out</strong>.",),
        )  # fmt: skip
        assert vote.live == documents.Coverage(opened_at=vote.published_at)

    def test_its_posts_are_what_the_archive_says_also_when_it_is_closed(self, rich: Small) -> None:
        load(rich.root)
        first, last = posted("It is here"), posted("It is gone")
        assert (first.number, last.number, last.id) == (1, 3, OWN[:-1] + "9")
        assert (first.key, last.key) == (True, False)
        assert first.published_at == datetime(2026, 3, 2, 8, 5, tzinfo=UTC)
        assert first.updated_at == datetime(2026, 3, 2, 8, 15, tzinfo=UTC)
        assert first.became == StoryPage.objects.get(slug="lamp").public_id
        assert [block.type for block in first.body] == [
            "paragraph", "heading", "list", "quote", "image", "embed", "related_story",
        ]  # fmt: skip
        assert len(first.bylines) == 1
        assert wire.Post.objects.get(headline="Not said yet").state == wire.Post.State.DRAFT

    def test_posts_without_a_number_are_numbered_in_the_order_of_their_publication(
        self, small: Small
    ) -> None:
        small.write("stories/vote.json", story("The vote", format="live", published="-5h"))
        post = {"story": "vote", "body": []}
        small.posts({**post, "key": "b", "headline": "Second", "published": "-1h"},
                    {**post, "key": "a", "headline": "First", "published": "-2h"})  # fmt: skip
        load(small.root)
        assert (posted("First").number, posted("Second").number) == (1, 2)

    def test_a_number_that_the_desk_took_meanwhile_is_left_to_it(self, small: Small) -> None:
        small.write("stories/vote.json", story("The vote", format="live", published="-5h"))
        load(small.root)
        page = StoryPage.objects.get(slug="vote")
        draft = wire.PostDraft(page.public_id, "Of the desk")
        wire.publish_post(wire.save_post(draft, actor=ACTOR), actor=ACTOR)
        small.posts({"key": "a", "story": "vote", "number": 1, "headline": "Late", "published": "-1h"})
        load(small.root)
        assert (posted("Of the desk").number, posted("Late").number) == (1, 2)

    def test_loading_again_changes_nothing_and_a_change_is_one(self, rich: Small) -> None:
        load(rich.root)
        before = editions.last_seq()
        load(rich.root)
        assert editions.last_seq() == before
        number = posted("It is gone").number
        rich.posts({"key": "storm-3", "story": "storm", "headline": "Gone", "published": "-3h"})
        load(rich.root)
        assert posted("Gone").number == number
        assert len(editions.history(posted("Gone").record)) == 2


class TestExporting:
    def test_a_month_of_the_sites_zone_is_a_file_with_the_newest_last(
        self, rich: Small, tmp_path: Path
    ) -> None:
        load(rich.root)
        report = api.export(tmp_path / "out")
        assert (report.left_out, report.documents["item"], report.documents["post"]) == ((), 4, 4)
        assert written(tmp_path / "out") == {
            "feed/2026-03.json", "feed/2026-04.json", "feed/drafts.json",
            "posts/storm.json", "posts/vote.json",
        }  # fmt: skip
        assert [one["key"] for one in items(tmp_path / "out", "feed/2026-03.json")] == ["ferry", "quay"]
        assert [one["key"] for one in items(tmp_path / "out", "feed/2026-04.json")] == ["uk-ferry"]
        assert [one.get("number") for one in items(tmp_path / "out", "posts/storm.json")] == [1, 3, None]

    def test_an_item_is_written_as_a_person_would(self, rich: Small, tmp_path: Path) -> None:
        load(rich.root)
        api.export(tmp_path / "out")
        assert items(tmp_path / "out", "feed/2026-03.json")[0] == {
            "key": "ferry", "id": OWN, "language": "en", "headline": "The ferry is late",
            "body": ["By <em>wind</em>\u00a0of 20 m.", "It waits."],
            "source": {"name": "Port", "url": "https://port.example/1", "status": "disputed"},
            "topics": ["light"], "story": "lamp", "published": "2026-03-02T09:00:00+02:00",
            "updated": "2026-03-02T09:30:00+02:00", "breaking_minutes": 90, "source_uri": "urn:example:1",
        }  # fmt: skip

    def test_addresses_are_the_same_on_another_site(self, small: Small, tmp_path: Path) -> None:
        small.feed(item("ferry"))
        load(small.root)
        before = said("The ferry is late").path
        api.export(tmp_path / "out")
        (written_item,) = items(tmp_path / "out", "feed/2026-11.json")
        assert before == f"/feed/{written_item['id']}/"

    @pytest.fixture
    def of_the_desk(self) -> None:
        """A site whose feed was written at the desk alone."""
        stories.save_site(name="The Desk", languages=("en", "uk"), time_zone="Europe/Kyiv", actor=ACTOR)
        for headline, language in (("Ferry", "en"), ("Ferry", "en"), ("Пором", "uk")):
            draft = wire.ItemDraft(
                headline=headline, language=language, breaking_until=instants.now() + timedelta(minutes=29.5)
            )
            wire.publish_item(wire.save_item(draft, actor=ACTOR), actor=ACTOR)
        wire.save_item(wire.ItemDraft(headline="", language="uk"), actor=ACTOR)

    def test_items_of_no_archive_get_keys_that_stay(self, of_the_desk: None, tmp_path: Path) -> None:
        api.export(tmp_path / "one")
        assert {key: placed.words.headline for key, placed in read(tmp_path / "one", _now).feed.items()} == {
            "ferry": "Ferry", "ferry-2": "Ferry", "uk-porom": "Пором", "uk-draft": "",
        }  # fmt: skip
        kept = wire.Item.objects.get(language="uk", headline="Пором")
        draft = wire.ItemDraft(headline="Човен", language="uk")
        wire.publish_item(wire.save_item(draft, actor=ACTOR, item=kept), actor=ACTOR)
        api.export(tmp_path / "two")
        assert read(tmp_path / "two", _now).feed["uk-porom"].words.headline == "Човен"

    def test_loading_an_export_where_it_came_from_changes_nothing(
        self, of_the_desk: None, tmp_path: Path
    ) -> None:
        api.export(tmp_path / "out")
        before, versions = editions.last_seq(), set(wire.Item.objects.values_list("pk", "version"))
        report = load(tmp_path / "out")
        assert report.count("unchanged") == len(report.lines)
        assert editions.last_seq() == before
        assert set(wire.Item.objects.values_list("pk", "version")) == versions

    def test_breaking_is_told_in_whole_minutes_that_cover_it(self, of_the_desk: None, tmp_path: Path) -> None:
        api.export(tmp_path / "out")
        assert read(tmp_path / "out", _now).feed["ferry"].words.breaking_minutes == 30
        assert read(tmp_path / "out", _now).feed["uk-draft"].words.breaking_minutes is None

    def test_what_readers_have_is_written_and_what_they_have_not_is_a_draft(
        self, small: Small, tmp_path: Path
    ) -> None:
        small.feed(item("ferry"), item("quay", "The quay is open"))
        load(small.root)
        ferry, quay = wire.Item.objects.order_by("headline")[:2]
        wire.save_item(wire.ItemDraft(headline="Not for readers yet", language="en"), actor=ACTOR, item=ferry)
        wire.take_back(quay, actor=ACTOR)
        api.export(tmp_path / "out")
        found = read(tmp_path / "out", _now).feed
        assert found["ferry"].words.headline == "The ferry is late"
        assert (found["quay"].words.published, found["quay"].file) == (None, "feed/drafts.json")

    def test_what_was_withdrawn_for_good_is_not_written_nor_named(self, rich: Small, tmp_path: Path) -> None:
        load(rich.root)
        wire.kill_item(wire.Item.objects.get(headline="The quay is open"), actor=ACTOR, why="by a court")
        wire.kill_post(wire.Post.objects.get(headline="It is gone"), actor=ACTOR, why="by a court")
        stories.kill_story(StoryPage.objects.get(slug="lamp"), actor=ACTOR, why="by a court")
        report = api.export(tmp_path / "out")
        archive = read(tmp_path / "out", _now)
        assert set(archive.feed) == {"ferry", "uk-ferry", "unfinished"}
        assert archive.feed["ferry"].words.story is None
        assert set(archive.posts) == {"storm-1", "vote-1", "later"}
        assert archive.posts["storm-1"].words.became is None
        assert report.left_out == ()

    def test_posts_of_a_coverage_that_readers_have_no_longer_are_drafts(
        self, rich: Small, tmp_path: Path
    ) -> None:
        load(rich.root)
        stories.unpublish_story(StoryPage.objects.get(slug="storm"), actor=ACTOR)
        api.export(tmp_path / "out")
        archive = read(tmp_path / "out", _now)
        assert archive.stories["storm"].published is None
        found = {key: one.words.published for key, one in archive.posts.items()}
        assert {key for key, published in found.items() if published is None} == {
            "storm-1", "storm-3", "later",
        }  # fmt: skip

    def test_what_is_in_no_language_of_the_site_is_named_and_left_out(
        self, rich: Small, tmp_path: Path
    ) -> None:
        load(rich.root)
        # the desk keeps a language that is in use; a database from elsewhere may not
        SiteSettings.objects.update(languages="en")
        report = api.export(tmp_path / "out")
        assert "feed" in {one.file for one in report.left_out}
        assert "feed/2026-04.json" not in written(tmp_path / "out")

    def test_a_month_too_large_for_a_file_takes_several(
        self, rich: Small, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        load(rich.root)
        monkeypatch.setattr(writing, "_LARGEST", 600)
        api.export(tmp_path / "out")
        assert {"feed/2026-03.json", "feed/2026-03-2.json", "posts/storm-2.json"} <= written(tmp_path / "out")
        assert set(read(tmp_path / "out", _now).feed) == {"ferry", "uk-ferry", "quay", "unfinished"}

    def test_a_post_without_a_headline_is_called_by_its_number(self, small: Small, tmp_path: Path) -> None:
        small.write("stories/vote.json", story("The vote", format="live", published="-5h"))
        load(small.root)
        draft = wire.PostDraft(
            StoryPage.objects.get(slug="vote").public_id,
            body=(documents.Paragraph.model_validate(paragraph(1, "Open.")),),
        )
        wire.publish_post(wire.save_post(draft, actor=ACTOR), actor=ACTOR)
        api.export(tmp_path / "out")
        assert set(read(tmp_path / "out", _now).posts) == {"vote-1"}


def _now(_name: str) -> datetime:
    return NOW
