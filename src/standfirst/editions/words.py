"""The site's own words, which the theme hands down: every channel says `Unverified` as the pages do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol


class Words(Protocol):
    """The messages of one language."""

    def text(self, key: str, /, **values: object) -> str:
        """Return the message `key` with `values` filled in. Raises LookupError for a key that is none."""
        ...

    def plural(self, key: str, number: int, /, **values: object) -> str:
        """Return the form of `key` that goes with `number`."""
        ...


@dataclass(slots=True)
class _Wiring:
    speak: Callable[[str], Words] | None = None
    print: Callable[[], str] | None = None


_wiring = _Wiring()


def set_words(speak: Callable[[str], Words], fingerprint: Callable[[], str]) -> None:
    """Say where words come from: `speak` gives those of a BCP 47 tag. Called once when the program starts.

    `fingerprint` changes when any word does, and with it every feed drawn.
    """
    _wiring.speak, _wiring.print = speak, fingerprint


def words(language: str) -> Words:
    """Return the words of a BCP 47 tag. Raises LookupError when no room has provided any."""
    if _wiring.speak is None:
        raise LookupError("no words are registered; is standfirst.theme installed?")
    return _wiring.speak(language)


def fingerprint() -> str:
    """Return what changes with the words."""
    return _wiring.print() if _wiring.print else ""
