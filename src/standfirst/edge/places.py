"""The application's places: how many requests it gets at once, how many may wait, and for whom some are kept.

A payment company that cannot deliver its webhooks tries again for days, but a newsroom would not know who
paid. So a flood of everything else never takes the last places, nor the room to wait for them.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

WEBHOOKS = "/-/hooks/"
"""Below this address other companies' servers call; some places are kept for them."""


class NoPlaceError(Exception):
    """Too many wait already, or a place did not become free in time."""


@dataclass(slots=True)
class _Queue:
    """A number of places, and how many may wait for one."""

    places: asyncio.Semaphore
    room: int
    waiting: int = 0

    async def acquire(self) -> None:
        """Take a place. Raises NoPlaceError at once when too many wait."""
        if self.places.locked() and self.waiting >= self.room:
            raise NoPlaceError
        self.waiting += 1
        try:
            await self.places.acquire()
        finally:
            self.waiting -= 1


@dataclass(slots=True)
class Places:
    """`every` places, of which `kept` are for webhooks alone; `waiting` requests of each sort may wait."""

    every: int
    kept: int
    waiting: int
    seconds: float
    _all: _Queue = field(init=False)
    _others: _Queue = field(init=False)

    def __post_init__(self) -> None:
        self._all = _Queue(asyncio.Semaphore(self.every), self.waiting)
        self._others = _Queue(asyncio.Semaphore(self.every - self.kept), self.waiting)

    @contextlib.asynccontextmanager
    async def taken(self, path: str) -> AsyncIterator[None]:
        """Hold a place for a request of `path`. Raises NoPlaceError when none is to be had in time."""
        queues = [self._all] if path.startswith(WEBHOOKS) else [self._others, self._all]
        held: list[_Queue] = []
        try:
            try:
                async with asyncio.timeout(self.seconds):
                    for queue in queues:
                        await queue.acquire()
                        held.append(queue)
            except TimeoutError:
                raise NoPlaceError from None
            yield
        finally:
            for queue in held:
                queue.places.release()
