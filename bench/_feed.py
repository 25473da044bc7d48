"""What an item of the news feed costs a site, and how soon those who watch have it."""

from __future__ import annotations

import socket
import statistics
import threading
import time
from datetime import timedelta
from typing import Any

from tests.newsroom.system import Newsroom

COUNT = 100


class Watcher(threading.Thread):
    """A reader with an open stream, who notes when each change came."""

    def __init__(self, port: int) -> None:
        super().__init__(daemon=True)
        self.came: dict[int, float] = {}
        self.connection = socket.create_connection(("127.0.0.1", port), timeout=30)
        self.connection.sendall(b"GET /-/events HTTP/1.1\r\nhost: x\r\n\r\n")
        self.ready = threading.Event()

    def run(self) -> None:
        with self.connection.makefile("rb") as lines:
            for line in lines:
                if line.startswith(b"id:"):
                    self.came.setdefault(int(line[3:]), time.perf_counter())
                    self.ready.set()

    def wait_for(self, seq: int, seconds: float = 20.0) -> float:
        """Return when the change of edition `seq` came. Raises TimeoutError."""
        deadline = time.perf_counter() + seconds
        while seq not in self.came:
            if time.perf_counter() > deadline:
                raise TimeoutError(f"edition {seq} never came")
            time.sleep(0.0005)
        return self.came[seq]


def feed(room: Newsroom) -> dict[str, Any]:
    """Publish COUNT items, some breaking; return the files each baked, and milliseconds to the screen.

    From the press of the button, the saving and the commit included, until the bytes are at a client.
    """
    from standfirst.bake import api, segments
    from standfirst.edge import manifest
    from standfirst.kit import instants
    from standfirst.stories import api as stories
    from standfirst.wire import api as wire

    topics = [
        stories.save_topic(stories.SectionDraft(name=f"Wire {number}"), actor="bench").public_id
        for number in range(3)
    ]
    _settle(api)
    watcher = Watcher(room.port)
    watcher.start()
    watcher.ready.wait(10)
    root = room.folder / "store"
    files, screen = [], []
    for turn in range(-5, COUNT):
        before = segments.last(root)
        until = instants.now() + timedelta(hours=1) if turn % 10 == 9 else None
        began = time.perf_counter()
        item = wire.save_item(
            wire.ItemDraft(
                headline=f"Item {turn}", language="en", body=("What there is to say of it, in a sentence.",),
                topics=(topics[turn % 3],), breaking_until=until,
            ),
            actor="bench",
        )  # fmt: skip
        arrived = watcher.wait_for(wire.publish_item(item, actor="bench").edition.seq)
        _settle(api)
        names = map(manifest.segment_name, range(before + 1, segments.last(root) + 1))
        paths = {entry.path for name in names for entry in segments.read(root, name)}
        if turn >= 0:
            screen.append((arrived - began) * 1000)
            files.append(len(paths))
    return {"files": max(files), "screen": statistics.quantiles(screen, n=100)[98]}


def _settle(api: Any) -> None:
    while api.waiting():
        time.sleep(0.01)
