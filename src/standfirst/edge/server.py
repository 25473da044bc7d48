"""The edge's process: Granian around the pages, the follower beside it."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import multiprocessing
import os
import resource
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

from granian.constants import HTTPModes, Interfaces, Loops, RuntimeModes
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server import mp, mt

from standfirst.edge import answers, handler, scheduling, silence, state, streams
from standfirst.edge.cache import Cache
from standfirst.edge.follower import Follower
from standfirst.edge.forms import SEND
from standfirst.edge.handler import Pages
from standfirst.edge.headers import Policy
from standfirst.edge.peers import Peers, peer
from standfirst.edge.streams import Streams
from standfirst.kit import bus
from standfirst.kit.sitefolder import SiteFolder

if TYPE_CHECKING:
    from standfirst.edge.intake import Intake
    from standfirst.edge.proxy import Proxy

log = logging.getLogger("standfirst.edge")

POLL_SECONDS = 0.25
BEAT_SECONDS = 1.0
HEALTH = "/-/edge"
MAX_CONNECTIONS = 20_000
THREADS = 2
"""Granian's own, each with its part of the connections: see docs/decisions/edge-events.md."""
MAX_STREAMS = 12_000
STREAMS_SHARE = 0.6  # of all connections; the others are for pages, whatever is asked for
_OTHER_FILES = 300  # blobs being read, the way to the application, the bus
MIN_CACHE_BYTES = 16_000_000
END_SECONDS = 1.0
_STEP = 0.1


@dataclass
class Edge:
    """The application object Granian calls."""

    site: SiteFolder
    memory: int
    policy: Policy
    peers: Peers = field(default_factory=Peers)
    most_streams: int = MAX_STREAMS
    port: int = 0
    pages: Pages = field(init=False)
    follower: Follower = field(init=False)

    def __post_init__(self) -> None:
        self.pages = Pages(self.site.store, self.policy, Cache(self.memory))
        self.follower = Follower(self.site.store / "manifest", self.pages)
        self.streams = Streams(self.pages, self.peers, streams.Limits(streams=self.most_streams))
        self.respond = handler.responder(self.pages, self.streams)
        self._ear: bus.Listener | None = None
        self._proxy: Proxy | None = None
        self._intake: Intake | None = None
        self._tasks: list[asyncio.Task[None]] = []

    def __rsgi_init__(self, loop: asyncio.AbstractEventLoop) -> None:
        with contextlib.suppress(OSError):
            self._ear = bus.Listener(self.site, "edge")
            loop.add_reader(self._ear.fileno(), self._woken)
        self._look()
        self._tell()
        self._tasks += [loop.create_task(self._poll()), loop.create_task(self.streams.keep())]

    def __rsgi_del__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.close()

    def close(self) -> None:
        """Leave nothing behind that says this process serves."""
        state.clear(self.site)
        if self._ear is not None:
            self._ear.close()
            self._ear = None

    def _woken(self) -> None:
        assert self._ear is not None
        topics = {topic for topic, _ in self._ear.drain()}
        if bus.SEGMENT in topics:
            self._look()

    async def _poll(self) -> None:
        beat, bounded = 0.0, not self.port
        while True:
            await asyncio.sleep(POLL_SECONDS)
            bounded = bounded or silence.limit(self.port)
            self._look()
            now = time.monotonic()
            if now - beat >= BEAT_SECONDS:
                beat = now
                with contextlib.suppress(OSError):  # a full disk, a folder removed: `_tell` speaks of it
                    state.beat(self.site)

    def _look(self) -> None:
        try:
            moved = self.follower.look()
            self.streams.follow()
            if moved:
                self._tell()
        except Exception:
            log.exception("the manifest could not be followed")

    def _tell(self) -> None:
        """Say how far we are, and leave the bodies what the table does not take."""
        self.pages.cache.budget = max(MIN_CACHE_BYTES, self.memory - self.pages.table.bytes_held())
        try:
            state.write(self.site, self.follower.applied)
        except OSError as problem:
            log.error("cannot say how far this edge is: %s", problem)
        bus.send(self.site, bus.APPLIED, str(self.follower.applied))

    async def __rsgi__(self, scope: Any, protocol: Any) -> None:
        try:
            if not self.respond(scope, protocol):
                await self._under_application(scope, protocol)
        except Exception:
            log.exception("a request failed")
            self.apologise(protocol)

    def apologise(self, protocol: Any) -> None:
        """Answer a request that failed by a mistake of ours."""
        form = answers.built_in(self.policy, 500).load(0)
        protocol.response_bytes(form[0], form[1], form[2])

    async def _under_application(self, scope: Any, protocol: Any) -> None:
        if scope.path == HEALTH:
            self._health(scope, protocol)
            return
        if scope.path.startswith(SEND):
            if self._intake is None:
                from standfirst.edge.intake import Intake  # nor does it seal anything

                self._intake = Intake(self.site, self.pages, self.peers)
            await self._intake(scope, protocol)
            return
        if self._proxy is None:
            from standfirst.edge.proxy import Proxy  # an edge whose readers only read never needs it

            self._proxy = Proxy(self.site.app_socket, self.policy, self._error_form, self.peers)
        await self._proxy(scope, protocol)

    def _error_form(self, status: int) -> answers.Form:
        extra = {503: handler.RETRY, 405: handler.ALLOWED}.get(status)
        return self.pages.form("", self.pages.error("/", status, extra), 0)

    def _health(self, scope: Any, protocol: Any) -> None:
        """Say how this process is, to this machine alone."""
        headers = scope.headers
        local = peer(scope) in ("", "127.0.0.1", "::1", "::ffff:127.0.0.1")
        if not local or any(name in headers for name in ("x-forwarded-for", "forwarded", "via")):
            form = self._error_form(404)
            protocol.response_bytes(form[0], form[1], form[2])
            return
        facts = {
            "applied": self.follower.applied,
            "paths": len(self.pages.table),
            "memory_bytes": self.pages.cache.bytes_held + self.pages.table.bytes_held(),
            "streams": len(self.streams),
            "pid": os.getpid(),
        }
        headers = [*self.policy.page, ("cache-control", "no-store"), ("content-type", "application/json")]
        protocol.response_bytes(200, headers, json.dumps(facts).encode() + b"\n")


