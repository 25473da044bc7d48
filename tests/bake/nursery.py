"""A process that has Django ready and starts bakers of the toy newsroom by fork, each to be killed.

Lines in: `NAME POINT MUTANT`. POINT is the call at which the baker kills itself, counted over all calls
that touch the disk or the index (0: never). MUTANT is `none`, or the name of a mistake. A line out: the
process id.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any


def main() -> None:
    import django

    django.setup()
    from django.conf import settings
    from django.db import connections

    from standfirst.bake import registry
    from tests.bake.newsroom import ToyRenderer, ToySource

    registry.set_source(ToySource())
    registry.assets._items.clear()
    registry.inputs._items.clear()
    for name in ("toy", registry.GONE):
        registry.renderers._items[name] = ToyRenderer()
    connections.close_all()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for the dead
    print("ready", flush=True)
    for line in sys.stdin:
        name, point, mutant = line.split()
        pid = os.fork()
        if pid == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            _bake(settings.STANDFIRST_SITE, name, int(point), mutant)
        print(pid, flush=True)


def _bake(site: Any, name: str, point: int, mutant: str) -> None:
    from standfirst.bake import process

    if mutant == "segment-first":
        _segment_before_blobs()
    if point:
        die_at(point)
    try:
        process.main(site, name)
    finally:
        os._exit(0)


def die_at(point: int) -> None:
    """Kill this process at the `point`th call of what changes the disk or ends a transaction."""
    from django.db.backends.base.base import BaseDatabaseWrapper

    from standfirst.bake import store
    from standfirst.kit import bus

    left = [point]

    def counted(real: Callable[..., Any], part: Callable[..., Any] | None = None) -> Callable[..., Any]:
        def call(*args: Any, **named: Any) -> Any:
            left[0] -= 1
            if left[0] == 0:
                if part is not None:
                    part(*args)
                os.kill(os.getpid(), signal.SIGKILL)
            return real(*args, **named)

        return call

    def half(descriptor: int, data: bytes) -> None:
        os.write(descriptor, data[: len(data) // 2])

    store.write_whole = counted(store.write_whole, half)
    store.sync_all = counted(store.sync_all)
    store.sync_folder = counted(store.sync_folder)
    os.fsync = counted(os.fsync)
    os.link = counted(os.link)
    bus.send = counted(bus.send)
    Path.rename = counted(Path.rename)  # type: ignore[method-assign]
    Path.unlink = counted(Path.unlink)  # type: ignore[method-assign]
    BaseDatabaseWrapper.commit = counted(BaseDatabaseWrapper.commit)  # type: ignore[method-assign]


def _segment_before_blobs() -> None:
    """The mistake that the order of writing is there to prevent: the manifest is ahead of the blobs."""
    from standfirst.bake import committing
    from standfirst.bake.baker import Baker
    from standfirst.bake.store import BlobWriter

    flush, commit = BlobWriter.flush, Baker.commit
    waiting: list[BlobWriter] = []

    def later(self: BlobWriter) -> None:
        waiting.append(BlobWriter(self.root, dict(self._open)))
        self._open.clear()

    def first(self: Baker, batch: Any) -> Any:
        outcome = commit(self, batch)
        while waiting:
            flush(waiting.pop())
        return outcome

    BlobWriter.flush = later  # type: ignore[method-assign]
    Baker.commit = first  # type: ignore[method-assign]
    committing._blobs_there = lambda *_: True


if __name__ == "__main__":
    main()
