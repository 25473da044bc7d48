"""Who made it: names out of a wire's bylines and credits."""

from __future__ import annotations

import re

_INTRODUCTIONS = re.compile(
    r"^\s*(?:by|from|story by|text|text by|photo|photos|photo by|foto|fotos|foto av|von|av|af|par|por|di|da"
    r"|door|fra|автор|автори|текст|фото|автор фото)\s*(?::\s*|\s+)",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\s*(?:[;|,\n]|\s&\s|\s(?:and|und|och|og|et|y|e|en|та|і|й|и|або)\s)\s*", re.IGNORECASE)
_LONGEST = 200
_MOST = 12


def names(by: str) -> tuple[str, ...]:
    """Return the names in a byline such as "By Ann Lee and Jo Wu, dpa": each once, in order."""
    text = " ".join(_INTRODUCTIONS.sub("", by.replace("\n", " ; ")).split())
    found = [part.strip(" .,;:–—-/") for part in _BETWEEN.split(text)]
    return tuple(dict.fromkeys(name[:_LONGEST] for name in found if re.search(r"\w", name)))[:_MOST]


def photographer_and_agencies(by: str, holders: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """Return who took a picture and the agencies it came through, from "Ann Lee / AP" and the holders."""
    text = _INTRODUCTIONS.sub("", " ".join(by.split()))
    parts = [part.strip() for part in re.split(r"\s*/\s*|\s+via\s+|\s*,\s*", text) if part.strip()]
    photographer = parts[0] if parts and parts[0] not in holders else ""
    agencies = [*parts[1 if photographer else 0 :], *holders]
    kept = [one for one in dict.fromkeys(agencies) if one.casefold() != photographer.casefold()]
    return photographer[:_LONGEST], tuple(one[:100] for one in kept[:2])
