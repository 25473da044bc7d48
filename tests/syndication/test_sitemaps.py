"""Sitemaps keep to the protocol, name translations, and news leaves by itself."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from standfirst.editions.documents import PlainPage, Story
from tests.syndication.newsroom import (
    AS_OF,
    PUBLISHED,
    MemorySource,
    body_of,
    documents,
    draw,
    full,
    story,
    translated,
)

SPACES = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "n": "http://www.google.com/schemas/sitemap-news/0.9",
    "x": "http://www.w3.org/1999/xhtml",
}
MONTH = ("sitemap-month", "list:month/en/2026-11", "/sitemap/2026-11.xml")
PAGES = ("sitemap-pages", "front:en", "/sitemap/pages.xml")
NEWS = ("sitemap-news", "front:en", "/sitemap/news.xml")
SCHEMA = Path(__file__).resolve().parents[2] / ".cache" / "sitemap" / "sitemap.xsd"
"""The protocol's own schema, whose licence does not let it lie here: see docs/reference/channels.md."""


def tree(body: bytes) -> Any:
    return etree.fromstring(body, etree.XMLParser(resolve_entities=False, no_network=True))


def texts(body: bytes, path: str) -> list[str]:
    return [element.text for element in tree(body).iterfind(path, SPACES)]


@pytest.fixture
def source() -> MemorySource:
    return MemorySource(
        documents(
            full(), translated("uk", "Земснаряд"), story("old", published_at=PUBLISHED - timedelta(days=40))
        )
    )


class TestIndex:
    def test_names_every_sitemap_of_every_language(self, source: MemorySource) -> None:
        body = body_of(source, "sitemap-index", "site:main", "/sitemap.xml")
        assert texts(body, "s:sitemap/s:loc") == [
            f"https://tern.example{path}"
            for path in (
                "/sitemap/news.xml", "/sitemap/pages.xml", "/sitemap/2026-11.xml", "/sitemap/2026-10.xml",
                "/uk/sitemap/news.xml", "/uk/sitemap/pages.xml", "/uk/sitemap/2026-11.xml",
                "/ar/sitemap/news.xml", "/ar/sitemap/pages.xml",
            )
        ]  # fmt: skip


class TestMonth:
    def test_holds_the_stories_of_the_month_with_their_last_change(self, source: MemorySource) -> None:
        body = body_of(source, *MONTH)
        assert texts(body, "s:url/s:loc") == ["https://tern.example/dredger/"]
        assert texts(body, "s:url/s:lastmod") == ["2026-11-23T11:09:00Z"]

    def test_names_all_translations_from_each_of_them(self, source: MemorySource) -> None:
        english = body_of(source, *MONTH)
        ukrainian = body_of(
            source, "sitemap-month", "list:month/uk/2026-11", "/uk/sitemap/2026-11.xml", language="uk"
        )
        for body in (english, ukrainian):
            links = {(e.get("hreflang"), e.get("href")) for e in tree(body).iterfind("s:url/x:link", SPACES)}
            assert links == {
                ("en", "https://tern.example/dredger/"), ("uk", "https://tern.example/uk/dredger/"),
            }  # fmt: skip

    def test_follows_no_body(self, source: MemorySource) -> None:
        _, reader = draw(source, *MONTH)
        assert not [key for key in reader.keys if key.startswith("story:") and key.endswith("/body")]

    def test_writes_addresses_percent_encoded(self) -> None:
        source = MemorySource(documents(story("земснаряд")))
        assert texts(body_of(source, *MONTH), "s:url/s:loc")[0].startswith("https://tern.example/%D0%B7")

    def test_keeps_to_the_most_that_one_may_hold(self, monkeypatch: pytest.MonkeyPatch) -> None:
        from standfirst.syndication import sitemaps

        monkeypatch.setattr(sitemaps, "MOST", 3)
        source = MemorySource(
            documents(*(story(f"s{n}", published_at=PUBLISHED - timedelta(hours=n)) for n in range(5)))
        )
        assert texts(body_of(source, *MONTH), "s:url/s:loc") == [
            f"https://tern.example/s{n}/" for n in range(3)
        ]


