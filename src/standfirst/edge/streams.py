"""Event streams: readers' pages hear of changes as soon as their segment is there (server-sent events).

What is sent is derived from the manifest: whenever the file of changes is another one, every stream gets
what came after the change it had last. So nothing else has to reach an edge, several edges say the same, and
one that starts again goes on where it was. See docs/decisions/edge-events.md.

A stream has no task: what is kept of it is Granian's transport, whose queue has no bound. So each stream is
ended after a number of bytes and a time, and the client comes back with the number of the last change it
has; one that does not read never does. Streams are opened in Granian's own thread, like pages are answered;
all the rest runs in the event loop's.
"""

from __future__ import annotations

import asyncio
import logging
import random
import threading
import time
from collections import Counter, deque
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from standfirst.edge import answers, blobs, changes
from standfirst.edge.changes import Changes, ChangesError
from standfirst.edge.handler import Pages
from standfirst.edge.headers import Headers
from standfirst.edge.peers import Peers
from standfirst.edge.rates import own_network

log = logging.getLogger("standfirst.edge")

PATH = "/-/events"
HEARTBEAT = b":\n\n"
GROUPS = 60
"""Heartbeats go out group by group, not to all at once."""
SLICE = 300
"""How many streams are sent a change before pages are answered again."""
PAUSE_SECONDS = 0.001
JUST_NOW = 30.0
"""Seconds: a page that was baked before a change may ask for its stream after it."""

REFUSED: Headers = [("retry-after", "60")]
ALLOWED: Headers = [("allow", "GET")]
_SECURITY = frozenset(
    "x-content-type-options cross-origin-resource-policy strict-transport-security x-robots-tag".split()
)
"""What concerns a stream, which is no document. Granian keeps room for the headers of every open answer."""


@dataclass(frozen=True)
class Limits:
    """Numbers, seconds, bytes, milliseconds.

    A stream may be sent its part of `together` bytes, but at least `least` and at most `most`. That, `life`
    and `retry` are taken with some chance, so that not all come back at once.
    """

    streams: int = 12_000
    each: int = 100
    """How many streams one address may hold, where the address is a public one: see `_from`."""
    heartbeat: float = 15.0
    life: float = 900.0
    together: int = 512_000_000
    least: int = 48_000
    most: int = 256_000
    retry: tuple[int, int] = (2_000, 10_000)


@dataclass(slots=True, eq=False)
class _Stream:
    """One client. `ends` is an instant of the monotonic clock, `begun` what all had been sent before."""

    transport: Any
    ends: float
    begun: int
    part: float
    """Of what one may be sent."""
    group: dict[_Stream, None]
    address: str


