"""From the library to readers: derived once, published, corrected, withdrawn, erased."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction

from standfirst.bake import api as bake
from standfirst.edge import blobs
from standfirst.editions import api as editions
from standfirst.editions import expunging
from standfirst.editions.documents import Media, Paragraph, PictureUse, Story
from standfirst.kit.canonical import digest
from standfirst.kit.ids import new_id
from standfirst.stories.errors import CannotPublish
from standfirst.stories.pictures import api, deriving, making
from standfirst.stories.pictures.models import Derivation, Picture
from tests.stories.pictures.conftest import small_picture
from tests.stories.pictures.samples import saved, scene

ACTOR = "editor@example.org"


@pytest.fixture
def makings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names the media id each time files are made."""
    made: list[str] = []
    real = making.make

    def counted(data: bytes, words: object) -> object:
        made.append(words.media)  # type: ignore[attr-defined]
        return real(data, words)  # type: ignore[arg-type]

    monkeypatch.setattr(deriving, "make", counted)
    return made


def current(picture: Picture) -> Media:
    document = editions.current(picture.record)
    assert isinstance(document, Media)
    return document


def publish_story_with(picture: Picture) -> Story:
    """Publish the picture and a story that shows it."""
    story = Story(
        id=new_id(), language="en", path=f"/{new_id()}/", headline="One",
        published_at=datetime(2026, 11, 5, tzinfo=UTC),
        hero=PictureUse(media=picture.public_id, alt="x"), body=(Paragraph(id="a", html="Words."),),
    )  # fmt: skip
    with transaction.atomic():
        api.publish(picture.public_id, actor=ACTOR)
        editions.publish(story, reason="published", actor=ACTOR)
    return story


def test_a_media_record_names_files_that_lie_in_the_store(picture: Picture) -> None:
    document = api.media_document(picture)
    assert (document.width, document.height, document.focus) == (300, 200, (500, 500))
    assert document.credit.line() == "Olena Koval / AP via Reuters"
    assert {rendition.format for rendition in document.renditions} == {"avif", "webp", "jpeg"}
    for rendition in document.renditions:
        body = blobs.read(settings.STANDFIRST_SITE.store, rendition.blob).plain
        assert digest(body) == rendition.blob
        assert len(body) == rendition.size
        suffix = {"avif": "avif", "webp": "webp", "jpeg": "jpg"}[rendition.format]
        assert rendition.path == f"/_m/{rendition.blob[:32]}.{suffix}"


def test_deriving_again_is_free_until_something_changes(picture: Picture, makings: list[str]) -> None:
    first = api.media_document(picture)
    assert api.media_document(Picture.objects.get()) == first
    assert len(makings) == 1
    picture.photographer = "Somebody Else"
    picture.save()
    changed = api.media_document(picture)
    assert len(makings) == 2
    assert not {r.blob for r in changed.renditions} & {r.blob for r in first.renditions}
    picture.photographer = "Olena Koval"
    picture.save()
    assert api.media_document(picture) == first
    assert len(makings) == 2


@pytest.mark.parametrize("change", [{"title": "Other"}, {"caption": "Not inside files"}])
def test_what_is_not_inside_the_files_costs_no_new_ones(
    picture: Picture, makings: list[str], change: dict[str, str]
) -> None:
    api.derive(picture)
    for name, value in change.items():
        setattr(picture, name, value)
    picture.save()
    api.derive(picture)
    assert len(makings) == 1


