"""Blobs: bodies by their content, each with its compressed forms in one file, so that one sync keeps all.

`store/blobs/ab/abcdef…` is named by the SHA-256 of the plain body. The file is a head line and then the
forms one after another: plain, gzip, brotli. A form that would not help (a picture) has length 0.

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
    try:
        data = blob_path(store, name).read_bytes()
    except FileNotFoundError:
        raise BlobError(f"blob {name}: missing from {store}") from None
    sizes = read_sizes(data[:HEAD_SIZE], name)
    first = HEAD_SIZE + sizes.plain
    second = first + sizes.gzip
    if len(data) != second + sizes.brotli:
        raise BlobError(f"blob {name}: cut short")
    return Forms(data[HEAD_SIZE:first], data[first:second], data[second:])


def read_range(store: Path, name: str, start: int, length: int) -> bytes:
    """Return `length` bytes of the plain form from `start`, read from the file alone; for large media."""
    descriptor = os.open(blob_path(store, name), os.O_RDONLY)
    try:
        return os.pread(descriptor, length, HEAD_SIZE + start)
    finally:
        os.close(descriptor)
