"""Which records a document names: that is how we know who uses a picture."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from standfirst.editions import rows
from standfirst.editions.documents import (
    Byline,
    Document,
    FeedItem,
    Front,
    Navigation,
    PictureUse,
    Post,
    RelatedStory,
    Story,
)
from standfirst.editions.documents.base import Part


def of(document: Document) -> set[str]:
    """Return the names of the records that a document uses."""
    return set(_named(document)) - {document.record}


def _named(part: Part) -> Iterator[str]:
    if isinstance(part, PictureUse):
        yield f"media:{part.media}"
    elif isinstance(part, RelatedStory):
        yield f"story:{part.story}"
    elif isinstance(part, Byline) and part.author:
        yield f"author:{part.author}"
    elif isinstance(part, Document):
        yield from _own(part)
    for _, value in part:
        yield from _inside(value)


def _own(document: Document) -> Iterator[str]:
    if isinstance(document, Story):
        if document.section:
            yield f"section:{document.section}"
        yield from (f"topic:{topic}" for topic in document.topics)
        yield from (f"story:{story}" for story in document.trail)
    elif isinstance(document, FeedItem):
        yield from (f"topic:{topic}" for topic in document.topics)
        if document.story:
            yield f"story:{document.story}"
    elif isinstance(document, Post):
        yield from (f"story:{story}" for story in (document.story, document.became) if story)
    elif isinstance(document, Front):
        yield from (f"story:{story}" for story in (document.lead, *document.second) if story)
        yield from (f"section:{section}" for section in document.sections)
    elif isinstance(document, Navigation):
        yield from (f"section:{section}" for section in document.sections)


def _inside(value: Any) -> Iterator[str]:
    if isinstance(value, Part):
        yield from _named(value)
    elif isinstance(value, tuple):
        for item in value:
            if isinstance(item, Part):
                yield from _named(item)


def note(source: str, targets: set[str]) -> None:
    """Say that `source` now uses `targets` and nothing else."""
    have = {row[0] for row in rows.rows("SELECT target FROM editions_reference WHERE source = %s", [source])}
    rows.many(
        "DELETE FROM editions_reference WHERE source = %s AND target = %s",
        [(source, target) for target in sorted(have - targets)],
    )
    rows.many(
        "INSERT INTO editions_reference (source, target) VALUES (%s, %s)",
        [(source, target) for target in sorted(targets - have)],
    )


def users_of(record: str) -> tuple[str, ...]:
    """Return the live records that use `record`, in order of their names."""
    found = rows.rows("SELECT source FROM editions_reference WHERE target = %s ORDER BY source", [record])
    return tuple(row[0] for row in found)
