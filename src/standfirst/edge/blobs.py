"""Blobs: bodies by their content, each with its compressed forms in one file, so that one sync keeps all.

`store/blobs/ab/abcdef…` is named by the SHA-256 of the plain body. The file is a head line and then the
forms one after another: plain, gzip, brotli. A form that would not help has length 0.

    standfirst-blob 1 61440 14022 12901\n
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

_HEAD = b"standfirst-blob 1 "
HEAD_SIZE = 64  # the head line is padded to this with spaces, so that offsets are known at once


class BlobError(ValueError):
    """A blob that is missing, cut short or not ours. The message names it."""


@dataclass(frozen=True, slots=True)
class Forms:
    """The three forms of a body; an empty compressed form means: send the plain one."""

    plain: bytes
    gzip: bytes = b""
    brotli: bytes = b""


@dataclass(frozen=True, slots=True)
class Sizes:
    """Lengths in bytes of the three forms."""

    plain: int
    gzip: int
    brotli: int


def blob_path(store: Path, name: str) -> Path:
    """Return where the blob called `name` lies."""
    return store / "blobs" / name[:2] / name


def encode(forms: Forms) -> bytes:
    """Return the bytes of a blob file."""
    head = _HEAD + f"{len(forms.plain)} {len(forms.gzip)} {len(forms.brotli)}".encode()
    return head.ljust(HEAD_SIZE - 1) + b"\n" + forms.plain + forms.gzip + forms.brotli


def read_sizes(head: bytes, name: str) -> Sizes:
    """Read the head line. Raises BlobError when it is not one."""
    words = head[len(_HEAD) :].split() if head.startswith(_HEAD) else []
    if len(head) != HEAD_SIZE or len(words) != 3:
        raise BlobError(f"blob {name}: not a blob file")
    return Sizes(*(int(word) for word in words))


def read(store: Path, name: str) -> Forms:
    """Return all forms of a blob. Raises BlobError when it is missing or cut short."""
    with BlobFile(store, name) as file:
        return Forms(*(file.form(index) for index in range(3)))


def read_range(store: Path, name: str, start: int, length: int) -> bytes:
    """Return `length` bytes of the plain form from `start`, read from the file alone; for large media."""
    with BlobFile(store, name) as file:
        return file.plain_range(start, length)


class BlobFile:
    """An open blob: its sizes at once, any form of it on demand. Raises BlobError when it is not whole."""

    __slots__ = ("_descriptor", "_name", "sizes")

    def __init__(self, store: Path, name: str) -> None:
        try:
            self._descriptor = os.open(blob_path(store, name), os.O_RDONLY | os.O_CLOEXEC)
        except OSError as error:
            raise BlobError(f"blob {name}: cannot be opened in {store}: {error.strerror}") from None
        self._name = name
        try:
            self._measure()
        except BaseException:
            self.close()
            raise

    def _measure(self) -> None:
        size = os.fstat(self._descriptor).st_size
        self.sizes = read_sizes(os.pread(self._descriptor, HEAD_SIZE, 0), self._name)
        if size != HEAD_SIZE + self.sizes.plain + self.sizes.gzip + self.sizes.brotli:
            raise BlobError(f"blob {self._name}: cut short")

    def form(self, index: int) -> bytes:
        """Return a form: 0 plain, 1 gzip, 2 brotli."""
        sizes = (self.sizes.plain, self.sizes.gzip, self.sizes.brotli)
        return self._pread(sizes[index], sum(sizes[:index]))

    def plain_range(self, start: int, length: int) -> bytes:
        """Return up to `length` bytes of the plain form from `start`."""
        return self._pread(max(0, min(length, self.sizes.plain - start)), start)

    def _pread(self, length: int, offset: int) -> bytes:
        offset += HEAD_SIZE
        data = os.pread(self._descriptor, length, offset)
        while len(data) < length:  # one read returns 2 GB at most, and less near a signal
            more = os.pread(self._descriptor, length - len(data), offset + len(data))
            if not more:
                raise BlobError(f"blob {self._name}: cut short")
            data += more
        return data

    def close(self) -> None:
        os.close(self._descriptor)

    def __enter__(self) -> BlobFile:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()
