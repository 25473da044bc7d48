"""Languages by the names that their speakers have for them."""

from __future__ import annotations

from functools import cache

from babel import Locale, UnknownLocaleError


@cache
def own_name(tag: str) -> str:
    """Return what a language calls itself, as it stands in a menu: `Українська`; the tag where unknown."""
    try:
        name = Locale.parse(tag, sep="-").get_display_name()
    except (UnknownLocaleError, ValueError):
        return tag
    return capitalised(name or tag)


def capitalised(text: str) -> str:
    """Return `text` as it stands at the head of a line, with a capital where its script has them."""
    return text[:1].title() + text[1:]
