"""Many readers' pages at once, each with its event stream: one loop over epoll, no thread, no task.

Each client keeps to what a browser does (HTML standard, 9.2): the number of the last event it was sent goes
along when it connects again, `reload` makes it load the file of changes. What each got is written down.
"""

from __future__ import annotations

import json
import random
import resource
import select
import socket
import struct
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from standfirst.edge import changes, streams
from tests.edge.site import Server

REQUEST = "GET {path} HTTP/1.1\r\nhost: x\r\naccept: text/event-stream\r\n{more}\r\n"
CONNECTING = 400  # at once; the others wait


@dataclass(slots=True, eq=False)
class Client:
    """One page. `got` are the numbers of the changes it was told of, in the order in which it was."""

    number: int
    last: str = ""
    got: list[int] = field(default_factory=list)
    reloads: int = 0
    connects: int = 0
    refused: int = 0
    due: float = 0.0
    socket: socket.socket | None = None
    buffer: bytearray = field(default_factory=bytearray)
    """What came and is no whole chunk yet."""
    text: bytes = b""
    """What came in chunks and is no whole event yet."""
    state: str = "away"
    """`away`, `connecting`, `asked` or `open`."""
    loaded: int = 0
    """What the file held when it was told to reload: no older change counts after that."""


def room(clients: int) -> None:
    """Let this process and those it starts hold so many connections. Raises ValueError where it may not."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = clients + 500
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, max(hard, wanted)))


class Crowd:
    """`count` clients of a server, or of several by turns.

    They come within `arrive` seconds. Who was away, or sent away, stays so for `again` seconds.
    """

    def __init__(
        self,
        servers: list[Server],
        count: int,
        *,
        arrive: float = 0.0,
        again: tuple[float, float] = (0.0, 0.3),
    ) -> None:
        self.servers, self.again = servers, again
        now = time.monotonic()
        self.clients = [Client(number, due=now + arrive * number / count) for number in range(count)]
        self.heard: Callable[[Client, int], None] = lambda client, seq: None
        """Called for each change that reaches a client."""
        self._poll = select.epoll()
        self._by_file: dict[int, Client] = {}
        self._away = list(self.clients)
        self._connecting = 0
        self.connected = 0
        """How many have been answered, and their streams not ended."""
        self.woken = 0.0
        """When it was last seen which clients have something to read."""
        self._chance = random.Random(41)

    def close(self) -> None:
        for client in self.clients:
            if client.socket is not None:
                client.socket.close()
        self._poll.close()

    def run(self, until: Callable[[], bool], seconds: float = 60.0) -> None:
        """Go on until `until` says so. Raises TimeoutError."""
        deadline = time.monotonic() + seconds
        while not until():
            if time.monotonic() > deadline:
                raise TimeoutError(f"after {seconds} s: {self.connected} of {len(self.clients)} connected")
            self.turn(0.05)

    def turn(self, seconds: float) -> None:
        """Wait up to `seconds` for something to happen, and take it."""
        self._return()
        found = self._poll.poll(seconds, len(self.clients))
        self.woken = time.perf_counter()
        for file, events in found:
            client = self._by_file.get(file)
            if client is None or client.socket is None:
                continue
            if events & select.EPOLLOUT and client.state == "connecting":
                self._ask(client)
            if events & ~select.EPOLLOUT:
                self._read(client)

    def drop(self, share: float) -> None:
        """Let some go away at random, half of them without a word (RST), in the middle of anything."""
        present = [client for client in self.clients if client.state == "open"]
        count = int(len(present) * share + self._chance.random())
        for client in self._chance.sample(present, count):
            assert client.socket is not None
            if client.number % 2:
                client.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self._leave(client)

    def _return(self) -> None:
        now = time.monotonic()
        waiting = self._away
        self._away = []
        for client in waiting:
            if client.due > now or self._connecting >= CONNECTING:
                self._away.append(client)
                continue
            self._connecting += 1
            client.state = "connecting"
            client.socket = socket.socket()
            client.socket.setblocking(False)
            client.socket.connect_ex(("127.0.0.1", self._server(client).port))
            self._by_file[client.socket.fileno()] = client
            self._poll.register(client.socket, select.EPOLLIN | select.EPOLLOUT | select.EPOLLRDHUP)

    def _server(self, client: Client) -> Server:
        return self.servers[(client.number + client.connects) % len(self.servers)]

    def _ask(self, client: Client) -> None:
        assert client.socket is not None
        self._connecting -= 1
        client.state = "asked"
        more = f"last-event-id: {client.last}\r\n" if client.last else ""
        try:
            client.socket.send(REQUEST.format(path=streams.PATH, more=more).encode())
        except OSError:
            self._leave(client)
            return
        self._poll.modify(client.socket, select.EPOLLIN | select.EPOLLRDHUP)

    def _read(self, client: Client) -> None:
        assert client.socket is not None
        try:
            data = client.socket.recv(65536)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            self._leave(client)
            return
        client.buffer += data
        if self._take_head(client):
            self._take_chunks(client)

    def _take_head(self, client: Client) -> bool:
        """Return whether the answer's head has been read; leave when it is not the one we want."""
        if not client.buffer.startswith(b"HTTP/"):
            return True
        end = client.buffer.find(b"\r\n\r\n")
        if end < 0:
            return False
        if not client.buffer.startswith(b"HTTP/1.1 200"):
            client.refused += 1
            self._leave(client)
            return False
        assert b"transfer-encoding: chunked" in client.buffer[:end].lower()
        client.connects += 1
        client.state = "open"
        self.connected += 1
        del client.buffer[: end + 4]
        return True

    def _take_chunks(self, client: Client) -> None:
        """Take whole chunks (RFC 9112, 7.1), and of what they hold whole events."""
        buffer = client.buffer
        while (end := buffer.find(b"\r\n")) > 0:
            size = int(buffer[:end], 16)
            if len(buffer) < end + 4 + size:
                return
            client.text += bytes(buffer[end + 2 : end + 2 + size])
            del buffer[: end + 4 + size]
            if not size:
                self._leave(client)
                return
            if client.text.endswith(b"\n\n") or b"\n\n" in client.text:
                *whole, client.text = client.text.split(b"\n\n")
                for event in whole:
                    self._take(client, event)

    def _take(self, client: Client, event: bytes) -> None:
        if not event.startswith(b"id: "):
            return  # when to come back, or a sign of life
        number, name, _ = event.split(b"\n", 2)
        seq = int(number[4:])
        if name == b"event: change":
            if seq <= client.loaded:
                return
            client.got.append(seq)
            self.heard(client, seq)
        elif name == b"event: reload":
            client.reloads += 1
            seq = self._reload(client, seq)
        client.last = str(seq)

    def _reload(self, client: Client, seq: int) -> int:
        """Load the file, as a page does that was told to; return the number of the newest change in it."""
        file = json.loads(self._server(client).get(changes.PATH).body)
        before = int(client.last or 0)
        numbers = [event["seq"] for event in file["events"]]
        client.got += [number for number in numbers if number > before]
        client.loaded = max([seq, *numbers])
        return client.loaded

    def _leave(self, client: Client) -> None:
        assert client.socket is not None
        self._connecting -= client.state == "connecting"
        self.connected -= client.state == "open"
        del self._by_file[client.socket.fileno()]
        client.socket.close()
        client.socket = None
        client.state = "away"
        client.buffer.clear()
        client.text = b""
        client.due = time.monotonic() + self._chance.uniform(*self.again)
        self._away.append(client)
