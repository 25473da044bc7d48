"""The news feed as a new editor and a new reader meet it, on the real system."""

from __future__ import annotations

import time

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.newsroom import desk
from tests.newsroom.system import Newsroom

pytestmark = [pytest.mark.newsroom, pytest.mark.browser]

WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}


def at_the_desk(browser: Browser, room: Newsroom, size: dict[str, int]) -> Page:
    page = browser.new_context(viewport=WIDE).new_page()  # type: ignore[arg-type]
    desk.sign_in(page, room)
    page.set_viewport_size(size)  # type: ignore[arg-type]
    page.goto(f"{room.desk}/desk/feed/")
    return page


@pytest.mark.parametrize(
    ("size", "headline"), [(WIDE, "Ferry delayed by wind"), (PHONE, "Crane out of service")]
)
def test_an_item_is_written_flagged_and_published_by_keys_within_ten_seconds(
    room: Newsroom, browser: Browser, size: dict[str, int], headline: str
) -> None:
    page = at_the_desk(browser, room, size)
    began = time.monotonic()
    expect(page.get_by_label("First line")).to_be_focused()
    page.keyboard.type(headline, delay=20)
    page.keyboard.press("Tab")
    page.keyboard.type("Nobody was **hurt**.", delay=20)
    page.get_by_label("Breaking", exact=True).select_option("60")
    page.keyboard.press("Control+Enter")
    expect(page.locator("[data-receipt]")).to_contain_text("all visible", timeout=10_000)
    assert time.monotonic() - began < 10
    page.goto(f"{room.readers}/feed/")
    item = page.locator("article.item", has_text=headline)
    expect(item.locator("strong")).to_have_text("hurt")
    expect(item.locator(".item__breaking")).to_have_text("Breaking")
    page.goto(f"{room.readers}/_f/latest/")
    expect(page.locator(".flash").get_by_role("link", name=headline)).to_be_visible()


def test_what_is_typed_outlives_a_reload_and_is_forgotten_once_the_desk_has_it(
    room: Newsroom, browser: Browser
) -> None:
    page = at_the_desk(browser, room, WIDE)
    page.keyboard.type("Half a sentence")
    page.reload()
    expect(page.get_by_label("First line")).to_have_value("Half a sentence")
    page.keyboard.press("Control+s")
    expect(page.get_by_text("Kept. Readers see nothing of it yet.")).to_be_visible()
    expect(page.get_by_label("First line")).to_have_value("")
    page.reload()
    expect(page.get_by_label("First line")).to_have_value("")


@pytest.mark.parametrize(("size", "headline"), [(WIDE, "Bridge opens again"), (PHONE, "Bridge is painted")])
def test_the_screen_has_no_barrier_that_axe_knows(
    room: Newsroom, browser: Browser, size: dict[str, int], headline: str
) -> None:
    page = at_the_desk(browser, room, size)
    page.keyboard.type(headline)
    page.keyboard.press("Control+Enter")
    expect(page.locator("[data-receipt]")).to_contain_text("all visible", timeout=10_000)
    expect(page.locator(".sf-feed")).to_contain_text(headline)
    found = Axe().run(page, context="main").response["violations"]
    ours = [one["id"] for one in found if any("sf-" in node["html"] for node in one["nodes"])]
    assert ours == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing to scroll sideways"
