"""With the keyboard alone: the skip link first, every stop in sight with a ring, in the order of reading."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.demo.looking import opened, visit
from tests.demo.site import DemoSite
from tests.demo.walking import walk

pytestmark = pytest.mark.browser

TYPES = (
    "front",
    "story-news",
    "story-gallery",
    "section",
    "author",
    "archive",
    "page",
    "404",
    "feed",
    "item",
)


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("width", [390, 1280])
def test_tab_goes_through_the_page_and_out_of_it(
    demo_site: DemoSite, browser: Browser, language: str, width: int
) -> None:
    found: dict[str, list[str]] = {}
    for name, path in demo_site.page_types(language).items():
        if name in TYPES:
            with opened(browser, width) as page:
                visit(page, demo_site.url + path)
                stops, wrong = walk(page)
                assert len(stops) > 10, name
                found |= {name: wrong} if wrong else {}
    assert found == {}


@pytest.mark.parametrize("width", [390, 768, 1280, 1600])
def test_arrow_keys_go_through_all_pictures_of_a_gallery_and_back(
    demo_site: DemoSite, browser: Browser, width: int
) -> None:
    with opened(browser, width) as page:
        page.emulate_media(reduced_motion="reduce")
        visit(page, demo_site.url + demo_site.page_types("en")["story-gallery"])
        many = page.locator(".plate").count()
        seen = []
        for key in ["ArrowRight"] * many + ["ArrowLeft"] * (many - 1):
            page.keyboard.press(key)
            page.wait_for_timeout(120)
            seen.append(page.evaluate(AT))
        assert seen == [*range(1, many + 1), *range(many - 1, 0, -1)]


AT = """() => { const middle = (box) => Math.hypot((box.left + box.right - innerWidth) / 2,
  (box.top + box.bottom - innerHeight) / 2);
  const far = [...document.querySelectorAll(".plate")].map((plate) => middle(plate.getBoundingClientRect()));
  return far.indexOf(Math.min(...far)) + 1; }"""
"""Which picture is in the middle of the window."""
