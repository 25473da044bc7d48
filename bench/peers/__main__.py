"""`make bench NAME=peers`: measure Standfirst beside its peers; write bench/results/peers.json and the table.

The first run installs Ghost and WordPress (packages of npm and Debian, 2 GB in `.cache/peers`) and loads the
stories; later ones reuse them, or load the stories anew where `.cache/peers/*/loaded` was removed.
PEERS=ghost,standfirst takes some only, SHORT=1 takes a quick look; both print their table and keep nothing.
"""

from __future__ import annotations

import os
import signal
import sys

from bench.peers import measure, table
from bench.peers.ghost import Ghost
from bench.peers.peer import Peer
from bench.peers.standfirst import Standfirst
from bench.peers.system import say
from bench.peers.wordpress import PageCached, WordPress

KINDS: dict[str, type[Peer]] = {
    "standfirst": Standfirst,
    "ghost": Ghost,
    "wordpress": WordPress,
    "wordpress-cached": PageCached,
}


def main() -> int:
    """Return 0 when what could be installed was measured."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what was started is ended
    wanted = os.environ.get("PEERS", "").split(",") if os.environ.get("PEERS") else list(KINDS)
    short = os.environ.get("SHORT") == "1"
    plan = measure.Plan(rounds=1, seconds=1, publishes=2, rest_seconds=2) if short else measure.Plan()
    results = measure.run([KINDS[name]() for name in wanted], plan)
    say(table.write(results))
    if not short and wanted == list(KINDS):
        table.keep(results)
    return 0


if __name__ == "__main__":
    sys.exit(main())
