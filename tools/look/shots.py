"""Taking the pictures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, Route

from tools.look.pages import Found

Scheme = Literal["light", "dark"]
WIDTHS = (390, 768, 1280, 1600)
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
HEIGHT = 900  # of the window; pictures are of the whole page

# Pictures that wait for a reader to come near would be missing from a picture of the whole page.
ALL_THERE = """Promise.all([document.fonts.ready, ...[...document.images].map((image) => {
  image.loading = "eager"; return image.decode().catch(() => 0); })])"""


def wait_for_faces(tab: Page) -> None:
    """Have pages wait for their typefaces, where readers get a late one on their next page (`optional`)."""

    def patient(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(
            response=answer, body=answer.text().replace("font-display:optional", "font-display:block")
        )

    tab.route("**/*.css", patient)


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture of a page."""

    page: Found
    width: int
    scheme: Scheme
    file: Path


def take(browser: Browser, base: str, pages: Iterable[Found], folder: Path) -> Iterator[Shot]:
    """Yield a picture of every page at every width, light and dark, as it is written to `folder`."""
    pages = list(pages)
    for scheme in SCHEMES:
        for width in WIDTHS:
            window = browser.new_context(viewport={"width": width, "height": HEIGHT}, color_scheme=scheme)
            window.route("**/-/events", lambda route: route.abort())  # a stream has no end
            tab = window.new_page()
            wait_for_faces(tab)
            for page in pages:
                file = folder / page.kind / f"{page.language}-{width}-{scheme}.png"
                file.parent.mkdir(parents=True, exist_ok=True)
                tab.goto(base.rstrip("/") + page.path, wait_until="networkidle")
                tab.evaluate(ALL_THERE)
                tab.screenshot(path=file, full_page=True)
                yield Shot(page, width, scheme, file)
            window.close()