def test_pages_holds_what_is_no_story(source: MemorySource) -> None:
    body = body_of(source, *PAGES)
    paths = [text.removeprefix("https://tern.example") for text in texts(body, "s:url/s:loc")]
    pages = [d.path for d in source.documents.values() if isinstance(d, PlainPage) and d.language == "en"]
    assert "/how-we-work/" in pages
    assert paths == [
        "/", "/section/harbour/", "/section/council/", "/section/river/", "/section/culture/",
        "/topic/dredging/", "/topic/ferries/", "/author/ines-halloran/", "/author/marek-dune/", *pages,
    ]  # fmt: skip
    links = {(e.get("hreflang"), e.get("href")) for e in tree(body).iterfind("s:url/x:link", SPACES)}
    assert links == {
        ("en", "https://tern.example/section/harbour/"), ("uk", "https://tern.example/uk/section/gavan/"),
    }  # fmt: skip


class TestNews:
    def stories(self) -> list[Story]:
        return [
            story(f"s{hours}", published_at=AS_OF - timedelta(hours=hours)) for hours in (1, 20, 47, 49, 100)
        ]

    def test_holds_the_stories_of_two_days(self) -> None:
        body = body_of(MemorySource(documents(*self.stories())), *NEWS)
        assert texts(body, "s:url/s:loc") == [f"https://tern.example/s{h}/" for h in (1, 20, 47)]
        assert texts(body, ".//n:name")[0] == "The Tern"
        assert texts(body, ".//n:language")[0] == "en"
        assert texts(body, ".//n:title")[0] == "A headline for s1"
        assert texts(body, ".//n:publication_date")[0] == "2026-11-23T11:00:00Z"

    def test_each_leaves_by_itself_as_the_clock_moves_on(self) -> None:
        source = MemorySource(documents(*self.stories()))
        at, held = AS_OF, []
        while True:
            rendered, reader = draw(source, *NEWS, as_of=at)
            held.append((at - AS_OF, len(tree(rendered.body).findall(".//n:news", SPACES))))
            if reader.changes_at is None:
                break
            assert reader.changes_at > at
            at = reader.changes_at
        assert held == [(timedelta(hours=h), n) for h, n in ((0, 3), (1, 2), (28, 1), (47, 0))]

    def test_notes_the_list_that_moves_with_the_first_story_of_a_new_day(self) -> None:
        _, reader = draw(MemorySource(documents()), *NEWS)
        assert "list:front/en/head" in reader.keys

    def test_without_news_names_the_front(self) -> None:
        assert texts(body_of(MemorySource(documents()), *NEWS), "s:url/s:loc") == ["https://tern.example/"]

    def test_keeps_to_a_thousand(self) -> None:
        many = (story(f"s{n}", published_at=AS_OF - timedelta(minutes=n)) for n in range(1_100))
        body = body_of(MemorySource(documents(*many)), *NEWS)
        found = texts(body, "s:url/s:loc")
        assert len(found) == 1_000
        assert found[0] == "https://tern.example/s0/"


def protocol_problems(body: bytes) -> list[str]:
    """Return what in a sitemap breaks the protocol, by the rules of its schema that concern us."""
    root, found = tree(body), []
    for url in root:
        names = [etree.QName(child) for child in url]
        if [n.localname for n in names if n.namespace == SPACES["s"]] not in (["loc"], ["loc", "lastmod"]):
            found.append(f"not loc, then lastmod: {names}")
        location = url.findtext("s:loc", "", SPACES)
        if not 12 <= len(location) <= 2048 or not location.startswith("https://") or not location.isascii():
            found.append(f"no address: {location}")
    return found if len(root) else ["empty"]


@pytest.mark.parametrize("page", [MONTH, PAGES, NEWS])
class TestProtocol:
    def test_is_kept(self, source: MemorySource, page: tuple[str, str, str]) -> None:
        assert protocol_problems(body_of(source, *page)) == []

    @pytest.mark.skipif(not SCHEMA.exists(), reason="the protocol's schema is not in .cache")
    def test_is_kept_by_its_own_schema(self, source: MemorySource, page: tuple[str, str, str]) -> None:
        schema = etree.XMLSchema(etree.parse(SCHEMA))
        plain = tree(body_of(source, *page))
        for element in plain.xpath("//n:news | //x:link", namespaces=SPACES):
            element.getparent().remove(element)  # of other schemas, which this one asks for
        schema.assertValid(plain)
        plain[0].remove(plain[0][0])
        assert not schema.validate(plain), "the control: an entry without an address"


def test_the_check_of_the_protocol_sees_what_breaks_it() -> None:
    head = b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    for broken in (b"", b"<url><lastmod>2026</lastmod></url>", b"<url><loc>/relative/</loc></url>"):
        assert protocol_problems(head + broken + b"</urlset>")
