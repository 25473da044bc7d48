"""Stories worth more than a day: chosen by rule until editors choose them (PAGE.md row 19)."""

from __future__ import annotations

from collections.abc import Collection

from standfirst.editions.documents import StoryCard
from standfirst.theme.parts.context import Context

SHOWN = 4
LASTING = ("long_read", "explainer", "opinion", "q_and_a", "gallery")
"""Formats that are read for longer than the day they are told of."""


def picks(context: Context, *, without: Collection[str], shown: int = SHOWN) -> list[str]:
    """Return up to `shown` lasting stories of the page's newest thirty, but those in `without`.

    The newest of each format come first, so that four picks are not four opinions.
    """
    ids = (one for one in context.records.newest(f"front/{context.language}") if one not in without)
    found = [one for story_id in ids if (one := context.records.card(story_id)) and _lasts(one)]
    firsts = {one.format: one for one in reversed(found)}
    first = [one for one in found if firsts[one.format] is one]
    rest = [one for one in found if firsts[one.format] is not one]
    return [one.id for one in (first + rest)[:shown]]


def _lasts(found: StoryCard) -> bool:
    return found.format in LASTING and not found.retracted
