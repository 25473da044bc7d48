"""Which path answers what, in memory: one line of the manifest a path, parsed when it is asked for."""

from __future__ import annotations

import itertools
from collections.abc import Iterable

from standfirst.edge import manifest
from standfirst.edge.manifest import Entry


class Table:
    """The paths of a site.

    The follower writes, the server's own thread reads. Every step is one dictionary operation, so a
    reader sees the old line or the new one.
    """

    def __init__(self) -> None:
        self._lines: dict[str, bytes] = {}

    def __len__(self) -> int:
        return len(self._lines)

    def __contains__(self, path: object) -> bool:
        return path in self._lines

    def line(self, path: str) -> bytes | None:
        """Return the line of a path: the same object for as long as nothing changed."""
        return self._lines.get(path)

    def lines(self) -> list[bytes]:
        """Return all lines, as they are."""
        return list(self._lines.values())

    def entry(self, path: str) -> Entry | None:
        line = self._lines.get(path)
        return None if line is None else manifest.parse(line)

    def replace(self, lines: Iterable[bytes]) -> None:
        """Take the lines of a base, and nothing else, from now on."""
        path_of = manifest.path_of
        self._lines = {path_of(line): line for line in lines}

    def merge(self, lines: Iterable[bytes]) -> list[str]:
        """Take the lines of a segment; return the paths that changed. A stale line changes nothing."""
        changed = []
        for line in lines:
            path = manifest.path_of(line)
            before = self._lines.get(path)
            if before == line:
                continue
            if before is not None and manifest.parse(before).seq > manifest.parse(line).seq:
                continue
            self._lines[path] = line
            changed.append(path)
        return changed

    def bytes_held(self) -> int:
        """Return about how many bytes the table takes."""
        sample = list(itertools.islice(self._lines.items(), 1000))
        each = sum(len(path) + len(line) + 190 for path, line in sample) / max(1, len(sample))
        return int(each * len(self._lines))
