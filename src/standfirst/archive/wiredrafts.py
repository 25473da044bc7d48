"""From an archive's items and posts to what the desk takes: keys become ids of records."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from standfirst.archive import drafts
from standfirst.archive.holding import Archive, Placed
from standfirst.archive.ledger import Ledger
from standfirst.archive.wiredocuments import ItemWords, PostWords
from standfirst.wire import api as wire


def item(words: ItemWords, ledger: Ledger) -> wire.ItemDraft:
    """Return an item as the desk takes it."""
    source = words.source
    return wire.ItemDraft(
        id=ledger.record("item", words.key),
        headline=words.headline,
        language=words.language,
        body=words.body,
        source_name=source.name if source else "",
        source_url=(source.url or "") if source else "",
        source_status=source.status if source else "verified",
        topics=drafts.records("topic", words.topics, ledger),
        breaking_until=_breaking_until(words),
        story=ledger.record("story", words.story) if words.story else None,
        source_uri=words.source_uri,
    )


def post(key: str, archive: Archive, ledger: Ledger) -> wire.PostDraft:
    """Return a post as the desk takes it."""
    placed = archive.posts[key]
    return wire.PostDraft(
        id=ledger.record("post", key),
        story=ledger.record("story", placed.words.story),
        headline=placed.words.headline,
        body=drafts.blocks(placed.words.body, archive, ledger),
        authors=drafts.records("author", placed.words.bylines, ledger),
        key=placed.words.key_event,
    )


def oldest_first(shelf: Mapping[str, Placed[ItemWords]] | Mapping[str, Placed[PostWords]]) -> list[str]:
    """Return the keys of items or posts in the order of their publication, drafts last as they stand."""

    def moment(key: str) -> tuple[bool, datetime | int]:
        published = shelf[key].words.published
        return (published is None, published or 0)

    return sorted(shelf, key=moment)


def _breaking_until(words: ItemWords) -> datetime | None:
    if words.published is None or words.breaking_minutes is None:
        return None
    return words.published + timedelta(minutes=words.breaking_minutes)
