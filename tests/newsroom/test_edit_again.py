"""An editor who changes what is live publishes it, however often the desk has saved by itself meanwhile."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, Response, expect

from tests.newsroom import desk
from tests.newsroom.system import Newsroom

pytestmark = [pytest.mark.newsroom, pytest.mark.browser]

VISIBLE = re.compile(desk.TOLD)


def _saved_by_itself(response: Response) -> bool:
    return response.request.method == "POST" and "json" in response.headers.get("content-type", "")


def _live(page: Page, room: Newsroom, headline: str) -> str:
    """Publish a story; return the address of its editor."""
    desk.begin_story(page, room, headline, "A standfirst.")
    desk.add_text(page, "It opens at six.")
    desk.publish(page)
    expect(page.get_by_text(VISIBLE)).to_be_visible(timeout=30_000)
    page.get_by_role("link", name="Edit", exact=True).first.click()
    page.wait_for_load_state()
    return page.url


def _type(page: Page, standfirst: str) -> int:
    """Change the standfirst and wait for the automatic save; return what it was answered."""
    with page.expect_response(_saved_by_itself, timeout=30_000) as saved:
        page.locator("[name=standfirst]").fill(standfirst)
    page.wait_for_timeout(300)  # the answer reaches the form
    return saved.value.status


def test_a_live_story_changes_after_automatic_saves(room: Newsroom, browser: Browser) -> None:
    page = browser.new_context().new_page()
    desk.sign_in(page, room)
    _live(page, room, "Baths open early")
    assert _type(page, "The baths open early.") == 200
    assert _type(page, "The baths open early, for a month.") == 200
    desk.publish(page)
    expect(page.get_by_text(VISIBLE)).to_be_visible(timeout=30_000)
    page.goto(f"{room.readers}/baths-open-early/")
    expect(page.get_by_text("The baths open early, for a month.").first).to_be_visible()


def test_who_was_overtaken_is_told_and_the_next_press_puts_theirs_on_top(
    room: Newsroom, browser: Browser
) -> None:
    """The first half is the control: a version of somebody else's is still noticed."""
    first, second = browser.new_context().new_page(), browser.new_context().new_page()
    for page in (first, second):
        desk.sign_in(page, room)
    address = _live(first, room, "Baths close late")
    second.goto(address)
    second.locator("[name=standfirst]").fill("Somebody else's words.")
    desk.publish(second)
    expect(second.get_by_text(VISIBLE)).to_be_visible(timeout=30_000)
    _type(first, "My words.")
    desk.publish(first)
    first.get_by_role("dialog").get_by_role("button", name="Publish").click()  # Wagtail has seen it too
    expect(first.get_by_text("while you were writing").first).to_be_visible()
    first.wait_for_timeout(4000)  # the page saves by itself again
    desk.publish(first)
    expect(first.get_by_text(VISIBLE)).to_be_visible(timeout=30_000)
    first.goto(f"{room.readers}/baths-close-late/")
    expect(first.get_by_text("My words.").first).to_be_visible()
