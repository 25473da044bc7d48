"""Event streams: `--n` clients, 5 % of which go away each second, over `--messages` changes.

Each must end with each change once, in order. Half of those who go away do so without a word (RST); all come
back within a second with the number of the last change they had. The controls are edges that make a mistake
of one when a client comes back, to either side, or forget what it missed: changes must be seen to be lost,
doubled and lost.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import shutil
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from standfirst.kit.sitefolder import SiteFolder
from tests.edge.crowd import Crowd, room
from tests.edge.site import Store, edge
from tests.edge.wire import Wire

SHARE = 0.05  # of the clients, a second
TURN = 0.1

_ALTER = "from standfirst.edge import streams; at = streams.position; streams.position = lambda text: "
MISTAKES = {
    "the first it missed is skipped": (_ALTER + "at(text) + 3", "lost"),
    "the last it had is sent again": (_ALTER + "max(0, at(text) - 3)", "doubled"),
    "what it missed is forgotten": (
        "from standfirst.edge.streams import Streams; head = Streams._head; "
        "Streams._head = lambda self, last: head(self, None)",
        "lost",
    ),
}
"""What an edge makes of a Last-Event-ID, and what must be seen to happen. Numbers go up in steps of 3."""


@dataclass
class Outcome:
    """What became of all clients together."""

    lost: int = 0
    doubled: int = 0
    out_of_order: int = 0
    changes: int = 0
    disconnects: int = 0
    reloads: int = 0
    seconds: float = 0.0

    @property
    def failures(self) -> int:
        return self.lost + self.doubled + self.out_of_order


def run(
    clients: int, messages: int, rate: float, *, share: float = SHARE, away: float = 1.0, mistake: str = ""
) -> Outcome:
    """Publish `messages` at `rate` a second to `clients` that come and go; return what they ended with.

    A `share` of them goes away each second, for up to `away` seconds.
    """
    folder = Path(tempfile.mkdtemp(prefix="edge-"))
    store = Store(SiteFolder(folder))
    store.base([store.page("/", "front")])
    wire = Wire(store)
    with edge(store.site, mistake=mistake) as server:
        crowd = Crowd([server], clients, again=(0.0, away))
        outcome = _run(crowd, wire, messages, rate, share)
        crowd.close()
    shutil.rmtree(folder, ignore_errors=True)
    return outcome


def _run(crowd: Crowd, wire: Wire, messages: int, rate: float, share: float) -> Outcome:
    crowd.run(lambda: all(client.last for client in crowd.clients), 120)
    assert not any(client.got for client in crowd.clients)
    published: list[int] = []
    began = time.monotonic()
    turns = 0
    disconnects = 0
    while len(published) < messages:
        crowd.turn(0.01)
        elapsed = time.monotonic() - began
        if elapsed * rate >= len(published):
            published.append(wire.publish())
        if elapsed >= turns * TURN:
            turns += 1
            before = crowd.connected
            crowd.drop(share * TURN)
            disconnects += before - crowd.connected
    whole = str(published[-1])
    with contextlib.suppress(TimeoutError):  # what did not come is counted below
        crowd.run(lambda: all(client.last == whole for client in crowd.clients), 30)
    outcome = Outcome(changes=len(published), disconnects=disconnects, seconds=time.monotonic() - began)
    for client in crowd.clients:
        got = client.got
        outcome.lost += len(set(published) - set(got))
        outcome.doubled += len(got) - len(set(got))
        outcome.out_of_order += got != sorted(got)
        outcome.reloads += client.reloads
    return outcome


def caught() -> dict[str, int]:
    """Return how often each control was seen to do what it must."""
    return {
        name: getattr(run(100, 60, 30.0, share=0.3, away=0.3, mistake=mistake), happens)
        for name, (mistake, happens) in MISTAKES.items()
    }


def main() -> int:
    """Run the campaign; 0 when nothing was lost or doubled and the controls were caught."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--n", type=int, default=10_000, help="clients")
    parser.add_argument("--messages", type=int, default=200)
    parser.add_argument("--rate", type=float, default=4.0, help="changes a second")
    chosen = parser.parse_args()
    room(chosen.n)
    controls = caught()
    outcome = run(chosen.n, chosen.messages, chosen.rate)
    figures = {
        "name": "events",
        "n": chosen.n,
        "changes": outcome.changes,
        "disconnects": outcome.disconnects,
        "reloads": outcome.reloads,
        "seconds": round(outcome.seconds, 1),
        "failures": outcome.failures,
        "lost": outcome.lost,
        "doubled": outcome.doubled,
        "out_of_order": outcome.out_of_order,
        "controls": controls,
        "control_caught": all(controls.values()),
    }
    print(json.dumps(figures))
    return int(bool(outcome.failures) or not all(controls.values()))


if __name__ == "__main__":
    sys.exit(main())
