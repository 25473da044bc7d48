"""Whether the newsroom's colour can be read (WCAG 2.2, 1.4.3: at least 4.5 to 1)."""

from __future__ import annotations

import re

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

PAPER = "#fbf9f4"  # the lightest and the darkest ground of the readers' site
NIGHT = "#161412"
ENOUGH = 4.5

_HEX = re.compile(r"^#[0-9a-fA-F]{6}$")


def luminance(colour: str) -> float:
    """Return the relative luminance of `#rrggbb`, 0 to 1 (WCAG 2.2, “relative luminance”)."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2.2, “contrast ratio”)."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def problem(colour: str, ground: str) -> Promise | str:
    """Return what is wrong with `colour` on `ground`, in words for an editor; "" when nothing is."""
    if not _HEX.match(colour):
        return _("A colour is # and six digits, for example #8a1c1c.")
    ratio = contrast(colour, ground)
    if ratio >= ENOUGH:
        return ""
    advice = _("Choose a darker one.") if luminance(ground) > 0.5 else _("Choose a lighter one.")
    return format_lazy(
        "{} {}",
        _("Too little contrast to read: %(ratio)s to 1 on %(ground)s, and 4.5 to 1 is needed.")
        % {"ratio": f"{ratio:.1f}", "ground": ground},
        advice,
    )
