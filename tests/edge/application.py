"""A double of the application behind the edge: it answers on the same Unix socket and remembers all it got.

It is checked against the real peer, Granian, in test_application.py.
"""

from __future__ import annotations

import contextlib
import json
import socketserver
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Any

from standfirst.kit.sitefolder import SiteFolder


@dataclass
class Application:
    """What arrived: (method, target, headers in lower case, body)."""

    requests: list[tuple[str, str, dict[str, str], bytes]] = field(default_factory=list)
    at_once: int = 0
    most_at_once: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    application: Application

    def handle_any(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length") or 0))
        headers = {name.lower(): value for name, value in self.headers.items()}
        app = self.application
        with app.lock:
            app.requests.append((self.command, self.path, headers, body))
            app.at_once += 1
            app.most_at_once = max(app.most_at_once, app.at_once)
        try:
            self.behave(self.path.partition("?")[0].strip("/").split("/")[-1], body)
        finally:
            with app.lock:
                app.at_once -= 1
            self.close_connection = True

    do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = do_OPTIONS = do_PATCH = handle_any  # noqa: N815

    def behave(self, name: str, body: bytes) -> None:
        """Answer as the last part of the path says."""
        if name in _RAW:
            self.wfile.write(_RAW[name])
        elif name in _REPLIES:
            self.reply(*_REPLIES[name])
        elif name == "hang":
            time.sleep(0.5)
        elif name == "events":
            self.reply(200, [("Content-Type", "text/event-stream")], b"data: 1\n\n")
            self.wfile.flush()
            time.sleep(3)
            self.wfile.write(b"data: 2\n\n")
        else:
            text = json.dumps([self.command, self.path, len(body)]).encode()
            self.reply(200, [("Content-Length", str(len(text)))], text)

    def reply(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def address_string(self) -> str:
        return "unix"

    def log_message(self, *_: Any) -> None:
        pass


_ODD_HEADERS = [
    ("Content-Length", "2"), ("Set-Cookie", "a=1; Path=/-/"), ("Set-Cookie", "b=2; Path=/-/"),
    ("Connection", "close, X-Private"), ("X-Private", "between us"), ("Keep-Alive", "timeout=5"),
    ("X-Odd", "na\xefve"), ("Cache-Control", "private"), ("Referrer-Policy", "no-referrer"),
]  # fmt: skip


_RAW = {
    "rubbish": b"this is not HTTP\r\n\r\n",
    "cut": b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nonly this",
    "silent": b"",
}
_REPLIES: dict[str, tuple[int, list[tuple[str, str]], bytes]] = {
    "chunked": (200, [("Transfer-Encoding", "chunked")], b"5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n"),
    "large": (200, [("Content-Length", "3000000")], b"x" * 3_000_000),
    "empty": (204, [], b""),
    "headers": (200, _ODD_HEADERS, b"{}"),
    "failing": (500, [("Content-Length", "4")], b"oops"),
}


class _Server(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
    daemon_threads = True
    request_queue_size = 256


@contextlib.contextmanager
def application(site: SiteFolder) -> Iterator[Application]:
    """Answer at the site's socket for the length of a `with` block."""
    site.make_run()
    site.app_socket.unlink(missing_ok=True)
    app = Application()
    handler = type("Handler", (_Handler,), {"application": app})
    server = _Server(str(site.app_socket), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield app
    finally:
        server.shutdown()
        server.server_close()
        site.app_socket.unlink(missing_ok=True)
