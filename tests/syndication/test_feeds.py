"""Feeds parse, say the same in both forms, and never lose what a reader must know."""

from __future__ import annotations

import time
from calendar import timegm
from datetime import timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import feedparser
import pytest
from bs4 import BeautifulSoup
from defusedxml import ElementTree

from standfirst.editions.documents import Byline, Claim, Media, Paragraph, Section
from standfirst.editions.forms import forms_of
from standfirst.editions.pages import page_rules
from tests.syndication.newsroom import (
    HEADLINE,
    PUBLISHED,
    MemorySource,
    body_of,
    documents,
    draw,
    ferry,
    full,
    json_of,
    story,
)
from tests.theme.samples import media

FEEDS = {
    "front:en": ("/", "/feed/rss.xml", "/feed/feed.json"),
    "section:harbour": ("/section/harbour/", "/section/harbour/feed.xml", "/section/harbour/feed.json"),
    "topic:dredging": ("/topic/dredging/", "/topic/dredging/feed.xml", "/topic/dredging/feed.json"),
    "author:ines": (
        "/author/ines-halloran/",
        "/author/ines-halloran/feed.xml",
        "/author/ines-halloran/feed.json",
    ),
}


def rss(source: MemorySource, owner: str = "front:en", path: str = "/feed/rss.xml", **more: Any) -> Any:
    found = feedparser.parse(body_of(source, f"{owner.partition(':')[0]}-rss", owner, path, **more))
    assert not found.bozo, found.get("bozo_exception")
    return found


def jsonfeed(
    source: MemorySource, owner: str = "front:en", path: str = "/feed/feed.json", **more: Any
) -> Any:
    return json_of(source, f"{owner.partition(':')[0]}-json", owner, path, **more)


@pytest.fixture
def source() -> MemorySource:
    return MemorySource(
        documents(full(), ferry(bylines=(Byline(author="ines"),), topics=("dredging",), section="harbour"))
    )


@pytest.mark.parametrize("owner", FEEDS)
class TestEveryFeed:
    def test_holds_the_newest_first_and_names_itself_and_its_page(
        self, source: MemorySource, owner: str
    ) -> None:
        home, own, own_json = FEEDS[owner]
        feed = rss(source, owner, own)
        assert [entry.link for entry in feed.entries] == [
            "https://tern.example/dredger/", "https://tern.example/ferry/",
        ]  # fmt: skip
        assert feed.feed.link == f"https://tern.example{home}"
        assert {"rel": "self", "href": f"https://tern.example{own}"}.items() <= feed.feed.links[1].items()
        other = jsonfeed(source, owner, own_json)
        assert (other["home_page_url"], other["feed_url"]) == (
            f"https://tern.example{home}", f"https://tern.example{own_json}",
        )  # fmt: skip
        assert [item["url"] for item in other["items"]] == [entry.link for entry in feed.entries]
        assert other["title"] == feed.feed.title

    def test_has_the_addresses_that_its_page_names(self, source: MemorySource, owner: str) -> None:
        home, *own = FEEDS[owner]
        kind = owner.partition(":")[0]
        document = source.documents[owner]
        claimed = [
            path for form in ("rss", "json") for path in page_rules.get(f"{kind}-{form}").paths(document)
        ]
        assert claimed == own == [path for _, path in forms_of(kind, home)]


