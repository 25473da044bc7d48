"""An item becomes a story: whole or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path

from django.db import transaction

from standfirst.kit import instants
from standfirst.migration.errors import Refused
from standfirst.migration.models import Imported
from standfirst.migration.ninjs import mapping
from standfirst.migration.ninjs.item import Item
from standfirst.migration.ninjs.mapping import Mapped, PictureFile
from standfirst.migration.ninjs.settings import Done, Prepared, Settings, Way, check_new
from standfirst.migration.pictures import NoPicture, picture_bytes
from standfirst.stories.api import (
    find_story,
    save_story,
    schedule_story,
    unpublish_story,
    unschedule_story,
)
from standfirst.stories.pages import StoryPage
from standfirst.stories.pictures.api import save_picture

SOURCE = "ninjs"
_MOST_PICTURES = 50
_MOST_BYTES = 300_000_000  # of the pictures of one item: they are held in memory until it is saved


def _prepared(item: Item, folder: Path, settings: Settings) -> Prepared:
    story = mapping.mapped(item)
    return Prepared(story.headline, partial(_take, story, folder, settings))


def _take(story: Mapped, folder: Path, settings: Settings) -> Done:
    files, missing = _fetched(story, folder, settings)
    done = _write(story, files, settings)
    return replace(done, notes=(*done.notes, *story.notes, *missing))


@transaction.atomic
def _cancel(item: Item, settings: Settings) -> Done:
    known = Imported.objects.select_for_update().filter(source=SOURCE, uri=item.uri).first()
    check_new(item, known)
    page = find_story(known.story) if known and known.story else None
    _remember(item, known, page)
    if page is None:
        return Done("skipped", "is canceled, and there is no story of it")
    waited = unschedule_story(page, actor=settings.actor)
    if page.live:
        unpublish_story(page, actor=settings.actor)
        return Done("updated", "unpublished: the sender canceled it", story=page.public_id)
    reason = "taken off the timetable" if waited else "it was not public"
    return Done("updated", f"canceled by the sender; {reason}", story=page.public_id)


@transaction.atomic
def _write(story: Mapped, files: Mapping[str, bytes], settings: Settings) -> Done:
    item = story.item
    known = Imported.objects.select_for_update().filter(source=SOURCE, uri=item.uri).first()
    notes = []
    if check_new(item, known):
        notes.append("WARNING: the same version had other content before; it was updated")
    page = find_story(known.story) if known and known.story else None
    if known and page and known.revision != page.latest_revision_id:
        notes.append("WARNING: it was edited at the desk since; that text is in the story's history")
    now = settings.now()
    embargoed = item.embargoed_until if item.embargoed_until and item.embargoed_until > now else None
    held = settings.draft or item.status == "withheld" or embargoed is not None
    if page is not None:
        unschedule_story(page, actor=settings.actor)
        if page.live and (item.status == "withheld" or embargoed):
            unpublish_story(page, actor=settings.actor)
            notes.append("WARNING: it was public and has been taken down")
    media = {key: _saved(picture, files[key]) for picture in story.pictures if (key := picture.key) in files}
    draft = mapping.draft(story, media, settings.shelves, now=now, fresh=page is None)
    result = save_story(draft, actor=settings.actor, publish=not held)
    saved = StoryPage.objects.get(pk=result.page)
    if embargoed and not settings.draft and item.status == "usable":
        try:
            schedule_story(saved.get_latest_revision_as_object(), at=embargoed, actor=settings.actor)
        except ValueError:  # it ended while this was being saved
            save_story(draft, actor=settings.actor, publish=True)
        saved.refresh_from_db()
    _remember(item, known, saved)
    return Done(
        "created" if result.created else "updated",
        _reason(item, embargoed, settings),
        story=saved.public_id,
        notes=tuple(notes),
    )


def _reason(item: Item, embargoed: datetime | None, settings: Settings) -> str:
    if item.status == "withheld":
        return "a draft: the sender withholds it"
    if embargoed and not settings.draft:
        return f"embargoed: goes live at {instants.to_text(embargoed)}"
    return "a draft, as asked" if settings.draft else "published"


def _remember(item: Item, known: Imported | None, page: StoryPage | None) -> None:
    row = known or Imported(source=SOURCE, uri=item.uri)
    row.version, row.version_created = item.version, item.version_created
    row.content_hash = item.content_hash
    row.story = page.public_id if page is not None else ""
    row.revision = page.latest_revision_id if page is not None else None
    row.save()


def _fetched(story: Mapped, folder: Path, settings: Settings) -> tuple[dict[str, bytes], list[str]]:
    """Return the bytes of the story's pictures by key. Nothing is locked while the network is asked."""
    if len(story.pictures) > _MOST_PICTURES:
        raise Refused(f"has more than {_MOST_PICTURES} pictures", ("associations",))
    files: dict[str, bytes] = {}
    notes: list[str] = []
    for picture in story.pictures:
        try:
            files[picture.key] = _first(picture, folder, settings)
        except Refused as refused:
            if not settings.leave_out_missing_pictures:
                raise
            notes.append(f"WARNING: left out: {refused.why}")
        if sum(map(len, files.values())) > _MOST_BYTES:
            raise Refused("its pictures are too large together", ("associations",))
    return files, notes


def _first(picture: PictureFile, folder: Path, settings: Settings) -> bytes:
    """Return the best file of a picture that can be had. Raises Refused with what was wrong with the best."""
    refusal: Refused | None = None
    for href, path in picture.hrefs[:4]:
        try:
            return picture_bytes(href, folder, settings.get)
        except NoPicture as why:
            refusal = refusal or Refused(str(why), path)
    raise refusal or Refused("names a picture without a file")


def _saved(picture: PictureFile, data: bytes) -> str:
    saved = save_picture(
        data,
        source_uri=picture.uri[:500],
        title=picture.title,
        alt=picture.alt,
        caption=picture.caption,
        photographer=picture.photographer,
        agencies=picture.agencies,
        copyright_notice=picture.copyright_notice,
        licence=picture.licence,
        place=picture.place,
    )
    return str(saved.public_id)


WAY = Way(SOURCE, _prepared, _cancel)
