"""The feed on an open page: each item once, in its place, and nobody is disturbed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from tests.wire.conftest import WATCH, Reading, shown
from tests.wire.readers import NOW

pytestmark = pytest.mark.browser


def test_an_item_comes_is_edited_in_its_place_and_leaves_and_nothing_jumps(reading: Reading) -> None:
    page = reading.open()
    page.evaluate(WATCH)
    reading.feed.add("fresh")
    expect(page.locator("article").first).to_have_attribute("id", "i-fresh")
    reading.feed.add("fresh", headline="Corrected", body=("Longer. " * 60,))
    expect(page.locator("article").first).to_contain_text("Corrected")
    reading.feed.kill("fresh")
    expect(page.locator("#i-fresh")).to_have_count(0)
    page.wait_for_timeout(300)
    assert page.evaluate("moved") == 0
    assert shown(page) == [f"n{number:02}" for number in range(30)]


def test_a_killed_item_leaves_while_somebody_reads_below_it_and_what_is_read_stays(reading: Reading) -> None:
    page = reading.open(scroll=True)
    page.evaluate(WATCH)
    seen = "[...document.querySelectorAll('article')].find((one) => one.getBoundingClientRect().top > 100)"
    before = page.evaluate(f"[{seen}.id, {seen}.getBoundingClientRect().top]")
    reading.feed.kill("n00")
    expect(page.locator("#i-n00")).to_have_count(0)
    page.wait_for_timeout(300)
    assert page.evaluate(f"[{seen}.id, {seen}.getBoundingClientRect().top]") == pytest.approx(before, abs=1)
    assert page.evaluate("moved") == 0


def test_new_items_wait_for_a_reader_in_the_middle_behind_a_button_for_keys_too(reading: Reading) -> None:
    page = reading.open(scroll=True)
    page.evaluate(WATCH)
    top = page.evaluate("scrollY")
    for name in ("one", "two", "three"):
        reading.feed.add(name)
    button = page.get_by_role("button", name="3 new")
    expect(button).to_be_in_viewport()
    reading.feed.add("two", headline="Corrected while it waits")
    reading.feed.kill("one")
    button = page.get_by_role("button", name="2 new")
    expect(button).to_be_in_viewport()
    assert shown(page)[0] == "n00"
    assert (page.evaluate("moved"), page.evaluate("scrollY")) == (0, top)
    button.focus()
    page.keyboard.press("Enter")
    assert shown(page)[:3] == ["three", "two", "n00"]
    expect(page.locator("#i-two")).to_contain_text("Corrected while it waits")
    expect(page.locator("button[data-new]")).to_have_count(0)
    expect(page.locator("#i-three a").first).to_be_focused()
    expect(page.locator("#i-three")).to_be_in_viewport()


def test_an_item_does_not_come_under_the_pointer_nor_under_the_focus(reading: Reading) -> None:
    page = reading.open()
    page.locator("#i-n00 a").first.focus()
    reading.feed.add("one")
    expect(page.get_by_role("button", name="1 new")).to_be_visible()
    assert shown(page)[0] == "n00"
    mouse = reading.other(viewport={"width": 1280, "height": 900}).open()
    mouse.locator("#i-n01").hover()
    reading.feed.add("two")
    expect(mouse.get_by_role("button", name="1 new")).to_be_visible()
    assert shown(mouse)[0] == "one"


def test_items_of_one_minute_keep_their_order_and_a_late_one_takes_its_place(reading: Reading) -> None:
    minute = NOW - timedelta(seconds=NOW.second)
    page = reading.open()
    reading.feed.add("b", at=minute)
    reading.feed.add("a", at=minute)
    reading.feed.add("c", at=minute + timedelta(seconds=1))
    reading.feed.add("late", at=reading.feed.items["n03"].published_at + timedelta(seconds=1))
    expect(page.locator("#i-late")).to_have_count(1)
    reading.feed.add("too-late", at=reading.feed.items["n39"].published_at)
    page.wait_for_timeout(500)
    assert shown(page)[:8] == ["c", "b", "a", "n00", "n01", "n02", "late", "n03"]
    assert "too-late" not in shown(page)  # older than what is shown: `Load more` comes to it
    page.reload()
    assert shown(page)[:8] == ["c", "b", "a", "n00", "n01", "n02", "late", "n03"]


def test_an_item_that_is_given_another_time_moves_there(reading: Reading) -> None:
    page = reading.open()
    reading.feed.add("n00", at=reading.feed.items["n05"].published_at - timedelta(seconds=1))
    expect(page.locator("article").first).to_have_attribute("id", "i-n01")
    assert shown(page)[4:6] == ["n05", "n00"]


def test_days_are_those_of_the_site_in_the_night_when_clocks_change(reading: Reading) -> None:
    """In Kyiv 3:30 comes twice on October 25, 2026; midnight is at 21:00 UTC before and at 22:00 after."""
    reading.feed.items.clear()
    reading.feed.bake()
    page = reading.other(timezone_id="America/Los_Angeles").open()
    expect(page.locator(".empty")).to_be_visible()
    night = {
        "a": "24T20:59:59", "b": "24T21:00:00", "c": "25T00:30:00", "d": "25T01:30:00", "e": "25T22:00:00",
    }  # fmt: skip
    for name, at in night.items():
        reading.feed.add(name, at=datetime.fromisoformat(f"2026-10-{at}").replace(tzinfo=UTC))
    expect(page.locator("#i-e")).to_have_count(1)
    page.wait_for_timeout(300)
    days = page.evaluate(
        "[...document.querySelectorAll('[data-day]')].map((day) => [day.dataset.day,"
        " [...day.querySelectorAll('article')].map((one) => one.id)])"
    )
    wanted = [["2026-10-26", ["i-e"]], ["2026-10-25", ["i-d", "i-c", "i-b"]], ["2026-10-24", ["i-a"]]]
    assert days == wanted
    page.reload()
    assert page.locator("#i-c").evaluate("(one) => one.parentElement.dataset.day") == "2026-10-25"


def test_a_topics_page_takes_what_is_about_it_and_lets_go_of_what_is_no_more(reading: Reading) -> None:
    reading.feed.add("pier", topics=("ferries",))
    page = reading.open("/feed/topic/ferries/")
    reading.feed.add("crane")
    reading.feed.add("boat", topics=("ferries",))
    expect(page.locator("#i-boat")).to_be_visible()
    assert shown(page) == ["boat", "pier"]
    reading.feed.add("boat", topics=("dredging",))
    expect(page.locator("#i-boat")).to_have_count(0)
    reading.feed.add("crane", topics=("ferries",))
    expect(page.locator("#i-crane")).to_be_visible()


def test_the_feed_leads_to_its_topics(reading: Reading) -> None:
    page = reading.open()
    page.get_by_role("navigation", name="By topic").get_by_role("link", name="Dredging").click()
    expect(page).to_have_url(reading.network.url + "/feed/topic/dredging/")


def test_a_page_takes_items_of_its_own_language_only(reading: Reading) -> None:
    english, arabic = reading.open(), reading.open("/ar/feed/")
    reading.feed.add("arabic", language="ar", path="/ar/feed/arabic/", headline="عاد القارب", topics=())
    expect(arabic.locator("#i-arabic")).to_be_visible()
    reading.feed.add("english")
    expect(english.locator("#i-english")).to_be_visible()
    assert shown(arabic) == ["arabic"]
    assert "arabic" not in shown(english)


def test_the_column_keeps_the_newest_eight_under_headings_of_its_own_level(reading: Reading) -> None:
    page = reading.other(viewport={"width": 1280, "height": 900}).open("/long/")
    column = page.locator(".feed-column")
    expect(column.locator("article")).to_have_count(8)
    page.evaluate(WATCH)
    reading.feed.add("fresh", at=datetime.now(UTC) + timedelta(days=1))
    expect(column.locator("article").first).to_have_attribute("id", "i-fresh")
    expect(column.locator("article")).to_have_count(8)
    assert column.locator("#i-fresh h4").count() == 1
    assert column.locator("h3").count() == column.locator("[data-day]").count()
    page.wait_for_timeout(300)
    assert page.evaluate("moved") == 0
    expect(page.locator("[data-voice]")).to_have_count(0)  # nothing is said beside a story


def test_an_item_too_long_to_be_sent_is_fetched(reading: Reading) -> None:
    page = reading.open()
    reading.feed.add("long", body=("x " * 4000,))
    expect(page.locator("#i-long")).to_have_count(1, timeout=4000)


def test_without_scripts_the_feed_is_whole_and_leads_to_older_items(reading: Reading) -> None:
    page = reading.other(java_script_enabled=False).open()
    assert len(shown_without_scripts(page)) == 30
    expect(page.get_by_role("button")).to_have_count(0)
    page.get_by_role("link", name="Load more").click()
    assert "#i-n29" in page.url
    expect(page.locator("#i-n29")).to_be_in_viewport()


def shown_without_scripts(page: object) -> list[str]:
    return page.locator("article").all_inner_texts()  # type: ignore[attr-defined, no-any-return]
