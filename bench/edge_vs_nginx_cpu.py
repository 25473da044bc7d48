"""How much of nginx's speed the edge has: requests per second of process CPU, on the same page.

A page of 60 kB (14 kB gzip). The edge with all it does: headers, negotiation, ETag, its table of paths.
nginx from Debian with `gzip_static`, no access log, the same headers as fixed text. One worker each, the
same load (wrk, 64 connections, one thread), by turns; the ratio of each turn, the median of TURNS (9).
CPU is utime + stime of the worker process, so that what else the machine does hardly counts.

`nginx_open_file_cache_vs_nginx_cpu` is nginx when it keeps files open, which nobody needs to ask for here.
`edge_floor_vs_nginx_cpu` is the same server answering nothing at all, the most any edge on it could reach.
"""

from __future__ import annotations

import contextlib
import gzip
import json
import os
import pwd
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.edge.site import Answer, Server, Store, cpu_seconds, edge
from tests.newsroom.system import ROOT, free_port

from standfirst.kit.sitefolder import SiteFolder

TURNS = int(os.environ.get("TURNS", "9"))
SECONDS = int(os.environ.get("SECONDS", "2"))
LIMIT = 0.36


def page() -> bytes:
    """Return 60 kB of HTML that gzip makes 14 kB of, like a long story with its page around it."""
    chance = random.Random(41)
    letters = "etaoinshrdlcumwfgypbvk"
    words = ["".join(chance.choices(letters, k=chance.randint(2, 9))) for _ in range(1500)]
    weights = [1 / (rank + 8) for rank in range(len(words))]
    parts: list[str] = []
    while sum(map(len, parts)) < 59_700:
        text = " ".join(chance.choices(words, weights, k=38))
        parts.append(f'<p class="body" id="p{len(parts)}">{text.capitalize()}.</p>\n')
        parts.append(
            '<figure class="figure"><picture><source type="image/avif" sizes="100vw"></picture></figure>\n'
            * 2
        )
    return ("<!doctype html>\n<html lang=en><body>" + "".join(parts)).encode()[:60_000]


def site(folder: Path, body: bytes) -> Store:
    """Write a site whose `/page/` is `body`, with keys of real length."""
    store = Store(SiteFolder(folder))
    keys = ("story:01jd8q3k6t0000000000000000", "section:01jd8q3k6t0000000000000001", "site:main")
    store.base([store.page("/page/", body, keys=keys), store.page("/", "front")])
    return store


@dataclass
class Measured:
    """What one run of load cost."""

    requests: int
    cpu: float
    seconds: float

    @property
    def per_cpu_second(self) -> float:
        return self.requests / self.cpu