class TestEntry:
    def test_rss_carries_instants_people_words_and_picture(self, source: MemorySource) -> None:
        entry = rss(source).entries[0]
        assert entry.title == HEADLINE
        assert (entry.id, entry.guidislink) == ("story:dredger", False)
        assert timegm(entry.published_parsed) == PUBLISHED.timestamp()
        assert [author.name for author in entry.authors] == ["Ines Halloran", "A. Guest"]
        assert [tag.term for tag in entry.tags] == ["Harbour", "Dredging"]
        picture = entry.enclosures[0]
        assert (picture.type, picture.href) == ("image/jpeg", "https://tern.example/_m/crane-1200.jpg")
        assert int(picture.length) == 60_000
        assert entry.media_content[0]["width"] == "1200"
        assert entry.media_credit[0]["content"] == "Osei Lindqvist / Tern Pictures via Norden"

    def test_the_date_is_as_rfc_5322_has_it(self, source: MemorySource) -> None:
        root = ElementTree.fromstring(body_of(source, "front-rss", "front:en", "/feed/rss.xml"))
        text = root.findtext("channel/item/pubDate")
        assert text == "Mon, 23 Nov 2026 09:09:00 GMT"
        assert parsedate_to_datetime(text) == PUBLISHED
        assert root.findtext("channel/lastBuildDate") == "Mon, 23 Nov 2026 11:09:00 GMT"

    def test_json_feed_says_the_same(self, source: MemorySource) -> None:
        item, entry = jsonfeed(source)["items"][0], rss(source).entries[0]
        assert (item["id"], item["title"], item["url"]) == (entry.id, entry.title, entry.link)
        assert item["summary"] == entry.summary
        root = ElementTree.fromstring(body_of(source, "front-rss", "front:en", "/feed/rss.xml"))
        encoded = "{http://purl.org/rss/1.0/modules/content/}encoded"  # feedparser cleans what it reads
        assert item["content_html"] == root.findtext(f"channel/item/{encoded}")
        assert item["date_published"] == "2026-11-23T09:09:00Z"
        assert item["date_modified"] == "2026-11-23T11:09:00Z"
        assert item["authors"] == [
            {"name": "Ines Halloran", "url": "https://tern.example/author/ines-halloran/"},
            {"name": "A. Guest"},
        ]  # fmt: skip
        assert item["tags"] == ["Harbour", "Dredging"]
        assert item["image"] == "https://tern.example/_m/crane-1200.jpg"

    def test_the_text_is_whole_plain_and_leads_back_from_anywhere(self, source: MemorySource) -> None:
        html = jsonfeed(source)["items"][0]["content_html"]
        text = BeautifulSoup(html, "html.parser")
        words = text.get_text(" ")
        for said in (
            "Kestrel Point — The tide turned at", "What the vote changes", "Closed in June",
            "First the survey",
            "Lena Orde, pilot", "No ships tonight.", "Try the ferry.", "Open on Birdsong", "Depth by berth",
            "11 m", "The vote was 14 to 9.", "Nobody left early.",
        ):  # fmt: skip
            assert said in " ".join(words.split()), said
        assert "A river does not read minutes" not in words  # it stands in the text itself
        assert text.select_one("figure img")["src"].startswith("https://tern.example/_m/")
        assert "(Osei Lindqvist / Tern Pictures via Norden)" in words
        addresses = [a["href"] for a in text.select("a")] + [i["src"] for i in text.select("img")]
        assert all(address.startswith("https://") for address in addresses)
        assert not text.select("[class], [style], script")

    def test_a_claim_never_comes_without_its_status(self, source: MemorySource) -> None:
        item = jsonfeed(source)["items"][0]
        assert item["summary"].startswith("[Unverified claims] ")
        assert item["_standfirst"] == {"status": "Unverified claims"}
        assert item["content_html"].startswith("<p><strong>Unverified claims</strong></p>")
        assert "The Tern could not verify this." in item["content_html"]

    def test_corrections_are_noted_and_a_retracted_story_is_marked(self) -> None:
        source = MemorySource(documents(full(retraction="We <em>withdraw</em> it.", claims=())))
        item = jsonfeed(source)["items"][0]
        assert item["summary"].startswith("[Retracted] ")
        assert item["content_html"].startswith(
            "<p><strong>Retracted</strong></p>\n<p><em>We <em>withdraw</em> it.</em></p>"
        )
        assert 'It was 14, <a href="https://tern.example/ferry/">not</a> 13.' in item["content_html"]
        assert item["title"] == HEADLINE

    def test_a_related_story_comes_with_its_own_status(self) -> None:
        doubt = Claim(id="c", text="x", status="disputed")
        item = jsonfeed(MemorySource(documents(full(), ferry(claims=(doubt,)))))["items"][0]
        assert "Related story: <strong>Disputed claims</strong> <a href=" in item["content_html"]

    def test_a_story_without_a_later_change_was_never_updated(self) -> None:
        source = MemorySource(documents(story(updated_at=PUBLISHED)))
        assert "date_modified" not in jsonfeed(source)["items"][0]
        assert b"atom:updated" not in body_of(source, "front-rss", "front:en", "/feed/rss.xml")

    def test_says_that_there_is_more_for_members(self) -> None:
        source = MemorySource(documents(story(access="members", gated_blocks=2)))
        assert "The rest of this story is for members." in jsonfeed(source)["items"][0]["content_html"]

    def test_a_picture_whose_licence_ends_leaves_the_feed_with_it(self) -> None:
        ends = PUBLISHED + timedelta(days=30)
        kept = [d for d in documents(full()) if not isinstance(d, Media)]
        source = MemorySource([*kept, media("crane", licence_ends_at=ends)])
        before, reader = draw(source, "front-rss", "front:en", "/feed/rss.xml")
        assert b"/_m/crane" in before.body
        assert reader.removal_at == ends
        assert b"/_m/crane" not in body_of(source, "front-rss", "front:en", "/feed/rss.xml", as_of=ends)


class TestFeed:
    def test_is_of_one_language(self) -> None:
        other = story(
            "novyna", language="uk", path="/uk/novyna/", headline="Новина", section=None, bylines=()
        )
        source = MemorySource(documents(full(), other))
        feed = rss(source, "front:uk", "/uk/feed/rss.xml", language="uk")
        assert [entry.title for entry in feed.entries] == ["Новина"]
        assert feed.feed.language == "uk"
        assert [entry.title for entry in rss(source).entries] == [HEADLINE]

    def test_is_whole_before_the_first_story(self) -> None:
        source = MemorySource(documents())
        assert rss(source).entries == []
        assert jsonfeed(source)["items"] == []

    def test_of_a_withdrawn_section_is_gone(self) -> None:
        source = MemorySource([d for d in documents(full()) if not isinstance(d, Section)])
        rendered, _ = draw(source, "section-rss", "section:harbour", "/section/harbour/feed.xml")
        assert rendered.status == 410

    def test_characters_that_xml_has_no_place_for_do_not_break_it(self) -> None:
        source = MemorySource(
            documents(story(headline="Bell \x07 and half a pair", body=(Paragraph(id="p", html="a\x0bb"),)))
        )
        assert rss(source).entries[0].title == "Bell  and half a pair"

    def test_depends_on_nothing_but_what_it_shows(self, source: MemorySource) -> None:
        _, reader = draw(source, "section-rss", "section:harbour", "/section/harbour/feed.xml")
        kinds = {key.partition(":")[0] for key in reader.keys if not key.startswith("list:")}
        assert kinds <= {"site", "section", "story", "author", "topic", "media"}
        assert {key for key in reader.keys if key.startswith("list:")} == {"list:section/harbour/head"}
        assert reader.changes_at is None

    def test_shows_thirty_at_most(self) -> None:
        many = [story(f"s{n}", published_at=PUBLISHED - timedelta(hours=n)) for n in range(40)]
        started = time.monotonic()
        assert len(rss(MemorySource(documents(*many))).entries) == 30
        assert time.monotonic() - started < 5
