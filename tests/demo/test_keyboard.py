"""With the keyboard alone: the skip link first, every stop in sight with a ring, in the order of reading."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.demo.looking import opened, visit
from tests.demo.site import DemoSite
from tests.demo.walking import walk

pytestmark = pytest.mark.browser

TYPES = ("front", "story-news", "story-gallery", "section", "author", "archive", "page", "404")


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
