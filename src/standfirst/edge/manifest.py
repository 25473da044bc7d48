"""The manifest: which path answers what. Bakers write it, edges follow it, and nothing else joins the two.

`store/manifest/` holds one immutable base and numbered segments after it:

    base-0000000120      every path, as of segment 120
    seg-0000000121       the paths that changed, one segment a batch of bakes

A file is a head line, one JSON line an entry, and a last line with the SHA-256 of all before it. A file
is written under another name, synced and linked to its own, so that it is there whole or not at all.
A later entry of a path replaces an earlier one; an entry with a lower `seq` than the path's own is stale
and ignored, so that older never overwrites newer.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

FORMAT = 1
_HIGHEST = 9_999_999_999

Cache = Literal["page", "immutable"]


class ManifestError(ValueError):
    """A manifest file that is not whole, or not ours. The message names the file and what is wrong."""


@dataclass(frozen=True, slots=True)
class Removal:
    """What a path turns into at an instant known beforehand: a flag or a licence that ends.

    The edge performs it by itself, with everything else switched off. Only removals are baked ahead:
    bytes under embargo never leave the database early.
    """

    at: float  # Unix seconds
    status: int
    blob: str
    then: Removal | None = None  # what of it ends later

    def steps(self) -> Iterator[Removal]:
        """Yield this and all that follow, in order of their instants."""
        step: Removal | None = self
        while step is not None:
            yield step
            step = step.then


@dataclass(frozen=True, slots=True)
class Entry:
    """One path's answer.

    `blob` names the body in `store/blobs/` (empty for a redirect), `seq` is the sequence number of the
    records it was rendered from, `keys` are its surrogate keys for caches in front.
    """

    path: str
    status: int  # 200, 301, 404, 410 or 503
    blob: str = ""
    content_type: str = "text/html; charset=utf-8"
    seq: int = 0
    cache: Cache = "page"
    location: str = ""
    keys: tuple[str, ...] = ()
    removal: Removal | None = None

    def removals(self) -> tuple[Removal, ...]:
        """Return what this turns into, step by step."""
        return tuple(self.removal.steps()) if self.removal else ()

    def at(self, now: float) -> tuple[Removal | None, Removal | None]:
        """Return the removal whose result stands there at `now`, and the one that comes next."""
        over = [step for step in self.removals() if step.at <= now]
        return (over[-1], over[-1].then) if over else (None, self.removal)


@dataclass(frozen=True, slots=True)
class ManifestFile:
    """A parsed base or segment."""

    kind: Literal["base", "segment"]
    number: int
    entries: list[Entry]


def base_name(number: int) -> str:
    return f"base-{number:010d}"


def segment_name(number: int) -> str:
    return f"seg-{number:010d}"


def encode(kind: Literal["base", "segment"], number: int, entries: Iterable[Entry]) -> bytes:
    """Return the bytes of a manifest file."""
    return encode_lines(kind, number, [_line(entry) for entry in entries])


def encode_lines(kind: Literal["base", "segment"], number: int, lines: Sequence[bytes]) -> bytes:
    """Return the bytes of a manifest file of lines as `split` gives them."""
    head = f"standfirst-{kind} {FORMAT} {number} {len(lines)}".encode()
    body = b"\n".join([head, *lines, b""])
    return body + b"sha256 " + hashlib.sha256(body).hexdigest().encode() + b"\n"


def decode(data: bytes, name: str = "manifest file") -> ManifestFile:
    """Read a manifest file.

    Raises ManifestError when it is cut short, altered, or of a format this version does not know.
    """
    kind, number, lines = split(data, name)
    return ManifestFile(kind, number, [parse(line) for line in lines])


def split(data: bytes, name: str = "manifest file") -> tuple[Literal["base", "segment"], int, list[bytes]]:
    """Check a manifest file; return its kind, its number and the lines of its entries, not yet parsed.

    An edge with 100,000 paths keeps the lines as they are: a third of the memory, a tenth of the time.
    Raises ManifestError as `decode` does.
    """
    end = data.rfind(b"sha256 ")
    if (
        end < 0
        or data[end:] != b"sha256 " + hashlib.sha256(memoryview(data)[:end]).hexdigest().encode() + b"\n"
    ):
        raise ManifestError(f"{name}: cut short or altered; its checksum does not fit")
    lines = data[:end].split(b"\n")
    words = lines.pop(0).decode("ascii", "replace").split(" ")
    if (
        len(words) != 4
        or words[0] not in ("standfirst-base", "standfirst-segment")
        or words[1] != str(FORMAT)
    ):
        raise ManifestError(f"{name}: format {' '.join(words)[:60]!r} is not known to this version")
    lines.pop()
    if len(lines) != int(words[3]):
        raise ManifestError(f"{name}: holds {len(lines)} entries, its head says {words[3]}")
    return "base" if words[0] == "standfirst-base" else "segment", int(words[2]), lines


def parse(line: bytes) -> Entry:
    """Return the entry of one line of a manifest file."""
    return _entry(json.loads(line))


def path_of(line: bytes) -> str:
    """Return the path a line is about, without parsing the rest where that can be helped."""
    end = line.find(b'",', 2)
    raw = line[2:end]
    return str(json.loads(line)[0]) if b"\\" in raw else raw.decode()


def numbers(folder: Path, after: int = 0) -> tuple[list[int], list[int]]:
    """Return the numbers of all bases and of the segments above `after`, in order; none without a folder.

    After a site was baked from nothing there are thousands of segments, and edges look at every publish: so
    names are compared as they are, which for figures of one length is the order of their numbers.
    """
    try:
        names = os.listdir(folder)  # noqa: PTH208 - thousands of names, no paths
    except OSError:
        return [], []
    last = segment_name(after)
    bases = [name for name in names if name.startswith("base-")]
    segments = [name for name in names if name > last and name.startswith("seg-")]
    return _numbers(bases), _numbers(segments)


def _numbers(names: list[str]) -> list[int]:
    digits = (name.partition("-")[2] for name in names)
    return sorted(int(one) for one in digits if one.isdigit())


def listing(folder: Path) -> tuple[int, list[int]]:
    """Return the newest base's number (0 when there is none) and the segments after it, in order."""
    base = max(numbers(folder, _HIGHEST)[0], default=0)
    return base, numbers(folder, base)[1]


