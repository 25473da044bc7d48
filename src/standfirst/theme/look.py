"""The newsroom's own look as this process draws with it now, and caches that hang on it.

A look is checked before it comes here (see `ownlook/`), so nothing below fails for what a newsroom wrote,
but for templates that meet a story nobody tried them on.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Generic, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Face:
    """An upright typeface of the newsroom's own: what `@font-face` says of a file."""

    family: str
    file: str
    ranges: tuple[tuple[int, int], ...]  # first and last code point; empty means every letter

    def has(self, letter: str) -> bool:
        """Return whether the face is used for `letter`."""
        return not self.ranges or any(first <= ord(letter) <= last for first, last in self.ranges)


@dataclass(frozen=True, eq=False, slots=True)
class Look:
    """What a newsroom puts over the theme. Two with the same digest are the same; without one it is none."""

    digest: str = ""
    style: str = ""  # CSS to stand after the theme's own; its addresses are those of `files`
    tokens: Mapping[str, str] = field(default_factory=dict)  # as they stand outside of every @media
    faces: tuple[Face, ...] = ()
    templates: Mapping[str, str] = field(default_factory=dict)  # path below templates/ to source
    files: Mapping[str, bytes] = field(default_factory=dict)  # fonts and pictures by name
    words: Mapping[str, bytes] = field(default_factory=dict)  # language to its catalogue
    live: bool = False  # pages look by themselves whether the look changed

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Look) and (self.digest, self.live) == (other.digest, other.live)

    def __hash__(self) -> int:
        return hash((self.digest, self.live))

    @property
    def name(self) -> str:
        """Return what tells this look from every other, for fingerprints and for pages that watch it."""
        return f"{self.digest or 'plain'}{'-live' if self.live else ''}"


@dataclass(slots=True)
class _InUse:
    look: Look = field(default_factory=Look)


_in_use = _InUse()


def current() -> Look:
    """Return the look that this process draws with."""
    return _in_use.look


def use(look: Look) -> bool:
    """Draw with `look` from now on; return whether that is another one than before."""
    before, _in_use.look = _in_use.look, look
    return before != look


@contextlib.contextmanager
def temporarily(look: Look) -> Iterator[None]:
    """Draw with `look` for the length of a `with` block: to try one on."""
    before = _in_use.look
    _in_use.look = look
    try:
        yield
    finally:
        _in_use.look = before


class PerLook(Generic[P, R]):
    """A function whose answers are kept for the look in use and the one before it."""

    def __init__(self, function: Callable[P, R]) -> None:
        self._function = function
        self._kept: dict[Look, dict[tuple[object, ...], R]] = {}

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        look = current()
        kept = self._kept.get(look)
        if kept is None:
            kept = {}
            self._kept = {**dict(list(self._kept.items())[-1:]), look: kept}
        key = (args, *kwargs.items())
        if key not in kept:
            kept[key] = self._function(*args, **kwargs)
        return kept[key]

    def cache_clear(self) -> None:
        """Forget all answers."""
        self._kept = {}


def per_look(function: Callable[P, R]) -> PerLook[P, R]:
    """Keep the answers of `function` for as long as the look stays the same."""
    return PerLook(function)
