"""Manifest files: the next segment, a new base, and what lies there after a crash.

Each is linked to its own name when it is whole and synced, and a name that exists is never taken again.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Literal

from standfirst.bake import store
from standfirst.edge import manifest
from standfirst.edge.manifest import Entry, base_name, segment_name
from standfirst.edge.table import Table

KEPT = 900.0
"""Seconds for which files that a base replaces stay, for edges that are behind."""


def folder(root: Path) -> Path:
    return root / "manifest"


def write(root: Path, kind: Literal["base", "segment"], number: int, entries: Iterable[Entry]) -> None:
    """Write a manifest file, durable when this returns. Raises FileExistsError when the number is taken."""
    name = base_name(number) if kind == "base" else segment_name(number)
    _put(root, name, manifest.encode(kind, number, entries))


def _put(root: Path, name: str, data: bytes) -> None:
    target = folder(root) / name
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = store.temporary_path(root, name)
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
    try:
        store.write_whole(descriptor, data)
        os.fsync(descriptor)
        os.link(temporary, target)
    finally:
        os.close(descriptor)
        temporary.unlink(missing_ok=True)
    for place in (target.parent, *store.young_above(target.parent, root)):
        store.sync_folder(place)


def exists(root: Path, number: int) -> bool:
    return (folder(root) / segment_name(number)).exists()


def last(root: Path) -> int:
    """Return the highest number that a file of the manifest bears, 0 when there is none."""
    base, segments = manifest.listing(folder(root))
    return segments[-1] if segments else base


def count(root: Path) -> int:
    """Return how many segments lie after the base."""
    return len(manifest.listing(folder(root))[1])


def read(root: Path, name: str) -> list[Entry]:
    """Return the entries of one file. Raises ManifestError, OSError."""
    return manifest.decode((folder(root) / name).read_bytes(), name).entries


def read_all(root: Path) -> tuple[int, dict[str, Entry]]:
    """Return the number reached and each path's entry. Raises ManifestError when a file is not whole."""
    base, segments = manifest.listing(folder(root))
    paths: dict[str, Entry] = {}
    if base:
        manifest.merge(paths, read(root, base_name(base)))
    for number in segments:
        manifest.merge(paths, read(root, segment_name(number)))
    return (segments[-1] if segments else base), paths


def compact(root: Path) -> int | None:
    """Write a base of all there is; return its number, or None when another baker did.

    Lines are taken as they are: of 300,000 paths hardly one has changed, and parsing all takes seconds.
    """
    base, segments = manifest.listing(folder(root))
    number = segments[-1] if segments else base
    table = Table()
    for name in [*([base_name(base)] if base else []), *map(segment_name, segments)]:
        table.merge(manifest.split((folder(root) / name).read_bytes(), name)[2])
    with contextlib.suppress(FileExistsError):
        _put(root, base_name(number), manifest.encode_lines("base", number, table.lines()))
        return number
    return None


def compact_apart(root: Path) -> subprocess.Popen[bytes]:
    """Begin `compact` in a process of its own and return that: no publish waits the seconds it may take.

    Its memory goes back when it ends: 300,000 paths take 100 MB.
    """
    command = [sys.executable, "-c", _COMPACT, str(root)]
    return subprocess.Popen(command, stdin=subprocess.DEVNULL)  # noqa: S603 - our own interpreter


_COMPACT = """
import os, sys
from pathlib import Path
from standfirst.bake.segments import compact
os.nice(10)
compact(Path(sys.argv[1]))
"""


def sweep(root: Path, now: float | None = None) -> list[str]:
    """Remove files that two later bases have replaced, once they are old; return their names."""
    now = time.time() if now is None else now
    files = {path.name: path for path in folder(root).glob("*-*")}
    bases = sorted(int(name[5:]) for name in files if name.startswith("base-"))
    if len(bases) < 2:
        return []
    kept = bases[-2]
    removed = []
    for name, path in sorted(files.items()):
        kind, _, digits = name.partition("-")
        replaced = digits.isdigit() and (int(digits) < kept or (kind == "seg" and int(digits) == kept))
        if replaced and now - path.stat().st_mtime > KEPT:
            path.unlink(missing_ok=True)
            removed.append(name)
    return removed
