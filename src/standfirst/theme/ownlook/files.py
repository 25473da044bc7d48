"""What lies in a look folder: read as bytes, before anything is believed of it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from standfirst.theme.ownlook.problems import Problem

TOKENS, RULES = "tokens.css", "site.css"
FILE_KINDS = {
    "fonts": (".woff2",),
    "files": (".svg", ".png", ".jpg", ".webp", ".avif"),
    "templates": (".html",),
    "strings": (".po",),
}
"""Folder to the kinds of file it may hold."""

LARGEST = 400_000
"""Bytes of one file: readers on slow phones fetch it."""
MOST = 200
"""Files of a look."""


@dataclass(frozen=True, slots=True)
class Source:
    """The files of a look by their path in its folder; `lost` are those that could not be read, and why."""

    files: dict[str, bytes]
    lost: tuple[Problem, ...] = ()

    @property
    def digest(self) -> str:
        """Return a hash of paths and bytes; "" for an empty folder."""
        digest = hashlib.sha256()
        for path, body in sorted(self.files.items()):
            digest.update(f"{path}\0{len(body)}\0".encode() + body)
        return digest.hexdigest()[:16] if self.files else ""

    def below(self, folder: str) -> dict[str, bytes]:
        """Return the files of a folder, by their path in it."""
        start = f"{folder}/"
        return {path.removeprefix(start): body for path, body in self.files.items() if path.startswith(start)}

    def text(self, path: str) -> str:
        """Return a file as text; "" where there is none. Raises UnicodeDecodeError."""
        return self.files.get(path, b"").decode("utf-8-sig")


def read(folder: Path) -> Source:
    """Read a look folder, whatever it holds. Files that vanish meanwhile are left out."""
    files = {}
    lost = []
    for path, file in _listed(folder):
        try:
            files[path] = file.read_bytes()
        except FileNotFoundError:
            continue
        except OSError as error:
            lost.append(Problem(path, 0, f"cannot be read: {error.strerror}"))
    return Source(files, tuple(lost))


def stamp(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """Return what changes when a file of the folder does: path, time and size of each."""
    found = []
    for path, file in _listed(folder):
        try:
            state = file.stat()
        except FileNotFoundError:
            continue
        found.append((path, state.st_mtime_ns, state.st_size))
    return tuple(found)


def problems(source: Source) -> Iterator[Problem]:
    """Yield what has no place in a look, or is too large for readers."""
    yield from source.lost
    if len(source.files) > MOST:
        yield Problem("", 0, f"a look has at most {MOST} files; this one has {len(source.files)}")
    for path, body in source.files.items():
        if not _has_a_place(path):
            yield Problem(path, 0, "has no place in a look; there is " + _places())
        elif len(body) > LARGEST:
            yield Problem(path, 0, f"has {len(body):,} bytes; readers get at most {LARGEST:,} in a file")


def _listed(folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield (path, file) in order; what editors and file managers leave behind, and notes, do not count."""
    for file in sorted(folder.rglob("*")):
        path = file.relative_to(folder)
        hidden = any(part.startswith((".", "#")) for part in path.parts)
        if not hidden and not file.name.endswith(("~", ".md", ".txt")) and file.is_file():
            yield path.as_posix(), file


def _has_a_place(path: str) -> bool:
    folder, _, rest = path.partition("/")
    if not rest:
        return path in (TOKENS, RULES)
    deep = "/" in rest and folder != "templates"
    return not deep and rest.endswith(FILE_KINDS.get(folder, ("\0",)))


def _places() -> str:
    folders = (f"{folder}/*{' *'.join(kinds)}" for folder, kinds in FILE_KINDS.items())
    return ", ".join((TOKENS, RULES, *folders))
