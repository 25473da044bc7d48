"""Languages by the names that their speakers have for them."""

from __future__ import annotations

from functools import cache

from babel import Locale, UnknownLocaleError

_NO_ONES = ("und", "mul", "zxx", "root")
"""What BCP 47 has for texts in no language, or in any."""


def canonical(tag: str) -> str:
    """Return a language tag as BCP 47 writes it: `en`, `pt-BR`, `zh-Hant`. Raises ValueError for none."""
    first, *rest = tag.strip().replace("_", "-").split("-")
    found = "-".join([first.lower(), *map(_cased, rest)])
    try:
        Locale.parse(found, sep="-")
    except (UnknownLocaleError, ValueError) as error:
        raise ValueError(f"{tag} is no language") from error
    if first.lower() in _NO_ONES:
        raise ValueError(f"{tag} is no language")
    return found


def _cased(part: str) -> str:
    """Return a part of a tag as it is written: a script `Hant`, a country `BR`, the rest small."""
    return part.title() if len(part) == 4 else part.upper() if len(part) == 2 else part.lower()


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
