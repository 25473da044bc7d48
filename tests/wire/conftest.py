"""A newsroom of two languages whose feed is written in tests."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from standfirst.kit.sitefolder import SiteFolder
from standfirst.stories import api as stories
from standfirst.stories.models import StoryPage
from standfirst.wire import api as wire
from tests.browser import chromium
from tests.wire.readers import Feed, Network, serving

LISTENS, LATER = 1_600, 2_500  # milliseconds: the feed's own pages listen after the first, others later
ACTOR = "editor@example.org"


@pytest.fixture
def newsroom(db: None) -> None:
    stories.save_site(name="The Harbour", languages=("en", "uk"), time_zone="Europe/Kyiv", actor=ACTOR)


def published(headline: str = "Ferry delayed", **more: object) -> wire.Item:
    """Write an item and let readers have it."""
    draft = wire.ItemDraft(**{"headline": headline, "language": "en", "body": ("By wind.",), **more})  # type: ignore[arg-type]
    return wire.publish_item(wire.save_item(draft, actor=ACTOR), actor=ACTOR).item


def covered(headline: str = "The vote", **more: Any) -> StoryPage:
    """Publish a story as live coverage."""
    draft = stories.StoryDraft(headline=headline, format="live", **more)
    return StoryPage.objects.get(pk=stories.save_story(draft, actor=ACTOR, publish=True).page)


def posted(page: StoryPage, headline: str = "Polls open", **more: Any) -> wire.Post:
    """Write a post of a coverage and let readers have it."""
    draft = wire.PostDraft(page.public_id, headline, **more)
    return wire.publish_post(wire.save_post(draft, actor=ACTOR), actor=ACTOR).item


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as launched:
        yield launched


@dataclass
class Reading:
    """A newsroom with readers: one browser, whose pages are tabs that share what it remembers."""

    feed: Feed
    network: Network
    browser: Browser
    context: BrowserContext

    def open(self, path: str = "/feed/", *, scroll: bool = False) -> Page:
        """Open a page in a tab; return it when it, or another tab for it, hears of changes."""
        page = self.context.new_page()
        page.on("pageerror", _raise)
        page.goto(self.network.url + path)
        if scroll:
            page.evaluate("scrollTo(0, 1500)")
        page.wait_for_timeout(LISTENS if path.endswith("/feed/") or "/topic/" in path else LISTENS + LATER)
        return page

    def other(self, **options: object) -> Reading:
        """Return another reader of the same newsroom."""
        return Reading(self.feed, self.network, self.browser, self.browser.new_context(**options))  # type: ignore[arg-type]


def _raise(error: object) -> None:
    raise AssertionError(error)


@pytest.fixture
def reading(browser: Browser) -> Iterator[Reading]:
    """A newsroom with forty items, and a reader with a phone."""
    folder = Path(tempfile.mkdtemp(prefix="edge-"))
    with serving(SiteFolder(folder)) as (feed, network):
        feed.many(40)
        context = browser.new_context(viewport={"width": 390, "height": 844})
        yield Reading(feed, network, browser, context)
        for one in browser.contexts:
            one.close()
    shutil.rmtree(folder, ignore_errors=True)


WATCH = """() => { window.moved = 0; new PerformanceObserver((list) => {
  for (const one of list.getEntries()) if (!one.hadRecentInput) window.moved += one.value;
}).observe({ type: "layout-shift" }); }"""


def shown(page: Page, scope: str = "") -> list[str]:
    """Return the ids of the items on a page, in its order."""
    found = page.evaluate(f"[...document.querySelectorAll('{scope} article[data-key]')].map((one) => one.id)")
    return [str(one)[2:] for one in found]
