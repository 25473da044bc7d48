"""One item into the site: whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, transaction

from standfirst.kit import instants
from standfirst.migration import errors
from standfirst.migration.errors import NotAStory, Refused
from standfirst.migration.ledger import Line, Outcome, Place
from standfirst.migration.models import Imported
from standfirst.migration.ninjs import mapping, schema
from standfirst.migration.ninjs.files import BadFile, Found, file_text, locate
from standfirst.migration.ninjs.item import Item, order, read
from standfirst.migration.ninjs.mapping import Mapped, PictureFile, Shelves
from standfirst.migration.ninjs.normal import Normal, normal
from standfirst.migration.pictures import Fetch, NoPicture, from_the_web, picture_bytes
from standfirst.stories.api import (
    CannotPublish,
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


@dataclass(frozen=True)
class Settings:
    """How a run imports. `draft` holds everything back; `get` is how a picture is fetched."""

    actor: str
    shelves: Shelves
    draft: bool = False
    leave_out_missing_pictures: bool = False
    get: Fetch = from_the_web
    now: Callable[[], datetime] = field(default=instants.now)


class _Skipped(Exception):
    """There is nothing to do; the text says why."""


@dataclass(frozen=True)
class _Done:
    outcome: Outcome
    reason: str
    story: str
    notes: tuple[str, ...]


def take(found: Found, settings: Settings) -> Line:
    """Import one item and return its line of the ledger. Never half of it, and never a traceback for what is
    in the item."""
    item: Item | None = None
    headline = ""
    shape = Normal()
    try:
        raw = found.load()
        shape = normal(raw)
        notes = schema.check(shape)
        item = read(shape, raw)
        _check_new(item, Imported.objects.filter(source=SOURCE, uri=item.uri).first())
        if item.status == "canceled":
            done = _cancel(item, settings)
        else:
            story = mapping.mapped(item)
            headline = story.headline
            files, missing = _fetched(story, found.file.parent, settings)
            done = _write(story, files, settings)
            notes += [*story.notes, *missing]
        return _line(found, item, headline, done, notes)
    except (_Skipped, NotAStory) as why:
        return _line(found, item, headline, _Done("skipped", str(why), "", ()), [])
    except Refused as refused:
        path = _there(shape.value, refused.path)
        return _refused(_place(found, shape.origin(path)), item, headline, refused.why)
    except BadFile as bad:
        return _refused(_place(found, ()), item, headline, bad.why)
    except CannotPublish as refused:
        return _refused(_place(found, ()), item, headline, refused.message)
    except (ValidationError, LookupError, ValueError, DataError, IntegrityError) as error:
        said = "; ".join(error.messages) if isinstance(error, ValidationError) else str(error)
        return _refused(_place(found, ()), item, headline, f"cannot be saved: {said[:300]}")


def _check_new(item: Item, known: Imported | None) -> bool:
    """Return whether an item of the same version but other content was taken. Raises _Skipped."""
    if known is None:
        return False
    before = order(known.version, known.version_created)
    if item.order < before:
        version = f"version {known.version}" if known.version else "a later version"
        raise _Skipped(f"is older than what was taken: {version} of {known.version_created or 'no date'}")
    if item.order == before and item.content_hash == known.content_hash:
        raise _Skipped("was taken before; nothing is new")
    return item.order == before


@transaction.atomic
def _cancel(item: Item, settings: Settings) -> _Done:
    known = Imported.objects.select_for_update().filter(source=SOURCE, uri=item.uri).first()
    _check_new(item, known)
    page = find_story(known.story) if known and known.story else None
    _remember(item, known, page)
    if page is None:
        return _Done("skipped", "is canceled, and there is no story of it", "", ())
    waited = unschedule_story(page, actor=settings.actor)
    if page.live:
        unpublish_story(page, actor=settings.actor)
        return _Done("updated", "unpublished: the sender canceled it", page.public_id, ())
    reason = "taken off the timetable" if waited else "it was not public"
    return _Done("updated", f"canceled by the sender; {reason}", page.public_id, ())


@transaction.atomic
def _write(story: Mapped, files: Mapping[str, bytes], settings: Settings) -> _Done:
    item = story.item
    known = Imported.objects.select_for_update().filter(source=SOURCE, uri=item.uri).first()
    notes = []
    if _check_new(item, known):
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
    return _Done(
        "created" if result.created else "updated",
        _reason(item, embargoed, settings),
        saved.public_id,
        tuple(notes),
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


def _there(value: Any, path: errors.Path) -> errors.Path:
    """Return as much of `path` as leads to something: a missing property is told at what lacks it."""
    for length, part in enumerate(path):
        try:
            value = value[part]
        except (KeyError, IndexError, TypeError):
            return path[:length]
    return path


def _place(found: Found, path: errors.Path) -> Place:
    line = found.line
    if path:
        try:
            line = locate(file_text(found.file), found.start, path)
        except (BadFile, IndexError):
            line = found.line
    return Place(str(found.file), line, errors.pointer((*found.path, *path)))


def _line(found: Found, item: Item | None, headline: str, done: _Done, notes: list[str]) -> Line:
    return Line(
        outcome=done.outcome,
        place=_place(found, ()),
        uri=item.uri if item else "",
        version=item.version if item else "",
        headline=headline,
        story=done.story,
        reason=done.reason,
        notes=tuple(dict.fromkeys([*done.notes, *notes])),
    )


def _refused(place: Place, item: Item | None, headline: str, why: str) -> Line:
    values: dict[str, Any] = {"uri": item.uri, "version": item.version} if item else {}
    return Line("refused", place, headline=headline, reason=why, **values)
