"""Publish, pressed right after the last key, publishes what is on the screen: no word less, no story more."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.newsroom import desk
from tests.newsroom.system import Newsroom

pytestmark = [pytest.mark.newsroom, pytest.mark.browser]

WORDS = "The last crane leaves the fish quay on Sunday."
SENT = """
document.addEventListener("submit", (event) => {
  const sent = [...new FormData(event.target)].filter(([name]) => name.startsWith("body-"));
  console.log("SENT " + JSON.stringify(sent));
});
"""
"""Notes what a form sends, if nothing held it back before."""

PRESS_AFTER_A_WORD = """
const press = () => document.querySelector("button[name=action-publish]").click();
document.addEventListener("beforeinput", () => setTimeout(press), { capture: true, once: true });
"""


def _write(browser: Browser, room: Newsroom, headline: str, *, guarded: bool = True) -> tuple[Page, str]:
    """Write a story, press Publish at once; return the page and what the form sent."""
    page = browser.new_context().new_page()
    page.add_init_script(SENT)
    if not guarded:
        page.route("**/typed*.js", lambda route: route.abort())
    desk.sign_in(page, room)
    desk.begin_story(page, room, headline, "A standfirst.")
    body = page.locator("[data-contentpath=body]")
    body.get_by_role("button", name="Insert a block").last.click()
    page.get_by_role("option", name="Text", exact=True).click()
    editor = body.locator("[contenteditable=true]")
    expect(editor).to_have_count(1)
    editor.click()
    with page.expect_console_message(lambda message: message.text.startswith("SENT ")) as sent:
        page.evaluate(PRESS_AFTER_A_WORD)
        page.keyboard.insert_text(WORDS)
    return page, sent.value.text


def test_the_last_words_go_out_and_one_story_is_made(room: Newsroom, browser: Browser) -> None:
    page, sent = _write(browser, room, "Crane leaves the fish quay")
    expect(page.get_by_text(re.compile(r"\d+ pages?, \d+ ms"))).to_be_visible(timeout=30_000)
    assert WORDS in sent
    page.goto(f"{room.readers}/crane-leaves-the-fish-quay/")
    expect(page.get_by_text(WORDS)).to_be_visible()
    page.goto(f"{room.desk}/desk/stories/")
    expect(page.get_by_role("link", name="Crane leaves the fish quay")).to_have_count(1)


def test_without_the_guard_they_would_be_lost(room: Newsroom, browser: Browser) -> None:
    _page, sent = _write(browser, room, "Crane stays at the fish quay", guarded=False)
    assert WORDS not in sent
