"""Only `/-/` reaches the application, within limits, and its absence is a page, never a wait."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator

import pytest

from standfirst.edge.manifest import Entry
from tests.edge.application import Application, application
from tests.edge.site import Answer, Server, Store, edge

_REAL = """
import json, sys
from pathlib import Path
from granian.constants import Interfaces
from granian.server import Server

def app(environ, start):
    body = environ["wsgi.input"].read()
    names = ["HTTP_HOST", "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_COOKIE", "HTTP_PROXY"]
    text = json.dumps([environ["REQUEST_METHOD"], environ["PATH_INFO"], environ["QUERY_STRING"], len(body),
                       {name: environ.get(name) for name in names}]).encode()
    start("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(text))),
                     ("Set-Cookie", "s=1; Path=/-/")])
    return [text]

Server("app", uds=Path(sys.argv[1]), interface=Interfaces.WSGI, blocking_threads=2, log_enabled=False,
       backpressure=32).serve(target_loader=lambda *a, **k: app, wrap_loader=False)
"""


@pytest.fixture
def app(store: Store) -> Iterator[Application]:
    store.base([store.page("/", "front"), store.page("/_e/503/", "<h1>One moment", status=503)])
    with application(store.site) as running:
        yield running


@pytest.fixture
def server(store: Store, app: Application) -> Iterator[Server]:
    with edge(store.site) as running:
        yield running


def is_503(answer: Answer) -> bool:
    return answer.status == 503 and b"One moment" in answer.body and "retry-after" in answer.headers


def test_a_page_view_makes_no_application_request(server: Server, app: Application) -> None:
    for path in (
        "/",
        "/nothing/",
        "/-",
        "/_f/latest/",
        "/favicon.ico",
        "/static/x",
        "/admin/",
        "//-/x",
        "/x/../-/y",
    ):
        server.get(path, {"cookie": "sessionid=abc", "x-original-url": "/-/x"})
        server.get(path, method="POST", body=b"a")
    assert app.requests == []
    server.get("/-/x")
    assert len(app.requests) == 1, "the double counts what it gets"


def test_a_request_arrives_as_it_was_sent(server: Server, app: Application) -> None:
    answer = server.get(
        "/-/a/%D1%80?b=c&d=%2F", {"cookie": "s=1", "x-thing": "y"}, method="POST", body=b"body"
    )
    assert json.loads(answer.body) == ["POST", "/-/a/%D1%80?b=c&d=%2F", 4]
    method, _, headers, body = app.requests[0]
    assert (method, body) == ("POST", b"body")
    assert headers["cookie"] == "s=1"
    assert headers["x-thing"] == "y"
    assert headers["host"] == f"127.0.0.1:{server.port}"


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_every_method_goes_through(server: Server, app: Application, method: str) -> None:
    assert server.get("/-/x", method=method).status == 200
    assert app.requests[0][0] == method


def test_where_a_request_came_from_is_ours_to_say(server: Server, app: Application) -> None:
    lies = {
        "x-forwarded-for": "1.2.3.4", "x_forwarded_for": "1.2.3.4", "x-forwarded-host": "evil.example",
        "x-forwarded-proto": "https", "x-real-ip": "1.2.3.4", "forwarded": "for=1.2.3.4", "proxy": "http://evil/",
        "te": "trailers", "upgrade": "websocket", "connection": "upgrade, x-secret", "x-secret": "1",
    }  # fmt: skip
    server.get("/-/x", lies)
    headers = app.requests[0][2]
    assert headers["x-forwarded-for"] == "127.0.0.1"
    assert headers["x-forwarded-proto"] == "http"
    assert headers["x-forwarded-host"] == f"127.0.0.1:{server.port}"
    assert headers["connection"] == "close"
    gone = {"x_forwarded_for", "x-real-ip", "forwarded", "proxy", "te", "upgrade", "x-secret"}
    assert not gone & headers.keys()


def test_its_answer_comes_back_without_what_is_between_the_two(server: Server) -> None:
    answer = server.get("/-/headers")
    assert [value for name, value in answer.lines if name == "set-cookie"] == [
        "a=1; Path=/-/",
        "b=2; Path=/-/",
    ]
    assert not {"x-private", "keep-alive", "x-odd"} & answer.headers.keys()
    assert answer.headers["cache-control"] == "private"
    assert answer.headers["referrer-policy"] == "no-referrer", "the application's word goes before ours"
    assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_nothing_of_the_application_is_cached_unless_it_says_so(server: Server) -> None:
    headers = server.get("/-/x").headers
    assert headers["cache-control"] == "no-store"
    assert headers["x-robots-tag"] == "noindex"


@pytest.mark.parametrize(
    ("path", "status", "size"),
    [("chunked", 200, 11), ("large", 200, 3_000_000), ("empty", 204, 0), ("failing", 500, 4)],
)
def test_bodies_of_every_kind_come_through(server: Server, path: str, status: int, size: int) -> None:
    answer = server.get(f"/-/{path}")
    assert (answer.status, len(answer.body)) == (status, size)


def test_a_stream_comes_as_it_is_written(server: Server) -> None:
    with socket.create_connection(("127.0.0.1", server.port), timeout=5) as connection:
        connection.sendall(b"GET /-/x/events HTTP/1.1\r\nhost: x\r\n\r\n")
        began = time.monotonic()
        received = b""
        while b"data: 1" not in received:
            received += connection.recv(4096)
        assert time.monotonic() - began < 2.5, "the second event is not waited for"


@pytest.mark.parametrize("path", ["rubbish", "cut", "silent"])
def test_an_answer_that_is_none_is_a_503(server: Server, path: str) -> None:
    assert is_503(server.get(f"/-/{path}"))
    assert server.get("/-/x").status == 200


def test_an_absent_application_is_a_503_at_once(store: Store) -> None:
    store.base([store.page("/", "front"), store.page("/_e/503/", "<h1>One moment", status=503)])
    with edge(store.site) as server:
        began = time.monotonic()
        assert is_503(server.get("/-/x"))
        assert is_503(server.get("/-/x", method="POST", body=b"a" * 100_000))
        store.site.make_run()
        with contextlib.closing(socket.socket(socket.AF_UNIX)) as dead:
            dead.bind(str(store.site.app_socket))  # a socket nobody listens on, as a killed process leaves it
        assert is_503(server.get("/-/x"))
        assert time.monotonic() - began < 4
        store.site.app_socket.unlink()
        with application(store.site):
            assert server.get("/-/x").status == 200, "it is back without a restart of the edge"


@pytest.mark.parametrize("path", ["/-/../x", "/-/a/%2e%2e/b", "/-/%00", "/-/a%0d%0ab", "/-/%ff"])
def test_a_crooked_address_does_not_reach_the_application(
    server: Server, app: Application, path: str
) -> None:
    assert server.get(path).status in (400, 404)
    assert app.requests == []


def test_a_body_that_is_too_large_is_refused(server: Server, app: Application) -> None:
    answer = server.raw(
        b"POST /-/x HTTP/1.1\r\nhost: x\r\ncontent-length: 10000001\r\nconnection: close\r\n\r\nabc"
    )
    assert b" 413 " in answer.split(b"\r\n")[0]
    assert app.requests == []
    assert server.get("/-/x", method="POST", body=b"a" * 1_000_000).status == 200


def test_a_body_without_a_length_is_refused(server: Server, app: Application) -> None:
    answer = server.raw(
        b"POST /-/x HTTP/1.1\r\nhost: x\r\nconnection: close\r\ntransfer-encoding: chunked\r\n\r\n"
        b"3\r\nabc\r\n0\r\n\r\n"
    )
    assert b" 411 " in answer.split(b"\r\n")[0]
    assert app.requests == []


def test_a_body_that_breaks_off_never_arrives(server: Server, app: Application) -> None:
    with socket.create_connection(("127.0.0.1", server.port)) as connection:
        connection.sendall(b"POST /-/x HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\nabc")
    time.sleep(0.3)
    assert app.requests == []


def test_senders_that_dawdle_hold_no_place(server: Server, app: Application) -> None:
    with contextlib.ExitStack() as stack:
        for _ in range(60):
            dawdler = stack.enter_context(socket.create_connection(("127.0.0.1", server.port)))
            dawdler.sendall(b"POST /-/x HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\nabc")
        began = time.monotonic()
        assert server.get("/-/x").status == 200
        assert time.monotonic() - began < 5, "a body has 30 s to arrive"


def test_a_flood_waits_at_the_edge_and_is_sent_away_there(server: Server, app: Application) -> None:
    answers: list[Answer] = []

    def ask() -> None:
        answers.append(server.get("/-/hang"))

    askers = [threading.Thread(target=ask) for _ in range(220)]
    for asker in askers:
        asker.start()
    time.sleep(0.2)
    began = time.monotonic()
    assert server.get("/").status == 200
    assert time.monotonic() - began < 2, "readers do not wait for the application"
    for asker in askers:
        asker.join()
    assert app.most_at_once <= 24
    refused = [answer for answer in answers if answer.status == 503]
    assert refused
    assert all(is_503(answer) for answer in refused)


def test_granian_gets_what_the_double_gets(store: Store) -> None:
    store.base([Entry("/old/", 301, location="/")])
    store.site.make_run()
    process = subprocess.Popen([sys.executable, "-c", _REAL, str(store.site.app_socket)], env=os.environ)
    try:
        with edge(store.site) as server:
            deadline = time.monotonic() + 10
            while server.get("/-/up").status != 200:
                assert time.monotonic() < deadline
                time.sleep(0.05)
            headers = {"cookie": "s=1", "x_forwarded_for": "1.2.3.4", "proxy": "http://evil/"}
            answer = server.get("/-/%D1%80/?q=1", headers, method="POST", body=b"x" * 70_000)
            method, path, query, size, said = json.loads(answer.body)
            assert (method, path.encode("latin-1").decode(), query, size) == ("POST", "/-/р/", "q=1", 70_000)
            assert said == {
                "HTTP_HOST": f"127.0.0.1:{server.port}", "HTTP_X_FORWARDED_FOR": "127.0.0.1",
                "HTTP_X_FORWARDED_PROTO": "http", "HTTP_COOKIE": "s=1", "HTTP_PROXY": None,
            }  # fmt: skip
            assert answer.headers["set-cookie"] == "s=1; Path=/-/"
            assert server.get("/-/x", method="HEAD").body == b""
    finally:
        process.terminate()
        process.wait(10)