class Streams:
    """Answers `/-/events`, and tells every stream what changes."""

    def __init__(self, pages: Pages, peers: Peers, limits: Limits | None = None) -> None:
        self._pages, self._peers, self.limits = pages, peers, limits or Limits()
        self._groups: list[dict[_Stream, None]] = [{} for _ in range(GROUPS)]
        self._addresses: Counter[str] = Counter()
        self._count = 0
        self._turn = 0
        self._line: bytes | None = None
        self._newest = self._told = Changes()
        self._begun = False
        self._past: deque[tuple[float, int]] = deque()  # when, and after which number, something was told
        self._sent = 0  # bytes that every stream has been sent since this process began
        self._telling: asyncio.Task[None] | None = None
        self._lock = threading.Lock()
        """Held while a stream begins or ends, and while it is decided who is sent what."""
        self._complained = ""
        self._headers: Headers = [
            *(header for header in pages.policy.error if header[0] in _SECURITY),
            ("content-type", "text/event-stream"), ("cache-control", "no-store"), ("x-accel-buffering", "no"),
            ("connection", "close"),
        ]  # fmt: skip

    def __len__(self) -> int:
        return self._count

    # What changes

    def follow(self) -> None:
        """Look whether the file of changes is another one, and begin to tell of it. Never raises."""
        line = self._pages.table.line(changes.PATH)
        if line is self._line or line is None:
            return
        entry = self._pages.table.entry(changes.PATH)
        if entry is None or not entry.blob:
            return
        try:
            with blobs.BlobFile(self._pages.store, entry.blob) as file:
                self._newest = changes.decode(file.form(0))
        except (blobs.BlobError, ChangesError) as problem:
            if str(problem) != self._complained:
                log.error("streams do not move: %s; it is tried again", problem)
            self._complained = str(problem)
            return
        self._line, self._complained = line, ""
        if self._telling is None:
            data, here = self._decide()
            if here:
                self._telling = asyncio.get_running_loop().create_task(self._tell(data, here))

    def _decide(self) -> tuple[bytes, list[_Stream]]:
        """Go over to the newest file; return what has to be sent, and to whom.

        Who comes after this begins with the newest file, who was here before is sent what is new in it.
        """
        data = self._newest.after(self._told.last)
        if data is None:
            data = self._newest.reload()
        with self._lock:
            if self._begun:  # the first file is what was there before this process
                self._past.append((time.monotonic(), self._told.last))
            self._told, self._begun = self._newest, True
            self._sent += len(data)
            return data, [stream for group in self._groups for stream in group] if data else []

    async def _tell(self, data: bytes, here: list[_Stream]) -> None:
        """Send what is new, and what has become new meanwhile, a slice of the streams at a time."""
        try:
            while here:
                for start in range(0, len(here), SLICE):
                    await self._send(here[start : start + SLICE], data)
                    await asyncio.sleep(PAUSE_SECONDS)
                data, here = self._decide()
        finally:
            self._telling = None

    async def _send(self, some: Iterable[_Stream], data: bytes) -> None:
        """Send to each; end those that have been sent enough. Nothing here waits for a client."""
        limits, sent = self.limits, self._sent
        share = max(limits.least, min(limits.most, limits.together // max(1, self._count)))
        for stream in some:
            if sent - stream.begun > share * stream.part:
                self._end(stream)
                continue
            try:
                await stream.transport.send_bytes(data)
            except RuntimeError:  # Granian's errors: the client is gone
                self._end(stream)

    # Who listens

    def __call__(self, scope: Any, protocol: Any) -> bool:
        """Answer one request, where it is one for a stream: open it, or say why not."""
        if scope.path != PATH:
            return False
        if scope.method != "GET":
            self._refuse(protocol, 405, ALLOWED)
            return True
        address = own_network(self._peers.of(scope))
        with self._lock:
            full = self._count >= self.limits.streams
            if not full and (not address or self._addresses[address] < self.limits.each):
                head = self._head(scope.headers.get("last-event-id"))
                transport = protocol.response_stream(200, self._headers)
                transport.send_bytes(head)  # is queued at once: what it returns only says so
                self._add(transport, address, len(head))
                return True
        self._refuse(protocol, 503, REFUSED)
        return True

    def _refuse(self, protocol: Any, status: int, extra: Headers) -> None:
        form = answers.built_in(self._pages.policy, status, extra=extra).load(0)
        protocol.response_bytes(form[0], form[1], form[2])

    def _head(self, last_event_id: str | None) -> bytes:
        """Return what a client is sent first: when to come back, and where it stands or what it missed."""
        retry = f"retry: {random.randint(*self.limits.retry)}\n\n".encode()  # noqa: S311 - no secret
        if not last_event_id:
            return retry + self._told.hello() + self._just_now()
        missed = self._told.after(position(last_event_id))
        return retry + (self._told.reload() if missed is None else missed)

    def _just_now(self) -> bytes:
        """Return the changes of the last moments: who begins now may have a page from before them."""
        while self._past and self._past[0][0] < time.monotonic() - JUST_NOW:
            self._past.popleft()
        if not self._past:
            return b""
        missed = self._told.after(self._past[0][1])
        return self._told.reload() if missed is None else missed

    def _add(self, transport: Any, address: str, head: int) -> None:
        part = random.uniform(0.7, 1.0)  # noqa: S311 - no secret
        self._turn += 1
        stream = _Stream(
            transport, time.monotonic() + self.limits.life * part, self._sent - head, part,
            self._groups[self._turn // 100 % GROUPS], address,
        )  # fmt: skip
        stream.group[stream] = None
        self._count += 1
        if address:
            self._addresses[address] += 1

    def _end(self, stream: _Stream) -> None:
        """Forget a stream. What has been sent still arrives; with its transport gone, the answer ends."""
        with self._lock:
            if stream not in stream.group:
                return
            del stream.group[stream]
            self._count -= 1
            if stream.address:
                self._addresses[stream.address] -= 1
                if not self._addresses[stream.address]:
                    del self._addresses[stream.address]

    async def keep(self) -> None:
        """Keep the streams: a sign of life for each in every `heartbeat` seconds, an end for old ones.

        A client that has gone is noticed here too, because nothing can be sent to it any more.
        """
        while True:
            for group in self._groups:
                await asyncio.sleep(self.limits.heartbeat / GROUPS)
                self._end_old(group)
                await self._send(tuple(group), HEARTBEAT)

    def _end_old(self, group: dict[_Stream, None]) -> None:
        """End those whose time has come. Not in `keep`: a name that stays bound there keeps a stream open."""
        now = time.monotonic()
        for stream in tuple(group):
            if stream.ends < now:
                self._end(stream)


def position(last_event_id: str) -> int:
    """Return the number of the last change a client says it has, -1 when it says something else."""
    number = last_event_id.isascii() and last_event_id.isdigit() and len(last_event_id) <= 15
    return int(last_event_id) if number else -1
