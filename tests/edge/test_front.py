"""nginx in front of the edge: the same answers, nothing kept too long, readers read on without the edge.

What every server must do is in contract.py; here is what only a cache can get wrong, each with a
configuration that does get it wrong.
"""

from __future__ import annotations

import contextlib
import json
import signal
import socket
import time
from collections.abc import Iterator

import pytest

from standfirst.bake import erasing
from standfirst.edge.manifest import Entry, Removal
from tests.edge.application import Application, application
from tests.edge.conftest import PICTURE, RECORDING, fill
from tests.edge.contract import Headers, decoded
from tests.edge.front import NO_CODING, Broken, fronted, in_front
from tests.edge.site import Server, Store, edge, until

WITH_QUERY = ("$standfirst_coding $standfirst_path", "$standfirst_coding $request_uri")
WITH_COOKIE = ("$standfirst_coding $standfirst_path", "$standfirst_coding $standfirst_path $http_cookie")
LATER = ("proxy_cache_background_update off", "proxy_cache_background_update on")
FOR_EVER = ("proxy_ignore_headers Vary", "proxy_ignore_headers Vary X-Accel-Expires")
WHATEVER_AGE = ("proxy_cache_use_stale http_500", "proxy_cache_use_stale error http_500")
NO_STANDING_IN = ("proxy_cache_use_stale http_500 http_503", "proxy_cache_use_stale off")

KEPT = 2.1  # seconds: s-maxage=1 in nginx's whole seconds


@contextlib.contextmanager
def pair(store: Store, broken: Broken | None = None) -> Iterator[tuple[Server, Server]]:
    """Yield the edge's process and nginx in front of it."""
    with edge(store.site, port=0) as behind, in_front(store.site, broken=broken) as server:
        until(store.site, store.number)
        yield behind, server


def die(behind: Server) -> None:
    assert behind.process
    behind.process.send_signal(signal.SIGKILL)
    behind.process.wait()


@pytest.mark.parametrize("path", Headers.ALL)
@pytest.mark.parametrize("coding", ["gzip", "br", "identity", "br;q=0.1, gzip"])
def test_every_header_is_the_edges_own(
    edge_server: Server, fronted_server: Server, path: str, coding: str
) -> None:
    ours = {"server", "date", "connection", "x-accel-expires"}
    for more in ({}, {"if-none-match": "*"}, {"range": "bytes=0-9"}):
        asked = {"accept-encoding": coding, **more}
        alone, first, second = (
            server.get(path, asked) for server in (edge_server, fronted_server, fronted_server)
        )
        for behind in (first, second):
            assert behind.status == alone.status
            assert behind.body == alone.body
            assert sorted(line for line in behind.lines if line[0] not in ours) == sorted(
                line for line in alone.lines if line[0] not in ours
            )


def forms_kept_apart(server: Server) -> bool:
    return all(
        server.get("/river/", {"accept-encoding": coding}).headers.get("content-encoding", "identity")
        == coding
        for coding in ("br", "gzip", "identity", "gzip", "br")
    )


def test_each_form_is_kept_by_itself(store: Store, fronted_server: Server) -> None:
    assert forms_kept_apart(fronted_server)
    fill(store)
    with fronted(store.site, broken=NO_CODING) as server:
        assert not forms_kept_apart(server), "a key without the form must be seen"


@pytest.mark.parametrize("broken", [None, WITH_QUERY, WITH_COOKIE])
def test_nothing_a_client_adds_makes_another_copy(store: Store, broken: Broken | None) -> None:
    fill(store)
    with pair(store, broken) as (behind, server):
        assert server.get("/river/").status == 200
        die(behind)
        statuses = {
            server.get("/river/?utm_source=x").status,
            server.get("/river/", {"cookie": "a=b"}).status,
            server.get("/river/", {"host": "evil.example", "accept-language": "uk"}).status,
        }
    assert (statuses == {200}) == (broken is None)


@pytest.mark.parametrize("broken", [None, LATER])
def test_what_is_withdrawn_is_gone_in_two_seconds_also_where_nobody_looked_meanwhile(
    store: Store, broken: Broken | None
) -> None:
    fill(store)
    with pair(store, broken) as (_, server):
        assert server.get("/river/").status == 200
        until(store.site, store.segment([Entry("/river/", 410, seq=2)]))
        time.sleep(KEPT)
        assert server.get("/river/").status == (410 if broken is None else 200)
        time.sleep(0.2)
        assert server.get("/river/").status == 410


@pytest.mark.parametrize("broken", [None, FOR_EVER])
def test_a_picture_that_is_withdrawn_is_gone_too_whatever_browsers_were_told(
    store: Store, broken: Broken | None
) -> None:
    fill(store)
    with pair(store, broken) as (_, server):
        assert server.get("/_m/picture.jpg").body == PICTURE
        until(store.site, store.segment([Entry("/_m/picture.jpg", 410, seq=2)]))
        time.sleep(KEPT)
        assert server.get("/_m/picture.jpg").status == (410 if broken is None else 200)


