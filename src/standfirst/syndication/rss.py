"""RSS 2.0, with the text in full and pictures (Media RSS 1.5.1).

Sources: RSS 2.0.11, the RSS Best Practices Profile, and the content, dc, atom and media namespaces.
"""

from __future__ import annotations

from datetime import datetime
from email.utils import format_datetime
from xml.etree.ElementTree import Element

from standfirst.syndication.entries import Entry
from standfirst.syndication.feeds import Feed, Kind
from standfirst.syndication.xml import add, add_if, to_bytes

_SPACES = {
    "xmlns:atom": "http://www.w3.org/2005/Atom",
    "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
    "xmlns:dc": "http://purl.org/dc/elements/1.1/",
    "xmlns:media": "http://search.yahoo.com/mrss/",
}


def write(feed: Feed) -> bytes:
    """Return a feed as RSS."""
    root = Element("rss", {"version": "2.0", **_SPACES})
    channel = add(root, "channel")
    add(channel, "title", feed.title)
    add(channel, "link", feed.home)
    add(channel, "description", feed.description)
    add(channel, "language", feed.language)
    if feed.changed:
        add(channel, "lastBuildDate", moment(feed.changed))
    add(channel, "atom:link", href=feed.own, rel="self", type=RSS.media_type)
    image = add(channel, "image")
    add(image, "url", feed.icon)
    add(image, "title", feed.title)
    add(image, "link", feed.home)
    for entry in feed.entries:
        _item(add(channel, "item"), entry)
    return to_bytes(root)


def _item(item: Element, entry: Entry) -> None:
    add(item, "title", entry.title)
    add(item, "link", entry.url)
    add(item, "guid", entry.id, isPermaLink="false")  # the address may move, the story stays the same one
    add(item, "pubDate", moment(entry.published))
    if entry.updated:
        add(item, "atom:updated", entry.updated.isoformat())
    for author in entry.authors:
        add(item, "dc:creator", author.name)
    add(item, "dc:language", entry.language)
    for tag in entry.tags:
        add(item, "category", tag)
    add_if(item, "description", entry.summary)
    add(item, "content:encoded", entry.html)
    _picture(item, entry)


def _picture(item: Element, entry: Entry) -> None:
    file = entry.picture
    if file is None:
        return
    add(item, "enclosure", url=entry.picture_url, length=str(file.size), type="image/jpeg")
    media = add(
        item, "media:content", url=entry.picture_url, medium="image", type="image/jpeg",
        width=str(file.width), height=str(file.height), fileSize=str(file.size),
    )  # fmt: skip
    add_if(media, "media:description", entry.picture_alt)
    add_if(media, "media:credit", entry.picture_credit)


def moment(at: datetime) -> str:
    """Return an instant as RFC 5322 has it, in UTC."""
    return format_datetime(at, usegmt=True)


RSS = Kind("rss.xml", "xml", "frame.rss", "application/rss+xml", write)
