"""What readers sent, on disk until the application has it: the format of a segment.

A segment begins with HEADER. A record is MARK, the length of its content (32 bits), the content's checksum
(blake2b, 16 bytes), and the content: id (16 bytes), instant (64 bits, microseconds since 1970), the length
of the form's name (8 bits), the name, and the letter, sealed to the application. Numbers are big-endian.
A segment is written by one process, which holds a lock (flock) on it; one without the lock is finished.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b

HEADER = b"STANDFIRST SPOOL 1\n"
MARK = b"\xf5\x1eRC"
SUFFIX = ".spool"

_FRAME = struct.Struct(">4sI16s")
_HEAD = struct.Struct(">16sQB")


@dataclass(frozen=True, slots=True)
class Record:
    """One thing that a reader sent. `at` is microseconds since 1970."""

    id: bytes
    at: int
    form: str
    sealed: bytes

    @property
    def about(self) -> bytes:
        """What is sealed together with the letter, so that it opens in this record alone."""
        return about(self.id, self.at, self.form)


@dataclass(frozen=True, slots=True)
class Kept:
    """What a segment holds up to `end`: a record, or `damaged` bytes that are none."""

    record: Record | None
    damaged: bytes
    end: int


def about(number: bytes, at: int, form: str) -> bytes:
    """Return what binds a letter to its record: the id, the instant, the form."""
    return HEADER + _HEAD.pack(number, at, len(form.encode())) + form.encode()


def encode(record: Record) -> bytes:
    """Return the bytes of a record. The form's name has 255 bytes at most."""
    name = record.form.encode()
    content = _HEAD.pack(record.id, record.at, len(name)) + name + record.sealed
    return _FRAME.pack(MARK, len(content), _checksum(content)) + content


def scan(data: bytes, start: int, *, finished: bool) -> Iterator[Kept]:
    """Yield what a segment holds from `start` on.

    While it is being written, the first thing that is no record ends it: the rest may be on its way. Once
    it is finished, damage is passed over and yielded for somebody to see; only a record that breaks off at
    the end is left out, since nobody was told that it was kept.
    """
    at = max(start, len(HEADER))
    while at < len(data):
        found = _read(data, at)
        if found is not None:
            yield found
            at = found.end
            continue
        if not finished:
            return
        following = _next(data, at + 1)
        if following is None and not _is_whole(data, at):
            return
        end = len(data) if following is None else following
        yield Kept(None, data[at:end], end)
        at = end


def _next(data: bytes, start: int) -> int | None:
    """Return where the next record begins that is whole and right."""
    at = data.find(MARK, start)
    while at >= 0:
        if _read(data, at) is not None:
            return at
        at = data.find(MARK, at + 1)
    return None


def _is_whole(data: bytes, at: int) -> bool:
    """Return whether a frame is here with all the bytes it speaks of, right or wrong."""
    if len(data) - at < _FRAME.size:
        return False
    mark, length, _ = _FRAME.unpack_from(data, at)
    return bool(mark == MARK and at + _FRAME.size + length <= len(data))


def _read(data: bytes, at: int) -> Kept | None:
    if not _is_whole(data, at):
        return None
    _, length, checksum = _FRAME.unpack_from(data, at)
    start = at + _FRAME.size
    content = data[start : start + length]
    if length < _HEAD.size or _checksum(content) != checksum:
        return None
    number, instant, size = _HEAD.unpack_from(content)
    name = content[_HEAD.size : _HEAD.size + size]
    record = Record(number, instant, name.decode("utf-8", "replace"), content[_HEAD.size + size :])
    return Kept(record, b"", start + length)


def _checksum(content: bytes) -> bytes:
    return blake2b(content, digest_size=16).digest()
