"""Every type of page, in three languages, light and dark: accessible, as wide as the screen, still."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser

from tests.demo import looking
from tests.demo.looking import Scheme, opened
from tests.demo.site import LANGUAGES, DemoSite

pytestmark = pytest.mark.browser

Found = dict[str, list[str]]
MAIN = ("front", "story-news", "section", "author", "page", "month", "404")
STILL = ("front", "story-news", "story-gallery", "section", "feed", "item")
IN_A_PAGE = "page-has-heading-one"  # the column stands in a page that has one


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(demo_site: DemoSite, browser: Browser, language: str, scheme: Scheme) -> None:
    found: Found = {}
    with opened(browser, 390 if scheme == "light" else 1280, scheme=scheme) as page:
        for name, path in demo_site.page_types(language).items():
            looking.visit(page, demo_site.url + path)
            wrong = looking.inaccessible(page, scheme)
            found[name] = [one for one in wrong if name != "latest" or not one.startswith(IN_A_PAGE)]
    assert _wrong(found) == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_wider_than_the_screen(demo_site: DemoSite, browser: Browser, language: str) -> None:
    found: Found = {}
    with opened(browser, 320) as page:  # also what is left of 1280 pixels at 400 %
        for name, path in demo_site.page_types(language).items():
            looking.visit(page, demo_site.url + path)
            for width, large in ((320, False), (390, True), (1280, True)):
                page.set_viewport_size({"width": width, "height": 800})
                if large:
                    looking.enlarge_text(page)
                found[f"{name} {width} {'200 %' if large else ''}"] = looking.overflowing(page)
    assert _wrong(found) == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_that_can_be_pressed_is_as_large_as_a_fingertip(
    demo_site: DemoSite, browser: Browser, language: str
) -> None:
    found: Found = {}
    with opened(browser, 390) as page:
        for name, path in demo_site.page_types(language).items():
            looking.visit(page, demo_site.url + path)
            found[name] = looking.small_targets(page)
    assert _wrong(found) == {}


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("late", [re.compile(r"\.woff2$"), re.compile(r"/_m/")], ids=["fonts", "pictures"])
def test_nothing_moves_when_fonts_or_pictures_come_late(
    demo_site: DemoSite, browser: Browser, width: int, late: re.Pattern[str]
) -> None:
    found: Found = {}
    for language in LANGUAGES:
        for name, path in demo_site.page_types(language).items():
            if name in STILL:
                with opened(browser, width) as page:
                    found[path] = looking.shifts(page, demo_site.url + path, late)
    assert _wrong(found) == {}


def _wrong(found: Found) -> Found:
    return {name: wrong for name, wrong in found.items() if wrong}


ON_PAPER = (
    ".nameplate, .label, h1, .standfirst, .byline, .byline__names, .retraction, .hero, .text, .claims, "
    ".corrections, .address, .live__state, .live__summary, .live__events, .live__background, .post__head"
)
NOT_ON_PAPER = ".share, .elsewhere, .contents, .related, .reading"
PRINTED = """([allowed, never]) => {
  const found = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode.textContent.trim(), element = walker.currentNode.parentElement;
    if (!text || element.closest("script, style, noscript") || !element.checkVisibility()) continue;
    if (!element.closest(allowed) || element.closest(never)) found.push(text);
  }
  return found;
}"""


@pytest.mark.parametrize("language", LANGUAGES)
def test_on_paper_there_is_the_story_its_credit_its_address_and_its_date_alone(
    demo_site: DemoSite, browser: Browser, language: str
) -> None:
    found: Found = {}
    with opened(browser, 1280) as page:
        for name, path in demo_site.page_types(language).items():
            if name.startswith("story-"):
                looking.visit(page, demo_site.url + path)
                assert page.evaluate(PRINTED, [ON_PAPER, NOT_ON_PAPER])  # on a screen there is more
                page.emulate_media(media="print")
                found[name] = page.evaluate(PRINTED, [ON_PAPER, NOT_ON_PAPER])
                page.emulate_media(media="screen")
    assert _wrong(found) == {}


def test_every_story_leads_on_to_three_others(demo_site: DemoSite) -> None:
    few = {
        page.path: html.count('class="card__headline"')
        for page in demo_site.pages
        if page.kind == "story"
        for html in [demo_site.get(page.path).body.decode().partition('class="trail"')[2]]
        if html.count("<article") < 3
    }
    assert few == {}
