"""The news feed's pages: what a reader meets of an item, on any day and after any edit."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup

from standfirst.bake.reading import RecordingReader
from standfirst.editions.documents import Document, FeedItem, ItemSource
from tests.theme.samples import PUBLISHED, SITE, ferry, item, site_documents
from tests.theme.source import AS_OF, MemorySource, render, soup_of


def feed(*items: Document, path: str = "/feed/", as_of: datetime = AS_OF, **site: Any) -> BeautifulSoup:
    own = [SITE.model_copy(update=site), *site_documents()[1:], *items]
    return soup_of(MemorySource(own), "feed-page", "front:en", path, as_of=as_of)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def lines(page: BeautifulSoup) -> list[str]:
    return [one.get_text(" ", strip=True) for one in page.select(".item__headline")]


class TestAnItem:
    def test_has_its_time_its_bold_line_and_its_text(self) -> None:
        (one,) = feed(item()).select("article")
        assert one["id"] == "i-crane-down"
        assert one.select_one(".item__when time")["datetime"] == "2026-11-23T11:09:00+02:00"
        assert one.select_one("h3").get_text(strip=True) == "Crane 4 is out of service until Thursday"
        assert one.select("p.item__text")[0].strong.get_text() == "frayed"
        assert one.select_one(".item__when a")["href"] == "/feed/crane-down/"

    def test_says_updated_only_after_a_later_edit(self) -> None:
        assert not feed(item()).select(".item__updated")
        assert not feed(item(updated_at=PUBLISHED + timedelta(seconds=20))).select(".item__updated")
        (same_day,) = feed(item(updated_at=PUBLISHED + timedelta(hours=1))).select(".item__updated")
        assert same_day.get_text().strip() == "(Updated: 12:09\xa0PM)"
        (later,) = feed(item(updated_at=PUBLISHED + timedelta(days=1))).select(".item__updated")
        assert "Nov 24" in later.get_text() or "November 24" in later.get_text()

    def test_is_breaking_until_its_time_is_over_and_the_edge_ends_it(self) -> None:
        until = AS_OF + timedelta(minutes=30)
        own = [*site_documents(), item(breaking_until=until)]
        _, reader = render(MemorySource(own), "feed-page", "front:en", "/feed/")
        assert reader.removal_at == until
        assert lines(feed(item(breaking_until=until)))[0].startswith("Breaking")
        assert not lines(feed(item(breaking_until=until), as_of=until))[0].startswith("Breaking")

    @pytest.mark.parametrize(
        ("status", "said"),
        [("unverified", "Unverified"), ("disputed", "Disputed"), ("retracted", "Retracted")],
    )
    def test_never_stands_without_its_status(self, status: str, said: str) -> None:
        source = ItemSource.model_validate({"name": "A sailor", "status": status})
        for renderer, owner, path in (
            ("feed-page", "front:en", "/feed/"),
            ("item-page", "item:crane-down", "/feed/crane-down/"),
            ("latest-fragment", "front:en", "/_f/latest/"),
        ):
            body = render(MemorySource([*site_documents(), item(source=source)]), renderer, owner, path)[
                0
            ].body
            assert said in body.decode(), renderer

    def test_leads_to_its_story_while_that_is_public(self) -> None:
        assert feed(item(story="ferry"), ferry()).select_one(".item__story a")["href"] == "/ferry/"
        assert not feed(item(story="ferry")).select(".item__story")


class TestDays:
    def test_are_those_of_the_sites_zone_also_in_the_night_when_clocks_change(self) -> None:
        night = [
            item("a", published_at=at("2026-10-24T20:59:59")),  # 23:59 on Saturday
            item("b", published_at=at("2026-10-24T21:00:00")),  # midnight
            item("c", published_at=at("2026-10-25T00:30:00")),  # 03:30, summer time
            item("d", published_at=at("2026-10-25T01:30:00")),  # 03:30 again, winter time
        ]
        page = feed(*night)
        days = {
            day["data-day"]: [one["id"] for one in day.select("article")] for day in page.select(".feed-day")
        }
        assert days == {"2026-10-25": ["i-d", "i-c", "i-b"], "2026-10-24": ["i-a"]}

    def test_order_is_by_instant_then_id_also_within_a_minute(self) -> None:
        second = timedelta(seconds=1)
        items = [item("b"), item("a"), item("late", published_at=PUBLISHED + second)]
        page = feed(*items)
        keys = [one["data-key"] for one in page.select("article")]
        assert keys == sorted(keys, reverse=True)
        assert [one["id"] for one in page.select("article")] == ["i-late", "i-b", "i-a"]

    def test_the_way_on_leads_to_the_last_shown_item_on_its_day(self) -> None:
        many = [item(f"n{n:02}", published_at=PUBLISHED - timedelta(hours=3 * n)) for n in range(40)]
        page = feed(*many)
        last = page.select("article")[-1]["id"]
        assert len(page.select("article")) == 30
        assert page.select_one("[data-more]")["href"] == f"/feed/2026/11/19/#{last}"
        assert [a["href"] for a in page.select("[data-day-page]")][:2] == [
            "/feed/2026/11/23/",
            "/feed/2026/11/22/",
        ]
        assert [a["href"] for a in page.select("[data-month-page]")] == ["/feed/2026/11/"]


def test_an_empty_feed_says_what_will_be_there() -> None:
    assert "first items will appear here" in feed().select_one(".empty").get_text()


def test_pages_of_stories_hang_on_whether_there_is_a_feed_at_most() -> None:
    _, reader = render(
        MemorySource([*site_documents(), item(), ferry()]), "story-page", "story:ferry", "/ferry/"
    )
    assert not [key for key in reader.keys if "feed" in key or key.startswith("item:")]
    _, reader = render(MemorySource([*site_documents(), item()]), "front-page", "front:en", "/")
    assert [key for key in reader.keys if "feed" in key] == ["list:feed/en/any"]


def changes(*items: FeedItem) -> tuple[dict[str, Any], RecordingReader]:
    rendered, reader = render(
        MemorySource([*site_documents(), *items]), "wire-changes", "site:main", "/_f/wire/"
    )
    return json.loads(rendered.body), reader


def test_the_file_of_changes_tells_each_item_as_its_page_shows_it_oldest_first() -> None:
    found, _ = changes(item("a"), item("b", topics=(), breaking_until=AS_OF + timedelta(hours=1)))
    assert found["since"] == 0
    assert [(one["seq"], one["id"], one["breaking"]) for one in found["events"]] == [
        (1, "a", False),
        (2, "b", True),
    ]
    assert found["events"][0]["topics"] == ["dredging"]
    pushed = BeautifulSoup(found["events"][0]["html"], "html.parser")
    assert pushed.section["data-day"] == "2026-11-23"
    assert str(pushed.article) == str(feed(item("a")).article)


def test_the_file_of_changes_holds_the_newest_and_says_since_when() -> None:
    found, _ = changes(*[item(f"n{n}") for n in range(70)])
    assert len(found["events"]) == 60
    assert found["since"] == 10
    assert found["events"][0]["seq"] == 11


def test_an_item_too_long_for_a_nudge_is_fetched_from_its_page() -> None:
    found, _ = changes(item(body=("x" * 7000,)))
    assert (found["events"][0]["html"], found["events"][0]["url"]) == ("", "/feed/crane-down/")
