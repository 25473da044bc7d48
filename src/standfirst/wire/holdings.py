"""All that the desk holds of the wire, as public documents: for whoever writes it down elsewhere.

What readers have is told as they have it; the rest as it was last saved. What was withdrawn for good is not
told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from standfirst.editions import api as editions
from standfirst.editions import documents as public
from standfirst.stories.errors import CannotPublish
from standfirst.stories.holdings import Untold
from standfirst.wire.models import Item, Post
from standfirst.wire.projection import document, post_document

D = TypeVar("D", public.FeedItem, public.Post)


@dataclass(frozen=True, slots=True)
class Held(Generic[D]):
    """An item or post, whether readers have it, and the number of a post, which a draft may not have."""

    document: D
    is_public: bool
    number: int | None = None


def items() -> list[Held[public.FeedItem]]:
    """Return every item that is not withdrawn for good: what readers have oldest first, then drafts."""
    rows = Item.objects.select_related("story").order_by("pk")
    found = [held for row in rows.iterator(chunk_size=200) for held in _held(row, public.FeedItem, document)]
    return _in_order([held for held in found if isinstance(held, Held)])


def posts() -> list[Held[public.Post] | Untold]:
    """Return every post that is not withdrawn for good, in the same order after those that cannot be told."""
    rows = Post.objects.select_related("story").order_by("pk")
    found = [held for row in rows.iterator(chunk_size=200) for held in _held(row, public.Post, _post)]
    untold = [held for held in found if isinstance(held, Untold)]
    return [*untold, *_in_order([held for held in found if isinstance(held, Held)])]


def _held(row: Any, kind: type[D], tell: Callable[[Any], D]) -> Iterator[Held[D] | Untold]:
    head = editions.head(row.record)
    if head is not None and head.reason in ("killed", "expunged"):
        return
    said = editions.current(row.record)
    if isinstance(said, kind):
        yield Held(said, True, getattr(row, "number", None))
        return
    number = getattr(row, "number", None)
    row.published_at = row.changed_at  # a draft says the same however often it is told
    try:
        yield Held(tell(row), False, number)
    except CannotPublish as refusal:
        yield Untold(str(row), refusal.message)


def _post(row: Post) -> public.Post:
    row.number = row.number or 1
    return post_document(row)


def _in_order(found: list[Held[D]]) -> list[Held[D]]:
    return sorted(found, key=lambda held: (not held.is_public, held.document.published_at, held.document.id))