def test_a_publish_is_there_in_two_seconds_and_the_old_page_never_comes_back(store: Store) -> None:
    fill(store)
    with pair(store) as (_, server):
        server.get("/river/")
        store.segment([store.page("/river/", "new", seq=2)])
        began, bodies = time.monotonic(), []
        while time.monotonic() - began < KEPT + 1:
            bodies.append(server.get("/river/").body == b"new")
        assert bodies == sorted(bodies)
        assert bodies[-1]


def test_a_removal_happens_at_its_instant(store: Store) -> None:
    at = time.time() + 3
    after = store.blob(b"<p>The story without its flag")
    store.base(
        [
            store.page("/", "front"),
            store.page("/flag/", "<p>Breaking: the story", removal=Removal(at, 200, after)),
            store.media("/_m/licensed.jpg", PICTURE, removal=Removal(at, 410, "")),
        ]
    )
    with pair(store) as (_, server):
        while time.time() < at - 0.3:
            assert server.get("/flag/").body == b"<p>Breaking: the story"
            assert server.get("/_m/licensed.jpg").status == 200
            time.sleep(0.05)
        time.sleep(max(0.0, at - time.time()) + KEPT)
        assert server.get("/flag/").body == b"<p>The story without its flag"
        assert server.get("/_m/licensed.jpg").status == 410


@pytest.mark.parametrize("broken", [None, WHATEVER_AGE])
def test_a_dead_edge_cannot_remove_but_nothing_stands_in_beyond_its_instant(
    store: Store, broken: Broken | None
) -> None:
    at = time.time() + 3
    flag = store.page("/flag/", "<p>Breaking", removal=Removal(at, 410, ""))
    store.base([store.page("/", "front"), flag])
    with pair(store, broken) as (behind, server):
        assert server.get("/flag/").status == 200
        die(behind)
        time.sleep(max(0.0, at - time.time()) + KEPT)
        assert server.get("/flag/").status == (503 if broken is None else 200)
        assert server.get("/flag/").status == (503 if broken is None else 200)


def test_without_the_edge_readers_read_on(store: Store) -> None:
    fill(store)
    seen = ["/", "/river/", "/_a/0123.css", "/_m/picture.jpg", "/feed.xml", "/old/"]
    with pair(store) as (behind, server):
        before = {path: server.get(path, {"accept-encoding": "gzip"}) for path in seen}
        die(behind)
        time.sleep(KEPT)
        for path, answer in before.items():
            now = server.get(path, {"accept-encoding": "gzip"})
            assert (now.status, now.body) == (answer.status, answer.body)
            etag = answer.headers.get("etag")
            if etag:
                asked = {"accept-encoding": "gzip", "if-none-match": etag}
                assert server.get(path, asked).status == 304
        unseen = server.get("/uk/%D1%97%D0%B6%D0%B0/")
        assert unseen.status == 503
        assert b"One moment" in unseen.body
        assert unseen.headers["cache-control"] == "no-store"
        assert unseen.headers["retry-after"] == "5"
        assert "default-src 'none'" in unseen.headers["content-security-policy"]
        with edge(store.site, port=0):
            until(store.site, store.number)
            assert server.get("/uk/%D1%97%D0%B6%D0%B0/").status == 200, "no cache keeps a 503"
    assert (store.site.log / "nginx.log").read_text() == "", "no reader's address is written down"


@pytest.mark.parametrize("broken", [None, NO_STANDING_IN])
def test_a_copy_stands_in_for_a_file_that_is_lost_but_not_for_what_is_withdrawn(
    store: Store, broken: Broken | None
) -> None:
    fill(store)
    with pair(store, broken) as (behind, server):
        assert server.get("/river/").status == server.get("/feed.xml").status == 200
        die(behind)
        (store.site.store / "blobs").rename(store.site.root / "lost")
        store.segment([Entry("/feed.xml", 410, seq=2)], tell=False)
        time.sleep(KEPT)
        with edge(store.site, port=0):
            until(store.site, store.number)
            assert server.get("/river/").status == (200 if broken is None else 503)
            assert server.get("/feed.xml").status == 410


def test_an_edge_that_hangs_holds_nobody_up_for_long(store: Store) -> None:
    fill(store)
    with pair(store) as (behind, server):
        assert server.get("/river/").status == 200
        assert behind.process
        time.sleep(KEPT)
        behind.process.send_signal(signal.SIGSTOP)
        try:
            began = time.monotonic()
            assert server.get("/river/").status == 200
            assert time.monotonic() - began < 15
        finally:
            behind.process.send_signal(signal.SIGCONT)


@pytest.fixture
def app(store: Store) -> Iterator[Application]:
    fill(store)
    with application(store.site) as running:
        yield running


@pytest.fixture
def server(store: Store, app: Application) -> Iterator[Server]:
    with fronted(store.site) as running:
        yield running


