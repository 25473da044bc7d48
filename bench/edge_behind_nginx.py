"""How much of nginx's speed a site has behind the nginx that `serve` starts: requests per second of CPU.

The page, the load, the turns and the peer are those of `edge_vs_nginx_cpu`: nginx serving the page as a file,
with `gzip_static` and the same headers. Here nginx stands in front of the edge as `serve` starts it, with one
worker; CPU is that of every process together: nginx's master, worker and cache manager, and the edge, which
is asked once a second.
"""

from __future__ import annotations

import contextlib
import sys
import tempfile
from pathlib import Path

from tests.edge.front import in_front
from tests.edge.site import Server, edge, until

from bench.edge_vs_nginx_cpu import check_same, figure, nginx, page, site, take_turns

LIMIT = 0.8


def children(pid: int) -> list[int]:
    """Return the processes that nginx's master `pid` has started, but the one that soon ends by itself."""
    started = map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split())
    return [child for child in started if b"cache loader" not in Path(f"/proc/{child}/cmdline").read_bytes()]


def main() -> int:
    """Print the figures; 0 when the limit holds."""
    body = page()
    with tempfile.TemporaryDirectory(prefix="edge-") as name, contextlib.ExitStack() as stack:
        folder = Path(name)
        store = site(folder / "site", body)
        behind = stack.enter_context(edge(store.site, port=0))
        front = stack.enter_context(in_front(store.site, workers=1))
        until(store.site, store.number)
        sent = front.get("/page/", {"accept-encoding": "gzip"})
        theirs, worker = stack.enter_context(nginx(folder / "nginx", body, sent.lines))
        check_same(sent, Server(theirs).get("/page/", {"accept-encoding": "gzip"}))
        assert behind.process
        assert front.process
        master = front.process.pid
        peers = {
            "front": (front.port, [master, *children(master), behind.process.pid]),
            "nginx": (theirs, [worker]),
        }
        turns = take_turns(peers)
    ratios = [turn["front"].per_cpu_second / turn["nginx"].per_cpu_second for turn in turns]
    ratio = figure("edge_behind_nginx_vs_nginx_cpu", ratios, "of nginx", limit=LIMIT)
    figure("edge_behind_nginx_requests_per_cpu_s", [turn["front"].per_cpu_second for turn in turns], "1/s")
    rates = [turn["front"].requests / turn["front"].seconds for turn in turns]
    figure("edge_behind_nginx_requests_per_s", rates, "1/s")
    return int(ratio < LIMIT)


if __name__ == "__main__":
    sys.exit(main())
