"""Writes what readers send into the spool: on disk and synced before anybody is told that it was kept."""

from __future__ import annotations

import contextlib
import fcntl
import logging
import os
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path

from standfirst.edge import spool
from standfirst.kit.ids import new_id

log = logging.getLogger("standfirst.edge")


@dataclass(frozen=True)
class Limits:
    """Bytes, numbers, seconds. All segments together are never larger than `together`."""

    together: int = 64_000_000
    segment: int = 1_000_000
    waiting: int = 512
    batch: int = 64
    idle: float = 20.0


class NotKeptError(Exception):
    """Nothing was kept: the spool is full, or the disk refuses."""


class Spool:
    """The way into the spool, for one process. The disk is waited for in a thread of its own.

    Records that come while the disk works are written together, under one sync. `told` is called after
    each, in that thread.
    """

    def __init__(self, folder: Path, told: Callable[[], None], limits: Limits | None = None) -> None:
        self._folder, self._told, self.limits = folder, told, limits or Limits()
        self._queue: queue.SimpleQueue[tuple[bytes, Future[None]]] = queue.SimpleQueue()
        self._file = -1
        self._size = 0
        self._failing = False
        threading.Thread(target=self._work, name="spool", daemon=True).start()

    def keep(self, record: spool.Record) -> Future[None]:
        """Return what ends well once the record is safe on disk, and with NotKeptError if it is not."""
        kept: Future[None] = Future()
        if self._queue.qsize() >= self.limits.waiting:
            kept.set_exception(NotKeptError("too many wait"))
        else:
            self._queue.put((spool.encode(record), kept))
        return kept

    def _work(self) -> None:
        while True:
            try:
                batch = [self._queue.get(timeout=self.limits.idle if self._file >= 0 else None)]
            except queue.Empty:
                self._end()  # what is in it can go once the application has it
                continue
            with contextlib.suppress(queue.Empty):
                while len(batch) < self.limits.batch:
                    batch.append(self._queue.get_nowait())
            problem = self._problem_with(b"".join(data for data, _ in batch))
            for _, kept in batch:
                if kept.set_running_or_notify_cancel():
                    kept.set_exception(NotKeptError(problem)) if problem else kept.set_result(None)
            if not problem:
                self._told()

    def _problem_with(self, data: bytes) -> str:
        """Write; return why it could not be, "" when it is safe. Never raises: readers wait for us."""
        try:
            self.write(data)
        except Exception as refused:  # noqa: BLE001 - whatever it is, nobody may be told that all is well
            problem = str(refused) or type(refused).__name__
            if not self._failing:  # once, not for each of many
                log.error("what readers sent could not be kept: %s", problem)
            self._failing = True
            return problem
        self._failing = False
        return ""

    def write(self, data: bytes) -> None:
        """Write and sync. Raises NotKeptError when the spool is full, OSError when the disk refuses."""
        if self._used() + len(data) > self.limits.together:
            raise NotKeptError(f"the spool is full: {self._folder} holds {self._used()} bytes")
        if self._file >= 0 and self._size >= self.limits.segment:
            self._end()
        if self._file < 0:
            self._begin()
        try:
            _write_all(self._file, data)
            os.fsync(self._file)
        except OSError:
            self._undo()
            raise
        self._size += len(data)

    def _begin(self) -> None:
        """Begin a segment; it has its name only when it is locked and its first bytes are safe."""
        if not self._folder.is_dir():
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            _sync_folder(self._folder.parent)
        name = self._folder / f"{new_id()}{spool.SUFFIX}"
        draft = name.with_suffix(".new")
        file = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX)
            _write_all(file, spool.HEADER)
            os.fsync(file)
            draft.rename(name)
            _sync_folder(self._folder)
        except OSError:
            os.close(file)
            draft.unlink(missing_ok=True)
            raise
        self._file, self._size = file, len(spool.HEADER)

    def _undo(self) -> None:
        """Take back what is not safe, and never write to this segment again."""
        with contextlib.suppress(OSError):
            os.ftruncate(self._file, self._size)
            os.fsync(self._file)
        self._end()

    def _end(self) -> None:
        os.close(self._file)  # and with it the lock
        self._file = -1

    def _used(self) -> int:
        try:
            with os.scandir(self._folder) as found:
                return sum(one.stat().st_size for one in found if one.name.endswith(spool.SUFFIX))
        except FileNotFoundError:
            return 0


def _write_all(file: int, data: bytes) -> None:
    left = memoryview(data)
    while left:
        left = left[os.write(file, left) :]


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