def test_the_application_hears_who_asks_from_us_alone(server: Server, app: Application) -> None:
    lies = {
        "x-forwarded-for": "1.2.3.4", "x-forwarded-proto": "https", "x-real-ip": "1.2.3.4",
        "forwarded": "for=1.2.3.4", "x-forwarded-host": "evil.example", "cookie": "s=1",
    }  # fmt: skip
    answer = server.get("/-/a/%D1%80?b=c&d=%2F", lies, method="POST", body=b"body")
    assert json.loads(answer.body) == ["POST", "/-/a/%D1%80?b=c&d=%2F", 4]
    _, _, headers, body = app.requests[0]
    assert body == b"body"
    assert headers["x-forwarded-for"] == "127.0.0.1"
    assert headers["x-forwarded-proto"] == "http"
    assert headers["host"] == headers["x-forwarded-host"] == f"127.0.0.1:{server.port}"
    assert headers["cookie"] == "s=1"


def test_nothing_of_the_application_is_kept(server: Server, app: Application) -> None:
    for _ in range(3):
        assert server.get("/-/x").headers["cache-control"] == "no-store"
    assert len(app.requests) == 3
    cookies = [value for name, value in server.get("/-/headers").lines if name == "set-cookie"]
    assert cookies == ["a=1; Path=/-/", "b=2; Path=/-/"]


def test_a_page_view_makes_no_application_request(server: Server, app: Application) -> None:
    for path in ("/", "/nothing/", "/-", "//-/x", "/x/../-/y", "/-/../river/", "/-/edge"):
        server.get(path, {"cookie": "sessionid=abc"})
    assert app.requests == []


def test_a_stream_comes_as_it_is_written(server: Server) -> None:
    with socket.create_connection(("127.0.0.1", server.port), timeout=5) as connection:
        connection.sendall(b"GET /-/x/events HTTP/1.1\r\nhost: x\r\n\r\n")
        began = time.monotonic()
        received = b""
        while b"data: 1" not in received:
            received += connection.recv(4096)
        assert time.monotonic() - began < 2.5, "the second event is not waited for"


def test_a_body_that_is_too_large_is_refused_with_our_headers(server: Server, app: Application) -> None:
    answer = server.get("/-/x", method="POST", body=b"a" * 10_000_001)
    assert answer.status == 413
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert app.requests == []


def test_the_edges_health_is_not_for_outside(store: Store, server: Server) -> None:
    assert server.get("/-/edge").status == 404
    with socket.socket(socket.AF_UNIX) as inside:
        inside.connect(str(store.site.edge_socket))
        inside.sendall(b"GET /-/edge HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")
        assert b" 200 " in inside.recv(4096).split(b"\r\n")[0]


def test_a_long_recording_is_not_written_to_the_cache_again_and_again(store: Store) -> None:
    fill(store)
    with pair(store) as (_, server):
        for method in ("HEAD", "GET"):
            answer = server.get("/_m/recording.mp3", method=method)
            assert answer.status == 200
            assert answer.headers["content-length"] == str(len(RECORDING))
        assert answer.body == RECORDING
        assert server.get("/_m/picture.jpg").status == 200
        sizes = [path.stat().st_size for path in store.site.front_cache.rglob("*") if path.is_file()]
        assert len(sizes) == 1, "the picture is kept: the control"
        assert max(sizes) < len(RECORDING)


def test_senders_that_dawdle_hold_no_place_and_fill_no_disk(
    store: Store, server: Server, app: Application
) -> None:
    with contextlib.ExitStack() as stack:
        for path in (b"/-/x", b"/river/") * 30:
            dawdler = stack.enter_context(socket.create_connection(("127.0.0.1", server.port)))
            head = b"POST " + path + b" HTTP/1.1\r\nhost: x\r\ncontent-length: 900000\r\n\r\n"
            dawdler.sendall(head + b"a" * 30_000)
        began = time.monotonic()
        assert server.get("/-/x").status == server.get("/river/").status == 200
        assert time.monotonic() - began < 5
        assert [path for path in (store.site.front / "body").rglob("*") if path.is_file()] == []
    assert server.get("/-/x", method="POST", body=b"a" * 1_000_000).status == 200


def test_what_is_erased_by_law_does_not_stay_in_the_cache(store: Store) -> None:
    store.base([store.page("/", "front"), store.page("/a/", "canary-7c1f " * 20)])

    def copies() -> list[str]:
        files = [path for path in store.site.front.rglob("*") if path.is_file()]
        return [path.name for path in files if b"canary-7c1f" in path.read_bytes()]

    with pair(store) as (_, server):
        assert server.get("/a/").status == 200
        assert copies(), "nginx keeps copies on disk: the control"
        erasing.empty_front(store.site)
        assert copies() == []
        assert server.get("/").status == server.get("/a/").status == 200


def test_the_readers_bytes_are_the_stores(store: Store) -> None:
    bodies = {f"/story-{number}/": f"<p>{number} " * 300 for number in range(30)}
    store.base([store.page("/", "front"), *(store.page(path, body) for path, body in bodies.items())])
    with fronted(store.site) as server:
        for _ in range(2):
            for path, body in bodies.items():
                for coding in ("gzip", "br", ""):
                    answer = server.get(path, {"accept-encoding": coding})
                    assert decoded(answer.body, coding).decode() == body
