"""The newest stories, by day: the column beside a story and on the front."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from standfirst.kit.tongues import capitalised
from standfirst.theme.parts.card import Card, card
from standfirst.theme.parts.context import Context

SHOWN = 14


@dataclass(frozen=True, slots=True)
class Day:
    """Cards of one local day, newest first, under its name."""

    title: str
    machine: str
    cards: tuple[Card, ...]


def latest(context: Context, *, without: Collection[str] = (), shown: int = SHOWN) -> tuple[Day, ...]:
    """Return the newest stories of the page's language, but those in `without`."""
    ids = context.records.newest(f"front/{context.language}")
    chosen = [story_id for story_id in ids if story_id not in without][:shown]
    return by_day(context, chosen)


def by_day(context: Context, ids: Collection[str]) -> tuple[Day, ...]:
    """Return the public ones of `ids` grouped by local day, in the order given."""
    groups: dict[date, list[Card]] = {}
    for story_id in ids:
        found = card(context, story_id)
        if found is not None:
            groups.setdefault(date.fromisoformat(found.clock.machine[:10]), []).append(found)
    return tuple(
        Day(capitalised(context.formats.weekday(day)), day.isoformat(), tuple(cards))
        for day, cards in groups.items()
    )
