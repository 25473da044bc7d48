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

STEP_NS = 100_000_000
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
    _seen: int = -1  # when the folder last changed, as of the last look

    def look(self) -> bool:
        """Take what is new. Returns whether the number in `applied` moved. Never raises for bad files."""
        before = self.applied
        if self._next_ones() or self._is_as_it_was():
            return self.applied != before
        bases, segments = manifest.numbers(self.folder, self.applied)
        if not segments and not self._last_is_there():
            segments = manifest.numbers(self.folder)[1]
            highest = max([*bases, *segments], default=0)
            if not highest:
                return False
            if highest < self.applied:
                log.warning("the manifest went back from %d to %d: loading it anew", self.applied, highest)
                self._start_over()
        if bases and bases[-1] > self.applied and not self._reachable(bases[-1], segments):
            self._load_base(bases)
        self._follow([number for number in segments if number > self.applied])
        return self.applied != before

    def _next_ones(self) -> bool:
        """Take the segments that come next, by their names alone; return whether there were any.

        That is all there is to do at most times. What is out of order is for a look that finds none.
        """
        if self._taken or self._broken or not len(self.pages.table):
            return False
        before = self.applied
        while (self.folder / manifest.segment_name(self.applied + 1)).exists():
            self._follow([self.applied + 1])
            if self._taken or self._broken:
                break
        return self.applied != before

    def _is_as_it_was(self) -> bool:
        """Return whether no file has come or gone since a look that took all there was.

        A folder's time moves in steps of some milliseconds, so one that has just changed is not believed.
        """
        try:
            stamp = self.folder.stat().st_mtime_ns
        except OSError:
            return False
        if stamp == self._seen and not self._taken and not self._broken:
            return True
        self._seen = stamp if time.time_ns() - stamp > STEP_NS else -1
        return False

    def _last_is_there(self) -> bool:
        return (self.folder / manifest.segment_name(self.applied)).exists()

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