class _OneProcess(mt.MTServer):
    """Granian's server of threads with one worker: no second process to watch and to pay for.

    Granian keeps it for Python without a global lock, because several workers would share the lock; one
    does not.
    """

    edge: Edge | None = None

    def _check_gil(self) -> None:
        return

    def signal_handler_interrupt(self, *args: Any, **kwargs: Any) -> None:
        """End, and end within `END_SECONDS` whatever streams are open."""
        watch = threading.Timer(END_SECONDS, _leave, [self.edge])
        watch.daemon = True
        watch.start()
        super().signal_handler_interrupt(*args, **kwargs)  # type: ignore[no-untyped-call]


class _Interrupt(threading.Event):
    """Waits in short steps. A signal that comes just before Python waits without end is not heard until the
    wait is over: an edge that was told to end while it started would stay.
    """

    def wait(self, timeout: float | None = None) -> bool:
        until = None if timeout is None else time.monotonic() + timeout
        while not self.is_set() and (until is None or time.monotonic() < until):
            time.sleep(_STEP)
        return self.is_set()


def _leave(edge: Edge | None) -> None:
    if edge is not None:
        edge.close()
    os._exit(0)


def _connections(most: int) -> int:
    """Return how many connections a process may hold, after asking the system for as many as it gives."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != resource.RLIM_INFINITY and soft < most + _OTHER_FILES:
        wanted = most + _OTHER_FILES
        soft = wanted if hard == resource.RLIM_INFINITY else min(hard, wanted)
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    given = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    if given == resource.RLIM_INFINITY:
        return most
    return max(1, min(most, given - _OTHER_FILES))


def _claim(host: str, port: int) -> None:
    """Raise OSError when somebody serves at this port already: Granian would share it with them, unseen."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise OSError(error.errno, f"cannot serve at {host}:{port}: {error.strerror}") from None


def main(
    site: SiteFolder,
    host: str,
    port: int,
    *,
    memory_mb: int,
    workers: int = 1,
    https: bool = False,
    connections: int = MAX_CONNECTIONS,
    event_streams: int = MAX_STREAMS,
    trusted: Iterable[str] = (),
    cdn: str = "",
) -> None:
    """Serve `site` at `host`:`port`, or at its own Unix socket where `port` is 0, until SIGTERM or SIGINT.

    `memory_mb` bounds what is kept of the site, `connections` how many clients each worker talks to at once,
    `event_streams` how many of these may be event streams;
    `trusted` are the fronts that say who a reader is, `cdn` is the one told what changes.
    Raises OSError when the port is taken.
    """
    own = None if port else site.edge_socket
    if own is None:
        _claim(host, port)
    else:
        site.make_run()
        own.unlink(missing_ok=True)  # of one that was killed
    logging.basicConfig(
        level=logging.INFO, stream=sys.stderr, format="edge %(process)d %(levelname)s %(message)s"
    )
    places = _connections(connections)
    edge = Edge(
        site, memory_mb * 1_000_000 // max(1, workers), Policy(https, cdn), Peers(trusted),
        min(event_streams, int(places * STREAMS_SHARE)), port,
    )  # fmt: skip
    several = workers > 1
    scheduling.install(mp if several else mt, edge.respond, edge.apologise)
    if several:
        multiprocessing.set_start_method("fork", force=True)  # the pages are handed down, not pickled
    server = (mp.MPServer if several else _OneProcess)(
        "standfirst.edge", address=host, port=port, uds=own, uds_permissions=0o600 if own else None,
        interface=Interfaces.RSGI, workers=workers, runtime_mode=RuntimeModes.st, runtime_threads=THREADS,
        loop=Loops.uvloop, http=HTTPModes.http1, websockets=False,
        backlog=4096, backpressure=max(1, places // THREADS), workers_kill_timeout=1,
        http1_settings=HTTP1Settings(header_read_timeout=20_000, max_buffer_size=64 * 1024),
        log_level=LogLevels.error, log_access=False, respawn_failed_workers=several,
    )  # fmt: skip
    if isinstance(server, _OneProcess):
        server.edge = edge
        server.main_loop_interrupt = _Interrupt()

    def target(*_: object, **__: object) -> Callable[..., Any]:
        return cast(Callable[..., Any], edge)  # Granian finds `__rsgi__` on it

    server.serve(target_loader=target, wrap_loader=False)
