"""From what the site holds of the wire to an archive's documents."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from standfirst.archive.keys import Keys
from standfirst.archive.wiredocuments import ItemWords, PostWords
from standfirst.archive.words import Writer
from standfirst.editions import documents as public
from standfirst.wire.holdings import Held

_MINUTE = timedelta(minutes=1)


def item(held: Held[public.FeedItem], writer: Writer) -> ItemWords:
    """Return an item of the feed; one that readers do not have is a draft."""
    said, keys = held.document, writer.keys
    return writer.checked(ItemWords, {
        **said.model_dump(include={"id", "language", "headline", "body", "source", "source_uri"}),
        **_moments(held),
        "key": keys["item", said.id],
        "topics": keys.all_of("topic", said.topics),
        "story": keys.of("story", said.story),
        "breaking_minutes": _minutes(said.published_at, said.breaking_until) if held.is_public else None,
    })  # fmt: skip


def post(held: Held[public.Post], writer: Writer) -> PostWords:
    """Return a post of a live coverage; one that readers do not have is a draft."""
    said, keys = held.document, writer.keys
    authors = (line.author for line in said.bylines)
    return writer.checked(PostWords, {
        **said.model_dump(include={"id", "headline"}),
        **_moments(held),
        "key": keys["post", said.id],
        "story": keys["story", said.story],
        "number": held.number,
        "bylines": [key for author in authors if (key := keys.of("author", author))],
        "key_event": said.key,
        "became": keys.of("story", said.became),
        "body": writer.body(said.body),
    })  # fmt: skip


def name(held: Held[public.FeedItem] | Held[public.Post], keys: Keys, main: str) -> None:
    """Give an item or post its key, made of its first line."""
    said = held.document
    words = said.headline
    if not words and isinstance(said, public.Post):
        words = f"{keys['story', said.story]} {held.number or 'draft'}"
    keys.give(said.kind, said.id, words or "draft", "" if said.language == main else said.language)


def _moments(held: Held[public.FeedItem] | Held[public.Post]) -> dict[str, Any]:
    if not held.is_public:
        return {}
    return {"published": held.document.published_at, "updated": held.document.updated_at}


def _minutes(since: datetime, until: datetime | None) -> int | None:
    """Return the whole minutes that cover a span, or None for one that never was."""
    return -((since - until) // _MINUTE) if until is not None and until > since else None
