"""Breaking news on every page, and its end, whatever the reader's clock says."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from tests.wire.conftest import WATCH, Reading

pytestmark = pytest.mark.browser

_HOUR_EARLY = "const now = Date.now; Date.now = () => now() - 3600000;"
_HOUR_LATE = "const now = Date.now; Date.now = () => now() + 3600000;"


def soon(seconds: float) -> datetime:
    return datetime.now(UTC) + timedelta(seconds=seconds)


@pytest.mark.parametrize("path", ["/", "/long/", "/archive/", "/feed/", "/feed/n03/"])
def test_the_strip_comes_to_every_open_page_and_nothing_jumps(reading: Reading, path: str) -> None:
    page = reading.open(path)
    page.wait_for_timeout(500)
    page.evaluate(WATCH)
    reading.feed.add("bridge", headline="The bridge is closed", breaking_until=soon(600))
    expect(page.locator("body > .flash")).to_contain_text("The bridge is closed")
    page.wait_for_timeout(300)
    assert page.evaluate("moved") == 0
    reading.feed.add("bridge", headline="The bridge is open again", breaking_until=None)
    expect(page.locator(".flash")).to_have_count(0)


def test_a_strip_that_was_closed_stays_away_on_all_pages_until_there_is_something_else(
    reading: Reading,
) -> None:
    reading.feed.add("bridge", headline="The bridge is closed", breaking_until=soon(600))
    page = reading.open("/long/")
    close = page.get_by_role("button", name="Close")
    close.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".flash")).to_have_count(0)
    page.goto(reading.network.url + "/feed/")
    page.wait_for_timeout(1800)
    expect(page.locator("body > .flash")).to_have_count(0)
    reading.feed.add("bridge", headline="The bridge is still closed", breaking_until=soon(900))
    page.wait_for_timeout(1000)
    expect(page.locator("body > .flash")).to_have_count(0)
    reading.feed.add("ferry", headline="The ferry is back", breaking_until=soon(600))
    expect(page.locator("body > .flash li")).to_have_count(1)
    expect(page.locator("body > .flash")).to_contain_text("The ferry is back")


@pytest.mark.parametrize("clock", ["", _HOUR_EARLY, _HOUR_LATE])
def test_a_flag_ends_by_the_servers_clock_on_pages_baked_before_with_all_else_dead(
    reading: Reading, clock: str
) -> None:
    reading.feed.add("bridge", headline="The bridge is closed", breaking_until=soon(7))
    reader = reading.other()
    reader.context.add_init_script(clock)
    page = reader.open("/feed/")
    flag = page.locator("#i-bridge .item__breaking")
    expect(flag).to_be_visible()
    expect(page.locator("body > .flash")).to_be_visible()
    reading.network.down = True
    reading.network.cut()
    expect(flag).to_have_count(0, timeout=9_000)
    assert datetime.now(UTC) >= reading.feed.items["bridge"].breaking_until
    expect(page.locator(".flash")).to_have_count(0)
    expect(page.locator("#i-bridge")).not_to_have_class("item--breaking")
    expect(page.locator("#i-bridge")).to_be_visible()


def test_a_page_that_is_baked_with_a_flag_long_over_shows_none(reading: Reading) -> None:
    """A copy from a cache, or a page that slept in a tab."""
    reading.feed.add("bridge", breaking_until=soon(2))
    reading.feed.frozen |= {"/feed/", "/_f/latest/", "/long/"}
    for path in ("/feed/", "/long/"):
        page = reading.other(viewport={"width": 1280, "height": 900}).open(path)
        page.wait_for_timeout(2500)
        expect(page.locator("#i-bridge")).to_be_visible()
        expect(page.locator(".item__breaking")).to_have_count(0)


def test_what_is_focused_is_not_covered(reading: Reading) -> None:
    reading.feed.add("bridge", headline="The bridge is closed " * 3, breaking_until=soon(600))
    page = reading.open("/long/")
    strip = page.locator("body > .flash")
    expect(strip).to_be_visible()
    for _ in range(60):
        page.keyboard.press("Tab")
        covered = page.evaluate(
            "() => { const one = document.activeElement, box = one.getBoundingClientRect();"
            " const strip = document.querySelector('body > .flash');"
            " const over = strip.getBoundingClientRect().top + 1;"
            " return one !== document.body && !strip.contains(one) && box.bottom > over && one.outerHTML }"
        )
        assert not covered, covered


def test_a_page_in_another_language_has_its_own_strip(reading: Reading) -> None:
    page = reading.open("/ar/tide/")
    reading.feed.add("bridge", breaking_until=soon(600))
    reading.feed.add(
        "قارب",
        language="ar",
        path="/ar/feed/boat/",
        headline="عاد القارب",
        topics=(),
        breaking_until=soon(600),
    )
    expect(page.locator("body > .flash")).to_contain_text("عاد القارب")
    assert page.locator("body > .flash li").count() == 1


def test_without_scripts_the_strip_stands_above_the_column(reading: Reading) -> None:
    reading.feed.add("bridge", headline="The bridge is closed", breaking_until=soon(600))
    reader = reading.other(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    page = reader.open("/long/")
    column = page.frame_locator("iframe.frame").first
    expect(column.locator(".flash")).to_contain_text("The bridge is closed")
    expect(column.locator(".latest #i-bridge")).to_be_visible()
