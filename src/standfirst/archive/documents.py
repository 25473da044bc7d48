"""What the files of an archive hold. A document's name is its key: `media: "ferry"` is `media/ferry.json`.

Everything is plain JSON, so that an archive can be written by hand, made by a program, kept in version
control and read in twenty years without us. Blocks are those of the public record
(`standfirst.editions.documents`), with keys where that has ids.
"""

from __future__ import annotations

from typing import Annotated, Literal
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, Field, StringConstraints, field_validator

from standfirst.archive.moments import Day, Moment
from standfirst.editions.documents import (
    Divider,
    Heading,
    Html,
    KeyFacts,
    Link,
    ListBlock,
    Paragraph,
    PullQuote,
    Quote,
    RelatedStory,
    Table,
)
from standfirst.editions.documents.base import Part
from standfirst.kit import tongues

FORMAT = 1
"""Goes up when an archive of the new form cannot be read by the code before it."""

Key = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]{0,99}$")]


def _canonical(tag: str) -> str:
    if tag != (right := tongues.canonical(tag)):
        raise ValueError(f"write {right!r}, as BCP 47 does")
    return tag


Language = Annotated[
    str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"), AfterValidator(_canonical)
]
Slug = Annotated[str, StringConstraints(max_length=180, pattern=r"^[^/?#\s]*$")]
Text = Annotated[str, StringConstraints(min_length=1, max_length=255)]
Colour = Annotated[str, StringConstraints(pattern=r"^#[0-9a-fA-F]{6}$")]


class FooterLink(Part):
    label: Text
    url: Link


class FooterGroup(Part):
    title: str = ""
    language: str = ""  # only in this language; "" means in all
    links: tuple[FooterLink, ...] = ()


class HeadLink(FooterLink):
    """A link at the head of every page, after the sections."""

    language: str = ""  # only in this language; "" means in all


class NameWords(Part):
    """What the newsroom is called in one of its languages, where that is not as everywhere."""

    language: Language
    name: str = ""
    tagline: str = ""


class SiteWords(Part):
    """What the newsroom decides about its site as a whole. Its address is the site folder's business."""

    name: Text
    tagline: str = ""
    names: tuple[NameWords, ...] = ()
    languages: Annotated[tuple[Language, ...], Field(min_length=1)] = ("en",)  # the main one first
    time_zone: str = "UTC"
    accent: Colour = "#8a1c1c"
    accent_dark: Colour = "#e08a7a"
    founded: str = ""
    email: str = ""
    logo: Key | None = None  # a picture's key
    hide_expired_pictures: bool = True
    ai_crawlers: Literal["allow", "refuse"] = "allow"
    head: tuple[HeadLink, ...] = ()
    footer: tuple[FooterGroup, ...] = ()

    @field_validator("languages")
    @classmethod
    def _each_once(cls, tags: tuple[str, ...]) -> tuple[str, ...]:
        if doubled := [tag for number, tag in enumerate(tags) if tag in tags[:number]]:
            raise ValueError(f"{doubled[0]!r} is there twice; name each language once")
        return tags

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, name: str) -> str:
        if name not in available_timezones():
            raise ValueError(f"{name!r} is no time zone; use an IANA name such as Europe/Kyiv")
        return name

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)


class FrontWords(Part):
    """A front of one language: what was chosen by hand. The rest fills itself by rule."""

    language: Language
    title: str = ""
    lead: Key | None = None  # a story's key
    second: tuple[Key, ...] = ()
    sections: tuple[Key, ...] = ()


class Manifest(Part):
    """`archive.json`: the format's version, the archive's own name, the site, its fronts."""

    format: Literal[1]
    name: Key  # keeps two archives loaded into one site apart
    site: SiteWords
    fronts: tuple[FrontWords, ...] = ()


class Shelf(Part):
    """A section or topic. The order of sections is that of the navigation."""

    key: Key
    language: Language
    name: Text
    slug: Slug = ""  # the key where empty
    description: str = ""
    at_head: bool = True  # sections only: whether it stands in the navigation
    translation_of: Key | None = None  # the key of what says the same in another language


class Shelves(Part):
    """`sections.json` and `topics.json`."""

    items: tuple[Shelf, ...]


class AuthorWords(Part):
    """`authors/KEY.json`."""

    language: Language | None = None  # the site's main language where empty
    translation_of: Key | None = None  # an author's key: the same person, in another language
    name: Text
    slug: Slug = ""  # the key where empty
    role: str = ""
    bio: Html = ""
    portrait: Key | None = None  # a picture's key
    links: tuple[Link, ...] = ()