def load(port: int, pids: Sequence[int], seconds: int) -> Measured:
    """Put load on a server; return its requests and the CPU seconds of its processes. Raises on any error."""
    before, began = sum(map(cpu_seconds, pids)), time.monotonic()
    output = subprocess.run(
        ["wrk", "-t1", "-c64", f"-d{seconds}s", "-H", "Accept-Encoding: gzip", f"http://127.0.0.1:{port}/page/"],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    spent, took = sum(map(cpu_seconds, pids)) - before, time.monotonic() - began
    if "Non-2xx" in output or "Socket errors" in output:
        raise RuntimeError(output)
    match = re.search(r"(\d+) requests in", output)
    assert match, output
    return Measured(int(match[1]), spent, took)


@contextlib.contextmanager
def nginx(
    folder: Path, body: bytes, headers: list[tuple[str, str]], extra: str = ""
) -> Iterator[tuple[int, int]]:
    """Run nginx over the page as files; yield its port and the worker's process id."""
    page_folder = folder / "www" / "page"
    page_folder.mkdir(parents=True, exist_ok=True)
    (page_folder / "index.html").write_bytes(body)
    (page_folder / "index.html.gz").write_bytes(gzip.compress(body, 6, mtime=0))
    own = {"content-type", "content-encoding", "content-length", "etag", "date", "server", "vary"}
    added = "\n".join(f'add_header {name} "{value}";' for name, value in headers if name not in own)
    port = free_port()
    temporary = "\n".join(
        f"{name}_temp_path {folder}/tmp;" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    owner = f"user {pwd.getpwuid(0).pw_name};" if os.getuid() == 0 else ""  # else its worker is nobody
    (folder / "nginx.conf").write_text(
        f"""{owner} daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log stderr crit;
        events {{ worker_connections 1024; }}
        http {{
            types {{ text/html html; }} default_type application/octet-stream;
            access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000000; {temporary} {extra}
            server {{
                listen 127.0.0.1:{port}; root {folder}/www; index index.html;
                gzip_static on; gzip_vary on; etag on;
                {added}
            }}
        }}"""
    )
    binary = shutil.which("nginx") or "/usr/sbin/nginx"
    process = subprocess.Popen([binary, "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", "stderr"])
    try:
        Server(port).wait()
        (worker,) = map(int, Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split())
        yield port, worker
    finally:
        process.terminate()
        process.wait(10)


_FLOOR = """
import sys
from granian.constants import HTTPModes, Interfaces, Loops, RuntimeModes
from standfirst.edge import scheduling, server

def nothing(scope, reply):
    reply.response_empty(200, [])
    return True

scheduling.install(server.mt, nothing, print)
floor = server._OneProcess("floor", address="127.0.0.1", port=int(sys.argv[1]), interface=Interfaces.RSGI,
    workers=1, loop=Loops.uvloop, runtime_mode=RuntimeModes.st, http=HTTPModes.http1, websockets=False,
    log_enabled=False)
floor.serve(target_loader=lambda *_, **__: nothing, wrap_loader=False)
"""


@contextlib.contextmanager
def floor() -> Iterator[Server]:
    """Run the same server with an application that answers nothing."""
    port = free_port()
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    process = subprocess.Popen([sys.executable, "-c", _FLOOR, str(port)], env=environment)
    try:
        server = Server(port, process)
        server.wait()
        yield server
    finally:
        process.terminate()
        process.wait(10)


def take_turns(peers: dict[str, tuple[int, list[int]]]) -> list[dict[str, Measured]]:
    """Load each server (its port, its processes) by turns, after a second to warm up."""
    for port, pids in peers.values():
        load(port, pids, 1)
    return [{who: load(*peer, SECONDS) for who, peer in peers.items()} for _ in range(TURNS)]


def check_same(ours: Answer, theirs: Answer) -> None:
    """Raise AssertionError when the two servers do not do the same work."""
    assert gzip.decompress(ours.body) == gzip.decompress(theirs.body)
    left_out = {"etag", "date", "server", "vary", "content-length"}
    missing = {name for name in ours.headers if name not in left_out} - theirs.headers.keys()
    assert not missing, missing


def main() -> int:
    """Print the figures; 0 when the limit of the plan holds."""
    body = page()
    packed = len(gzip.compress(body, 6))
    assert 13_500 < packed < 14_500, packed
    with tempfile.TemporaryDirectory() as name, contextlib.ExitStack() as stack:
        folder = Path(name)
        store = site(folder / "site", body)
        ours = stack.enter_context(edge(store.site))
        sent = ours.get("/page/", {"accept-encoding": "gzip"})
        assert sent.headers["content-encoding"] == "gzip"
        assert ours.process
        theirs, worker = stack.enter_context(nginx(folder / "nginx", body, sent.lines))
        tuned = stack.enter_context(nginx(folder / "tuned", body, sent.lines, "open_file_cache max=100;"))
        check_same(sent, Server(theirs).get("/page/", {"accept-encoding": "gzip"}))
        empty = stack.enter_context(floor())
        assert empty.process
        peers = {
            "edge": (ours.port, ours.process.pid),
            "nginx": (theirs, worker),
            "tuned": tuned,
            "floor": (empty.port, empty.process.pid),
        }
        turns = take_turns({who: (port, [pid]) for who, (port, pid) in peers.items()})
    ratio = report(turns)
    return int(ratio < LIMIT)


def figure(name: str, values: list[float], unit: str, **more: float) -> float:
    """Print a figure with its spread; return its median."""
    middle = statistics.median(values)
    spread = {"low": min(values), "high": max(values)}
    rounded = {key: float(f"{value:.4g}") for key, value in {"value": middle, **spread}.items()}
    print(json.dumps({"name": name, **rounded, "unit": unit, **more}), flush=True)
    return middle


def report(turns: list[dict[str, Measured]]) -> float:
    """Print one JSON line a figure; return the ratio that has a limit."""

    def against_nginx(who: str) -> list[float]:
        return [turn[who].per_cpu_second / turn["nginx"].per_cpu_second for turn in turns]

    ratio = figure("edge_vs_nginx_cpu", against_nginx("edge"), "of nginx", limit=LIMIT)
    figure("edge_floor_vs_nginx_cpu", against_nginx("floor"), "of nginx")
    figure("nginx_open_file_cache_vs_nginx_cpu", against_nginx("tuned"), "of nginx")
    for who in ("edge", "nginx"):
        figure(f"{who}_requests_per_cpu_s", [turn[who].per_cpu_second for turn in turns], "1/s")
        figure(f"{who}_requests_per_s", [turn[who].requests / turn[who].seconds for turn in turns], "1/s")
    return ratio


if __name__ == "__main__":
    sys.exit(main())
