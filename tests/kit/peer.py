"""A small HTTP peer on an address of this machine, for tests of what goes out."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from standfirst.kit.addresses import Address
from standfirst.kit.fetch import Policy


@dataclass
class Peer:
    """Counts connections; answers each with what `answers` gives for the request's path."""

    host: str
    port: int
    connections: int = 0
    requests: list[bytes] = field(default_factory=list)

    @property
    def url(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}"

    def policy(self, **changes: object) -> Policy:
        """Return a policy that lets through to this peer's address, and to no other."""
        return Policy(**{"ports": frozenset({self.port}), "allows": self._is_me, **changes})  # type: ignore[arg-type]

    def _is_me(self, address: Address) -> bool:
        return str(address) == self.host


def response(body: bytes = b"hello", *, status: str = "200 OK", **headers: str) -> bytes:
    """Return the bytes of an HTTP answer; `content_type="…"` sets Content-Type."""
    fields = {"Content-Type": "text/plain", "Content-Length": str(len(body)), "Connection": "close"}
    fields |= {name.replace("_", "-").title(): value for name, value in headers.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in fields.items() if value)
    return f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + body


Answer = Callable[[socket.socket, str], None]


def always(data: bytes) -> Answer:
    return lambda connection, _path: connection.sendall(data)


@contextlib.contextmanager
def listening(answer: Answer | None = None, host: str = "127.0.0.1", port: int = 0) -> Iterator[Peer]:
    """Listen until the block ends. Skips nothing and waits for nobody: each connection has a thread."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    server = socket.socket(family, socket.SOCK_STREAM)
    server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    server.bind((host, port))
    server.listen(64)
    peer = Peer(host, server.getsockname()[1])
    reply = answer or always(response())

    def serve(connection: socket.socket) -> None:
        with connection, contextlib.suppress(OSError):
            request = connection.recv(65536)
            peer.requests.append(request)
            reply(connection, request.split(b" ")[1].decode("latin-1") if b" " in request else "")

    def accept() -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = server.accept()
                peer.connections += 1
                threading.Thread(target=serve, args=(connection,), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield peer
    finally:
        with contextlib.suppress(OSError):
            server.shutdown(socket.SHUT_RDWR)
        server.close()
