"""What follows when readers get a story or lose it for good. Rooms above register here.

Called in the transaction of the change: a follow-up writes rows and editions, nothing outside.

followups.add("wire", follow)    # follow(page, "published", "editor@…")
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from standfirst.kit.registry import Registry
from standfirst.stories.pages import StoryPage

What = Literal["published", "killed"]

followups: Registry[Callable[[StoryPage, What, str], None]] = Registry("follow-up of a story")


def tell(page: StoryPage, what: What, actor: str) -> None:
    """Tell everybody who registered that a story was published, also again, or killed."""
    for _, follow in followups.items():
        follow(page, what, actor)
