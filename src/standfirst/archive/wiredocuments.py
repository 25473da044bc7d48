"""What the files of the wire hold: items of the feed and posts of live coverage, many to a file.

An item is a few lines, and a year has thousands: a file each would be no archive that a person can read.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from standfirst.archive.documents import (
    Key,
    Language,
    StoryEmbed,
    StoryImage,
    StoryPicture,
    cards_in,
    pictures_in,
)
from standfirst.archive.moments import Moment
from standfirst.editions.documents import Heading, Html, ListBlock, Paragraph, Quote, RelatedStory
from standfirst.editions.documents.base import Part
from standfirst.editions.documents.wire import MOST_TOPICS
from standfirst.wire.drafts import LONGEST_HEADLINE

Id = Annotated[str, StringConstraints(pattern=r"^[0-9a-hjkmnp-tv-z]{26}$")]
FirstLine = Annotated[str, StringConstraints(max_length=LONGEST_HEADLINE)]


class SourceWords(Part):
    """Who says what an item says, and how far that has been checked."""

    name: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    url: Annotated[str, StringConstraints(pattern=r"^https?://", max_length=2000)] | None = None
    status: Literal["verified", "unverified", "disputed", "retracted"] = "verified"


class ItemWords(Part):
    """An item of the news feed."""

    key: Key  # of no other item, in whichever file
    id: Id | None = None  # the last part of its address; given at the first load where absent
    language: Language
    headline: FirstLine  # the bold first line
    body: tuple[Html, ...] = ()  # paragraphs
    source: SourceWords | None = None
    topics: Annotated[tuple[Key, ...], Field(max_length=MOST_TOPICS)] = ()
    story: Key | None = None  # that tells it in full
    published: Moment | None = None  # None: a draft
    updated: Moment | None = None
    breaking_minutes: Annotated[int, Field(ge=1)] | None = None  # called breaking so long after `published`
    source_uri: Annotated[str, StringConstraints(max_length=500)] = ""  # where an imported one came from


class Feed(Part):
    """`feed/NAME.json`: items, however many, in any order."""

    items: tuple[ItemWords, ...]


PostBlock = Annotated[
    Paragraph | Heading | ListBlock | Quote | StoryImage | StoryEmbed | RelatedStory,
    Field(discriminator="type"),
]


class PostWords(Part):
    """A post of a live coverage."""

    key: Key  # of no other post, in whichever file
    id: Id | None = None  # the last part of its address; given at the first load where absent
    story: Key  # the live story it is a post of
    number: Annotated[int, Field(ge=1)] | None = None  # of the coverage, for ever; the next where absent
    headline: FirstLine = ""
    bylines: tuple[Key, ...] = ()  # authors' keys
    key_event: bool = False  # in the list at the head of the coverage
    became: Key | None = None  # the story that was made of it
    published: Moment | None = None  # None: a draft
    updated: Moment | None = None
    body: tuple[PostBlock, ...] = ()

    @property
    def pictures(self) -> tuple[StoryPicture, ...]:
        """Return the pictures it uses."""
        return pictures_in(self.body)

    @property
    def related(self) -> tuple[str, ...]:
        """Return the keys of the stories it shows cards of."""
        return cards_in(self.body)


class Posts(Part):
    """`posts/NAME.json`: posts of live stories, however many, in any order."""

    items: tuple[PostWords, ...]
