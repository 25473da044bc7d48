"""What it costs to get the stories into a peer, kept beside the loaded state."""

from __future__ import annotations

import contextlib
import datetime
import hashlib
import json
import resource
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from bench.peers import processes, stories
from bench.peers.peer import Loaded, Peer, Roots
from bench.peers.system import megabytes, say

_RECORD = "loaded.json"


@dataclass
class Cost:
    """CPU and wall seconds of what ran inside `counted`."""

    cpu: float = 0.0
    wall: float = 0.0

    def loaded(self, folder: Path) -> Loaded:
        """Return the record of a load whose state lies in `folder`."""
        today = datetime.datetime.now(datetime.UTC).date().isoformat()
        return Loaded(self.cpu, self.wall, megabytes(folder), today, "")


@contextlib.contextmanager
def counted(roots: Callable[[], Roots] | None) -> Iterator[Cost]:
    """Count the CPU of a running peer's processes and of commands run meanwhile."""
    cost = Cost()

    def spent() -> float:
        ours = resource.getrusage(resource.RUSAGE_CHILDREN)
        running = roots() if roots else Roots(())
        cpu = processes.cpu_seconds([*running.application, *running.database])
        return ours.ru_utime + ours.ru_stime + cpu

    before, began = spent(), time.monotonic()
    yield cost
    cost.cpu, cost.wall = spent() - before, time.monotonic() - began


def source(peer: Peer) -> str:
    """Return what stands for the stories' words and the peer's versions."""
    until = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    text = "\n".join(piece.headline + piece.html for piece in stories.pieces(until))
    text += json.dumps(peer.versions(), sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def once(peer: Peer) -> Loaded:
    """Load the stories into a peer unless that has been done; return the record of it."""
    record = peer.loaded / _RECORD
    if record.exists():
        known = Loaded(**json.loads(record.read_text()))
        if known.source == source(peer):
            return known
    say(f"Loading {stories.COUNT} stories into {peer.name}")
    loaded = replace(peer.load(stories.pieces(datetime.datetime.now(datetime.UTC))), source=source(peer))
    record.write_text(json.dumps(asdict(loaded)))
    return loaded
