"""What `stories.api` takes to create or update what the desk holds: plain values, no database rows."""

from __future__ import annotations

from typing import Literal

from standfirst.editions.documents import Block, Byline, Correction, Coverage, Html, Instant, Link, PictureUse
from standfirst.editions.documents.base import Part


class DraftByline(Part):
    """Who made a story. `author` is an author's slug or record id; a guest has a `name` only."""

    author: str = ""
    name: str = ""
    role: Literal["author", "photo", "editing", "translation", "graphics"] = "author"


class StoryDraft(Part):
    """A story to be written to the desk.

    It is the same story when `id`, or else `source_uri`, or else language and `slug` are the same. Section,
    topics and authors are named by slug or record id and must exist. Pictures are named by the record id
    of a `Picture` (`picture.public_id`). Related stories by record id; unknown ones are left out.
    """

    headline: str
    language: str = ""  # empty: the site's first language
    slug: str = ""  # empty: made from the headline; made unique when another story has it
    id: str = ""
    source_uri: str = ""
    format: Literal["news", "long_read", "opinion", "explainer", "gallery", "q_and_a", "live"] = "news"
    live: Coverage | None = None  # in the format `live`; without it the coverage opens when it is published
    standfirst: str = ""
    seo_title: str = ""
    social_title: str = ""
    description: str = ""
    section: str = ""
    topics: tuple[str, ...] = ()
    bylines: tuple[DraftByline | Byline, ...] = ()
    dateline: str = ""
    hero: PictureUse | None = None
    body: tuple[Block, ...] = ()
    corrections: tuple[Correction, ...] = ()
    retraction: Html = ""
    published_at: Instant | None = None  # when it was first published elsewhere
    updated_at: Instant | None = None  # its last change worth telling, as known elsewhere
    minor_change: bool = False
    translation_of: str = ""  # record id of a story in another language


class PlainPageDraft(Part):
    """A page of the site; the same when `id`, or else language and `slug` are the same."""

    title: str
    language: str = ""
    slug: str = ""
    id: str = ""
    purpose: Literal["", "about", "ethics", "corrections", "ownership", "contact", "privacy"] = ""
    description: str = ""
    body: tuple[Block, ...] = ()
    translation_of: str = ""  # record id of a page in another language


class SectionDraft(Part):
    """A section or topic; the same when `id`, or else language and `slug` are the same."""

    name: str
    slug: str = ""
    id: str = ""
    language: str = ""
    description: str = ""
    order: int | None = None  # sections only
    at_head: bool = True  # sections only: whether it stands in the navigation
    translation_of: str = ""  # record id


class AuthorDraft(Part):
    """An author; the same when `id`, or else language and `slug` are the same."""

    name: str
    slug: str = ""
    id: str = ""
    language: str = ""
    translation_of: str = ""  # record id
    role: str = ""
    bio: Html = ""
    portrait: str = ""  # record id of a picture
    links: tuple[Link, ...] = ()
