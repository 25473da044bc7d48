"""What a renderer may read, and the reader that notes it.

A *key* is a facet of a record (`story:01j…/card`, `story:01j…/body`, `list:section/01j…/head`). It moves
only when that facet's content changes. Whatever a renderer read, a miss included, is noted, and when one of
these keys moves, the page is baked again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol


@dataclass(frozen=True, slots=True)
class Page:
    """What an address holds at a snapshot.

    `owner` is the record or list behind it (`story:01j…`), `renderer` the name of what draws it. A moved
    address names its `target`, a path.
    """

    path: str
    owner: str
    renderer: str
    state: Literal["live", "moved", "gone"]
    target: str = ""
    language: str = ""


class Source(Protocol):
    """Where records come from. The room above provides one; see `bake.registry.set_source`.

    Values are immutable and may be shared between bakes. All reads inside one `snapshot` see the same
    state of the database.
    """

    def snapshot(self) -> AbstractContextManager[int]:
        """Open a consistent view; gives the last sequence number it holds."""
        ...

    def read(self, key: str) -> object | None:
        """Return the value of a key in the open snapshot, or None where there is nothing."""
        ...

    def page(self, path: str) -> Page | None:
        """Return what the address `path` holds in the open snapshot, or None for no such address."""
        ...


class RecordingReader:
    """The only door from a renderer to the records. Notes every key, and the instants the output hangs on."""

    def __init__(
        self,
        source: Source,
        as_of: datetime,
        overlay: Mapping[str, object] | None = None,
        files: Callable[[str], bytes] | None = None,
    ) -> None:
        """`overlay` puts values in front of the source's: that is how a draft is previewed.

        `files` gives the bytes that a record names by their SHA-256.
        """
        self._source = source
        self._overlay = overlay or {}
        self._files = files
        self.as_of = as_of
        self.keys: set[str] = set()
        self.changes_at: datetime | None = None
        self.removal_at: datetime | None = None
        self.newest: datetime | None = None  # of what was published among the things read

    def read(self, key: str) -> object | None:
        """Return the value of `key`, or None; either way the key is noted."""
        self.keys.add(key)
        value = self._overlay[key] if key in self._overlay else self._source.read(key)
        at = getattr(value, "published_at", None)
        if at is not None and (self.newest is None or at > self.newest):
            self.newest = at
        return value

    def file(self, name: str) -> bytes:
        """Return the bytes that a record names by their SHA-256, as a picture's rendition does.

        Nothing is noted: under this name there are never other bytes. Raises LookupError without the file.
        """
        if self._files is None:
            raise LookupError(f"no files are at hand here, so not {name}")
        return self._files(name)

    def appears(self, at: datetime) -> bool:
        """Return whether something that appears at `at` is there; if not yet, the page changes then."""
        if at <= self.as_of:
            return True
        self.changes_at = min(at, self.changes_at or at)
        return False

    def ends(self, at: datetime) -> bool:
        """Return whether something that ends at `at` has ended; if not yet, the edge removes it then.

        For removals only. The page as it will be without it is baked ahead and handed to the edge.
        """
        if at <= self.as_of:
            return True
        self.changes_at = min(at, self.changes_at or at)
        self.removal_at = min(at, self.removal_at or at)
        return False
