"""Pages of a young site in a real browser: accessible, at every width, the foot at the foot of the screen."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route

from standfirst.bake.registry import Asset
from standfirst.theme.assets import assets
from tests.browser import chromium
from tests.theme.samples import SITE, site_documents
from tests.theme.source import MemorySource, render
from tests.theme.test_lists import stories
from tests.theme.test_young_site import HERO

pytestmark = pytest.mark.browser

LONG = SITE.model_copy(
    update={"name": "The Independent Weekly Courier of the Lower Estuary and Outer Islands"}
)
PAGES = {
    "empty front": (0, "front-page", "front:en"),
    "front with one": (1, "front-page", "front:en"),
    "front with three": (3, "front-page", "front:en"),
    "empty section": (0, "section-page", "section:harbour"),
    "empty author": (0, "author-page", "author:marek"),
    "empty archive": (0, "archive-page", "front:en"),
}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page whose style sheet is answered without a server; pictures are not there."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    sheets = [asset for asset in assets().files.values() if asset.path.endswith(".css")]
    page.route("**/*", lambda route: route.fulfill(status=404))
    for sheet in sheets:
        page.route(f"**{sheet.path}", partial(_answer, sheet))
    yield page
    page.close()


def _answer(sheet: Asset, route: Route) -> None:
    route.fulfill(body=sheet.body, content_type=sheet.content_type)


def show(page: Page, name: str) -> None:
    number, renderer, owner = PAGES[name]
    documents = [LONG, *site_documents()[1:], *stories(number, hero=HERO)]
    rendered, _ = render(MemorySource(documents), renderer, owner, "/")
    page.route(
        "**/shown", lambda route: route.fulfill(body=rendered.body, content_type=rendered.content_type)
    )
    page.goto("http://young.example/shown")


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(page: Page, name: str) -> None:
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        show(page, name)
        found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
        assert [(v["id"], [node["html"][:120] for node in v["nodes"]]) for v in found] == []
    for width in (320, 390, 768, 1280, 1600):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, width


@pytest.mark.parametrize("name", ["empty section", "empty author", "empty archive"])
def test_the_foot_of_a_short_page_stands_at_the_foot_of_the_screen(page: Page, name: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 1000})
    show(page, name)
    foot = page.locator(".foot").bounding_box()
    assert foot is not None
    assert foot["y"] + foot["height"] == pytest.approx(1000, abs=1)


def test_words_and_picture_of_a_lone_lead_stand_side_by_side(page: Page) -> None:
    show(page, "front with one")
    words = page.locator(".lead__headline").bounding_box()
    picture = page.locator(".lead__picture").bounding_box()
    assert words is not None
    assert picture is not None
    assert words["x"] + words["width"] <= picture["x"]
    assert picture["y"] <= words["y"]
