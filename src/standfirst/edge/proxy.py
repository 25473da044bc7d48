"""Passes `/-/` on to the application, and nothing else; bounded in every direction.

The request's body is taken whole before the application hears of it, so that a slow client holds none of
its places. What cannot be had becomes a 503 with Retry-After, soon: readers of pages never wait for this.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import h11

from standfirst.edge.answers import Form
from standfirst.edge.bodies import Bodies, RefusedError
from standfirst.edge.headers import Headers, Policy, sendable
from standfirst.edge.paths import clean
from standfirst.edge.peers import Peers, peer
from standfirst.edge.places import NoPlaceError, Places

log = logging.getLogger("standfirst.edge")

# RFC 9110, 7.6.1, and what older software sends; each names one connection, not the message.
_HOP_BY_HOP = frozenset(
    "connection keep-alive proxy-authenticate proxy-authorization proxy-connection te trailer "
    "transfer-encoding upgrade".split()
)
# Only this process says these. `proxy` would become HTTP_PROXY in the application.
_OURS = frozenset("x-forwarded-for x-forwarded-host x-forwarded-proto x-real-ip forwarded via proxy".split())
_HANDLED = frozenset(("content-length", "expect", "date", "server"))


@dataclass(frozen=True)
class Limits:
    """Bytes and seconds. The application never has more than `in_flight` requests from here, `kept` of them
    webhooks."""

    in_flight: int = 24
    kept: int = 6
    waiting: int = 128
    wait: float = 5.0
    body: int = 10_000_000
    bodies: int = 64_000_000
    receive: float = 30.0
    connect: float = 2.0
    answer: float = 30.0
    buffer: int = 256_000


ErrorPage = Callable[[int], Form]


class Proxy:
    """The way to the application behind `socket`. `error_page` draws what the edge answers by itself."""

    def __init__(
        self, socket: Path, policy: Policy, error_page: ErrorPage, peers: Peers, limits: Limits | None = None
    ) -> None:
        self._socket, self._policy, self._error_page, self._peers = socket, policy, error_page, peers
        self.limits = limits or Limits()
        limits = self.limits
        self._places = Places(limits.in_flight, limits.kept, limits.waiting, limits.wait)
        self._bodies = Bodies(largest=limits.body, together=limits.bodies, seconds=limits.receive)

    async def __call__(self, scope: Any, protocol: Any) -> None:
        """Answer one request. Never raises, never hangs longer than the limits say."""
        try:
            await self._pass(scope, protocol)
        except RefusedError as refused:
            self._refuse(refused.status, protocol)
        except NoPlaceError:
            self._refuse(503, protocol)
        except (TimeoutError, OSError, h11.ProtocolError, EOFError) as problem:
            log.warning("the application did not answer: %s", type(problem).__name__)
            self._refuse(503, protocol)

    def _refuse(self, status: int, protocol: Any) -> None:
        form = self._error_page(status)
        protocol.response_bytes(form[0], form[1], form[2])

    async def _pass(self, scope: Any, protocol: Any) -> None:
        if scope.method in ("CONNECT", "TRACE"):
            raise RefusedError(405)
        if not clean(scope.path) or any(part in (".", "..") for part in scope.path.split("/")):
            raise RefusedError(404)
        if not self._socket.exists():
            raise RefusedError(503)
        async with self._bodies.take(scope, protocol) as body:
            request = self._request(scope, body)
            async with self._places.taken(scope.path):
                await self._exchange(request, body, protocol)

    def _request(self, scope: Any, body: bytes) -> h11.Request:
        """Return the request as the application gets it. Raises RefusedError for one nobody should send."""
        named = {name.strip() for name in (scope.headers.get("connection") or "").lower().split(",")}
        dropped = _HOP_BY_HOP | _OURS | _HANDLED | named
        # A name with an underscore would be taken for its twin with a hyphen (`x_forwarded_for`).
        headers = [
            (name, value) for name, value in scope.headers.items() if name not in dropped and "_" not in name
        ]
        headers += [*self._origin(scope), ("connection", "close")]
        if body or scope.method not in ("GET", "HEAD", "OPTIONS"):
            headers.append(("content-length", str(len(body))))
        target = quote(scope.path, safe="/:@!$&'()*+,;=-._~")
        if scope.query_string:
            target += "?" + scope.query_string
        try:
            return h11.Request(method=scope.method, target=target, headers=headers)
        except (h11.LocalProtocolError, UnicodeError):
            raise RefusedError(404) from None

    def _origin(self, scope: Any) -> Headers:
        """Return who asks, and how, in the headers that only this process sets."""
        said = scope.headers.get("x-forwarded-proto") or ""
        usual = "https" if self._policy.https else "http"
        return [
            ("x-forwarded-for", self._peers.of(scope)),
            ("x-forwarded-proto", self._peers.scheme(peer(scope), said, usual)),
            ("x-forwarded-host", scope.headers.get("host") or ""),
        ]

    async def _exchange(self, request: h11.Request, body: bytes, protocol: Any) -> None:
        async with asyncio.timeout(self.limits.connect):
            reader, writer = await asyncio.open_unix_connection(str(self._socket))
        connection = h11.Connection(h11.CLIENT, max_incomplete_event_size=64 * 1024)
        try:
            writer.write(connection.send(request) or b"")
            if body:
                writer.write(connection.send(h11.Data(data=body)) or b"")
            writer.write(connection.send(h11.EndOfMessage()) or b"")
            await self._answer(_Incoming(connection, reader, self.limits.answer), request, protocol)
        finally:
            writer.transport.abort()  # one request a connection: nothing to say goodbye to

    async def _answer(self, incoming: _Incoming, request: h11.Request, protocol: Any) -> None:
        """Pass the answer on: a small one whole, so that a failure in its middle is a 503."""
        response = await incoming.response()
        headers = self._headers(response)
        streamed = dict(headers).get("content-type", "").startswith("text/event-stream")
        head: list[bytes] = []
        size = 0
        ended = False
        while not streamed and size <= self.limits.buffer:
            chunk = await incoming.data()
            if chunk is None:
                ended = True
                break
            head.append(chunk)
            size += len(chunk)
        if ended:
            if request.method == b"HEAD" or response.status_code in (204, 304):
                protocol.response_empty(response.status_code, headers)
            else:
                headers = [pair for pair in headers if pair[0] != "content-length"]
                protocol.response_bytes(response.status_code, headers, b"".join(head))
            return
        transport = protocol.response_stream(response.status_code, headers)
        try:
            for chunk in head:
                await transport.send_bytes(chunk)
            while (data := await incoming.data()) is not None:
                await transport.send_bytes(data)
        except Exception as problem:  # noqa: BLE001 - the head is sent: all that is left is to end
            log.warning("an answer of the application ended early: %s", type(problem).__name__)

    def _headers(self, response: h11.Response) -> Headers:
        """Return the headers for the reader: the application's, with ours where it says nothing."""
        pairs = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in response.headers]
        named = {
            part.strip().lower() for name, value in pairs if name == "connection" for part in value.split(",")
        }
        dropped = _HOP_BY_HOP | named | {"date", "server"}
        headers = [(name, value) for name, value in pairs if name not in dropped and sendable(value)]
        said = {name for name, _ in headers}
        defaults = [*self._policy.page, ("cache-control", "no-store"), ("x-robots-tag", "noindex")]
        return [*headers, *(pair for pair in defaults if pair[0] not in said)]


class _Incoming:
    """Reads one answer from the application, each step within a time."""

    def __init__(self, connection: h11.Connection, reader: asyncio.StreamReader, seconds: float) -> None:
        self._connection, self._reader, self._seconds = connection, reader, seconds

    async def response(self) -> h11.Response:
        """Return the head of the answer. Raises EOFError, TimeoutError, h11.ProtocolError."""
        while True:
            event = await self._next()
            if isinstance(event, h11.Response):
                return event
            if not isinstance(event, h11.InformationalResponse):
                raise EOFError

    async def data(self) -> bytes | None:
        """Return the next part of the body, None at its end. Raises as `response` does."""
        event = await self._next()
        if isinstance(event, h11.Data):
            return bytes(event.data)
        if isinstance(event, h11.EndOfMessage):
            return None
        raise EOFError

    async def _next(self) -> Any:
        async with asyncio.timeout(self._seconds):
            while (event := self._connection.next_event()) is h11.NEED_DATA:
                self._connection.receive_data(await self._reader.read(65536))
        return event
