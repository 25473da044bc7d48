"""What this room hands down: how an item is erased, and that a story offers one."""

from __future__ import annotations

from standfirst.editions.api import erasers, tables_of_words
from standfirst.stories.followups import followups
from standfirst.stories.offers import offers
from standfirst.wire import erasing, offering
from standfirst.wire.actions import posts


def register() -> None:
    """Register everything; a second call is an error, as for every registry."""
    erasers.add("wire", erasing.erase_from_desk)
    tables_of_words.add("wire", erasing.tables_of_words())
    offers.add("feed", offering.offer)
    followups.add("wire", posts.follow_story)
