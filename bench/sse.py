"""How many event streams one edge process holds, what each costs, and how soon a change is at all of them.

CLIENTS (10,000) streams, read by one process beside. They come within 8 s, as they do after an edge has
started again. `sse_fanout_ms_p99` is from just before the manifest's
segment is written until the change is at a client, over all clients and MESSAGES (12) changes of 700 bytes of
HTML, in each of ROUNDS (3). `sse_kb_per_client` is what the edge's resident memory has grown by since before
the first client, at its highest, over the clients. `sse_clients` is how many were told of every change.

A change is at a client when its socket can be read. The reading process looks every NAP, and reads when all
can be read: real readers have machines of their own, here they take time from the one that serves them. That
makes times longer, never shorter.
"""

from __future__ import annotations

import os
import select
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

from tests.edge.crowd import Client, Crowd, room
from tests.edge.site import Server, Store, edge
from tests.edge.wire import Wire

from bench.edge_vs_nginx_cpu import figure
from standfirst.kit.sitefolder import SiteFolder

CLIENTS = int(os.environ.get("CLIENTS", "10000"))
MESSAGES = int(os.environ.get("MESSAGES", "12"))
ROUNDS = int(os.environ.get("ROUNDS", "3"))
HTML = (
    '<article class="item"><p>' + "The river rose again overnight, and the bridge is closed. " * 12 + "</p>"
)
NAP = 0.004  # seconds
LIMITS = {"sse_fanout_ms_p99": 100.0, "sse_kb_per_client": 16.0}


class Bench:
    """The clients, and when each change reached them."""

    def __init__(self, server: Server, wire: Wire) -> None:
        self.server, self.wire = server, wire
        self.crowd = Crowd([server], CLIENTS, arrive=8.0)
        self.crowd.heard = self._heard
        self.ears = select.epoll()
        self.arrived: dict[int, float] = {}
        """When something came last, by the number of the socket; since the last change was published."""
        self.began = 0.0
        self.times: list[float] = []
        self.highest = 0

    def _heard(self, client: Client, seq: int) -> None:
        assert client.socket is not None
        self.times.append((self.arrived.get(client.socket.fileno(), self.crowd.woken) - self.began) * 1000)

    def connect(self) -> None:
        self.crowd.run(lambda: self.crowd.connected == CLIENTS, 120)
        for client in self.crowd.clients:
            assert client.socket is not None
            self.ears.register(client.socket, select.EPOLLIN | select.EPOLLET)
        self._weigh()

    def round(self) -> list[float]:
        """Publish; return the milliseconds until each change was at each client."""
        took: list[float] = []
        for _ in range(MESSAGES):
            self.wire.change(HTML)
            entry = self.wire.entry()
            self.times, self.arrived = [], {}
            self.began = time.perf_counter()
            self.wire.store.segment([entry])
            self._wait()
            took += self.times
            self._weigh()
            pause = time.monotonic() + 0.3
            self.crowd.run(lambda until=pause: time.monotonic() > until)  # type: ignore[misc]
        return took

    def _wait(self) -> None:
        """Return when the change has come to all clients. Raises TimeoutError."""
        while len(self.arrived) < CLIENTS and time.perf_counter() < self.began + 20:
            time.sleep(NAP)
            found = self.ears.poll(0, CLIENTS)
            now = time.perf_counter()
            self.arrived.update((file, now) for file, _ in found)
        self.crowd.turn(0)
        self.arrived = {}  # where it was a sign of life, the change comes later
        self.crowd.run(lambda: len(self.times) >= CLIENTS, 20)

    def _weigh(self) -> None:
        self.highest = max(self.highest, self.server.resident())


def main() -> int:
    """Print the figures; 0 when their limits hold."""
    room(CLIENTS)
    folder = Path(tempfile.mkdtemp(prefix="edge-"))
    store = Store(SiteFolder(folder))
    store.base([store.page("/", "front")])
    wire = Wire(store)
    for _ in range(60):
        wire.change(HTML)
    wire.write()
    with edge(store.site) as server:
        server.get("/-/edge")
        before = server.resident()
        bench = Bench(server, wire)
        bench.connect()
        rounds = [bench.round() for _ in range(ROUNDS)]
        held = [len(set(client.got)) == MESSAGES * ROUNDS for client in bench.crowd.clients].count(True)
        bench.crowd.close()
    shutil.rmtree(folder, ignore_errors=True)
    clients = figure("sse_clients", [held], "clients", limit=CLIENTS)
    figure("sse_fanout_ms_p50", [statistics.median(took) for took in rounds], "ms")
    p99 = figure(
        "sse_fanout_ms_p99", [statistics.quantiles(took, n=100)[98] for took in rounds], "ms",
        limit=LIMITS["sse_fanout_ms_p99"],
    )  # fmt: skip
    weight = figure(
        "sse_kb_per_client",
        [(bench.highest - before) / CLIENTS / 1000],
        "kB",
        limit=LIMITS["sse_kb_per_client"],
    )
    held_all = clients >= CLIENTS
    return int(not held_all or p99 > LIMITS["sse_fanout_ms_p99"] or weight > LIMITS["sse_kb_per_client"])


if __name__ == "__main__":
    sys.exit(main())
