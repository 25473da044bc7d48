"""A store written by hand and a real edge beside it, for tests and benches of the edge alone."""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import brotli

from standfirst.edge import blobs, manifest, state
from standfirst.edge.manifest import Entry
from standfirst.kit import bus
from standfirst.kit.sitefolder import SiteFolder
from tests.newsroom.system import ROOT, free_port


@dataclass
class Store:
    """Writes blobs and manifest files as bakers do, without databases."""

    site: SiteFolder
    number: int = 0

    @property
    def folder(self) -> Path:
        return self.site.store / "manifest"

    def blob(self, body: bytes, *, compressed: bool = True) -> str:
        """Write a blob; return its name."""
        name = hashlib.sha256(body).hexdigest()
        path = blobs.blob_path(self.site.store, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        packed = gzip.compress(body, 6, mtime=0) if compressed else b""
        brotlied = brotli.compress(body, quality=5) if compressed else b""
        path.write_bytes(blobs.encode(blobs.Forms(body, packed, brotlied)))
        return name

    def page(self, path: str, body: bytes | str, *, status: int = 200, seq: int = 1, **more: object) -> Entry:
        """Write a page's blob; return its entry."""
        data = body.encode() if isinstance(body, str) else body
        return Entry(path, status, self.blob(data), seq=seq, **more)  # type: ignore[arg-type]

    def media(self, path: str, body: bytes, content_type: str = "image/jpeg", **more: object) -> Entry:
        """Write a blob with one form only; return its entry."""
        return Entry(
            path, 200, self.blob(body, compressed=False), content_type, cache="immutable", **more,  # type: ignore[arg-type]
        )  # fmt: skip

    def base(self, entries: Iterable[Entry], number: int | None = None) -> int:
        """Write a base; return its number."""
        self.number = self.number + 1 if number is None else number
        return self._write("base", self.number, entries)

    def segment(self, entries: Iterable[Entry], *, tell: bool = True) -> int:
        """Write the next segment and wake the edges, if `tell`; return its number."""
        self.number += 1
        self._write("segment", self.number, entries)
        if tell:
            bus.send(self.site, bus.SEGMENT, str(self.number))
        return self.number

    def path(self, number: int) -> Path:
        return self.folder / manifest.segment_name(number)

    def _write(self, kind: str, number: int, entries: Iterable[Entry]) -> int:
        self.folder.mkdir(parents=True, exist_ok=True)
        name = manifest.base_name(number) if kind == "base" else manifest.segment_name(number)
        draft = self.folder / f".{name}"
        draft.write_bytes(manifest.encode(kind, number, entries))  # type: ignore[arg-type]
        os.link(draft, self.folder / name)
        draft.unlink()
        return number


@dataclass
class Answer:
    """What a server answered. Header names are lower case; `lines` keeps repeated ones."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    lines: list[tuple[str, str]] = field(default_factory=list)


@dataclass
class Server:
    """A running server of a site: the edge, or whatever stands in front of it."""

    port: int
    process: subprocess.Popen[bytes] | None = None

    def get(
        self,
        path: str,
        headers: Mapping[str, str] | None = None,
        *,
        method: str = "GET",
        body: bytes | None = None,
    ) -> Answer:
        """Ask on a connection of its own; the path goes out as it is."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            own_host = "host" in (headers or {})  # two lines of it are no request at all
            connection.putrequest(method, path, skip_host=own_host, skip_accept_encoding=True)
            for name, value in (headers or {}).items():
                connection.putheader(name, value)
            if body is not None:
                connection.putheader("content-length", str(len(body)))
            connection.endheaders(body)
            return self._read(connection.getresponse())
        finally:
            connection.close()

    def raw(self, data: bytes) -> bytes:
        """Send bytes as they are; return all that comes back until the server closes or is silent."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=3) as connection:
            connection.sendall(data)
            received = b""
            with contextlib.suppress(TimeoutError):
                while more := connection.recv(65536):
                    received += more
            return received

    @staticmethod
    def _read(response: http.client.HTTPResponse) -> Answer:
        lines = [(name.lower(), value) for name, value in response.getheaders()]
        return Answer(response.status, dict(lines), response.read(), lines)

    def wait(self, seconds: float = 10.0) -> None:
        """Return when connections are taken. Raises TimeoutError."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=1):
                return
            time.sleep(0.01)
        raise TimeoutError("the server did not start")

    def resident(self) -> int:
        """Return the resident memory of the process in bytes."""
        assert self.process is not None
        pages = Path(f"/proc/{self.process.pid}/statm").read_text().split()[1]
        return int(pages) * os.sysconf("SC_PAGE_SIZE")

    def cpu(self) -> float:
        """Return utime + stime of the process in seconds."""
        assert self.process is not None
        return cpu_seconds(self.process.pid)


def cpu_seconds(pid: int) -> float:
    """Return utime + stime of a process in seconds."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


_RUN = """
import sys
from pathlib import Path
from standfirst.edge.server import main
from standfirst.kit.sitefolder import SiteFolder
exec(sys.argv[5])  # a mistake to be caught, for controls
site, port, memory = SiteFolder(Path(sys.argv[1])), int(sys.argv[2]), int(sys.argv[3])
main(site, "127.0.0.1", port, memory_mb=memory, **eval(sys.argv[4]))
"""


@contextlib.contextmanager
def edge(
    site: SiteFolder,
    *,
    memory_mb: int = 64,
    ready: bool = True,
    port: int | None = None,
    mistake: str = "",
    **options: object,
) -> Iterator[Server]:
    """Run a real edge over `site` for the length of a `with` block; at its own socket where `port` is 0.

    It makes a `mistake` if there is one.
    """
    port = free_port() if port is None else port
    process = subprocess.Popen(
        [sys.executable, "-c", _RUN, str(site.root), str(port), str(memory_mb), repr(options), mistake],
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
    )
    server = Server(port, process)
    try:
        if ready:
            server.wait() if port else _wait(site)
        yield server
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            raise


def _wait(site: SiteFolder, seconds: float = 10.0) -> None:
    """Return when the edge takes connections at its socket. Raises TimeoutError."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        with socket.socket(socket.AF_UNIX) as probe:
            if probe.connect_ex(str(site.edge_socket)) == 0:
                return
        time.sleep(0.01)
    raise TimeoutError("the edge did not start")


def until(site: SiteFolder, number: int, seconds: float = 10.0) -> None:
    """Wait until every edge says that it serves segment `number`. Raises TimeoutError."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        numbers = state.applied(site)
        if numbers and min(numbers) >= number:
            return
        time.sleep(0.002)
    raise TimeoutError(f"no edge serves segment {number}; they are at {state.applied(site)}")
