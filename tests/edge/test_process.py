"""The process: how it starts, ends, says how it is, and what it costs."""

from __future__ import annotations

import ast
import json
import os
import signal
import socket
import subprocess
import sys
import time

import pytest

from standfirst.edge import fallback, state
from standfirst.edge.manifest import Entry
from standfirst.kit import bus
from tests.edge.application import application
from tests.edge.site import Store, edge, until
from tests.newsroom.system import ROOT


def small(store: Store) -> None:
    store.base([store.page("/", "front"), store.page("/_e/404/", "none", status=404)])


def test_it_imports_no_django_no_database_no_templates() -> None:
    forbidden = ("django", "wagtail", "pydantic", "sqlite3", "jinja2", "httpx", "cryptography")
    code = (
        "import sys, standfirst.edge.server, standfirst.edge.proxy\n"
        f"print([name for name in {forbidden} if name in sys.modules])"
    )
    output = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    assert ast.literal_eval(output) == []


def test_pages_are_answered_without_a_task(store: Store) -> None:
    """A new Granian that has moved the place we answer from would be slower, not wrong: see it here."""
    from granian.server import mp, mt

    from standfirst.edge import scheduling

    for module in (mt, mp):
        before = module._new_cbscheduler
        try:
            assert scheduling.install(module, lambda scope, reply: True, lambda reply: None)
        finally:
            module._new_cbscheduler = before


def test_a_mistake_of_ours_is_a_page_that_says_sorry() -> None:
    from standfirst.edge import scheduling

    said = []

    class Watcher:
        scope = proto = "the request"

        def done(self) -> None:
            said.append("done")

    def mistaken(scope: object, reply: object) -> bool:
        raise RuntimeError("a mistake")

    schedule = scheduling._schedule(None, None, None, mistaken, lambda reply: said.append("sorry"))
    schedule(Watcher())
    assert said == ["sorry", "done"]


def test_the_first_answer_costs_little(store: Store) -> None:
    """The bench measures the time; CPU says the same on a machine that does other things too."""
    small(store)
    with edge(store.site) as server:
        assert server.get("/").status == 200
        spent = server.cpu()
    assert spent < 1.0, f"{spent} s of CPU"


def test_sigterm_ends_it_quickly_also_with_open_streams(store: Store) -> None:
    small(store)
    with application(store.site), edge(store.site) as server:
        assert server.process
        streams = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(20)]
        for stream in streams[:10]:
            stream.sendall(b"GET /-/events HTTP/1.1\r\nhost: x\r\n\r\n")
        for stream in streams[10:]:
            stream.sendall(b"GET / HTT")
        time.sleep(0.3)
        began = time.monotonic()
        server.process.send_signal(signal.SIGTERM)
        server.process.wait(5)
        assert time.monotonic() - began < 4, "Granian alone would wait for the streams"
        for stream in streams:
            stream.close()
    assert state.applied(store.site) == []
    assert not list((store.site.run / "bus").glob("edge-*"))


def test_it_says_how_far_it_is(store: Store) -> None:
    small(store)
    with bus.Listener(store.site, "test") as ear, edge(store.site):
        until(store.site, 1)
        number = store.segment([store.page("/a/", "a", seq=2)])
        until(store.site, number)
        heard = set()
        deadline = time.monotonic() + 2
        while (bus.APPLIED, str(number)) not in heard and time.monotonic() < deadline:
            heard |= set(ear.wait(0.2))
        assert (bus.APPLIED, str(number)) in heard
    assert state.applied(store.site) == []


def test_what_a_dead_edge_said_is_not_believed(store: Store) -> None:
    small(store)
    with edge(store.site) as server:
        until(store.site, 1)
        assert server.process
        server.process.kill()
        server.process.wait()
        assert list((store.site.run / "edge").glob("*.applied"))
        assert state.applied(store.site) == []
    (store.site.run / "edge" / f"{os.getpid()}.applied").write_text("7 12345")
    assert state.applied(store.site) == [], "another process has that number now"
    (store.site.run / "edge" / f"{os.getpid()}.applied").write_text("torn")
    assert state.applied(store.site) == []


