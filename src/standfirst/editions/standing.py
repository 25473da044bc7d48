"""What a reader must know before believing a story: it goes wherever the story goes (PAGE.md row 9)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from standfirst.editions.documents import Claim, Story, StoryCard

Standing = Literal["", "retracted", "retracted_claim", "disputed", "unverified"]
"""The gravest thing first; "" when all that the story claims is verified."""

STANDINGS: tuple[Standing, ...] = ("retracted", "retracted_claim", "disputed", "unverified")
"""All that there is to say."""

_OF_CLAIMS: tuple[tuple[str, Standing], ...] = (
    ("retracted", "retracted_claim"), ("disputed", "disputed"), ("unverified", "unverified"),
)  # fmt: skip


def standing(story: Story | StoryCard) -> Standing:
    """Return the gravest that is to be said of a story."""
    retracted = story.retracted if isinstance(story, StoryCard) else bool(story.retraction)
    return "retracted" if retracted else standing_of_claims(story.claims)


def standing_of_claims(claims: Iterable[Claim]) -> Standing:
    """Return the gravest status among `claims`."""
    present = {claim.status for claim in claims}
    return next((said for status, said in _OF_CLAIMS if status in present), "")
