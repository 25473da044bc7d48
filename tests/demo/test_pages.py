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
STILL = ("front", "story-news", "story-gallery", "section")
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
