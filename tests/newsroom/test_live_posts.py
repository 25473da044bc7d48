"""Live coverage as an editor and a reader meet it, on the real system."""

from __future__ import annotations

import time

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.newsroom import desk
from tests.newsroom.system import Newsroom

pytestmark = [pytest.mark.newsroom, pytest.mark.browser]

WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
HEADLINE = "The vote, hour by hour"


@pytest.fixture(scope="module")
def posts(room: Newsroom, browser: Browser) -> str:
    """Publish a story as live coverage at the desk; return the address of its screen of posts."""
    page = browser.new_context(viewport=WIDE).new_page()  # type: ignore[arg-type]
    desk.sign_in(page, room)
    desk.begin_story(page, room, HEADLINE, "Polls are open until nine.")
    page.get_by_role("tab", name="Filing").click()
    page.locator("select[name=format]").select_option(label="Live coverage")
    desk.publish(page)
    page.get_by_role("link", name="Live coverage").first.click()
    page.get_by_role("link", name=HEADLINE).click()
    page.wait_for_url("**/desk/live/*/")
    return page.url


def at_the_desk(browser: Browser, room: Newsroom, posts: str, size: dict[str, int]) -> Page:
    page = browser.new_context(viewport=WIDE).new_page()  # type: ignore[arg-type]
    desk.sign_in(page, room)
    page.set_viewport_size(size)  # type: ignore[arg-type]
    page.goto(posts)
    expect(page.locator("[contenteditable=true]")).to_have_count(1)
    return page


def test_a_post_is_written_and_published_by_keys_and_no_letter_is_lost(
    room: Newsroom, browser: Browser, posts: str
) -> None:
    page = at_the_desk(browser, room, posts, WIDE)
    began = time.monotonic()
    expect(page.get_by_label("Headline")).to_be_focused()
    page.keyboard.type("Polls open")
    page.locator("[contenteditable=true]").click()
    page.keyboard.type("The first voter came at seven sharp.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("[data-receipt]")).to_contain_text("all visible", timeout=10_000)
    assert time.monotonic() - began < 10
    reader = browser.new_page()
    reader.goto(f"{room.readers}/the-vote-hour-by-hour/")
    post = reader.locator("article.post", has_text="Polls open")
    expect(post.locator(".text")).to_have_text("The first voter came at seven sharp.")
    expect(reader.locator(".live__now")).to_have_text("Live")
    post.locator(".post__when a").click()
    expect(reader.get_by_role("heading", level=1)).to_have_text(HEADLINE)
    expect(reader.locator("article.post")).to_contain_text("seven sharp")


def test_a_key_event_and_what_is_known_stand_above_the_posts(
    room: Newsroom, browser: Browser, posts: str
) -> None:
    page = at_the_desk(browser, room, posts, WIDE)
    page.keyboard.type("Turnout is high")
    page.get_by_label("Key event: in the list at the top").check()
    page.get_by_role("button", name="Publish").click()
    expect(page.locator("[data-receipt]")).to_contain_text("all visible", timeout=10_000)
    page.get_by_text("Pinned summary").first.click()
    page.locator("#summary").fill("**Half** have voted")
    page.get_by_role("button", name="Pin it").click()
    expect(page.locator("[data-receipt]")).to_contain_text("all visible", timeout=10_000)
    reader = browser.new_page()
    reader.goto(f"{room.readers}/the-vote-hour-by-hour/")
    expect(reader.locator(".live__summary strong")).to_have_text("Half")
    reader.locator(".live__events a", has_text="Turnout is high").click()
    expect(reader.locator("article.post:target")).to_contain_text("Turnout is high")


@pytest.mark.parametrize("size", [WIDE, PHONE])
def test_the_screen_has_no_barrier_that_axe_knows(
    room: Newsroom, browser: Browser, posts: str, size: dict[str, int]
) -> None:
    page = at_the_desk(browser, room, posts, size)
    page.keyboard.type(f"Seen at {size['width']}")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".sf-feed")).to_contain_text(f"Seen at {size['width']}")
    found = Axe().run(page, context="main").response["violations"]
    ours = [(one["id"], node["html"]) for one in found for node in one["nodes"] if "sf-" in node["html"]]
    assert ours == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing to scroll sideways"
