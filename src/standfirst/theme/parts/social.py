"""The picture that stands for a story where it is shared (Open Graph)."""

from __future__ import annotations

from dataclasses import dataclass

from standfirst.editions.documents import Media, Story, StoryCard
from standfirst.editions.records import story_card
from standfirst.theme.drawn import card as drawn
from standfirst.theme.drawn import faces
from standfirst.theme.parts.card import status, with_status
from standfirst.theme.parts.context import Context
from standfirst.theme.parts.frame import full_url


@dataclass(frozen=True, slots=True)
class SocialImage:
    """A picture elsewhere: full address, "" for none, what it says, and its size in pixels."""

    url: str
    alt: str
    size: tuple[int, int] | None


def social_image(context: Context, story: Story | StoryCard, hero: Media | None) -> SocialImage:
    """Return the story's card, or its picture where no face of ours writes the headline's script.

    Networks keep a picture by its address, so that of a card carries a name for what the card shows.
    """
    if faces.writable(story.headline):
        card = story if isinstance(story, StoryCard) else story_card(story)
        words = drawn.words_of(context.records, card)
        address = f"{full_url(context, drawn.path(story.id))}?v={words.version}"
        alt = with_status(story.headline, status(story, context.words), context.words)
        return SocialImage(address, alt, drawn.SIZE)
    file = hero.jpeg(drawn.SIZE[0]) if hero else None
    if file is None:
        return SocialImage("", "", None)
    alt = story.hero.alt if story.hero else ""
    return SocialImage(full_url(context, file.path), alt, (file.width, file.height))
