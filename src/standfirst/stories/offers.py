"""What other rooms offer an editor who has just published a story: the next thing to do with it.

offers.add("feed", offer)    # offer(page) -> Offer | None
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from standfirst.kit.registry import Registry
from standfirst.stories.pages import StoryPage


@dataclass(frozen=True, slots=True)
class Offer:
    """A button beside the receipt: its words, where it leads, and the right it takes (`wire.add_item`)."""

    words: str
    url: str
    permission: str


offers: Registry[Callable[[StoryPage], Offer | None]] = Registry("offer after a publish")
