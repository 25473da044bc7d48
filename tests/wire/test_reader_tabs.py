"""One stream a browser, whatever the tabs and the network do: nothing is lost, nothing comes twice."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.wire.conftest import Reading, shown

pytestmark = pytest.mark.browser

_NOTE_CHANGES = """new MutationObserver((all) => { for (const one of all) for (const added of one.addedNodes)
  if (added.localName === "article") (window.came ??= []).push(added.id); })
  .observe(document, { childList: true, subtree: true });"""


def came(page: Page) -> list[str]:
    """Return the ids of all articles that were put into a page, in order."""
    return [str(one) for one in page.evaluate("window.came ?? []")]


def test_ten_tabs_hold_one_stream_and_all_hear(reading: Reading) -> None:
    tabs = [reading.open() for _ in range(10)]
    reading.feed.add("fresh")
    for tab in tabs:
        expect(tab.locator("#i-fresh")).to_have_count(1)
    assert (reading.network.most_open, reading.network.resumed) == (1, [""])


def test_when_the_tab_that_listens_closes_the_next_goes_on_and_nothing_is_lost_or_twice(
    reading: Reading,
) -> None:
    tabs = [reading.open() for _ in range(3)]
    for tab in tabs:
        tab.evaluate(_NOTE_CHANGES)
    for number in range(12):
        reading.feed.add(f"x{number}")
        if number in (3, 7):
            tabs.pop(0).close()
    wanted = [f"i-x{number}" for number in range(12)]
    for tab in tabs:
        expect(tab.locator("#i-x11")).to_have_count(1, timeout=15_000)
        assert came(tab) == wanted
    assert reading.network.most_open == 1
    assert all(reading.network.resumed[1:]), "who takes over says what was there already"


def test_what_came_while_a_stream_was_broken_comes_after_it(reading: Reading) -> None:
    page = reading.open()
    page.evaluate(_NOTE_CHANGES)
    reading.feed.add("before")
    expect(page.locator("#i-before")).to_have_count(1)
    reading.network.refused = True
    reading.network.cut()
    for name in ("a", "b", "c"):
        reading.feed.add(name)
    reading.network.refused = False
    expect(page.locator("#i-c")).to_have_count(1, timeout=20_000)
    assert came(page) == ["i-before", "i-a", "i-b", "i-c"]


def test_a_tab_opened_just_after_an_item_was_baked_into_nothing_still_gets_it(reading: Reading) -> None:
    """Its page is from before the item, the stream of the other tab from before it was opened."""
    first = reading.open()
    reading.feed.frozen.add("/feed/")
    second = reading.context.new_page()
    second.goto(reading.network.url + "/feed/")
    reading.feed.add("between")
    expect(first.locator("#i-between")).to_have_count(1)
    expect(second.locator("#i-between")).to_have_count(1)
    third = reading.open()
    expect(third.locator("#i-between")).to_have_count(1)
    assert reading.network.most_open == 1


def test_where_streams_are_held_back_the_file_is_asked_for(reading: Reading) -> None:
    reading.network.held = True
    other = reading.open()
    page = reading.open()
    page.wait_for_timeout(8_000)
    reading.feed.add("fresh")
    expect(page.locator("#i-fresh")).to_have_count(1, timeout=40_000)
    expect(other.locator("#i-fresh")).to_have_count(1)
    asked = reading.network.count("/_f/wire/")
    assert 1 <= asked <= 3, "one tab asks for all"


def test_told_to_reload_the_page_looks_at_what_is_baked(reading: Reading) -> None:
    """More came than the file of changes holds: some of it is on no stream any more."""
    page = reading.open(scroll=True)
    reading.network.refused = True
    reading.network.cut()
    reading.feed.kill("n02")
    reading.feed.add("n04", headline="Corrected meanwhile")
    reading.feed.add("missed")
    reading.feed.forget()
    reading.feed.add("fresh")
    reading.network.refused = False
    expect(page.get_by_role("button", name="2 new")).to_be_visible(timeout=25_000)
    expect(page.locator("#i-n02")).to_have_count(0)
    expect(page.locator("#i-n04")).to_contain_text("Corrected meanwhile")
    page.get_by_role("button", name="2 new").click()
    assert shown(page)[:4] == ["fresh", "missed", "n00", "n01"]


def test_after_a_night_away_no_hole_is_left_in_the_feed(reading: Reading) -> None:
    page = reading.open(scroll=True)
    reading.network.refused = True
    reading.network.cut()
    for number in range(35):
        reading.feed.add(f"x{number:02}", bake=False)
    reading.feed.forget()
    reading.feed.bake()
    reading.network.refused = False
    button = page.get_by_role("button", name="30 new")
    expect(button).to_be_visible(timeout=25_000)
    assert shown(page)[0] == "n00"
    button.click()
    assert shown(page) == [f"x{number:02}" for number in range(34, 4, -1)]
    page.get_by_role("link", name="Load more").click()
    expect(page.locator("#i-n00")).to_have_count(1)
    assert shown(page)[30:36] == ["x04", "x03", "x02", "x01", "x00", "n00"]


def test_on_a_slow_network_nothing_that_came_meanwhile_is_missed(reading: Reading) -> None:
    reading.network.delay = 4.0
    reading.feed.frozen.add("/feed/")
    page = reading.context.new_page()
    page.goto(reading.network.url + "/feed/", wait_until="commit")
    reading.feed.add("meanwhile")
    reading.feed.frozen.clear()
    reading.feed.bake()
    expect(page.locator("#i-meanwhile")).to_have_count(1, timeout=60_000)
    assert shown(page)[:2] == ["meanwhile", "n00"]


def test_a_page_that_comes_back_from_the_browsers_memory_catches_up(reading: Reading) -> None:
    page = reading.open()
    page.goto(reading.network.url + "/archive/")
    reading.feed.add("away")
    page.go_back()
    expect(page.locator("#i-away")).to_have_count(1, timeout=10_000)
    reading.feed.add("later")
    expect(page.locator("#i-later")).to_have_count(1)
    assert shown(page)[:3] == ["later", "away", "n00"]
