"""The bus: short wake-up calls between processes of one machine. A lost message costs a poll, no more.

Each listener binds a Unix datagram socket in `run/bus/`; a sender writes to every socket it finds there.
No hub, no connection to keep. On many machines Redis or Valkey takes this place behind the same two calls.
"""

from __future__ import annotations

import contextlib
import os
import select
import socket
from collections.abc import Iterator
from pathlib import Path

from standfirst.kit.ids import new_id
from standfirst.kit.sitefolder import SiteFolder

MOVED = "moved"  # records moved: bakers look
SEGMENT = "segment"  # a manifest segment is there: edges look
APPLIED = "applied"  # an edge serves up to that segment
WORK = "work"  # rows wait for a worker


def send(site: SiteFolder, topic: str, detail: str = "") -> None:
    """Tell every listener `topic` with a short `detail`. Never raises: the rows are the truth."""
    folder = _folder(site)
    message = f"{topic} {detail}".encode()[:512]
    with contextlib.suppress(FileNotFoundError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sender:
        sender.setblocking(False)
        for path in folder.iterdir():
            try:
                sender.sendto(message, str(path))
            except ConnectionRefusedError:
                path.unlink(missing_ok=True)  # its process is gone
            except OSError:
                continue  # a full queue means the listener has been woken already


class Listener:
    """One process's ear on the bus. Use as a context manager, or call `close`."""

    def __init__(self, site: SiteFolder, name: str) -> None:
        folder = _folder(site)
        site.make_run()
        folder.mkdir(mode=0o700, exist_ok=True)
        self.path = folder / f"{name}-{os.getpid()}-{new_id()[-6:]}"
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.setblocking(False)
        self.socket.bind(str(self.path))

    def fileno(self) -> int:
        return self.socket.fileno()

    def wait(self, seconds: float) -> list[tuple[str, str]]:
        """Wait up to `seconds` for a message; return all that are there as (topic, detail)."""
        select.select([self.socket], [], [], max(0.0, seconds))
        return list(self.drain())

    def drain(self) -> Iterator[tuple[str, str]]:
        """Yield the messages that wait, without blocking."""
        while True:
            try:
                data = self.socket.recv(1024)
            except (BlockingIOError, InterruptedError):
                return
            topic, _, detail = data.decode("utf-8", "replace").partition(" ")
            yield topic, detail

    def close(self) -> None:
        self.socket.close()
        self.path.unlink(missing_ok=True)

    def __enter__(self) -> Listener:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()


def _folder(site: SiteFolder) -> Path:
    return site.run / "bus"
