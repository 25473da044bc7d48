"""The blocks a story's body is made of. `id` is stable between editions and names the block on the page."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from standfirst.editions.documents.base import Html, Instant, Link, Part


class PictureUse(Part):
    """A picture in one place: the media record, with the words that belong to this place."""

    media: str  # id of a media record
    caption: Html = ""
    alt: str = ""  # what the picture shows, for those who do not see it; "" means decorative


class Paragraph(Part):
    type: Literal["paragraph"] = "paragraph"
    id: str
    html: Html


class Heading(Part):
    type: Literal["heading"] = "heading"
    id: str
    level: Literal[2, 3] = 2
    html: Html


class ListBlock(Part):
    type: Literal["list"] = "list"
    id: str
    ordered: bool = False
    items: tuple[Html, ...]


class Quote(Part):
    """Words quoted at length, with who said them."""

    type: Literal["quote"] = "quote"
    id: str
    html: Html
    attribution: str = ""


class PullQuote(Part):
    """A line of this story set large; read aloud and indexed once, in its own place only."""

    type: Literal["pull_quote"] = "pull_quote"
    id: str
    text: str
    attribution: str = ""


class ImageBlock(Part):
    type: Literal["image"] = "image"
    id: str
    picture: PictureUse
    width: Literal["column", "wide"] = "column"


class Embed(Part):
    """A post or video from elsewhere, kept as a card: text, author, date and link stay with us.

    Loads nothing from others; with a click it opens at its own address.
    """

    type: Literal["embed"] = "embed"
    id: str
    provider: str
    url: Link
    title: str = ""
    author: str = ""
    text: str = ""
    posted_at: Instant | None = None
    picture: PictureUse | None = None


class RelatedStory(Part):
    """A card of another story; follows its later edits and leaves when it is unpublished."""

    type: Literal["related_story"] = "related_story"
    id: str
    story: str  # id of a story record


class Divider(Part):
    type: Literal["divider"] = "divider"
    id: str


class Table(Part):
    type: Literal["table"] = "table"
    id: str
    caption: str = ""
    header_row: bool = True
    header_column: bool = False
    rows: tuple[tuple[Html, ...], ...]


class KeyFacts(Part):
    """A short list of what to know, set apart."""

    type: Literal["key_facts"] = "key_facts"
    id: str
    title: str = ""
    items: tuple[Html, ...]


Block = Annotated[
    Paragraph
    | Heading
    | ListBlock
    | Quote
    | PullQuote
    | ImageBlock
    | Embed
    | RelatedStory
    | Divider
    | Table
    | KeyFacts,
    Field(discriminator="type"),
]
