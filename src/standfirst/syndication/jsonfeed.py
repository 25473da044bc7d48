"""JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

import json
from typing import Any

from standfirst.kit import instants
from standfirst.syndication.entries import Entry, Person
from standfirst.syndication.feeds import Feed, Kind

VERSION = "https://jsonfeed.org/version/1.1"


def write(feed: Feed) -> bytes:
    """Return a feed as JSON."""
    value = _without_empty(
        {
            "version": VERSION,
            "title": feed.title,
            "home_page_url": feed.home,
            "feed_url": feed.own,
            "description": feed.description,
            "icon": feed.icon,
            "language": feed.language,
        }
    )
    value["items"] = [_item(entry) for entry in feed.entries]
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace") + b"\n"


def _item(entry: Entry) -> dict[str, Any]:
    return _without_empty(
        {
            "id": entry.id,
            "url": entry.url,
            "title": entry.title,
            "summary": entry.summary,
            "content_html": entry.html,
            "image": entry.picture_url,
            "date_published": instants.to_text(entry.published),
            "date_modified": instants.to_text(entry.updated) if entry.updated else "",
            "authors": [_author(author) for author in entry.authors],
            "tags": entry.tags,
            "language": entry.language,
            "_standfirst": {"status": entry.status} if entry.status else {},
        }
    )


def _author(author: Person) -> dict[str, Any]:
    return _without_empty({"name": author.name, "url": author.url})


def _without_empty(value: dict[str, Any]) -> dict[str, Any]:
    return {name: item for name, item in value.items() if item}


JSON_FEED = Kind("feed.json", "json", "frame.json", "application/feed+json", write)
