"""A private Redis for tests: its own folder, its own port on the loopback, its own password, then gone.

def test_x(redis: Server) -> None:
    bus.use(redis.url, password=redis.password, site="a")
    redis.kill()        # and it is away
    redis.start()       # and it is back, at the same port, having forgotten everything
"""

from __future__ import annotations

import contextlib
import secrets
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest


@dataclass
class Server:
    """A server that can be killed and started again."""

    port: int
    folder: Path
    password: str = field(default_factory=lambda: secrets.token_hex(16))
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        """Start it, and return when it answers. Raises RuntimeError when it does not."""
        program = shutil.which("redis-server") or shutil.which("valkey-server")
        if program is None:
            pytest.fail("Redis is not installed; `make test` installs it (Debian: redis-server)")
        options = {
            "port": self.port, "bind": "127.0.0.1", "dir": self.folder, "requirepass": self.password,
            "save": "", "appendonly": "no",
        }  # fmt: skip
        arguments = [part for name, value in options.items() for part in (f"--{name}", str(value))]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen([program, *arguments], stdout=log, stderr=log)
        deadline = time.monotonic() + 10
        while not self._answers():
            if time.monotonic() > deadline or self.process.poll() is not None:
                raise RuntimeError((self.folder / "log").read_text()[-2000:])
            time.sleep(0.02)

    def kill(self) -> None:
        """End it at once, as when its machine goes away."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None

    def _answers(self) -> bool:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1) as asked:
            asked.sendall(f"AUTH {self.password}\r\n".encode())
            return asked.recv(16).startswith(b"+OK")
        return False


@pytest.fixture
def redis() -> Iterator[Server]:
    """A running server for one test. Missing Redis is an error, not a skip."""
    with running() as server:
        yield server


@contextlib.contextmanager
def running() -> Iterator[Server]:
    folder = Path(tempfile.mkdtemp(prefix="standfirst-redis-"))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    server = Server(port, folder)
    try:
        server.start()
        yield server
    finally:
        server.kill()
        shutil.rmtree(folder, ignore_errors=True)
