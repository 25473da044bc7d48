"""What is said aloud, and how a reader has quiet (WCAG 2.2, 2.2.2 and 4.1.3)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.wire.conftest import WATCH, Reading, shown

pytestmark = pytest.mark.browser

_NOTE_SPEECH = """{ const voice = document.querySelector("[data-voice]");
new MutationObserver(() => (window.spoken ??= []).push(voice.textContent))
  .observe(voice, { childList: true, characterData: true, subtree: true }); }"""


def timed(reading: Reading, path: str = "/feed/") -> Page:
    """Open a page whose clock is the test's; return it when it hears of changes."""
    page = reading.context.new_page()
    page.clock.install()
    page.goto(reading.network.url + path)
    for _ in range(4):  # the page loads in real time, its timers run in the test's
        page.wait_for_timeout(300)
        page.clock.run_for(1000)
    page.wait_for_timeout(300)
    return page


def test_a_count_is_said_at_most_once_a_minute(reading: Reading) -> None:
    page = timed(reading)
    page.evaluate(_NOTE_SPEECH)
    reading.feed.add("one")
    expect(page.locator("#i-one")).to_have_count(1)
    page.clock.run_for(1500)
    reading.feed.add("two")
    reading.feed.add("three")
    reading.feed.add("two", headline="Edited: not new")
    expect(page.locator("#i-three")).to_have_count(1)
    page.clock.run_for(50_000)
    assert page.evaluate("spoken") == ["1 new item"]
    page.clock.run_for(10_000)
    assert page.evaluate("spoken") == ["1 new item", "2 new items"]
    page.clock.run_for(300_000)
    assert len(page.evaluate("spoken")) == 2


def test_the_wish_for_quiet_is_remembered_in_every_tab_and_new_items_wait(reading: Reading) -> None:
    other = reading.open("/long/")
    page = timed(reading)
    page.evaluate(_NOTE_SPEECH)
    pause = page.get_by_role("button", name="Pause updates")
    pause.focus()
    page.keyboard.press("Space")
    expect(pause).to_have_attribute("aria-pressed", "true")
    expect(other.get_by_role("button", name="Pause updates")).to_have_attribute("aria-pressed", "true")
    page.evaluate("document.activeElement.blur()")
    reading.feed.add("one")
    expect(page.get_by_role("button", name="1 new")).to_be_visible()
    expect(other.get_by_role("button", name="1 new")).to_have_count(1)
    reading.feed.kill("n03")
    expect(page.locator("#i-n03")).to_have_count(0)  # what is withdrawn leaves all the same
    page.clock.run_for(120_000)
    assert page.evaluate("window.spoken ?? []") == []
    page.reload()
    expect(pause).to_have_attribute("aria-pressed", "true")
    pause.click()
    expect(pause).to_have_attribute("aria-pressed", "false")
    expect(other.locator(".feed-column article").first).to_have_attribute("id", "i-one")


def test_beside_a_story_nothing_is_said(reading: Reading) -> None:
    page = reading.open("/long/")
    reading.feed.add("one")
    expect(page.locator("#i-one")).to_have_count(1)
    assert page.locator("[role=status]:not(.share + *), [aria-live]").all_inner_texts() in ([], [""])


def test_with_reduced_motion_nothing_glides_and_nothing_jumps(reading: Reading) -> None:
    page = reading.other(reduced_motion="reduce", viewport={"width": 390, "height": 844}).open()
    page.evaluate(WATCH)
    reading.feed.add("one")
    expect(page.get_by_role("button", name="1 new")).to_be_visible()
    assert shown(page)[0] == "n00"
    assert page.evaluate("[moved, document.getAnimations().length]") == [0, 0]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/feed/", "/ar/feed/", "/long/"])
def test_axe_finds_nothing_with_the_button_and_the_strip(reading: Reading, path: str, scheme: str) -> None:
    until = datetime.now(UTC) + timedelta(hours=1)
    for number in range(14):
        arabic = {"language": "ar", "path": f"/ar/feed/a{number}/", "headline": "عاد القارب", "topics": ()}
        reading.feed.add(f"a{number}", bake=False, breaking_until=until, **arabic)
    reading.feed.add("breaks", breaking_until=until)
    page = reading.other(color_scheme=scheme).open(path)
    page.evaluate("scrollTo(0, document.querySelector('[data-feed]').getBoundingClientRect().top + 400)")
    arabic = {"language": "ar", "path": "/ar/feed/a/", "headline": "عاد القارب", "topics": ()}
    reading.feed.add("fresh", **(arabic if path.startswith("/ar") else {}))
    expect(page.locator("button[data-new]")).to_be_visible()
    expect(page.locator(".flash")).to_be_visible()
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    assert [(one["id"], [node["html"][:120] for node in one["nodes"]]) for one in found] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
