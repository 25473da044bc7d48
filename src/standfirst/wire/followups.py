"""What follows a change of an item or post that readers see: alerts, webhooks. Rooms and files register here.

Called in the transaction of the change: a follow-up writes rows and wakes who works on them, nothing else.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from standfirst.editions.documents import FeedItem, Post
from standfirst.kit.registry import Registry

Kind = Literal["published", "updated", "gone"]


@dataclass(frozen=True, slots=True)
class Change:
    """A change: what readers have from edition `seq` on. `item` is the item or post, None when it is gone."""

    kind: Kind
    record: str
    seq: int
    actor: str
    item: FeedItem | Post | None


followups: Registry[Callable[[Change], None]] = Registry("follow-up of the wire")


def tell(change: Change) -> None:
    """Tell everybody who registered."""
    for _, follow in followups.items():
        follow(change)
