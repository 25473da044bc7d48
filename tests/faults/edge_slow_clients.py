"""PROMISES 12: readers keep reading beside `--n` slow clients and five times as many idle event streams.

A slow client sends its request a byte at a time, or asks for a large page and does not read it. The streams
are told of a change every second, and do not read it either. The p99 of pages, over 30 s, must stay under
200 ms. The control is an edge that takes fewer connections than there are clients: its readers must be seen
to wait.
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import json
import os
import shutil
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from standfirst.edge import streams
from standfirst.kit.sitefolder import SiteFolder
from tests.edge.crowd import room
from tests.edge.site import Server, Store, edge
from tests.edge.wire import Wire

LIMIT = 0.2
PAGE = "/"


@contextlib.contextmanager
def crowd(server: Server, slow: int, idle: int, held: str = PAGE) -> Iterator[list[socket.socket]]:
    """Connect the clients, keep them at it, and let them go; the idle ones hold what they asked for."""
    clients: list[socket.socket] = []
    dawdlers: list[socket.socket] = []
    ends = threading.Event()

    def connect(first: bytes) -> socket.socket:
        client = socket.create_connection(("127.0.0.1", server.port), timeout=10)
        client.sendall(first)
        client.setblocking(False)
        clients.append(client)
        return client

    def dawdle() -> None:
        while not ends.wait(1.0):
            for client in dawdlers:
                with contextlib.suppress(OSError):
                    client.send(b"a")

    for number in range(slow):
        if number % 2:
            dawdlers.append(connect(b"GET / HTTP/1.1\r\nhost: x\r\nx-slow: "))
        else:
            connect(b"GET /large/ HTTP/1.1\r\nhost: x\r\n\r\n")
    for _ in range(idle):
        connect(f"GET {held} HTTP/1.1\r\nhost: x\r\n\r\n".encode())
    thread = threading.Thread(target=dawdle, daemon=True)
    thread.start()
    try:
        yield clients
    finally:
        ends.set()
        thread.join()
        for client in clients:
            client.close()


def read(server: Server, seconds: float) -> list[float]:
    """Read the front page, on a new connection each time; return the seconds each took, sorted."""
    times = []
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        began = time.perf_counter()
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=2)
        try:
            connection.request("GET", "/")
            connection.getresponse().read()
        except (OSError, http.client.HTTPException):
            times.append(2.0)
        else:
            times.append(time.perf_counter() - began)
        finally:
            connection.close()
        time.sleep(0.005)
    return sorted(times)


@contextlib.contextmanager
def changing(wire: Wire) -> Iterator[None]:
    """Publish a change every second meanwhile."""
    ends = threading.Event()

    def publish() -> None:
        while not ends.wait(1.0):
            wire.publish()

    thread = threading.Thread(target=publish, daemon=True)
    thread.start()
    try:
        yield
    finally:
        ends.set()
        thread.join()


def held_streams(server: Server) -> int:
    """Return how many streams the edge says it holds."""
    return int(json.loads(server.get("/-/edge").body)["streams"])


def p99(times: list[float]) -> float:
    return times[int(len(times) * 0.99) - 1]


def main() -> int:
    """Run the campaign; 0 when the limit held and the control was caught."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--n", type=int, default=2000, help="slow clients; five times as many hold a stream")
    parser.add_argument("--seconds", type=float, default=30.0)
    chosen = parser.parse_args()
    room(chosen.n * 6)
    folder = Path(tempfile.mkdtemp(prefix="edge-"))
    store = Store(SiteFolder(folder))
    store.base([store.page("/", "<p>Front" * 500), store.page("/large/", os.urandom(200_000).hex())])
    with (
        edge(store.site) as server,
        crowd(server, chosen.n, chosen.n * 5, streams.PATH),
        changing(Wire(store)),
    ):
        times = read(server, chosen.seconds)
        held = held_streams(server)
    with edge(store.site, connections=64) as server, contextlib.suppress(OSError), crowd(server, 100, 100):
        control = read(server, 5.0)
    shutil.rmtree(folder, ignore_errors=True)
    caught = p99(control) > LIMIT
    figures = {
        "name": "edge_slow_clients",
        "n": chosen.n,
        "streams": held,
        "requests": len(times),
        "p99_ms": round(p99(times) * 1000, 1),
        "worst_ms": round(times[-1] * 1000, 1),
        "failures": sum(took >= 2 for took in times),
        "control_caught": caught,
    }
    print(json.dumps(figures))
    return int(p99(times) > LIMIT or held < chosen.n * 5 or not caught)


if __name__ == "__main__":
    sys.exit(main())
