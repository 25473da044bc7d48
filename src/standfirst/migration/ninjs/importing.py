"""One item into the site: whole or not at all."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError

from standfirst.migration import errors
from standfirst.migration.errors import NotAStory, Refused
from standfirst.migration.ledger import Line, Place
from standfirst.migration.models import Imported
from standfirst.migration.ninjs import feed, schema, stories
from standfirst.migration.ninjs.files import BadFile, Found, file_text, locate
from standfirst.migration.ninjs.item import Item, read
from standfirst.migration.ninjs.normal import Normal, normal
from standfirst.migration.ninjs.settings import Becomes, Done, Settings, Skipped, Way, check_new
from standfirst.stories.api import CannotPublish
from standfirst.wire.api import ItemRefused

_WAYS: dict[Becomes, Way] = {"stories": stories.WAY, "items": feed.WAY}


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
        way = _WAYS[settings.becomes]
        check_new(item, Imported.objects.filter(source=way.source, uri=item.uri).first())
        if item.status == "canceled":
            done = way.cancel(item, settings)
        else:
            prepared = way.prepared(item, found.file.parent, settings)
            headline = prepared.headline
            done = prepared.take()
        return _line(found, item, headline, done, notes)
    except (Skipped, NotAStory) as why:
        return _line(found, item, headline, Done("skipped", str(why)), [])
    except Refused as refused:
        path = _there(shape.value, refused.path)
        return _refused(_place(found, shape.origin(path)), item, headline, refused.why)
    except BadFile as bad:
        return _refused(_place(found, ()), item, headline, bad.why)
    except ItemRefused as refused:
        return _refused(_place(found, ()), item, headline, str(refused))
    except CannotPublish as refused:
        return _refused(_place(found, ()), item, headline, refused.message)
    except (ValidationError, LookupError, ValueError, DataError, IntegrityError) as error:
        said = "; ".join(error.messages) if isinstance(error, ValidationError) else str(error)
        return _refused(_place(found, ()), item, headline, f"cannot be saved: {said[:300]}")


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


def _line(found: Found, item: Item | None, headline: str, done: Done, notes: list[str]) -> Line:
    return Line(
        outcome=done.outcome,
        place=_place(found, ()),
        uri=item.uri if item else "",
        version=item.version if item else "",
        headline=headline,
        story=done.story,
        item=done.item,
        reason=done.reason,
        notes=tuple(dict.fromkeys([*done.notes, *notes])),
    )


def _refused(place: Place, item: Item | None, headline: str, why: str) -> Line:
    values: dict[str, Any] = {"uri": item.uri, "version": item.version} if item else {}
    return Line("refused", place, headline=headline, reason=why, **values)
