"""The words are all there without scripts and without styles, and the story comes before the feed."""

from __future__ import annotations

from collections import Counter

import pytest
from playwright.sync_api import Browser, Page

from tests.demo.looking import opened, visit
from tests.demo.site import LANGUAGES, DemoSite

pytestmark = pytest.mark.browser

TYPES = (
    "front", "story-news", "story-gallery", "story-q_and_a", "section", "author", "page", "month", "feed",
    "feed-day", "item",
)  # fmt: skip
FRAMED = ("front", "story", "item")  # the feed stands in a frame of theirs
_FEED = "[data-fragment$='/latest/']"


def words_of(page: Page, selector: str = "main") -> list[str]:
    """Return the words of a part of the page that a reader can see."""
    return page.locator(selector).first.inner_text().split()


def _without(words: list[str], part: list[str]) -> list[str]:
    """Return words without a part that stands among them in one piece; all of them where it does not."""
    for start in range(len(words) - len(part) + 1):
        if words[start : start + len(part)] == part:
            return words[:start] + words[start + len(part) :]
    return words


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_scripts_no_word_of_the_page_is_missing(
    demo_site: DemoSite, browser: Browser, language: str
) -> None:
    for name, path in demo_site.page_types(language).items():
        if name not in TYPES:
            continue
        with opened(browser, 1280) as full, opened(browser, 1280, java_script_enabled=False) as bare:
            visit(full, demo_site.url + path)
            bare.goto(demo_site.url + path)
            words = words_of(full)
            for button in full.locator("main button:visible").all():  # of use only where scripts run
                words = _without(words, button.inner_text().split())
            if name.startswith(FRAMED):
                feed = words_of(full, f"{_FEED} [data-part]")
                framed = bare.frame_locator(f"{_FEED} iframe").locator("[data-part]")
                told = framed.inner_text().split()
                # On the front the column is short where scripts run; the frame has all of it.
                assert told == feed or (name == "front" and set(feed) < set(told)), name
                words = _without(words, feed)
            assert words_of(bare) == words, name


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_styles_no_word_is_missing_and_the_story_comes_first(
    demo_site: DemoSite, browser: Browser, language: str
) -> None:
    for name, path in demo_site.page_types(language).items():
        if name not in TYPES:
            continue
        with opened(browser, 1280) as full, opened(browser, 1280) as bare:
            bare.route("**/*.css", lambda route: route.abort())
            for page in (full, bare):
                visit(page, demo_site.url + path)
            assert Counter(words_of(full)) - Counter(words_of(bare)) == Counter(), name
            everything = bare.locator("body").inner_text()
            if name.startswith("story"):
                headline = bare.locator("h1").inner_text()
                last = bare.locator(".text > p").last.inner_text()
                feed = bare.locator(_FEED).inner_text()
                assert everything.index(headline) < everything.index(last) < everything.index(feed), name
