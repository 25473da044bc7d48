"""An item as we read it: plain typed values, faults named by place."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from standfirst.kit import instants
from standfirst.migration.errors import Path, Refused
from standfirst.migration.ninjs.normal import Normal

Status = Literal["usable", "withheld", "canceled"]
_LONGEST_URI = 500
_NEVER = datetime(1, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Worded:
    """One of several headlines, descriptions or bodies."""

    value: str
    role: str = ""
    content_type: str = ""
    count: int = 0  # characters as announced; 0 where not
    path: Path = ()


@dataclass(frozen=True, slots=True)
class Subject:
    """What an item is filed under. `names` holds its name, literal and address, as far as given."""

    name: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rendition:
    """One file of a picture."""

    href: str
    path: Path
    name: str = ""
    content_type: str = ""
    width: int = 0
    height: int = 0
    size: int = 0  # bytes


@dataclass(frozen=True, slots=True)
class Item:
    """A news item, or one associated with it."""

    uri: str
    type: str
    version: str
    version_created: datetime | None
    first_created: datetime | None
    embargoed_until: datetime | None
    status: Status
    partial: bool
    language: str
    headlines: tuple[Worded, ...]
    descriptions: tuple[Worded, ...]
    bodies: tuple[Worded, ...]
    title: str
    by: str
    slugline: str
    located: str
    copyright_holder: str
    copyright_notice: str
    usage_terms: str
    note: str
    subjects: tuple[Subject, ...]
    genres: tuple[str, ...]
    sources: tuple[str, ...]
    renditions: tuple[Rendition, ...]
    associations: tuple[Item, ...]
    name: str = ""  # what an association is called in its item
    rel: str = ""
    path: Path = ()
    content_hash: str = field(default="", compare=False)

    @property
    def order(self) -> tuple[Any, ...]:
        """Return what decides which of two versions is the later one."""
        return order(self.version, self.version_created)


def order(version: str, created: datetime | None) -> tuple[Any, ...]:
    """Return the sort key of a version: its parts, numbers as numbers, then when it was made.

    An item that names neither comes before all that do.
    """
    parts = re.findall(r"\d+|\D+", version.strip().casefold())
    key = tuple((1, int(part[:18]), "") if part.isdigit() else (0, 0, part) for part in parts)
    return key, created or _NEVER


def content_hash(raw: Any) -> str:
    """Return a hash of an item's JSON value: the same for the same content, however it is written."""
    text = json.dumps(raw, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def read(item: Normal, raw: Any) -> Item:
    """Return the item of `item`, whose types the schema has checked. Raises Refused."""
    uri = _text(item.value, "uri")
    if not uri:
        raise Refused("has no uri", ("uri",))
    if len(uri) > _LONGEST_URI:
        raise Refused(f"the uri has more than {_LONGEST_URI} characters", ("uri",))
    return _read(item.value, (), content_hash(raw))


def _read(value: dict[str, Any], path: Path, digest: str = "") -> Item:
    return Item(
        uri=_text(value, "uri"),
        type=_text(value, "type"),
        version=_text(value, "version")[:100],
        version_created=_instant(value, "versionCreated", path),
        first_created=_instant(value, "firstCreated", path),
        embargoed_until=_not_earlier(_instant(value, "embargoedUntil", path)),
        status=value.get("pubStatus", "usable"),
        partial=value.get("representationType") in ("partial", "incomplete", "associated"),
        language=_text(value, "language"),
        headlines=_worded(value, "headlines", path),
        descriptions=_worded(value, "descriptions", path),
        bodies=_worded(value, "bodies", path),
        title=_text(value, "title"),
        by=_text(value, "by"),
        slugline=_text(value, "slugline"),
        located=_text(value, "located"),
        copyright_holder=_text(value, "copyrightHolder"),
        copyright_notice=_text(value, "copyrightNotice"),
        usage_terms=_text(value, "usageTerms"),
        note=_text(value, "edNote"),
        subjects=tuple(_subject(one) for one in _dicts(value, "subjects")),
        genres=tuple(name for one in _dicts(value, "genres") for name in _subject(one).names),
        sources=tuple(name for one in _dicts(value, "infoSources") if (name := _text(one, "name"))),
        renditions=tuple(
            _rendition(one, (*path, "renditions", n)) for n, one in enumerate(_dicts(value, "renditions"))
        ),
        associations=tuple(
            _read(one, (*path, "associations", n)) for n, one in enumerate(_dicts(value, "associations"))
        ),
        name=_text(value, "name"),
        rel=_text(value, "rel"),
        path=path,
        content_hash=digest,
    )


def _text(value: dict[str, Any], name: str) -> str:
    found = value.get(name)
    return found.strip() if isinstance(found, str) else ""


def _dicts(value: dict[str, Any], name: str) -> list[dict[str, Any]]:
    found = value.get(name)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _number(value: dict[str, Any], name: str) -> int:
    found = value.get(name)
    return int(found) if isinstance(found, int | float) and 0 <= found < 10**12 else 0


def _worded(value: dict[str, Any], name: str, path: Path) -> tuple[Worded, ...]:
    found = (
        Worded(
            value=_text(one, "value"),
            role=_text(one, "role").casefold(),
            content_type=_text(one, "contentType").partition(";")[0].strip().lower(),
            count=_number(one, "charCount"),
            path=(*path, name, number, "value"),
        )
        for number, one in enumerate(_dicts(value, name))
    )
    return tuple(one for one in found if one.value)


def _subject(value: dict[str, Any]) -> Subject:
    names = tuple(found for key in ("name", "literal", "uri") if (found := _text(value, key)))
    return Subject(_text(value, "name") or _text(value, "literal"), names)


def _rendition(value: dict[str, Any], path: Path) -> Rendition:
    words = " ".join(_text(value, key) for key in ("name", "usage", "variant", "title"))
    return Rendition(
        href=_text(value, "href"),
        path=(*path, "href"),
        name=words.casefold(),
        content_type=_text(value, "contentType").lower(),
        width=_number(value, "width"),
        height=_number(value, "height"),
        size=_number(value, "sizeInBytes"),
    )


def _not_earlier(instant: datetime | None) -> datetime | None:
    """Return `instant` rounded up to the milliseconds the timetable keeps: never early."""
    return instant and instant + timedelta(microseconds=-instant.microsecond % 1000)


def _instant(value: dict[str, Any], name: str, path: Path) -> datetime | None:
    text = _text(value, name)
    if not text:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise Refused(
            f"{text[:40]!r} is no date and time, such as 2026-11-05T08:30:00Z", (*path, name)
        ) from error
    try:
        return instants.utc(found)
    except (ValueError, OverflowError) as error:
        raise Refused(f"{text[:40]!r} has no time zone; an offset or Z is needed", (*path, name)) from error
