"""A CDN on the loopback: keeps what it was asked for until it is told to forget, and can fail in every way.

It speaks the purge calls of Fastly and of Cloudflare as they document them, and refuses what does not fit.
"""

from __future__ import annotations

import contextlib
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from standfirst.bake.cdns import Cloudflare, Fastly
from standfirst.kit.fetch import Policy

TOKEN = "token-that-nobody-may-see"
HOST = "https://courier.example"


@dataclass
class Cdn:
    """What it holds: URL to surrogate keys. `faults` are what the next calls get: a status, or "hang up"."""

    port: int = 0
    held: dict[str, tuple[str, ...]] = field(default_factory=dict)
    faults: list[int | str] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)

    def hold(self, path: str, *keys: str) -> None:
        self.held[HOST + path] = keys

    def fastly(self) -> Fastly:
        return Fastly("service1", TOKEN, self._policy(), f"http://127.0.0.1:{self.port}")

    def cloudflare(self) -> Cloudflare:
        return Cloudflare("zone1", TOKEN, self._policy(), f"http://127.0.0.1:{self.port}/client/v4")

    def _policy(self) -> Policy:
        return Policy(ports=frozenset({self.port}), allows=lambda address: str(address) == "127.0.0.1")

    def answer(self, path: str, headers: Any, body: bytes) -> tuple[int, dict[str, Any]]:
        """Do what a call says; return the answer's status and JSON."""
        data = json.loads(body or b"{}")
        self.calls.append(f"{path} {json.dumps(data, sort_keys=True)}")
        if path.startswith("/client/v4/"):
            return self._cloudflare(path, headers, data)
        if headers.get("Fastly-Key") != TOKEN:
            return 401, {"msg": "Provided credentials are missing or invalid"}
        if path.startswith("/purge/"):
            self.held.pop("https://" + path.removeprefix("/purge/"), None)
        elif path == "/service/service1/purge" and 0 < len(data["surrogate_keys"]) <= 256:
            self._without(data["surrogate_keys"])
        elif path == "/service/service1/purge_all":
            self.held.clear()
        else:
            return 404, {"msg": "Record not found"}
        return 200, {"status": "ok"}

    def _cloudflare(self, path: str, headers: Any, data: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        wrong: dict[str, Any] = {"success": False, "errors": [{"code": 1000, "message": "bad request"}]}
        if headers.get("Authorization") != f"Bearer {TOKEN}":
            return 403, wrong | {"errors": [{"code": 10000, "message": "Authentication error"}]}
        if path != "/client/v4/zones/zone1/purge_cache" or len(data) != 1:
            return 400, wrong
        ((kind, values),) = data.items()
        if kind == "purge_everything" and values is True:
            self.held.clear()
        elif kind == "files" and 0 < len(values) <= 30:
            for url in values:
                self.held.pop(url, None)
        elif kind == "tags" and 0 < len(values) <= 30:
            self._without(values)
        else:
            return 400, wrong
        return 200, {"success": True, "errors": [], "messages": [], "result": {"id": "zone1"}}

    def _without(self, keys: list[str]) -> None:
        self.held = {url: held for url, held in self.held.items() if not set(held) & set(keys)}


@contextlib.contextmanager
def cdn() -> Iterator[Cdn]:
    """Run a CDN for a `with` block."""
    double = Cdn()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
            fault = double.faults.pop(0) if double.faults else 0
            if fault == "hang up":
                self.close_connection = True
                return
            status, said = (
                (int(fault), {"msg": "not now"}) if fault else double.answer(self.path, self.headers, body)
            )
            text = json.dumps(said).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(text)))
            if status == 429:
                self.send_header("Retry-After", "40")
            self.end_headers()
            self.wfile.write(text)

        def log_message(self, *args: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    double.port = server.server_port
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield double
    finally:
        server.shutdown()
        server.server_close()
