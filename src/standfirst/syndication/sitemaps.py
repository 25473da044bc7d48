"""Sitemaps: an index, one a month and language, one of everything else, and the news of two days.

Sources: sitemaps.org 0.9; Google's news extension 0.9 (48 hours, 1,000 addresses) and hreflang in sitemaps.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from xml.etree.ElementTree import Element
from zoneinfo import ZoneInfo

from standfirst.editions.documents import Author, Document, Front, PlainPage, Section, Site, StoryCard, Topic
from standfirst.editions.records import Records
from standfirst.kit import instants
from standfirst.syndication.channel import Channel, ChannelFile
from standfirst.syndication.xml import add, to_bytes

XML = "application/xml; charset=utf-8"
MOST = 50_000
"""Addresses in one sitemap, by the protocol. A month of one language that has more keeps the newest."""
MOST_NEWS = 1_000
NEWS_FOR = timedelta(hours=48)
INDEX = "/sitemap.xml"

_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
_XHTML = "http://www.w3.org/1999/xhtml"

Filed = Section | Topic | Author | PlainPage


def month_path(name: str, prefix: str) -> str:
    """Return the sitemap of a list called `month/en/2026-11`; days have none."""
    period = name.rsplit("/", 1)[1]
    return f"{prefix}sitemap/{period}.xml" if period.count("-") == 1 else ""


def index_paths(_site: Document) -> list[str]:
    return [INDEX]


def pages_paths(front: Document) -> list[str]:
    """Return the sitemap of what is no story, in the language of a front."""
    return [f"{_front(front).path}sitemap/pages.xml"]


def news_paths(front: Document) -> list[str]:
    """Return the news sitemap of the language of a front."""
    return [f"{_front(front).path}sitemap/news.xml"]


def draw_index(channel: Channel) -> bytes:
    """Return the index of all sitemaps."""
    root = Element("sitemapindex", {"xmlns": _SITEMAP})
    for path in _all(channel):
        add(add(root, "sitemap"), "loc", channel.full(path))
    return to_bytes(root)


def draw_month(channel: Channel) -> bytes:
    """Return the stories of one month in one language, newest first."""
    _, language, month = channel.page.owner.removeprefix("list:").split("/")
    root = _urlset({"xmlns:xhtml": _XHTML})
    for card in _cards(channel, channel.records.month(language, month)[:MOST]):
        element = add(root, "url")
        add(element, "loc", channel.full(card.path))
        add(element, "lastmod", instants.to_text(_changed(card)))
        _alternates(channel, element, card)
    return _whole(channel, root)


def draw_pages(channel: Channel) -> bytes:
    """Return front, sections, topics, authors and the site's own pages of one language."""
    records, language = channel.records, channel.language
    root = _urlset({"xmlns:xhtml": _XHTML})
    front = records.front(channel.owner)
    if front is not None:
        add(add(root, "url"), "loc", channel.full(front.path))
    for kind in ("section", "topic", "author", "page"):
        for record_id in records.every(kind, language):
            document = _filed(records, kind, record_id)
            if document is not None:
                element = add(root, "url")
                add(element, "loc", channel.full(document.path))
                if isinstance(document, PlainPage):
                    add(element, "lastmod", instants.to_text(document.changed_at))
                _alternates(channel, element, document)
    return _whole(channel, root)


def draw_news(channel: Channel) -> bytes:
    """Return the stories of the last 48 hours. Each leaves by itself when its time is up."""
    root = _urlset({"xmlns:news": _NEWS})
    for card in list(_news(channel))[:MOST_NEWS]:
        element = add(root, "url")
        add(element, "loc", channel.full(card.path))
        news = add(element, "news:news")
        publication = add(news, "news:publication")
        add(publication, "news:name", channel.site.name_in(card.language))
        add(publication, "news:language", _news_language(card.language))
        add(news, "news:publication_date", instants.to_text(card.published_at))
        add(news, "news:title", card.headline)
    return _whole(channel, root)


def _all(channel: Channel) -> Iterator[str]:
    for language in channel.site.languages:
        prefix = channel.site.prefix(language)
        if channel.records.front(language) is not None:
            yield f"{prefix}sitemap/news.xml"
            yield f"{prefix}sitemap/pages.xml"
        for month in channel.records.months(language):
            yield month_path(f"month/{language}/{month}", prefix)


def _news(channel: Channel) -> Iterator[StoryCard]:
    """Yield the stories that are still news, newest first."""
    records, language = channel.records, channel.language
    records.newest(f"front/{language}")  # noted: it moves with the first story of a day that has not begun
    today = _day(channel.site, records.reader.as_of)
    first = _day(channel.site, records.reader.as_of - NEWS_FOR)
    days = [today - timedelta(days=back) for back in range((today - first).days + 1)]
    for day in days:
        for card in _cards(channel, records.month(language, day.isoformat())):
            if not records.reader.appears(card.published_at + NEWS_FOR):
                yield card


def _day(site: Site, at: datetime) -> date:
    return at.astimezone(ZoneInfo(site.time_zone)).date()


def _cards(channel: Channel, ids: Iterable[str]) -> Iterator[StoryCard]:
    found = (channel.records.card(story_id) for story_id in ids)
    return (card for card in found if card is not None)


def _changed(card: StoryCard) -> datetime:
    return max(card.published_at, card.updated_at or card.published_at)


def _filed(records: Records, kind: str, record_id: str) -> Filed | None:
    if kind == "section":
        return records.section(record_id)
    if kind == "topic":
        return records.topic(record_id)
    return records.author_card(record_id) if kind == "author" else records.plain_page(record_id)


def _alternates(channel: Channel, element: Element, document: StoryCard | Filed) -> None:
    """Name every language that says the same, this one included, as hreflang asks."""
    same = channel.records.versions(document)
    for language, path in same.items() if len(same) > 1 else ():
        add(element, "xhtml:link", rel="alternate", hreflang=language, href=channel.full(path))


def _urlset(spaces: dict[str, str]) -> Element:
    return Element("urlset", {"xmlns": _SITEMAP, **spaces})


def _whole(channel: Channel, root: Element) -> bytes:
    """Return a sitemap; an empty one would break the protocol's schema, so it names the front."""
    if len(root) == 0:
        add(add(root, "url"), "loc", channel.full(channel.site.prefix(channel.language)))
    return to_bytes(root)


def _news_language(language: str) -> str:
    """Return an ISO 639 code, or one of the two for Chinese that the news extension has."""
    base, _, rest = language.partition("-")
    if base != "zh":
        return base
    return "zh-tw" if {"TW", "HK", "Hant"} & set(rest.split("-")) else "zh-cn"


def _front(document: Document) -> Front:
    if not isinstance(document, Front):
        raise TypeError(f"{document.record} is not a front")
    return document


RENDERERS = {
    "sitemap-index": ChannelFile(draw_index, XML),
    "sitemap-month": ChannelFile(draw_month, XML),
    "sitemap-pages": ChannelFile(draw_pages, XML),
    "sitemap-news": ChannelFile(draw_news, XML),
}
