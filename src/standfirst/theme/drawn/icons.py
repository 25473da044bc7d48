"""The site's icons as pictures, for browsers and home screens that take no SVG, and what names them."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from typing import Any

from PIL import Image, ImageDraw

from standfirst.bake.reading import Page, RecordingReader
from standfirst.bake.registry import Rendered
from standfirst.editions.documents import Document, Site
from standfirst.editions.records import Records
from standfirst.theme import colours
from standfirst.theme.drawn import setting
from standfirst.theme.drawn.card import fingerprint
from standfirst.theme.drawn.faces import Face
from standfirst.theme.locales import formats

FAVICON = "/favicon.ico"
TOUCH = "/apple-touch-icon.png"
MANIFEST = "/site.webmanifest"
SIDES = (192, 512)  # pixels, what installed sites need

_TYPES = {".ico": "image/x-icon", ".png": "image/png", ".webmanifest": "application/manifest+json"}


def paths(site: Document) -> list[str]:
    """Return the addresses of a site's icons and of the file that names them."""
    if not isinstance(site, Site):
        raise TypeError(f"{site.record} is not the site")
    return [FAVICON, TOUCH, MANIFEST, *(icon_path(site, side) for side in SIDES)]


@dataclass(frozen=True, slots=True)
class SiteIcons:
    """Draws one of them, by the address."""

    @property
    def fingerprint(self) -> str:
        return fingerprint()

    def render(self, page: Page, reader: RecordingReader) -> Rendered:
        site = Records(reader).site()
        kind = page.path[page.path.rindex(".") :]
        return Rendered(body=_body(site, page.path), content_type=_TYPES[kind], surrogate_keys=(page.owner,))


def _body(site: Site, path: str) -> bytes:
    if path == MANIFEST:
        return manifest(site)
    if path == FAVICON:
        return _saved(icon(site, 32), "ICO", sizes=[(32, 32)])
    side = next((side for side in SIDES if path == icon_path(site, side)), 180)
    return _saved(icon(site, side), "PNG", optimize=True)


def icon(site: Site, side: int) -> Image.Image:
    """Return the newsroom's initial on its colour, from edge to edge: any shape may be cut from it."""
    direction = formats(site.language).direction
    picture = Image.new("RGB", (side, side), colours.readable(site.accent, "#ffffff", colours.INK))
    letter, face = colours.initial(site.name), Face("serif", round(side * 0.66), 600)
    canvas = ImageDraw.Draw(picture)
    for piece in setting.pieces(letter, face, direction):  # one, or none for a letter that no font has
        canvas.text((side / 2, side / 2), piece.text, fill="#ffffff", font=piece.font, anchor="mm")
    return picture


def manifest(site: Site) -> bytes:
    """Return the web application manifest (W3C), by which the site can be kept on a home screen."""
    value = {
        "name": site.name,
        "short_name": site.name,
        "description": site.tagline,
        "lang": site.language,
        "dir": formats(site.language).direction,
        "start_url": "/",
        "display": "minimal-ui",
        "background_color": colours.PAPER,
        "theme_color": colours.PAPER,
        "icons": [_named(site, side) for side in SIDES],
    }
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _named(site: Site, side: int) -> dict[str, str]:
    size = f"{side}x{side}"
    return {"src": icon_path(site, side), "sizes": size, "type": "image/png", "purpose": "any maskable"}


def icon_path(site: Site, side: int) -> str:
    """Return the address of an icon; it changes with what is drawn."""
    return colours.icon_path(site).replace(".svg", f"-{side}.png")


def _saved(picture: Image.Image, form: str, **options: Any) -> bytes:
    file = io.BytesIO()
    picture.save(file, form, **options)
    return file.getvalue()