def merge(paths: dict[str, Entry], entries: Iterable[Entry]) -> list[str]:
    """Put `entries` into `paths`; return the paths that changed. A stale entry changes nothing."""
    changed = []
    for entry in entries:
        before = paths.get(entry.path)
        if before is not None and before.seq > entry.seq:
            continue
        paths[entry.path] = entry
        changed.append(entry.path)
    return changed


def _line(entry: Entry) -> bytes:
    fields = [
        entry.path, entry.status, entry.blob, entry.content_type, entry.seq, entry.cache, entry.location,
        " ".join(entry.keys), _written(entry.removal),
    ]  # fmt: skip
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode()


def _written(removal: Removal | None) -> list[object] | None:
    if removal is None:
        return None
    fields: list[object] = [removal.at, removal.status, removal.blob]
    return [*fields, _written(removal.then)] if removal.then else fields


def _removal(fields: list[Any] | None) -> Removal | None:
    if not fields:
        return None
    at, status, blob, *then = fields
    return Removal(at, status, blob, _removal(then[0]) if then else None)


def _entry(fields: list[object]) -> Entry:
    path, status, blob, content_type, seq, cache, location, keys, removal = fields
    return Entry(
        path, status, blob, content_type, seq, cache, location,  # type: ignore[arg-type]
        tuple(keys.split()), _removal(removal),  # type: ignore[attr-defined,arg-type]
    )  # fmt: skip
