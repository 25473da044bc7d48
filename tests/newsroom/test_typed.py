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

AT_ONCE = """
const press = () => document.querySelector("button[name=action-publish]").click();
document.addEventListener("beforeinput", () => setTimeout(press), { capture: true, once: true });
"""
AFTER_LEAVING = """
const press = () => document.querySelector("button[name=action-publish]").click();
const leave = () => { document.activeElement.blur(); setTimeout(press, 190); };
document.addEventListener("beforeinput", () => setTimeout(leave, 200), { capture: true, once: true });
"""
"""Leaving a text begins its wait anew: 0.4 seconds after the last key the form still lacks the words."""

AFTER_BOLD = """
const press = () => document.querySelector("button[name=action-publish]").click();
document.addEventListener("keydown", (event) => event.key === "b" && setTimeout(press), { capture: true });
"""


def _write(
    browser: Browser, room: Newsroom, headline: str, *, press: str = AT_ONCE, guarded: bool = True
) -> tuple[Page, str]:
    """Write a story, press Publish after the last word; return the page and what the form sent."""
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
        page.evaluate(press)
        page.keyboard.insert_text(WORDS)
        if press == AFTER_BOLD:
            page.wait_for_timeout(1000)  # the words themselves have reached the form
            page.keyboard.press("Control+a")
            page.keyboard.press("Control+b")
    return page, sent.value.text


@pytest.mark.parametrize(
    ("headline", "press"), [("Crane leaves the quay", AT_ONCE), ("Tug leaves the quay", AFTER_LEAVING)]
)
def test_the_last_words_go_out_and_one_story_is_made(
    room: Newsroom, browser: Browser, headline: str, press: str
) -> None:
    page, sent = _write(browser, room, headline, press=press)
    expect(page.get_by_text(re.compile(desk.TOLD))).to_be_visible(timeout=30_000)
    assert WORDS in sent
    page.goto(f"{room.readers}/{headline.lower().replace(' ', '-')}/")
    expect(page.get_by_text(WORDS)).to_be_visible()
    page.goto(f"{room.desk}/desk/stories/")
    expect(page.get_by_role("link", name=headline)).to_have_count(1)


@pytest.mark.parametrize(("headline", "press"), [("Crane stays", AT_ONCE), ("Tug stays", AFTER_LEAVING)])
def test_without_the_guard_they_would_be_lost(
    room: Newsroom, browser: Browser, headline: str, press: str
) -> None:
    _page, sent = _write(browser, room, headline, press=press, guarded=False)
    assert WORDS not in sent


@pytest.mark.parametrize(("headline", "guarded"), [("Crane in bold", True), ("Tug in bold", False)])
def test_so_does_a_word_that_was_made_bold(
    room: Newsroom, browser: Browser, headline: str, guarded: bool
) -> None:
    _page, sent = _write(browser, room, headline, press=AFTER_BOLD, guarded=guarded)
    assert ("BOLD" in sent) is guarded
