"""Stories and what they are filed under."""

from __future__ import annotations

from typing import ClassVar, Literal

from standfirst.editions.documents.base import Document, Html, Instant, Link, Part, Path, Translated
from standfirst.editions.documents.blocks import Block, PictureUse


class Byline(Part):
    """Who made a story, and as what. A guest without an account has a name and no author record."""

    author: str | None = None  # id of an author record
    name: str = ""  # for a guest; a known author's name is read from the record
    role: Literal["author", "photo", "editing", "translation", "graphics"] = "author"


class Correction(Part):
    """What was wrong and since when it is right; shown at the foot, kept for ever."""

    at: Instant
    text: Html


class Claim(Part):
    """A claim with its verification status; it never leaves the system without it (PAGE.md rows 8 and 9)."""

    id: str
    text: str
    status: Literal["verified", "unverified", "disputed", "retracted"]
    source: str = ""


class Coverage(Part):
    """What a live story has beside its text: when it was opened and closed, and the state of things.

    Its posts are records of their own (schema.org's LiveBlogPosting, coverageStartTime and -EndTime).
    """

    opened_at: Instant
    closed_at: Instant | None = None
    summary: tuple[Html, ...] = ()  # pinned above the posts, a point each

    @property
    def is_open(self) -> bool:
        """Return whether posts are still to come."""
        return self.closed_at is None


class Story(Translated):
    """A story as the public may read it. Gated blocks are not in it: see `standfirst.editions.gated`."""

    schema_version: ClassVar[int] = 3
    kind: Literal["story"] = "story"
    format: Literal["news", "long_read", "opinion", "explainer", "gallery", "q_and_a", "live"] = "news"
    headline: str
    standfirst: str = ""
    seo_title: str = ""  # for search engines; the headline where empty
    social_title: str = ""  # for cards elsewhere; the headline where empty
    description: str = ""  # for search engines; the standfirst where empty
    section: str | None = None  # id of a section record
    topics: tuple[str, ...] = ()  # ids of topic records
    bylines: tuple[Byline, ...] = ()
    dateline: str = ""
    hero: PictureUse | None = None
    body: tuple[Block, ...] = ()
    published_at: Instant  # first publication; shown with its zone
    updated_at: Instant | None = None  # the last change worth telling a reader about
    reading_minutes: int = 1
    access: Literal["public", "members"] = "public"
    gated_blocks: int = 0  # how many follow for those who may read them
    claims: tuple[Claim, ...] = ()
    corrections: tuple[Correction, ...] = ()
    retraction: Html = ""  # the notice of a retracted story, which stays
    trail: tuple[str, ...] = ()  # stories to read next, frozen at first publication
    source_uri: str = ""  # where an imported item came from (ninjs `uri`)
    live: Coverage | None = None  # in the format `live`


class StoryCard(Part):
    """What a list, a related card or a front shows of a story: the facet `story:ID/card`."""

    id: str
    language: str
    path: Path
    format: str
    headline: str
    standfirst: str
    section: str | None
    bylines: tuple[Byline, ...]
    hero: PictureUse | None
    published_at: Instant
    updated_at: Instant | None
    reading_minutes: int
    access: str
    retracted: bool
    claims: tuple[Claim, ...] = ()  # those whose status the card must carry
    translation_of: str = ""
    live: bool = False  # a live coverage that is open

    @property
    def group(self) -> str:
        """Return the id that names the story's group of translations."""
        return self.translation_of or self.id


class Author(Translated):
    schema_version: ClassVar[int] = 2
    kind: Literal["author"] = "author"
    language: str = ""
    name: str
    role: str = ""  # "Political correspondent"
    bio: Html = ""
    portrait: PictureUse | None = None
    links: tuple[Link, ...] = ()  # profiles elsewhere, e-mail


class Section(Translated):
    schema_version: ClassVar[int] = 2
    kind: Literal["section"] = "section"
    name: str
    description: str = ""


class Topic(Translated):
    schema_version: ClassVar[int] = 2
    kind: Literal["topic"] = "topic"
    name: str
    description: str = ""


class Credit(Part):
    """Whose picture it is. Shown as (photographer / agency via agency)."""

    photographer: str = ""
    agencies: tuple[str, ...] = ()  # the chain, nearest to the photographer first
    note: str = ""  # a printed note that the agency or the newsroom's policy asks for

    def line(self) -> str:
        """Return `Name / Agency via Agency`, "" when nothing is known. The note is shown apart."""
        return " / ".join(part for part in (self.photographer, " via ".join(self.agencies)) if part)


class Rendition(Part):
    """One file of a picture. `path` is its public address, `blob` the SHA-256 of its bytes."""

    path: Path
    blob: str
    format: Literal["avif", "webp", "jpeg"]
    width: int  # pixels
    height: int
    size: int  # bytes


class Media(Document):
    """A picture as published: derived once, credit and copyright inside every file."""

    kind: Literal["media"] = "media"
    width: int  # pixels of the largest rendition
    height: int
    renditions: tuple[Rendition, ...]
    credit: Credit = Credit()
    licence: str = ""  # an SPDX id, a URL or the agency's own words
    licence_ends_at: Instant | None = None  # from then on it is hidden
    taken_on: str = ""  # capture date, YYYY, YYYY-MM or YYYY-MM-DD
    place: str = ""
    colour: str = ""  # #rrggbb, shown while the file loads
    focus: tuple[int, int] = (500, 500)  # the point to keep when cropped, in thousandths

    def jpeg(self, width: int) -> Rendition | None:
        """Return the smallest JPEG of at least `width` pixels, else the largest; None where there is none.

        What mail programs, feed readers and social networks can all open.
        """
        jpegs = sorted((r for r in self.renditions if r.format == "jpeg"), key=lambda r: r.width)
        return next((r for r in jpegs if r.width >= width), jpegs[-1] if jpegs else None)
