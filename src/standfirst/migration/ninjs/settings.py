"""What taking an item has in common, whatever it becomes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Literal

from standfirst.kit import instants
from standfirst.migration.ledger import Outcome
from standfirst.migration.models import Imported
from standfirst.migration.ninjs.item import Item, order
from standfirst.migration.ninjs.mapping import Shelves
from standfirst.migration.pictures import Fetch, from_the_web

Becomes = Literal["stories", "items"]
"""Stories of the site, or items of its news feed."""


@dataclass(frozen=True)
class Settings:
    """How a run imports. `draft` holds everything back; `get` is how a picture is fetched."""

    actor: str
    shelves: Shelves
    becomes: Becomes = "stories"
    draft: bool = False
    leave_out_missing_pictures: bool = False
    get: Fetch = from_the_web
    now: Callable[[], datetime] = field(default=instants.now)


class Skipped(Exception):  # a name for what happened
    """There is nothing to do; the text says why."""


@dataclass(frozen=True)
class Done:
    """What became of an item; `story` or `item` is the id of the record it is now."""

    outcome: Outcome
    reason: str
    story: str = ""
    item: str = ""
    notes: tuple[str, ...] = ()


def check_new(item: Item, known: Imported | None) -> bool:
    """Return whether an item of the same version but other content was taken. Raises Skipped."""
    if known is None:
        return False
    before = order(known.version, known.version_created)
    if item.order < before:
        version = f"version {known.version}" if known.version else "a later version"
        raise Skipped(f"is older than what was taken: {version} of {known.version_created or 'no date'}")
    if item.order == before and item.content_hash == known.content_hash:
        raise Skipped("was taken before; nothing is new")
    return item.order == before


@dataclass(frozen=True)
class Prepared:
    """An item that can be taken: its headline, and how."""

    headline: str
    take: Callable[[], Done]


@dataclass(frozen=True)
class Way:
    """How items are taken: as what they are known (`Imported.source`), read, and canceled.

    `prepared` gets the folder of the item's file. It raises NotAStory and Refused, as does `Prepared.take`.
    """

    source: str
    prepared: Callable[[Item, Path, Settings], Prepared]
    cancel: Callable[[Item, Settings], Done]