class PictureWords(Part):
    """`media/KEY.json`, beside the picture's file."""

    file: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,120}$")]
    title: Text
    alt: str  # "" only for what is decorative wherever it is used
    caption: Html = ""
    photographer: str = ""
    agencies: tuple[str, ...] = ()  # the chain, nearest to the photographer first
    credit_note: str = ""
    copyright_notice: str = ""  # made of photographer and agencies where empty
    licence: str = ""
    licence_ends_at: Moment | None = None
    taken_on: Day = ""
    place: str = ""
    focus: tuple[Annotated[int, Field(ge=0, le=1000)], Annotated[int, Field(ge=0, le=1000)]] | None = None


class StoryByline(Part):
    """An author's key, or a guest's name."""

    author: Key | None = None
    name: str = ""
    role: Literal["author", "photo", "editing", "translation", "graphics"] = "author"


class StoryCorrection(Part):
    at: Moment
    text: Html


class StoryPicture(Part):
    """A picture in one place. Absent words are the picture's own; alt "" makes it decorative here."""

    media: Key
    caption: Html | None = None
    alt: str | None = None


class StoryImage(Part):
    type: Literal["image"] = "image"
    id: str
    picture: StoryPicture
    width: Literal["column", "wide"] = "column"


class StoryEmbed(Part):
    type: Literal["embed"] = "embed"
    id: str
    provider: str
    url: Link
    title: str = ""
    author: str = ""
    text: str = ""
    posted_at: Moment | None = None
    picture: StoryPicture | None = None


StoryBlock = Annotated[
    Paragraph
    | Heading
    | ListBlock
    | Quote
    | PullQuote
    | StoryImage
    | StoryEmbed
    | RelatedStory
    | Divider
    | Table
    | KeyFacts,
    Field(discriminator="type"),
]


class CoverageWords(Part):
    """What a live story has beside its text. Its posts lie in `posts/`."""

    opened: Moment
    closed: Moment | None = None
    summary: tuple[Html, ...] = ()  # pinned above the posts, a point each


class StoryWords(Part):
    """`stories/KEY.json`."""

    language: Language
    translation_of: Key | None = None  # a story's key
    slug: Slug = ""  # the key where empty
    format: Literal["news", "long_read", "opinion", "explainer", "gallery", "q_and_a", "live"] = "news"
    live: CoverageWords | None = None  # in the format `live`; open since it was published where absent
    headline: Text
    standfirst: Annotated[str, StringConstraints(max_length=600)] = ""
    seo_title: str = ""
    social_title: str = ""
    description: str = ""
    section: Key | None = None
    topics: tuple[Key, ...] = ()
    bylines: tuple[StoryByline, ...] = ()
    dateline: Annotated[str, StringConstraints(max_length=100)] = ""
    hero: StoryPicture | None = None
    published: Moment | None = None  # None: a draft
    updated: Moment | None = None
    corrections: tuple[StoryCorrection, ...] = ()
    retraction: Html = ""
    body: tuple[StoryBlock, ...]

    @property
    def pictures(self) -> tuple[StoryPicture, ...]:
        """Return the pictures it uses, the one at the top first."""
        return (*((self.hero,) if self.hero else ()), *pictures_in(self.body))

    @property
    def related(self) -> tuple[str, ...]:
        """Return the keys of the stories it shows cards of."""
        return cards_in(self.body)


class PageWords(Part):
    """`pages/KEY.json`: a page of the site itself, such as the one that says who makes it."""

    language: Language
    translation_of: Key | None = None  # a page's key
    slug: Slug = ""  # the key where empty
    purpose: Literal["", "about", "ethics", "corrections", "ownership", "contact", "privacy"] = ""
    title: Text
    description: Annotated[str, StringConstraints(max_length=600)] = ""
    draft: bool = False  # readers do not have it
    body: tuple[StoryBlock, ...] = ()

    @property
    def pictures(self) -> tuple[StoryPicture, ...]:
        """Return the pictures it uses."""
        return pictures_in(self.body)

    @property
    def related(self) -> tuple[str, ...]:
        """Return the keys of the stories it shows cards of."""
        return cards_in(self.body)


def pictures_in(body: tuple[StoryBlock, ...]) -> tuple[StoryPicture, ...]:
    """Return the pictures a body uses, in order."""
    return tuple(
        block.picture for block in body if isinstance(block, StoryImage | StoryEmbed) and block.picture
    )


def cards_in(body: tuple[StoryBlock, ...]) -> tuple[str, ...]:
    """Return the keys of the stories a body shows cards of, in order."""
    return tuple(block.story for block in body if isinstance(block, RelatedStory))
