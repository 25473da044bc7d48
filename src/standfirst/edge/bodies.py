"""What readers send: taken whole before anybody works on it, bounded in bytes and in time."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Any


class RefusedError(Exception):
    """A request that is answered by the edge itself with `status`."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class Bodies:
    """Bodies being taken: each of `largest` bytes within `seconds`, all together of `together` bytes."""

    def __init__(self, *, largest: int, together: int, seconds: float) -> None:
        self._largest, self._together, self._seconds = largest, together, seconds
        self._held = 0

    @contextlib.asynccontextmanager
    async def take(self, scope: Any, protocol: Any) -> AsyncIterator[bytes]:
        """Take the request's body whole. Raises RefusedError when it is too large, too slow, or too much."""
        if "transfer-encoding" in scope.headers:
            raise RefusedError(411)  # without a length, a body that broke off looks like a whole one
        declared = int(scope.headers.get("content-length") or 0)
        if declared > self._largest:
            raise RefusedError(413)
        if not declared:
            yield b""
            return
        taken: list[bytes] = []
        try:
            await self._receive(protocol, taken)
            body = b"".join(taken)
            if len(body) != declared:
                raise RefusedError(400)  # it broke off
            yield body
        finally:
            self._held -= sum(map(len, taken))

    async def _receive(self, protocol: Any, taken: list[bytes]) -> None:
        try:
            async with asyncio.timeout(self._seconds):
                async for chunk in protocol:
                    taken.append(chunk)
                    self._held += len(chunk)  # what has come, not what is announced: that costs nothing
                    if self._held > self._together:
                        raise RefusedError(503)
        except TimeoutError:
            raise RefusedError(408) from None
