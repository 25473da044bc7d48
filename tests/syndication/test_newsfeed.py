"""The news feed for programs: every item with its text, its flag and its status, in the order of the page."""

from __future__ import annotations

from datetime import timedelta

import feedparser
import pytest

from standfirst.editions.documents import ItemSource
from tests.syndication.newsroom import AS_OF, MemorySource, body_of, documents, draw, ferry, json_of
from tests.theme.samples import PUBLISHED, item


def source(*items: object) -> MemorySource:
    return MemorySource(documents(ferry(), *items))  # type: ignore[arg-type]


def test_rss_holds_items_newest_first_with_permalinks_that_stay() -> None:
    records = source(item("a"), item("b", published_at=PUBLISHED + timedelta(minutes=1), story="ferry"))
    parsed = feedparser.parse(body_of(records, "newsfeed-rss", "front:en", "/feed/items.xml"))
    assert not parsed.bozo
    assert [(entry.id, entry.link) for entry in parsed.entries] == [
        ("item:b", "https://tern.example/feed/b/"), ("item:a", "https://tern.example/feed/a/"),
    ]  # fmt: skip
    assert "<strong>frayed</strong>" in parsed.entries[0].content[0].value
    assert "https://tern.example/ferry/" in parsed.entries[0].content[0].value
    assert parsed.feed.link == "https://tern.example/feed/"


@pytest.mark.parametrize("status", ["unverified", "disputed", "retracted"])
def test_a_claim_never_leaves_without_its_status(status: str) -> None:
    said = ItemSource.model_validate({"name": "A sailor", "status": status})
    found = json_of(source(item(source=said)), "newsfeed-json", "front:en", "/feed/items.json")["items"][0]
    assert found["title"].startswith(f"{status.capitalize()}: ")
    assert found["_standfirst"]["status"] == status.capitalize()
    assert "A sailor" in found["content_html"]


def test_breaking_is_said_while_it_lasts_and_ends_by_itself() -> None:
    until = AS_OF + timedelta(minutes=5)
    records = source(item(breaking_until=until))
    path = "/feed/items.json"
    assert json_of(records, "newsfeed-json", "front:en", path)["items"][0]["title"].startswith("Breaking: ")
    assert draw(records, "newsfeed-json", "front:en", path)[1].removal_at == until
    later = json_of(records, "newsfeed-json", "front:en", path, as_of=until)["items"][0]
    assert later["title"] == "Crane 4 is out of service until Thursday"


def test_another_language_has_its_own() -> None:
    records = source(item(), item("kran", language="uk", path="/uk/feed/kran/", topics=()))
    parsed = feedparser.parse(
        body_of(records, "newsfeed-rss", "front:uk", "/uk/feed/items.xml", language="uk")
    )
    assert [entry.id for entry in parsed.entries] == ["item:kran"]
    assert "Стрічка новин" in parsed.feed.title
