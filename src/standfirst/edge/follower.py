"""Follows the manifest: woken by the bus, with a look at the folder now and then as the safety net.

A file that is cut short, altered or missing changes nothing: the old pages stay, the file is tried again
at every look, and later segments are taken meanwhile. The number we report stays below it, because its
paths are not visible.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from standfirst.edge import manifest
from standfirst.edge.handler import Pages
from standfirst.edge.manifest import ManifestError

log = logging.getLogger("standfirst.edge")

GAP_SECONDS = 2.0  # how long to wait for a number that was skipped before passing over it


@dataclass
class Follower:
    """Brings `pages` to what `folder` says. `applied` is the segment up to which all is served."""

    folder: Path
    pages: Pages
    applied: int = 0
    _taken: set[int] = field(default_factory=set)  # segments above `applied` that are served already
    _missing: dict[int, float] = field(default_factory=dict)  # numbers not found, since when
    _broken: set[str] = field(default_factory=set)

    def look(self) -> bool:
        """Take what is new. Returns whether the number in `applied` moved. Never raises for bad files."""
        before = self.applied
        bases, segments = _names(self.folder)
        if not bases and not segments:
            return False
        highest = max([*bases, *segments])
        if highest < self.applied:
            log.warning("the manifest went back from %d to %d: loading it anew", self.applied, highest)
            self._start_over()
        if bases and bases[-1] > self.applied and not self._reachable(bases[-1], segments):
            self._load_base(bases)
        self._follow([number for number in segments if number > self.applied])
        return self.applied != before

    def _reachable(self, base: int, segments: list[int]) -> bool:
        """Return whether the segments on disk lead from here to `base` without a gap."""
        if not len(self.pages.table):
            return False
        there = set(segments) | self._taken
        return all(number in there for number in range(self.applied + 1, base + 1))

    def _start_over(self) -> None:
        self.applied = 0
        self._taken.clear()
        self._missing.clear()

    def _load_base(self, bases: Iterable[int]) -> None:
        """Take the newest base that is whole."""
        for number in sorted(bases, reverse=True):
            if number <= self.applied:
                return
            lines = self._read(manifest.base_name(number))
            if lines is not None:
                self.pages.table.replace(lines)
                self.pages.cache.clear()
                self._start_over()
                self.applied = number
                return

    def _follow(self, numbers: list[int]) -> None:
        late = False
        for number in numbers:
            if number in self._taken and not late:
                continue
            lines = self._read(manifest.segment_name(number))
            if lines is None:
                continue
            # A segment that was broken and is whole now: those after it go over it once more, in order.
            late = late or any(taken > number for taken in self._taken)
            for path in self.pages.table.merge(lines):
                self.pages.cache.drop(path)
            self._taken.add(number)
        self._advance(numbers)

    def _advance(self, numbers: list[int]) -> None:
        """Move `applied` over everything taken, and over numbers that have not come for a while."""
        there = set(numbers)
        while self._taken:
            following = self.applied + 1
            if following in self._taken:
                self._taken.discard(following)
                self._missing.pop(following, None)
            elif following in there or not self._given_up(following):
                return
            self.applied = following

    def _given_up(self, number: int) -> bool:
        since = self._missing.setdefault(number, time.monotonic())
        if time.monotonic() - since < GAP_SECONDS:
            return False
        log.error("segment %d never came: passing over it", number)
        del self._missing[number]
        return True

    def _read(self, name: str) -> list[bytes] | None:
        try:
            lines = manifest.split((self.folder / name).read_bytes(), name)[2]
        except (OSError, ManifestError, ValueError) as problem:
            if name not in self._broken:
                self._broken.add(name)
                log.error("%s: %s; the pages stay as they are, it is tried again", name, problem)
            return None
        if name in self._broken:
            self._broken.discard(name)
            log.info("%s: whole again", name)
        return lines


def _names(folder: Path) -> tuple[list[int], list[int]]:
    """Return the numbers of all bases and all segments, in order."""
    bases: list[int] = []
    segments: list[int] = []
    try:
        names = [path.name for path in folder.iterdir()]
    except OSError:
        return [], []
    for name in names:
        kind, _, digits = name.partition("-")
        if digits.isdigit() and kind in ("base", "seg"):
            (bases if kind == "base" else segments).append(int(digits))
    return sorted(bases), sorted(segments)
