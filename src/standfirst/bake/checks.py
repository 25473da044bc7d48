"""Comparing the store with itself and with the index: what readers get is whole, and all of it is known."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from standfirst.bake import index, segments
from standfirst.edge import blobs
from standfirst.edge.blobs import BlobError
from standfirst.edge.manifest import Entry, ManifestError
from standfirst.kit.canonical import digest
from standfirst.kit.sitefolder import SiteFolder


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that is not as it should be, where, and how it is mended."""

    what: str
    where: str
    mend: str

    def __str__(self) -> str:
        return f"{self.what} {self.where}; {self.mend}"


def verify(site: SiteFolder, *, tick: Callable[[int, int], None] | None = None) -> list[Problem]:
    """Read every manifest entry and every blob it names, compare hashes, then compare with the index.

    `tick(done, total)` is called as blobs are read. Nothing is changed.
    """
    try:
        reached, entries = _settled(site.store)
    except (ManifestError, OSError) as error:
        mend = "restore store/manifest from a backup, or empty it and run `standfirst bake --all`"
        return [Problem("manifest", str(error), mend)]
    problems = list(_blobs(site.store, entries, tick))
    problems += _index(reached, entries)
    return problems + _failing()


def _settled(store: Path) -> tuple[int, dict[str, Entry]]:
    """Read the manifest; once more when a baker wrote a segment meanwhile."""
    for _ in range(5):
        reached, entries = segments.read_all(store)
        if _segment() == reached:
            break
        time.sleep(0.1)
    return reached, entries


def _segment() -> int:
    ((segment,),) = index.rows("SELECT segment FROM bake_state WHERE id = 1") or [(0,)]
    return int(segment)


def named_blobs(entries: Iterable[Entry]) -> dict[str, str]:
    """Return the blobs that entries name, each with a path that does."""
    named: dict[str, str] = {}
    for entry in entries:
        if entry.blob:
            named[entry.blob] = entry.path
        named |= {removal.blob: entry.path for removal in entry.removals()}
    return named


def _blobs(
    store: Path, entries: dict[str, Entry], tick: Callable[[int, int], None] | None
) -> Iterator[Problem]:
    named = named_blobs(entries.values())
    for done, (name, path) in enumerate(named.items(), 1):
        try:
            whole = digest(blobs.read(store, name).plain) == name
            error = "its bytes do not fit its name"
        except (BlobError, OSError) as failure:
            whole, error = False, str(failure)
        if not whole:
            mend = f"remove store/blobs/{name[:2]}/{name} and run `standfirst bake {path}`"
            yield Problem("blob", f"{path}: {error}", mend)
        if tick is not None:
            tick(done, len(named))


def _index(reached: int, entries: dict[str, Entry]) -> Iterator[Problem]:
    """What the index believes is served must be what the manifest says; a baker at work may be between."""
    restart = "restart the bakers: they make both agree as they start"
    segment = _segment()
    if segment != reached:
        yield Problem("index", f"the index is at segment {segment}, the manifest at {reached}", restart)
    known = index.rows("SELECT path, blob, status FROM bake_path WHERE entry <> ''")
    for path, blob, status in known:
        entry = entries.get(path)
        if entry is None:
            yield Problem("manifest", f"{path} was baked but is not listed", f"`standfirst bake {path}`")
        elif (entry.blob, entry.status) != (blob, status) and segment == reached:
            yield Problem("manifest", f"{path} answers other bytes than baked", f"`standfirst bake {path}`")
    strangers = entries.keys() - {path for path, *_ in index.rows("SELECT path FROM bake_path")}
    for path in sorted(strangers):
        yield Problem("index", f"{path} is served but the index does not know it", restart)


def _failing() -> list[Problem]:
    rows = index.rows("SELECT path, error, failures FROM bake_path WHERE failures > 0 ORDER BY path")
    mend = "the old page is served; mend the cause, it is tried again by itself"
    return [Problem("page", f"{path} failed {count} times: {error}", mend) for path, error, count in rows]
