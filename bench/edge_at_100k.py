"""The edge with a site of 100,000 paths (PATHS): start, memory, and how soon a segment is visible.

`edge_start_s` is from the start of the process to its first answer; `edge_restart_s` the same after it was
killed and a segment came meanwhile, until what was published is read; `edge_rss_mb` its resident memory after
60,000 pages were read (of 3,000 bodies of 5 kB or so, more than its budget of 128 MB holds, no streams);
`edge_follow_ms_p95` from the manifest's segment to a reader's new bytes. Wall time and megabytes.
"""

from __future__ import annotations

import http.client
import json
import os
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

from tests.edge.site import Server, Store, edge

from standfirst.edge.manifest import Entry
from standfirst.kit.sitefolder import SiteFolder

PATHS = int(os.environ.get("PATHS", "100000"))
READS = int(os.environ.get("READS", "60000"))
SEGMENTS = 300


def site(folder: Path) -> tuple[Store, list[Entry]]:
    """Write a site of PATHS paths with names and keys of real length, and 50 segments after its base."""
    store = Store(SiteFolder(folder))
    bodies = [
        store.blob(f"<p>{number} ".encode() + os.urandom(10_000).hex().encode()) for number in range(3000)
    ]
    entries = [
        Entry(
            f"/some-words-of-the-headline-of-story-{number:06d}/", 200, bodies[number % 3000], seq=number,
            keys=(f"story:01jd8q3k6t{number:016d}", f"section:01jd8q3k6t{number % 9:016d}", "site:main"),
        )
        for number in range(PATHS)
    ]  # fmt: skip
    store.base([store.page("/", "front"), *entries])
    for number in range(50):
        store.segment(entries[number * 20 : number * 20 + 20])
    return store, entries


def read(server: Server, entries: list[Entry]) -> None:
    """Read READS pages, each once, in two forms."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port)
    for number, entry in enumerate(entries[:READS]):
        connection.request("GET", entry.path, headers={"accept-encoding": ("gzip", "br")[number % 2]})
        connection.getresponse().read()


def follow(server: Server, store: Store) -> list[float]:
    """Return, for SEGMENTS segments, the milliseconds until a reader gets the new bytes."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port)
    times = []
    for turn in range(SEGMENTS):
        body = f"turn {turn}"
        store.segment([store.page("/", body, seq=PATHS + turn)])
        began = time.perf_counter()
        while True:
            connection.request("GET", "/")
            if connection.getresponse().read() == body.encode():
                break
        times.append((time.perf_counter() - began) * 1000)
        time.sleep(0.01)
    return times


def restart(store: Store) -> float:
    """Kill an edge, publish, start another; return the seconds until it answers with what was published."""
    with edge(store.site, memory_mb=128) as server:
        assert server.get("/").status == 200
        assert server.process
        server.process.kill()
        server.process.wait()
    body = f"published at {time.time_ns()}"
    store.segment([store.page("/", body, seq=time.time_ns())], tell=False)
    began = time.monotonic()
    with edge(store.site, memory_mb=128) as server:
        while server.get("/").body != body.encode():
            time.sleep(0.001)
        return time.monotonic() - began


def main() -> int:
    """Print the figures; 0 when their limits hold."""
    folder = Path(tempfile.mkdtemp(prefix="edge-"))
    store, entries = site(folder)
    starts = []
    for _ in range(3):
        began = time.monotonic()
        with edge(store.site, memory_mb=128) as server:
            server.get("/")
            starts.append(time.monotonic() - began)
    with edge(store.site, memory_mb=128) as server:
        times = follow(server, store)
        read(server, entries)
        held = server.resident() / 1e6
    restarts = [restart(store) for _ in range(3)]
    shutil.rmtree(folder, ignore_errors=True)
    figures = [
        ("edge_start_s", statistics.median(starts), "s", 2.0),
        ("edge_restart_s", statistics.median(restarts), "s", 2.0),
        ("edge_follow_ms_p50", statistics.median(times), "ms", 50.0),
        ("edge_follow_ms_p95", statistics.quantiles(times, n=20)[18], "ms", 50.0),
        ("edge_rss_mb", held, "MB", 200.0),
    ]
    for name, value, unit, limit in figures:
        print(
            json.dumps({"name": name, "value": round(value, 2), "unit": unit, "limit": limit, "paths": PATHS})
        )
    return int(any(value > limit for _, value, _, limit in figures))


if __name__ == "__main__":
    sys.exit(main())