def test_a_port_is_not_shared_with_another_site(store: Store) -> None:
    small(store)
    with edge(store.site) as server:
        code = (
            "import sys; from pathlib import Path; from standfirst.edge.server import main\n"
            "from standfirst.kit.sitefolder import SiteFolder\n"
            f"main(SiteFolder(Path({str(store.site.root)!r})), '127.0.0.1', {server.port}, memory_mb=9)"
        )
        second = subprocess.run(
            [sys.executable, "-c", code], env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
            capture_output=True, text=True, timeout=20, check=False,
        )  # fmt: skip
    assert second.returncode == 1
    assert f"cannot serve at 127.0.0.1:{server.port}" in second.stderr


def test_its_health_is_told_to_this_machine_alone(store: Store) -> None:
    small(store)
    with edge(store.site) as server:
        facts = json.loads(server.get("/-/edge").body)
        assert facts["applied"] == 1
        assert facts["paths"] == 2
        assert facts["memory_bytes"] > 0
        for name in ("x-forwarded-for", "via", "forwarded"):
            assert server.get("/-/edge", {name: "10.0.0.1"}).status == 404, (
                "somebody else asks through a proxy"
            )


def test_https_is_told_to_browsers_when_the_site_is_on_it(store: Store) -> None:
    small(store)
    with edge(store.site, https=True) as server:
        headers = server.get("/").headers
        assert headers["strict-transport-security"] == "max-age=31536000"
        assert "upgrade-insecure-requests" in headers["content-security-policy"]


def test_several_workers_follow_each_for_itself(store: Store) -> None:
    small(store)
    with edge(store.site, workers=2) as server:
        deadline = time.monotonic() + 10
        while len(state.applied(store.site)) < 2:
            assert time.monotonic() < deadline
            time.sleep(0.02)
        until(store.site, store.segment([store.page("/", "new front", seq=2)]))
        assert {server.get("/").body for _ in range(30)} == {b"new front"}
    assert state.applied(store.site) == []


def test_without_error_pages_it_has_plain_ones(store: Store) -> None:
    store.base([store.page("/", "front"), Entry("/gone/", 410)])
    with edge(store.site) as server:
        for path, status in (("/nothing/", 404), ("/gone/", 410), ("/-/x", 503)):
            answer = server.get(path)
            assert answer.status == status
            assert answer.body == fallback.page(status)


def test_memory_stays_within_the_budget(store: Store) -> None:
    bodies = {f"/{number}/": os.urandom(200_000) for number in range(400)}
    store.base([store.page("/", "front"), *(store.media(path, body) for path, body in bodies.items())])
    with edge(store.site, memory_mb=20) as server:
        before = server.resident()
        for path, body in bodies.items():
            assert server.get(path).body == body
        first = json.loads(server.get("/-/edge").body)["memory_bytes"]
        grown = server.resident() - before
    assert first < 20_000_000
    assert grown < 45_000_000, f"{grown / 1e6:.0f} MB for a budget of 20 MB, 80 MB asked for"


@pytest.mark.parametrize("size", [30_000_000])
def test_a_client_that_does_not_read_costs_no_memory(store: Store, size: int) -> None:
    store.base([store.page("/", "front"), store.media("/long.mp3", os.urandom(size), "audio/mpeg")])
    with edge(store.site) as server:
        before = server.resident()
        clients = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(10)]
        for client in clients:
            client.sendall(b"GET /long.mp3 HTTP/1.1\r\nhost: x\r\n\r\n")
        time.sleep(1)
        grown = server.resident() - before
        for client in clients:
            client.close()
    assert grown < 40_000_000, f"{grown / 1e6:.0f} MB for ten times 30 MB"


def test_readers_keep_reading_beside_slow_and_idle_clients(store: Store) -> None:
    small(store)
    with edge(store.site) as server:
        clients = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(400)]
        for number, client in enumerate(clients):
            if number % 2:
                client.sendall(b"GET / HTTP/1.1\r\nhost: x\r\nx-slow: ")
        times = []
        for _ in range(200):
            began = time.perf_counter()
            assert server.get("/").status == 200
            times.append(time.perf_counter() - began)
        for client in clients:
            client.close()
    assert sorted(times)[150] < 0.2, "the full form, at p99, is the campaign edge_slow_clients"
