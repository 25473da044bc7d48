"""Asking for a page many times over kept connections, and what that cost the processes that answer."""

from __future__ import annotations

import http.client
import os
import re
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from bench.peers import processes
from bench.peers.peer import Peer

CONNECTIONS = 8
_LEAST, _MOST = 64, 24_000
_HEADERS = {"Accept-Encoding": "gzip", "User-Agent": "bench"}


@dataclass(frozen=True)
class Cost:
    """CPU milliseconds a request, in the application and in its database; how busy the machine was."""

    application: float
    database: float
    requests: int
    seconds: float
    load_average: float


def ask(origin: str, path: str, count: int, connections: int = CONNECTIONS) -> None:
    """Ask `count` times, by several clients at once. Raises RuntimeError for any answer but 200."""
    wrong: list[str] = []
    shares = [count // connections + (number < count % connections) for number in range(connections)]
    clients = [threading.Thread(target=_client, args=(origin, path, share, wrong)) for share in shares]
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    if wrong:
        raise RuntimeError(f"{origin}{path}: {wrong[0]}")


def _client(origin: str, path: str, count: int, wrong: list[str]) -> None:
    try:
        connection = http.client.HTTPConnection(urlsplit(origin).netloc, timeout=60)
        for _ in range(count):
            connection.request("GET", path, headers=_HEADERS)
            answer = connection.getresponse()
            answer.read()
            if answer.status != 200:
                raise RuntimeError(f"answered {answer.status}")
        connection.close()
    except (OSError, http.client.HTTPException, RuntimeError) as error:
        wrong.append(f"{type(error).__name__} {error}")


def requests_in(origin: str, path: str, seconds: float) -> int:
    """Return about how many requests it answers in so many seconds; warms it too."""
    ask(origin, path, _LEAST)
    began = time.monotonic()
    ask(origin, path, _LEAST)
    took = time.monotonic() - began
    return max(_LEAST, min(_MOST, int(_LEAST * seconds / took)))


def stories_on(origin: str, path: str) -> int:
    """Return how many of the stories a page names by their addresses."""
    connection = http.client.HTTPConnection(urlsplit(origin).netloc, timeout=60)
    connection.request("GET", path)
    text = connection.getresponse().read().decode()
    connection.close()
    return len(set(re.findall(r"/story-\d{4}/", text)))


def cost(peer: Peer, path: str, count: int) -> Cost:
    """Ask a warm peer for a page `count` times; return what one request cost."""
    roots, origin = peer.roots(), peer.addresses().origin
    before = [processes.cpu_seconds(pids) for pids in (roots.application, roots.database)]
    busy, began = os.getloadavg()[0], time.monotonic()
    ask(origin, path, count)
    took = time.monotonic() - began
    after = [processes.cpu_seconds(pids) for pids in (roots.application, roots.database)]
    application, database = ((end - start) * 1000 / count for start, end in zip(before, after, strict=True))
    return Cost(application, database, count, took, busy)


def at_rest(peers: Sequence[Peer], seconds: float) -> list[float]:
    """Return the CPU milliseconds a second that each peer takes while nobody asks it for anything."""

    def spent() -> list[float]:
        roots = [peer.roots() for peer in peers]
        return [processes.cpu_seconds([*root.application, *root.database]) for root in roots]

    before = spent()
    time.sleep(seconds)
    return [(end - start) * 1000 / seconds for start, end in zip(before, spent(), strict=True)]