def test_another_recipe_and_a_lost_blob_derive_again(
    picture: Picture, makings: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    lost = api.media_document(picture).renditions[0].blob
    blobs.blob_path(settings.STANDFIRST_SITE.store, lost).unlink()
    api.derive(picture)
    assert len(makings) == 2
    monkeypatch.setattr(deriving, "RECIPE", "next")
    api.derive(picture)
    assert len(makings) == 3


def test_the_same_file_twice_in_the_library_makes_files_apart(library: None) -> None:
    """So erasing one picture never takes a file from another."""
    one, two = (api.media_document(small_picture()) for _ in range(2))
    assert not {r.blob for r in one.renditions} & {r.blob for r in two.renditions}


def test_the_worker_derives_what_waits_and_then_rests(library: None, makings: list[str]) -> None:
    pictures = [small_picture() for _ in range(3)]
    assert [api.derive_ahead(limit=2), api.derive_ahead(limit=2), api.derive_ahead(limit=2)] == [2, 1, 0]
    pictures[0].alt = "Another"
    pictures[0].save()
    assert [api.derive_ahead(), api.derive_ahead()] == [1, 0]
    api.media_document(pictures[1])
    assert len(makings) == 4


def test_a_change_past_the_model_is_derived_ahead_once(picture: Picture, makings: list[str]) -> None:
    Picture.objects.update(alt="Changed in bulk")
    assert [api.derive_ahead(), api.derive_ahead()] == [1, 0]
    assert makings == [picture.public_id]


def test_a_picture_that_cannot_be_derived_is_not_tried_for_ever(picture: Picture, makings: list[str]) -> None:
    Path(picture.file.path).write_bytes(b"not a picture any more")
    assert [api.derive_ahead(), api.derive_ahead()] == [0, 0]
    assert len(makings) == 1
    assert "not a picture" in Derivation.objects.get().error
    with pytest.raises(CannotPublish, match=r"Candles.*not a picture"):
        api.publish(picture.public_id, actor=ACTOR)
    Path(picture.file.path).unlink()
    with pytest.raises(CannotPublish, match="missing"):
        api.publish(picture.public_id, actor=ACTOR)


def test_blobs_of_the_library_are_held_against_sweeping(picture: Picture) -> None:
    held = {rendition.blob for rendition in api.media_document(picture).renditions}
    assert set(api.held_blobs()) == held


@pytest.mark.usefixtures("rules")
class TestWithReaders:
    def test_publishing_again_without_a_change_adds_no_edition(self, picture: Picture) -> None:
        first, again = (api.publish(picture.public_id, actor=ACTOR) for _ in range(2))
        assert first is not None
        assert again is not None
        assert (first.changed, again.changed) == (True, False)

    def test_a_corrected_credit_is_a_new_edition_and_the_old_files_are_gone(self, picture: Picture) -> None:
        publish_story_with(picture)
        before = current(picture)
        picture.photographer = "The Right Name"
        picture.save()
        api.picture_saved(picture, actor=ACTOR)
        after = current(picture)
        assert after.credit.photographer == "The Right Name"
        assert not {r.path for r in after.renditions} & {r.path for r in before.renditions}
        held = states([r.path for r in before.renditions])
        assert set(held.values()) == {"gone"}
        assert set(states([r.path for r in after.renditions]).values()) == {"live"}

    def test_saving_a_picture_that_readers_do_not_have_publishes_nothing(self, picture: Picture) -> None:
        api.picture_saved(picture, actor=ACTOR)
        assert editions.head(picture.record) is None

    def test_a_picture_is_withdrawn_when_nothing_live_uses_it(self, picture: Picture) -> None:
        one, two = publish_story_with(picture), publish_story_with(picture)
        editions.unpublish(one.record, actor=ACTOR)
        assert api.withdraw_unused([picture.public_id], actor=ACTOR) == []
        assert editions.head(picture.record).state == "live"  # type: ignore[union-attr]
        editions.unpublish(two.record, actor=ACTOR)
        assert len(api.withdraw_unused([picture.public_id], actor=ACTOR)) == 1
        assert editions.head(picture.record).state == "gone"  # type: ignore[union-attr]
        assert api.withdraw_unused([picture.public_id], actor=ACTOR) == []

    def test_deleting_from_the_library_leaves_what_is_published(
        self, picture: Picture, commits: Callable[..., object]
    ) -> None:
        publish_story_with(picture)
        published, original = current(picture), Path(picture.file.path)
        with commits(execute=True):  # type: ignore[attr-defined]
            picture.delete()
        assert not original.exists(), "control: it was really deleted"
        assert current(picture) == published
        assert set(states([r.path for r in published.renditions]).values()) == {"live"}
        for rendition in published.renditions:
            assert blobs.read(settings.STANDFIRST_SITE.store, rendition.blob).plain
        assert api.publish(published.id, actor=ACTOR) is None

    def test_a_picture_that_left_the_library_unpublished_is_named(self, picture: Picture) -> None:
        picture.delete()
        with pytest.raises(CannotPublish, match="no longer in the library"):
            api.publish(picture.public_id, actor=ACTOR)

    def test_the_end_of_a_licence_is_in_the_record_and_in_the_files(self, library: None) -> None:
        ends = datetime(2026, 12, 1, 10, 0, tzinfo=UTC)
        picture = small_picture(licence="One year", licence_ends_at=ends)
        api.publish(picture.public_id, actor=ACTOR)
        assert current(picture).licence_ends_at == ends
        assert picture.words.usage_terms == "One year; until 2026-12-01"

    def test_a_killed_picture_comes_back_only_by_publishing(self, picture: Picture) -> None:
        story = publish_story_with(picture)
        editions.kill(story.record, actor=ACTOR, why="court order")
        assert editions.head(picture.record).state == "gone"  # type: ignore[union-attr]
        api.picture_saved(picture, actor=ACTOR)
        assert editions.head(picture.record).state == "gone"  # type: ignore[union-attr]

    def test_erasing_leaves_no_file_and_no_row(
        self, picture: Picture, commits: Callable[..., object]
    ) -> None:
        picture.get_rendition("max-165x165")
        publish_story_with(picture)
        other = small_picture()
        kept = api.media_document(other)
        picture.alt = "Twice derived"
        picture.save()
        api.picture_saved(picture, actor=ACTOR)
        with commits(execute=True):  # type: ignore[attr-defined]
            erased = api.erase_picture(picture.record)
        assert len(erased.blobs) == 6
        store = settings.STANDFIRST_SITE.store
        assert not any(blobs.blob_path(store, name).exists() for name in erased.blobs)
        uploads = [file.name for file in Path(settings.MEDIA_ROOT).rglob("*") if file.is_file()]
        assert uploads == [Path(other.file.name).name]
        assert not Derivation.objects.filter(media=picture.public_id).exists()
        assert all(blobs.blob_path(store, r.blob).exists() for r in kept.renditions)
        with commits(execute=True):  # type: ignore[attr-defined]
            assert api.erase_picture(picture.record).blobs == ()

    def test_expunging_a_story_erases_the_pictures_that_only_it_showed(
        self, picture: Picture, commits: Callable[..., object], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(expunging, "tidy_up", lambda: None)  # waits for the end of the test's transaction
        story = publish_story_with(picture)
        original, published = Path(picture.file.path), current(picture)
        request = editions.request_expunge(story.record, actor=ACTOR, why="a court's order")
        with commits(execute=True):  # type: ignore[attr-defined]
            editions.approve_expunge(request.pk, actor="publisher@example.org")
        assert not original.exists()
        assert not Picture.objects.filter(public_id=published.id).exists()
        store = settings.STANDFIRST_SITE.store
        assert not any(blobs.blob_path(store, r.blob).exists() for r in published.renditions)
        with pytest.raises(CannotPublish):
            api.publish(published.id, actor=ACTOR)


def states(paths: list[str]) -> dict[str, str]:
    from standfirst.editions import rows

    found = {path: rows.one("SELECT state FROM editions_address WHERE path = %s", [path]) for path in paths}
    return {path: row[0] if row else "" for path, row in found.items()}


@pytest.mark.django_db(transaction=True, databases=["default", "bake"])
@pytest.mark.usefixtures("rules", "library")
def test_readers_get_the_derived_bytes_and_410_for_a_corrected_file() -> None:
    picture = small_picture()
    publish_story_with(picture)
    before = current(picture)
    report = bake.run_until_idle()
    assert report.failed == ()
    served = {r.path: bake.served(r.path)[-1].blob for r in before.renditions}
    assert served == {r.path: r.blob for r in before.renditions}
    picture.credit_note = "State agency"
    picture.save()
    api.picture_saved(picture, actor=ACTOR)
    bake.run_until_idle()
    assert {bake.served(r.path)[-1].blob for r in current(picture).renditions} == {
        r.blob for r in current(picture).renditions
    }
    for rendition in before.renditions:
        gone = bake.served(rendition.path)[-1]
        assert blobs.read(settings.STANDFIRST_SITE.store, gone.blob).plain == b"gone"


def test_two_pictures_at_a_time_give_the_same_files_as_one(library: None) -> None:
    from concurrent.futures import ThreadPoolExecutor

    words = small_picture().words
    source = saved(scene(900, 600))
    with ThreadPoolExecutor(4) as many:
        made = list(many.map(lambda _: making.make(source, words), range(4)))
    assert all(one == made[0] for one in made)
