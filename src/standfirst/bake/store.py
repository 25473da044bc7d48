"""Writing blobs: by their content, whole or not at all, kept through a power cut by one sync a batch.

A blob is written under another name, synced, and only then renamed to its own: what bears a blob's name is
whole. Few files are synced one by one; from `FEW` on one `syncfs` of the file system costs less (measured:
7 files 10 ms against 6, 200 files 250 ms against 100).
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import socket
import time
import zlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import brotli  # type: ignore[import-untyped]

from standfirst.edge import blobs
from standfirst.edge.blobs import HEAD_SIZE, BlobError, Forms
from standfirst.kit.canonical import digest

FEW = 5
_YOUNG = 60.0
"""Seconds for which what others wrote may be lost yet: systems write everything back within half of it."""
_STALE = 600.0  # seconds after which an unfinished file of an unknown process is swept
_TEXTS = ("text/", "image/svg+xml", "application/json", "application/xml", "application/javascript")


class Effort(NamedTuple):
    """How hard a text is packed: levels of gzip and of brotli."""

    gzip: int
    brotli: int


QUICK = Effort(6, 5)
ONCE = Effort(9, 11)
"""For what every page needs and a version of the program packs once: a tenth smaller for 90 ms of CPU."""


@dataclass(slots=True)
class BlobWriter:
    """Writes the blobs of one batch; `flush` makes them durable and gives them their names."""

    root: Path
    _open: dict[str, tuple[int, Path]] = field(default_factory=dict)
    _young: set[Path] = field(default_factory=set)  # folders of what others wrote and may not have synced

    def put(self, body: bytes, content_type: str, effort: Effort = QUICK) -> str:
        """Write `body` unless it is there already; return its name. It counts after `flush`."""
        name = digest(body)
        if name in self._open:
            return name
        if not self.has(name):
            self._open[name] = self._write(name, blobs.encode(compress(body, content_type, effort)))
        elif time.time() - (path := blobs.blob_path(self.root, name)).stat().st_ctime < _YOUNG:
            self._young.add(path.parent)
        return name

    def has(self, name: str) -> bool:
        """Return whether the blob is there and whole. One in use is made young, so that no sweep takes it."""
        path = blobs.blob_path(self.root, name)
        try:
            descriptor = os.open(path, os.O_RDONLY)
        except FileNotFoundError:
            return False
        try:
            sizes = blobs.read_sizes(os.read(descriptor, HEAD_SIZE), name)
            stat = os.fstat(descriptor)
            if stat.st_size != HEAD_SIZE + sizes.plain + sizes.gzip + sizes.brotli:
                return False
            if time.time() - stat.st_mtime > 3600:
                os.utime(descriptor)
        except BlobError:
            return False
        finally:
            os.close(descriptor)
        return True

    def read(self, name: str) -> bytes:
        """Return the plain body of a blob that is in the store. Raises LookupError."""
        try:
            return blobs.read(self.root, name).plain
        except BlobError as error:
            raise LookupError(str(error)) from error

    def flush(self) -> None:
        """Sync all that was put, then rename each to its own name and sync the folders.

        What was there already and is young is made safe too: who wrote it may have died before its sync.
        """
        if not self._open and not self._young:
            return
        together = len(self._open) >= FEW
        try:
            if together:
                sync_all(self.root)
            else:
                for descriptor, _ in self._open.values():
                    os.fsync(descriptor)
            folders = self._young | self._name()
        except OSError:
            self.discard()
            raise
        self._young.clear()
        if together:
            sync_all(self.root)
            return
        for folder in folders.union(*(young_above(folder, self.root) for folder in folders)):
            sync_folder(folder)

    def _name(self) -> set[Path]:
        """Rename what was put; return the folders it lies in now."""
        folders = set()
        for name, (descriptor, temporary) in list(self._open.items()):
            target = blobs.blob_path(self.root, name)
            target.parent.mkdir(parents=True, exist_ok=True)
            temporary.rename(target)
            os.close(descriptor)
            del self._open[name]
            folders.add(target.parent)
        return folders

    def discard(self) -> None:
        """Forget what was put and not flushed."""
        for descriptor, temporary in self._open.values():
            os.close(descriptor)
            temporary.unlink(missing_ok=True)
        self._open.clear()
        self._young.clear()

    def _write(self, name: str, data: bytes) -> tuple[int, Path]:
        temporary = temporary_path(self.root, name)
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
        try:
            write_whole(descriptor, data)
        except OSError:
            os.close(descriptor)
            temporary.unlink(missing_ok=True)
            raise
        return descriptor, temporary


def compress(body: bytes, content_type: str, effort: Effort = QUICK) -> Forms:
    """Return the forms of a body: gzip and brotli for texts, where they make it smaller."""
    if not content_type.startswith(_TEXTS) and "+xml" not in content_type and "+json" not in content_type:
        return Forms(body)
    deflate = zlib.compressobj(effort.gzip, zlib.DEFLATED, 31)  # 31: with a gzip head, whose time is 0
    packed = deflate.compress(body) + deflate.flush()
    brotlied = brotli.compress(body, mode=brotli.MODE_TEXT, quality=effort.brotli)
    return Forms(
        body,
        packed if len(packed) < len(body) else b"",
        brotlied if len(brotlied) < len(body) else b"",
    )


def temporary_path(root: Path, name: str) -> Path:
    """Return a name nobody else uses, in the store's folder for unfinished files."""
    folder = root / "tmp"
    if not folder.is_dir():
        folder.mkdir(parents=True, exist_ok=True)
    return folder / f"{socket.gethostname()}-{os.getpid()}-{time.monotonic_ns()}-{name[:24]}"


def write_whole(descriptor: int, data: bytes) -> None:
    """Write all of `data`; a disk that takes a part raises OSError at the next part."""
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]


def sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def young_above(folder: Path, root: Path) -> set[Path]:
    """Return the folders above `folder`, up to the one that holds the store, where a name came lately.

    Whoever made a folder may not have synced its name yet, and what lies in it is no safer than that.
    """
    above = [one for one in folder.parents if one == root.parent or root.parent in one.parents]
    return {one for one in above if time.time() - one.stat().st_mtime < _YOUNG}


_libc = ctypes.CDLL(None, use_errno=True)


def sync_all(folder: Path) -> None:
    """Make the file system that holds `folder` durable (syncfs(2)). Raises OSError."""
    if not hasattr(_libc, "syncfs"):
        os.sync()
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        if _libc.syncfs(descriptor) != 0:
            number = ctypes.get_errno()
            raise OSError(number, os.strerror(number), str(folder))
    finally:
        os.close(descriptor)


def sweep(root: Path) -> int:
    """Remove unfinished files whose process is gone; return how many."""
    swept = 0
    here = socket.gethostname() + "-"
    for path in (root / "tmp").glob("*"):
        with contextlib.suppress(FileNotFoundError):
            if _abandoned(path, here):
                path.unlink()
                swept += 1
    return swept


def _abandoned(path: Path, here: str) -> bool:
    if time.time() - path.stat().st_mtime > _STALE:
        return True
    if not path.name.startswith(here):
        return False
    process = path.name.removeprefix(here).split("-")[0]
    return process.isdigit() and not Path(f"/proc/{process}").exists() and Path("/proc/self").exists()
