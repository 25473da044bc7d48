"""The site itself: its settings, its navigation, its fronts."""

from __future__ import annotations

from typing import ClassVar, Literal

from standfirst.editions.documents.base import Document, Instant, Link, Part, Path, Translated
from standfirst.editions.documents.blocks import Block, PictureUse


class SiteName(Part):
    """What the newsroom is called in one language; "" where it is as everywhere."""

    language: str
    name: str = ""
    tagline: str = ""


class Site(Document):
    """Settings a renderer needs; one record, `site:main`."""

    schema_version: ClassVar[int] = 3
    kind: Literal["site"] = "site"
    id: str = "main"
    name: str
    tagline: str = ""
    names: tuple[SiteName, ...] = ()  # in languages that have their own
    base_url: str  # https://example.org, no slash at the end
    languages: tuple[str, ...] = ("en",)  # the first is the default and has no prefix in addresses
    time_zone: str = "UTC"  # IANA name; instants are shown in it
    accent: str = "#8a1c1c"  # the newsroom's colour, on light ground
    accent_dark: str = "#e08a7a"  # the same on dark ground
    logo: PictureUse | None = None
    founded: str = ""
    email: str = ""
    hide_expired_pictures: bool = True
    ai_crawlers: Literal["allow", "refuse"] = "allow"  # what robots.txt tells those who train models

    @property
    def language(self) -> str:
        """Return the default language."""
        return self.languages[0]

    def name_in(self, language: str) -> str:
        """Return what the newsroom is called in `language`."""
        return next((own.name for own in self.names if own.language == language and own.name), self.name)

    def tagline_in(self, language: str) -> str:
        """Return the tagline in `language`."""
        own = (one.tagline for one in self.names if one.language == language and one.tagline)
        return next(own, self.tagline)

    def prefix(self, language: str) -> str:
        """Return what addresses of `language` start with: `/` or `/uk/`."""
        return "/" if language == self.languages[0] else f"/{language}/"


class NavigationLink(Part):
    label: str
    url: Link


class LinkGroup(Part):
    title: str = ""
    links: tuple[NavigationLink, ...] = ()


class Navigation(Document):
    """Head and foot of every page in one language; `navigation:en`."""

    schema_version: ClassVar[int] = 2
    kind: Literal["navigation"] = "navigation"
    language: str
    sections: tuple[str, ...] = ()  # ids of section records, in order
    links: tuple[NavigationLink, ...] = ()  # at the head, after the sections
    footer: tuple[LinkGroup, ...] = ()


class Front(Document):
    """A front page in one language; `front:en`. Slots not filled by hand fill themselves by rule."""

    kind: Literal["front"] = "front"
    language: str
    path: Path
    title: str = ""
    lead: str | None = None  # id of the story that leads
    second: tuple[str, ...] = ()  # ids of the second row
    sections: tuple[str, ...] = ()  # ids of the sections shown below, in order


class PlainPage(Translated):
    """A page of the site itself: who we are, how we work, how to reach us. In no list of stories.

    Its `purpose` is what it is for, in the terms of schema.org's NewsMediaOrganization.
    """

    kind: Literal["page"] = "page"
    purpose: Literal["", "about", "ethics", "corrections", "ownership", "contact", "privacy"] = ""
    title: str
    description: str = ""  # a sentence, for the head of the page and for search engines
    body: tuple[Block, ...] = ()
    changed_at: Instant  # when readers were last told of a change
