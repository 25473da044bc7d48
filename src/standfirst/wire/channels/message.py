"""An item as channels say it: plain words in its own language, with what readers must know before them."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from standfirst.editions import api as editions
from standfirst.editions.documents import FeedItem, Site, Story, Topic
from standfirst.editions.words import words
from standfirst.kit import html
from standfirst.kit.typography import excerpt
from standfirst.kit.urls import url


@dataclass(frozen=True, slots=True)
class Message:
    """What goes out. `status` is "" or the word that stands before the headline, as on the pages."""

    item: FeedItem
    site: str
    status: str
    url: str
    icon: str
    topics: tuple[tuple[str, str], ...]  # name and address of each
    story: str  # address of the story that tells it in full

    @property
    def title(self) -> str:
        """Return the headline, behind what readers must know of it."""
        return f"{self.status}: {self.item.headline}" if self.status else self.item.headline

    @property
    def text(self) -> str:
        """Return the text in plain words, a line a paragraph."""
        return "\n".join(html.text(paragraph) for paragraph in self.item.body)

    @property
    def source(self) -> str:
        """Return who says it, where that is to be said: with every claim that is not verified."""
        return self.item.source.name if self.item.source else ""

    @property
    def display_url(self) -> str:
        """Return the address as it may be shown: without the scheme."""
        parts = urlsplit(self.url)
        return f"{parts.netloc}{parts.path}".rstrip("/")

    @property
    def digest(self) -> str:
        """Return what is the same for the same words."""
        source = self.item.source.model_dump(mode="json") if self.item.source else None
        said = json.dumps([self.title, self.item.body, source, self.url, self.story])
        return hashlib.sha256(said.encode()).hexdigest()[:32]

    def short(self, limit: int) -> str:
        """Return the text, `limit` characters at most."""
        return excerpt(self.text, limit)


def compose(item: FeedItem, site: Site) -> Message:
    """Return what is said of an item. Reads records."""
    base = site.base_url.rstrip("/")
    spoken = words(item.language)
    name = site.name_in(item.language)
    unsure = item.source is not None and item.source.status != "verified"
    found = [editions.current(f"topic:{topic}") for topic in item.topics]
    story = editions.current(f"story:{item.story}") if item.story else None
    return Message(
        item=item,
        site=name,
        status=spoken.text(f"item.{item.source.status}") if unsure and item.source else "",
        url=base + url(item.path),
        icon=f"{base}/apple-touch-icon.png",
        topics=tuple((topic.name, base + url(topic.path)) for topic in found if isinstance(topic, Topic)),
        story=base + url(story.path) if isinstance(story, Story) else "",
    )


def withdrawn(site: Site, language: str) -> str:
    """Return what stands in the place of an item that is gone, in words that say nothing of it."""
    return words(language).text("alerts.withdrawn", site=site.name_in(language))


def is_breaking(item: FeedItem, now: datetime) -> bool:
    """Return whether an item is called breaking at an instant."""
    return item.breaking_until is not None and item.breaking_until > now
