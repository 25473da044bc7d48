"""What waits at the desk: words that were saved of what readers have, and not published yet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from typing import Any, cast

from standfirst.editions import api as editions
from standfirst.editions import documents as public
from standfirst.editions.documents import FeedItem
from standfirst.kit import instants
from standfirst.stories.body import publish as body
from standfirst.stories.errors import CannotPublish
from standfirst.stories.projection import look_up
from standfirst.wire.drafts import ItemDraft, PostDraft, Verification
from standfirst.wire.models import Item, Post, Written

_SOURCE = ("source_name", "source_url", "source_status")


def item_kept(row: Item) -> ItemDraft:
    """Return what an item says at the desk."""
    return ItemDraft(
        headline=row.headline, language=row.language, body=row.paragraphs, source_name=row.source_name,
        source_url=row.source_url, source_status=cast(Verification, row.source_status),
        topics=tuple(topic.public_id for topic in sorted(row.topics.all(), key=lambda one: one.pk)),
        breaking_until=row.breaking_until, story=row.story.public_id if row.story else None,
        source_uri=row.source_uri,
    )  # fmt: skip


def item_said(said: FeedItem) -> ItemDraft:
    """Return what an item says to readers."""
    source = said.source
    return ItemDraft(
        headline=said.headline, language=said.language, body=said.body,
        source_name=source.name if source else "", source_url=(source.url or "") if source else "",
        source_status=source.status if source else "verified", topics=said.topics,
        breaking_until=said.breaking_until, story=said.story, source_uri=said.source_uri,
    )  # fmt: skip


def post_said(said: public.Post) -> PostDraft:
    """Return what a post says to readers."""
    authors = tuple(line.author for line in said.bylines if line.author)
    return PostDraft(said.story, said.headline, said.body, authors, said.key)


def of_item(row: Item, said: FeedItem) -> dict[str, Any]:
    """Return the fields of an item's draft that wait, all three of its source if one does."""
    kept, told = item_kept(row), item_said(said)
    names = {one.name for one in fields(kept) if getattr(kept, one.name) != getattr(told, one.name)}
    names |= set(_SOURCE) if names & set(_SOURCE) else set()
    return {name: getattr(kept, name) for name in names}


def of_post(row: Post, said: public.Post, known: body.Known | None = None) -> dict[str, Any]:
    """Return the fields of a post's draft that wait. `known` is what its blocks point to."""
    told = post_said(said)
    authors = tuple(author.public_id for author in row.authors.all())
    stream = row.body.get_prep_value()
    waiting: dict[str, Any] = {}
    if row.headline != told.headline:
        waiting["headline"] = row.headline
    if row.key != told.key:
        waiting["key"] = row.key
    if sorted(authors) != sorted(told.authors):
        waiting["authors"] = authors
    if not _reads_so(stream, said.body, known or look_up(stream)):
        waiting |= {"stream": stream, "body": ()}
    return waiting


def words(blocks: Sequence[public.Block]) -> tuple[str, ...]:
    """Return what blocks say, whatever their ids."""
    return tuple(block.model_dump_json(exclude={"id"}) for block in blocks)


def waiting_items(rows: Iterable[Item]) -> set[int]:
    """Return the keys of the items of which readers have something else than was saved.

    It takes one query, and none for a row whose story and topics were fetched with it.
    """
    rows = list(rows)
    said = _said(rows)
    return {
        row.pk
        for row in rows
        if isinstance(told := said.get(row.record), FeedItem) and not _reads_as(row, item_said(told))
    }


def waiting_posts(rows: Iterable[Post]) -> set[int]:
    """Return the keys of the posts of which readers have something else than was saved; as for items."""
    rows = list(rows)
    said = _said(rows)
    known = look_up([block for row in rows for block in row.body.get_prep_value()])
    return {
        row.pk
        for row in rows
        if isinstance(told := said.get(row.record), public.Post) and of_post(row, told, known)
    }


def is_waiting(row: Written) -> bool:
    """Return whether readers have something else of a row than was saved."""
    return bool(waiting_items([row]) if isinstance(row, Item) else waiting_posts([cast(Post, row)]))


def _said(rows: Sequence[Written]) -> dict[str, public.Document]:
    return editions.currents([row.record for row in rows if row.state == row.State.LIVE])


def _reads_as(row: Item, told: ItemDraft) -> bool:
    return _to_readers(item_kept(row)) == _to_readers(_with_story(row, told))


def _with_story(row: Item, told: ItemDraft) -> ItemDraft:
    """Return what readers have, with a story that waits itself: nobody can follow the item there yet."""
    return replace(told, story=row.story.public_id) if row.story and not row.story.live else told


def _to_readers(draft: ItemDraft) -> ItemDraft:
    """Return an item without what no reader would notice."""
    is_breaking = draft.breaking_until is not None and draft.breaking_until > instants.now()
    return replace(
        draft,
        source_url=draft.source_url if draft.source_name else "",
        source_uri="",
        breaking_until=draft.breaking_until if is_breaking else None,
    )


def _reads_so(stream: list[body.Raw], said: Sequence[public.Block], known: body.Known) -> bool:
    """Return whether a body as it is kept is what readers have."""
    try:
        kept = body.blocks(stream, known)
    except CannotPublish:
        return False
    return words(kept) == words(said)
