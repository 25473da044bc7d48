"""Feeds: of the site in one language, of a section, a topic, an author. The newest thirty, in full."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from standfirst.editions.documents import Author, Document, Front, Section, Topic
from standfirst.editions.forms import Form
from standfirst.syndication.channel import Channel, ChannelFile
from standfirst.syndication.entries import Entry, entries

KINDS = ("front", "section", "topic", "author")

Followed = Front | Section | Topic | Author


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed before it is written in one of its forms. `changed` is when its newest entry last changed."""

    title: str
    description: str
    home: str
    own: str
    language: str
    icon: str
    changed: datetime | None
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Kind:
    """A form that feeds come in. The site's is `/feed/NAME`, others are `feed.SUFFIX` below their page."""

    name: str
    suffix: str
    words: str  # key of its name in the theme's catalogues
    media_type: str
    write: Callable[[Feed], bytes]

    def path(self, page: str, *, front: bool) -> str:
        """Return the feed's address below that of the page it follows."""
        return f"{page}feed/{self.name}" if front else f"{page}feed.{self.suffix}"

    def form(self, kind: str) -> Form:
        """Return what pages of such records say of it."""
        return Form(kind, self.media_type, self.words, lambda page: self.path(page, front=kind == "front"))

    def paths(self, document: Document) -> Iterable[str]:
        """Return the feed's address of a record. Raises TypeError for one that has none."""
        if not isinstance(document, Followed):
            raise TypeError(f"{document.record} has no feed")
        return [self.path(document.path, front=isinstance(document, Front))]

    def renderer(self) -> ChannelFile:
        """Return what draws feeds of this form."""

        def draw(channel: Channel) -> bytes | None:
            feed = build(channel)
            return None if feed is None else self.write(feed)

        return ChannelFile(draw, f"{self.media_type}; charset=utf-8")


def build(channel: Channel) -> Feed | None:
    """Return the feed of the record that owns the page, or None when it is not public."""
    followed = _followed(channel)
    if followed is None:
        return None
    found = tuple(entries(channel, channel.records.newest(f"{followed.kind}/{followed.id}")))
    return Feed(
        title=_title(channel, followed),
        description=_description(channel, followed),
        home=channel.full(followed.path),
        own=channel.full(channel.page.path),
        language=channel.language,
        icon=channel.full("/apple-touch-icon.png"),
        changed=max((entry.updated or entry.published for entry in found), default=None),
        entries=found,
    )


def _followed(channel: Channel) -> Followed | None:
    records, kind = channel.records, channel.page.owner.partition(":")[0]
    readers: dict[str, Callable[[str], Followed | None]] = {
        "front": records.front,
        "section": records.section,
        "topic": records.topic,
        "author": records.author,
    }
    return readers[kind](channel.owner)


def _title(channel: Channel, followed: Followed) -> str:
    site = channel.name
    if isinstance(followed, Front):
        return site
    return channel.words.text("frame.title").format(page=followed.name, site=site)


def _description(channel: Channel, followed: Followed) -> str:
    """Return what the feed is about; RSS wants something said, so at least whose it is."""
    if isinstance(followed, Front):
        return channel.site.tagline_in(channel.language) or channel.name
    if isinstance(followed, Author):
        return followed.role or followed.name
    return followed.description or followed.name
