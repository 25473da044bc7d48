"""The wire: items of the news feed, and posts of live coverage."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from standfirst.editions.documents.base import Document, Html, Instant, Link, Part, Path
from standfirst.editions.documents.blocks import Block
from standfirst.editions.documents.story import Byline

Verification = Literal["verified", "unverified", "disputed", "retracted"]


class ItemSource(Part):
    """Who says what an item says, and how far that has been checked (PAGE.md, rows 8 and 9)."""

    name: str
    url: Link | None = None
    status: Verification = "verified"


MOST_TOPICS = 2
"""How many topics an item is filed under: each has a page of the feed, baked with every item of it."""


class FeedItem(Document):
    """An item of the news feed: a bold first line, a few sentences, one address for ever."""

    kind: Literal["item"] = "item"
    language: str
    path: Path
    headline: str  # the bold first line
    body: tuple[Html, ...] = ()  # paragraphs
    source: ItemSource | None = None
    topics: tuple[str, ...] = Field(default=(), max_length=MOST_TOPICS)  # ids of topic records
    breaking_until: Instant | None = None  # until when it is called breaking
    story: str | None = None  # id of the story that tells it in full
    published_at: Instant
    updated_at: Instant | None = None  # the last change worth telling a reader about
    source_uri: str = ""  # where an imported item came from (ninjs `uri`)


POSTS_IN_PART = 20
"""How many posts of a live coverage one file of older ones holds."""


class Post(Document):
    """A post of a live coverage. `number` counts from 1, in the order of first publication, for ever."""

    kind: Literal["post"] = "post"
    story: str  # id of the live story
    language: str
    path: Path
    number: int
    headline: str = ""
    body: tuple[Block, ...] = ()
    bylines: tuple[Byline, ...] = ()
    key: bool = False  # a key event: in the list at the head of the coverage
    became: str | None = None  # id of the story it was broken out into
    published_at: Instant
    updated_at: Instant | None = None

    @property
    def part(self) -> int:
        """Return the number of the file that holds it once it is old, from 1."""
        return (self.number - 1) // POSTS_IN_PART + 1
