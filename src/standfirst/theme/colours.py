"""The newsroom's colours as a style sheet of their own, and its initial as an icon.

Readability is not the newsroom's to lose: an accent that is too faint for text on our paper is drawn towards
the ink until it reaches 4.5:1 (WCAG 2.2, 1.4.3).
"""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache

from markupsafe import escape

from standfirst.editions.documents import Site

PAPER, INK = "#fbf9f4", "#1a1814"
PAPER_DARK, INK_DARK = "#161412", "#ece7dc"
CONTRAST = 4.6  # a little above the rule, so that rounding cannot break it
_HEX = re.compile(r"^#[0-9a-f]{6}$", re.IGNORECASE)

Rgb = tuple[float, float, float]


def is_colour(text: str) -> bool:
    """Return whether `text` is `#rrggbb`."""
    return bool(_HEX.match(text))


def readable(colour: str, paper: str, ink: str) -> str:
    """Return `colour`, mixed with `ink` until it can be read on `paper`; `ink` if it is no colour."""
    if not is_colour(colour):
        return ink
    for step in range(21):
        mixed = _mix(colour, ink, step / 20)
        if contrast(mixed, paper) >= CONTRAST:
            return mixed
    return ink


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two `#rrggbb` colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@lru_cache(64)
def style(accent: str, accent_dark: str) -> str:
    """Return the style sheet that sets the accent for light and dark."""
    light = readable(accent, PAPER, INK)
    dark = readable(accent_dark, PAPER_DARK, INK_DARK)
    return (
        f":root{{--accent:{light}}}"
        f"@media (prefers-color-scheme:dark){{:root{{--accent:{dark}}}}}"
        f"@media print{{:root{{--accent:{INK}}}}}\n"
    )


@lru_cache(64)
def icon(name: str, accent: str) -> str:
    """Return the site's icon: its initial on its colour, as SVG."""
    ground = readable(accent, "#ffffff", INK)
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">'
        f'<rect width="64" height="64" fill="{ground}"/>'
        '<text x="32" y="47" text-anchor="middle" font-family="Literata,Georgia,serif" font-weight="600" '
        f'font-size="44" fill="#fff">{escape(initial(name))}</text></svg>\n'
    )


def initial(name: str) -> str:
    """Return the letter that stands for a name."""
    return next((letter for letter in name if letter.isalnum()), "•").upper()


def style_path(site: Site) -> str:
    """Return the address of the site's colours; it changes with them, so it is cached for ever.

    Made from the record alone: were it made from the output, a new version of the program would name an
    address that no publish has claimed.
    """
    return f"/_a/colours-{_short(site.accent + site.accent_dark)}.css"


def icon_path(site: Site) -> str:
    """Return the address of the site's icon."""
    return f"/_a/icon-{_short(site.name + site.accent)}.svg"


def _short(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _rgb(colour: str) -> Rgb:
    red, green, blue = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    return red, green, blue


def _mix(colour: str, other: str, share: float) -> str:
    mixed = (round(255 * (a + (b - a) * share)) for a, b in zip(_rgb(colour), _rgb(other), strict=True))
    return "#" + "".join(f"{value:02x}" for value in mixed)


def _luminance(colour: str) -> float:
    red, green, blue = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in _rgb(colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
