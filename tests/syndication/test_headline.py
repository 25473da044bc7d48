"""The headline is the same, letter for letter, wherever a story is named (PAGE.md row 3)."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import feedparser
import pytest
from bs4 import BeautifulSoup
from lxml import etree

from standfirst.editions.records import Records
from standfirst.theme.drawn import card
from tests.syndication.newsroom import HEADLINE, MemorySource, body_of, documents, draw, full, json_of

PAGE = ("story-page", "story:dredger", "/dredger/")
TEXT = ("text-story", "story:dredger", "/text/dredger/")


def _soup(source: MemorySource, page: tuple[str, str, str]) -> Any:
    return BeautifulSoup(body_of(source, *page), "html.parser")


def _article(source: MemorySource) -> Any:
    return json.loads(_soup(source, PAGE).select_one('script[type="application/ld+json"]').string)["@graph"][
        0
    ]


def _news(source: MemorySource) -> str:
    root = etree.fromstring(body_of(source, "sitemap-news", "front:en", "/sitemap/news.xml"))
    return root.findtext(".//{http://www.google.com/schemas/sitemap-news/0.9}title")


def _card(source: MemorySource) -> str:
    _, reader = draw(source, "sitemap-index", "site:main", "/sitemap.xml")
    records = Records(reader)
    found = records.card("dredger")
    assert found is not None
    return card.words_of(records, found).headline


SITE = " · The Tern"
PLACES: dict[str, Callable[[MemorySource], str]] = {
    "title": lambda s: _soup(s, PAGE).title.string.removesuffix(SITE),
    "h1": lambda s: _soup(s, PAGE).h1.get_text(),
    "og:title": lambda s: _soup(s, PAGE).select_one('meta[property="og:title"]')["content"],
    "JSON-LD": lambda s: _article(s)["headline"],
    "card": _card,
    "RSS": lambda s: feedparser.parse(body_of(s, "front-rss", "front:en", "/feed/rss.xml")).entries[0].title,
    "JSON Feed": lambda s: json_of(s, "front-json", "front:en", "/feed/feed.json")["items"][0]["title"],
    "news sitemap": _news,
    "text edition": lambda s: _soup(s, TEXT).h1.get_text(),
    "title of the text edition": lambda s: _soup(s, TEXT).title.string.removesuffix(SITE),
    "front of the text edition": lambda s: _soup(s, ("text-front", "front:en", "/text/")).li.a.get_text(),
}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    "headline",
    [HEADLINE, "رأي: «أُعطينا أسبوعًا» — ماذا يقول طاقم الكراكة؟", "Лоцмани: «Нам дали тиждень»", "W" * 200],
)
def test_the_headline_is_the_same(place: str, headline: str) -> None:
    source = MemorySource(documents(full(headline=headline, claims=())))
    assert PLACES[place](source) == headline
