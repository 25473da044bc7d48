"""The pages that are watched, and how their pictures are taken."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page
from tools.look.shots import ALL_THERE, wait_for_faces

BASELINE = Path(__file__).parent / "baseline"
PATHS = {"front": "/", "story": "/dredger/", "section": "/section/harbour/", "story-ar": "/ar/tide/"}
WATCHED = tuple((name, width) for name in PATHS for width in (390, 1280))


def open_page(browser: Browser, base: str, name: str, width: int) -> Page:
    """Return a watched page with all its pictures and fonts."""
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme="light")
    wait_for_faces(page)
    page.goto(base + PATHS[name], wait_until="networkidle")
    page.evaluate(ALL_THERE)
    return page


def picture_of(page: Page) -> Image.Image:
    """Return a picture of the whole page."""
    return Image.open(BytesIO(page.screenshot(full_page=True)))


def baseline(name: str, width: int) -> Path:
    return BASELINE / f"{name}-{width}.png"
