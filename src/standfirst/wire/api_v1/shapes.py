"""What goes in and comes out. What comes in and is not named here is refused."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal, cast

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, model_validator

from standfirst.editions.documents.wire import MOST_TOPICS
from standfirst.kit.instants import to_text
from standfirst.stories.filing import Topic
from standfirst.wire import marks
from standfirst.wire.drafts import LONGEST_HEADLINE, LONGEST_TEXT, Verification
from standfirst.wire.models import Item
from standfirst.wire.projection import path_of

MOST_PARAGRAPHS = 40
PER_PAGE, MOST_PER_PAGE = 30, 100


def _no_nul(text: str) -> str:
    if "\0" in text:
        raise ValueError("the character U+0000 cannot be kept")
    return text


State = Literal["draft", "live", "down", "killed"]
"""A draft, in the feed, taken back, or withdrawn for good."""

Text = Annotated[str, AfterValidator(_no_nul)]
Id = Annotated[Text, Field(max_length=26)]


class Strict(BaseModel):
    """What is sent to us."""

    model_config = ConfigDict(extra="forbid", strict=False)


class Source(Strict):
    """Who says it."""

    name: Annotated[Text, Field(max_length=200, description="Needed unless the status is verified.")] = ""
    url: Annotated[Text, Field(max_length=2000, description="http:// or https://")] = ""
    status: Verification = "verified"


class Words(Strict):
    """What an item may say; every field may be left out."""

    headline: Annotated[
        Text, Field(max_length=LONGEST_HEADLINE, description="The first line, set in bold: what happened.")
    ] = ""
    text: Annotated[
        Text | None,
        Field(
            max_length=LONGEST_TEXT,
            description="Plain text, a line a paragraph; **bold**, *italic*, [words](https://address).",
        ),
    ] = None
    body: Annotated[
        list[Text] | None,
        Field(
            max_length=MOST_PARAGRAPHS,
            description="Instead of text: inline HTML, a piece a paragraph; cleaned when it is kept.",
        ),
    ] = None
    source: Annotated[Source | None, Field(description="null: nobody is named.")] = None
    topics: Annotated[list[Id], Field(max_length=MOST_TOPICS, description="Ids from /topics.")] = Field(
        default_factory=list
    )
    breaking_until: Annotated[
        AwareDatetime | None, Field(description="With an offset (RFC 3339); a day ahead at most.")
    ] = None
    story: Annotated[Id | None, Field(description="The id of the story that tells it in full.")] = None
    source_uri: Annotated[
        Text, Field(max_length=500, description="What the sender calls it; items can be found by it.")
    ] = ""

    @model_validator(mode="after")
    def _one_text(self) -> Words:
        if self.text is not None and self.body is not None:
            raise ValueError("send text or body, not both")
        return self

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """Return the text as HTML, a piece a paragraph."""
        return marks.to_html(self.text) if self.text is not None else tuple(self.body or ())


class NewItem(Words):
    """An item to be written: a draft, or published at once."""

    language: Annotated[Text, Field(max_length=35, description="A language of the site (BCP 47).")]
    publish: Annotated[bool, Field(strict=True, description="Readers have it at once.")] = False


class ChangedItem(Words):
    """What is to be changed: fields that are not sent stay as they are."""

    version: Annotated[int, Field(strict=True, description="The version that you began from.")]
    publish: Annotated[bool, Field(strict=True, description="Readers have the change at once.")] = False
    minor: Annotated[
        bool, Field(strict=True, description="Only a slip of the pen: readers are not told “Updated”.")
    ] = False


class Reason(Strict):
    """Why an item is withdrawn."""

    why: Annotated[Text, Field(min_length=1, max_length=2000, description="Kept with the record; not shown.")]


class Nothing(Strict):
    """An empty body, or {}."""


class Receipt(BaseModel):
    """What a write came to. It holds no words: it is kept for a week, and what is withdrawn must be gone."""

    id: str
    state: Annotated[State, Field(description="down: taken back; killed: withdrawn for good")]
    version: Annotated[int, Field(description="Send it with the next change.")]
    url: Annotated[str | None, Field(description="Where readers find it, for ever; null while a draft.")]
    published_at: str | None
    updated_at: str | None
    seq: Annotated[
        int | None,
        Field(
            description="The number of the change in the public record, as in the site's events; else null."
        ),
    ]


class Said(BaseModel):
    """Who says it."""

    name: str
    url: str | None
    status: Verification


class ItemOut(BaseModel):
    """An item as the desk holds it. Of a killed one the words are not given out."""

    id: str
    state: State
    version: int
    url: str | None
    language: str
    headline: str
    body: Annotated[list[str], Field(description="Clean inline HTML, a piece a paragraph.")]
    source: Said | None
    topics: list[str]
    breaking_until: str | None
    story: str | None
    source_uri: str
    published_at: str | None
    updated_at: str | None
    changed_at: str


class Items(BaseModel):
    """Items, the newest first."""

    items: list[ItemOut]
    next: Annotated[str | None, Field(description="The cursor of the next page; null on the last.")]


class TopicOut(BaseModel):
    """A topic to file items under."""

    id: str
    name: str
    slug: str
    language: str


class Topics(BaseModel):
    """Topics, the newest first."""

    topics: list[TopicOut]
    next: str | None


class ItemsAsked(Strict):
    """Which items."""

    limit: Annotated[int, Field(ge=1, le=MOST_PER_PAGE)] = PER_PAGE
    cursor: Annotated[Id | None, Field(description="`next` of the page before.")] = None
    language: Annotated[Text | None, Field(max_length=35)] = None
    state: State | None = None
    source_uri: Annotated[Text | None, Field(max_length=500)] = None


class TopicsAsked(Strict):
    """Which topics."""

    limit: Annotated[int, Field(ge=1, le=MOST_PER_PAGE)] = MOST_PER_PAGE
    cursor: Annotated[Id | None, Field(description="`next` of the page before.")] = None
    language: Annotated[Text | None, Field(max_length=35)] = None


def receipt(item: Item, base_url: str, seq: int | None) -> Receipt:
    """Return what a write of an item came to."""
    return Receipt(
        id=item.public_id, state=cast(State, item.state), version=item.version, seq=seq,
        url=_url(item, base_url), published_at=_instant(item.published_at),
        updated_at=_instant(item.updated_at),
    )  # fmt: skip


def item_out(item: Item, base_url: str) -> ItemOut:
    """Return an item as it is given out."""
    silent = item.state == Item.State.KILLED
    source = None
    if item.source_name and not silent:
        source = Said(name=item.source_name, url=item.source_url or None, status=status_of(item))
    return ItemOut(
        id=item.public_id, state=cast(State, item.state), version=item.version, url=_url(item, base_url),
        language=item.language, headline="" if silent else item.headline,
        body=[] if silent else list(item.paragraphs), source=source,
        topics=[topic.public_id for topic in item.topics.all()],
        breaking_until=_instant(item.breaking_until), story=item.story.public_id if item.story else None,
        source_uri="" if silent else item.source_uri, published_at=_instant(item.published_at),
        updated_at=_instant(item.updated_at), changed_at=to_text(item.changed_at),
    )  # fmt: skip


def topic_out(topic: Topic) -> TopicOut:
    """Return a topic as it is given out."""
    return TopicOut(id=topic.public_id, name=topic.name, slug=topic.slug, language=topic.language)


def status_of(item: Item) -> Verification:
    """Return how far an item is checked."""
    return cast(Verification, item.source_status)


def _url(item: Item, base_url: str) -> str | None:
    return base_url.rstrip("/") + path_of(item) if item.published_at else None


def _instant(value: datetime | None) -> str | None:
    return to_text(value) if value else None
