"""The main pages look as they did. After a change that was meant: `python -m tests.look.write_baseline`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser

from tests.browser import chromium
from tests.look import comparing, pages
from tests.theme import small_site

pytestmark = pytest.mark.browser

DIFFERENCES = Path(".cache/look/differences")


@pytest.fixture(scope="module")
def base() -> Iterator[str]:
    with small_site.serving() as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as launched:
        yield launched


def before(name: str, width: int) -> Image.Image:
    with Image.open(pages.baseline(name, width)) as kept:
        return kept.convert("RGB")


@pytest.mark.parametrize(("name", "width"), pages.WATCHED)
def test_looks_as_it_did(browser: Browser, base: str, name: str, width: int) -> None:
    page = pages.open_page(browser, base, name, width)
    now = comparing.kept(pages.picture_of(page))
    page.close()
    found = comparing.difference(before(name, width), now)
    if found.seen:
        comparing.show(before(name, width), now, DIFFERENCES / f"{name}-{width}.png")
    assert not found.seen, (
        f"{name} at {width} pixels changed by {found.most:.0f} of 255 at {found.left}, {found.top}: "
        f"see {DIFFERENCES / f'{name}-{width}.png'}"
    )


# The controls: what a reader would notice is noticed, wherever it happens.
CHANGES = {
    "a headline that moved": "document.querySelector('h1').style.marginBlockStart = '10px'",
    "a picture that is cropped": "document.querySelector('.hero img').style.aspectRatio = '2'",
    "a standfirst that is gone": "document.querySelector('.standfirst').remove()",
    "another accent": "document.documentElement.style.setProperty('--accent', '#c01080')",
    "a byline in another face": "document.querySelector('.byline').style.fontFamily = 'monospace'",
    "a small move of the column": "document.querySelector('.page__side').style.translate = '12px 0'",
}


@pytest.mark.parametrize("what", CHANGES)
def test_a_change_is_seen(browser: Browser, base: str, what: str) -> None:
    page = pages.open_page(browser, base, "story", 1280)
    page.evaluate(CHANGES[what])
    found = comparing.difference(before("story", 1280), comparing.kept(pages.picture_of(page)))
    page.close()
    assert found.seen, f"{what}: {found}"


def test_softer_letters_are_no_change(browser: Browser, base: str) -> None:
    """Another build draws the edges of letters otherwise: as here, where all lie half a pixel further."""
    page = pages.open_page(browser, base, "story", 1280)
    picture = pages.picture_of(page)
    page.close()
    half = (1, 0, 0.5, 0, 1, 0.5)
    shifted = picture.transform(picture.size, Image.Transform.AFFINE, half, Image.Resampling.BILINEAR)
    found = comparing.difference(before("story", 1280), comparing.kept(shifted))
    assert not found.seen, found
