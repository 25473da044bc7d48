"""Loading: all or nothing, once, and through the same doors as the desk."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from standfirst.archive import api
from standfirst.archive.models import LoadedArchive, LoadedDocument
from standfirst.editions import api as editions
from standfirst.editions import documents
from standfirst.editions.documents import Story
from standfirst.editions.lists import newest
from standfirst.stories.models import Picture, PlainPage, StoryPage
from tests.archive.small import Small, picture, story

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 5, 6, 30, tzinfo=UTC)
ACTOR = "editor@example.org"


def load(small: Small, now: datetime = NOW) -> api.LoadReport:
    return api.load(small.root, actor=ACTOR, now=now)


def published(slug: str) -> Story:
    document = editions.current(StoryPage.objects.get(slug=slug).record)
    assert isinstance(document, Story)
    return document


def test_a_loaded_story_is_what_the_archive_says(small: Small) -> None:
    report = load(small)
    assert (report.count("created"), report.count("unchanged")) == (7, 0)
    tide = published("tide")
    assert tide.headline == "The tide is late"
    assert tide.path == "/tide/"
    assert tide.published_at == datetime(2026, 11, 3, 7, 40, tzinfo=UTC)
    assert tide.updated_at is None
    assert [block.type for block in tide.body] == ["paragraph", "related_story"]
    assert tide.body[1].story == published("lamp").id  # type: ignore[union-attr]


def test_a_picture_says_its_own_words_where_the_story_gives_none(small: Small) -> None:
    load(small)
    hero = published("lamp").hero
    assert hero is not None
    assert (hero.caption, hero.alt) == ("The lamp.", "A lamp on a quay.")


def test_loading_again_changes_nothing(rich: Small) -> None:
    load(rich)
    before = editions.last_seq()
    report = load(rich, NOW + timedelta(days=3))
    assert report.count("unchanged") == len(report.lines)
    assert editions.last_seq() == before


def test_what_is_loaded_afresh_later_keeps_its_moments(small: Small) -> None:
    load(small)
    small.change("stories/tide.json", headline="The tide is later")
    report = load(small, NOW + timedelta(days=3))
    assert report.count("updated") == 1
    assert published("tide").headline == "The tide is later"
    assert published("tide").published_at == datetime(2026, 11, 3, 7, 40, tzinfo=UTC)


def test_what_the_desk_changed_stays_until_the_archive_changes(small: Small) -> None:
    load(small)
    page = StoryPage.objects.get(slug="lamp")
    page.title = "The lamp went out"
    page.save_revision().publish()
    load(small)
    assert published("lamp").headline == "The lamp went out"
    small.change("stories/lamp.json", standfirst="It was lit again.")
    load(small)
    assert published("lamp").headline == "The lamp is lit"


def test_a_new_file_of_a_picture_is_a_change(small: Small) -> None:
    load(small)
    before = Picture.objects.get().source_hash
    (small.root / "media/lamp.jpg").write_bytes(picture("#d4552f"))
    assert load(small).count("updated") == 1
    assert Picture.objects.get().source_hash != before


def test_a_story_without_a_date_is_a_draft(small: Small) -> None:
    small.change("stories/tide.json", published=None)
    load(small)
    page = StoryPage.objects.get(slug="tide")
    assert not page.live
    assert editions.head(page.record) is None


def test_translations_are_linked_whatever_their_order_of_publication(rich: Small) -> None:
    rich.change("stories/uk-lamp.json", published="2026-03-01T09:00:00Z")  # before what it translates
    load(rich)
    first, other = published("lamp"), published("лампа")
    assert (first.translation_of, other.translation_of) == ("", first.id)
    assert newest(f"translations/story/{first.id}") == (other.id,)


def test_a_page_is_published_with_its_cards_unless_it_is_a_draft(rich: Small) -> None:
    load(rich)
    page = editions.current(PlainPage.objects.get(slug="about").record)
    assert isinstance(page, documents.PlainPage)
    assert [block.type for block in page.body] == ["paragraph", "related_story"]
    draft = PlainPage.objects.get(slug="про-нас")
    assert (draft.live, draft.translation_of.slug) == (False, "about")
    assert editions.head(draft.record) is None


def test_words_of_a_picture_that_are_given_as_empty_stay_empty(rich: Small) -> None:
    load(rich)
    hero = published("lamp").hero
    assert hero is not None
    assert (hero.caption, hero.alt) == ("Lit &amp; seen.", "")


def test_stories_that_show_cards_of_each_other_both_do(small: Small) -> None:
    card = {"type": "related_story", "id": "b9"}
    small.write("stories/ebb.json", story("Ebb", body=[{**card, "story": "flow"}]))
    small.write("stories/flow.json", story("Flow", body=[{**card, "story": "ebb"}]))
    load(small)
    for one, other in (("ebb", "flow"), ("flow", "ebb")):
        assert published(one).body[0].story == published(other).id  # type: ignore[union-attr]
        assert published(one).updated_at is None


def test_the_front_shows_what_the_archive_chose(small: Small) -> None:
    small.change(
        "archive.json", fronts=[{"language": "en", "lead": "lamp", "second": ["tide"], "sections": ["city"]}]
    )
    load(small)
    front = editions.current("front:en")
    assert front is not None
    assert front.lead == published("lamp").id  # type: ignore[attr-defined]
    assert front.second == (published("tide").id,)  # type: ignore[attr-defined]


def test_a_broken_archive_loads_nothing(small: Small) -> None:
    small.change("stories/tide.json", section="moon")
    with pytest.raises(api.ArchiveError):
        load(small)
    assert not StoryPage.objects.exists()
    assert not Picture.objects.exists()
    assert not LoadedArchive.objects.exists()


def test_what_the_desk_refuses_takes_everything_back(small: Small) -> None:
    small.change("media/lamp.json", alt="")
    small.change("stories/lamp.json", hero={"media": "lamp", "caption": "x"})
    small.change("archive.json", site={"name": "The Small", "accent": "#fefefe"})  # nobody could read it
    with pytest.raises(api.ArchiveError, match=r"archive\.json"):
        load(small)
    assert not StoryPage.objects.exists()
    assert not Picture.objects.exists()
    assert not LoadedDocument.objects.exists()


def test_progress_counts_every_document_once(small: Small) -> None:
    seen: list[tuple[int, int, str]] = []
    api.load(small.root, actor=ACTOR, now=NOW, progress=lambda *step: seen.append(step))
    assert [done for done, _, _ in seen] == list(range(1, 7))
    assert {total for _, total, _ in seen} == {6}
