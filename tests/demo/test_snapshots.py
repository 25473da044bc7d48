"""What a reader of the screen is told, kept as text: `pytest tests/demo/test_snapshots.py` compares, with
UPDATE_SNAPSHOTS=1 it writes them anew. A change of these files is a change of what people hear.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser

from tests.demo.looking import opened, visit
from tests.demo.site import DemoSite

pytestmark = pytest.mark.browser

_CHANGED = re.compile(r"(- text: Last changed on\n\s+- time: ).*")
"""Pages of the site say when they were last changed, and those of the demo are as old as it is."""

_ITEM = re.compile(r"(/feed/(?:topic/)?)[0-9a-hjkmnp-tv-z]{26}/")
"""Items get their addresses when they are loaded."""

KEPT = Path(__file__).parent / "snapshots"
SHOWN = (
    ("en", "front"), ("en", "story-news"), ("en", "story-gallery"), ("en", "story-q_and_a"),
    ("en", "section"),
    ("en", "author"), ("en", "month"), ("en", "page"), ("en", "404"), ("en", "contact-form"),
    ("ar", "contact-again"), ("uk", "story-news"), ("ar", "story-news"), ("ar", "feed"),
    ("uk", "feed-month"), ("en", "feed-day"),
)  # fmt: skip


@pytest.mark.parametrize(("language", "name"), SHOWN)
def test_readers_of_the_screen_are_told_the_same_as_before(
    demo_site: DemoSite, browser: Browser, language: str, name: str
) -> None:
    with opened(browser, 1280) as page:
        visit(page, demo_site.url + demo_site.page_types(language)[name])
        said = unquote(page.locator("body").aria_snapshot())
    told = _ITEM.sub(r"\1ID/", _CHANGED.sub(r"\1(when the demo was made)", said)) + "\n"
    file = KEPT / f"{name}.{language}.txt"
    if os.environ.get("UPDATE_SNAPSHOTS"):
        KEPT.mkdir(exist_ok=True)
        file.write_text(told, "utf-8")
    assert told == file.read_text("utf-8")
