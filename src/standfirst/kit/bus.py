"""The bus: short wake-up calls between the processes of a site. A lost message costs a poll, no more.

Two makes behind one door. Unix sockets, on one machine: each listener binds a datagram socket in `run/bus/`,
a sender writes to every socket it finds there; no hub, no connection to keep. Redis or Valkey, across
machines: see `standfirst.kit.bus_redis`. Which one it is a process says once, at its start, with `use`.
"""

from __future__ import annotations

import contextlib
import os
import select
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from standfirst.kit.ids import new_id
from standfirst.kit.sitefolder import SiteFolder

MOVED = "moved"  # records moved: bakers look
SEGMENT = "segment"  # a manifest segment is there: edges look
APPLIED = "applied"  # an edge serves up to that segment
WORK = "work"  # rows wait for a worker

LONGEST = 512  # bytes of a message


class BusError(RuntimeError):
    """A bus that does not carry messages. The message says why, without any password."""


class Ear(Protocol):
    """What a listener hears with: messages are datagrams on `socket`, for as long as it is open."""

    socket: socket.socket

    def wake(self) -> None:
        """Let who waits at the socket go on. Safe in a signal handler; never raises."""

    def close(self) -> None: ...


class Make(Protocol):
    """One way to carry messages."""

    def send(self, site: SiteFolder, message: bytes) -> None:
        """Send to every listener of the site. Never raises, never waits for anybody."""

    def ear(self, site: SiteFolder, name: str) -> Ear: ...

    def check(self, site: SiteFolder) -> str:
        """Return in a few words what carries the messages. Raises BusError when nothing does."""


def use(url: str, *, password: str = "", site: str = "") -> None:
    """Let this process use the bus at `url` (`redis://host:6379/0`), or Unix sockets where that is empty.

    `site` is what all machines of a site share and no other site has.
    """
    global _make
    if url:
        from standfirst.kit.bus_redis import Redis  # nobody on one machine needs it

        _make = Redis(url, password, site)
    else:
        _make = Sockets()


def send(site: SiteFolder, topic: str, detail: str = "") -> None:
    """Tell every listener `topic` with a short `detail`. Never raises: the rows are the truth."""
    _make.send(site, f"{topic} {detail}".encode()[:LONGEST])


def check(site: SiteFolder) -> str:
    """Return in a few words what carries the messages. Raises BusError when nothing does."""
    return _make.check(site)


class Listener:
    """One process's ear on the bus. Use as a context manager, or call `close`."""

    def __init__(self, site: SiteFolder, name: str) -> None:
        self._ear = _make.ear(site, name)
        self.socket = self._ear.socket

    def fileno(self) -> int:
        """Return what to wait at; it stays the same for as long as the listener lives."""
        return self.socket.fileno()

    def wait(self, seconds: float) -> list[tuple[str, str]]:
        """Wait up to `seconds` for a message; return all that are there as (topic, detail)."""
        select.select([self.socket], [], [], max(0.0, seconds))
        return list(self.drain())

    def drain(self) -> Iterator[tuple[str, str]]:
        """Yield the messages that wait, without blocking."""
        while True:
            try:
                data = self.socket.recv(2 * LONGEST)
            except (BlockingIOError, InterruptedError):
                return
            topic, _, detail = data.decode("utf-8", "replace").partition(" ")
            yield topic, detail

    def wake(self) -> None:
        """End a `wait` of this listener; for signal handlers."""
        self._ear.wake()

    def close(self) -> None:
        self._ear.close()

    def __enter__(self) -> Listener:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()


class Sockets:
    """The bus on one machine."""

    def send(self, site: SiteFolder, message: bytes) -> None:
        with (
            contextlib.suppress(FileNotFoundError),
            socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sender,
        ):
            sender.setblocking(False)
            for path in _folder(site).iterdir():
                try:
                    sender.sendto(message, str(path))
                except ConnectionRefusedError:
                    path.unlink(missing_ok=True)  # its process is gone
                except OSError:
                    continue  # a full queue means the listener has been woken already

    def ear(self, site: SiteFolder, name: str) -> Ear:
        folder = _folder(site)
        site.make_run()
        folder.mkdir(mode=0o700, exist_ok=True)
        return _SocketEar(folder / f"{name}-{os.getpid()}-{new_id()[-6:]}")

    def check(self, site: SiteFolder) -> str:
        with Listener(site, "doctor") as ear:
            send(site, "doctor")
            if ("doctor", "") not in ear.wait(1.0):
                raise BusError(f"no message gets through {_folder(site)}")
        return "sockets on this machine"


class _SocketEar:
    def __init__(self, path: Path) -> None:
        self._path = path
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.setblocking(False)
        self.socket.bind(str(path))

    def wake(self) -> None:
        with contextlib.suppress(OSError):
            self.socket.sendto(b"stop", str(self._path))

    def close(self) -> None:
        self.socket.close()
        self._path.unlink(missing_ok=True)


def _folder(site: SiteFolder) -> Path:
    return site.run / "bus"


_make: Make = Sockets()
