"""The run: every peer up at once, measured by turns, so that what else the machine does hits all alike."""

from __future__ import annotations

import contextlib
import datetime
import os
import platform
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from tests.browser import chromium

from bench.peers import load, loading, processes, stories, visible, weight
from bench.peers.peer import Loaded, NotInstalled, Peer
from bench.peers.system import say


@dataclass(frozen=True)
class Plan:
    """How much is measured."""

    rounds: int = 5
    seconds: float = 4.0
    """About how long each page is asked for in each round."""
    publishes: int = 20
    rest_seconds: float = 30.0


@dataclass
class Figures:
    """What was found out about one peer. Times in seconds, CPU in milliseconds, memory in 10^6 bytes."""

    setup: str
    versions: dict[str, str]
    loaded: Loaded
    start_s: float = 0.0
    sign_in_s: float = 0.0
    costs: dict[str, list[load.Cost]] = field(default_factory=dict)
    memory: dict[str, processes.Memory] = field(default_factory=dict)
    at_rest_ms: float = 0.0
    visible_s: list[float] = field(default_factory=list)
    weights: dict[str, weight.Weight] = field(default_factory=dict)
    shown: dict[str, int] = field(default_factory=dict)
    """How many of the stories stand on the home page and in the feed."""


def run(peers: Sequence[Peer], plan: Plan) -> dict[str, Any]:
    """Install, load, start, measure and stop the peers; return everything as plain values."""
    figures: dict[str, Figures] = {}
    missing: dict[str, str] = {}
    began = datetime.datetime.now(datetime.UTC)
    with contextlib.ExitStack() as stack:
        up: list[Peer] = []
        for peer in peers:
            try:
                figures[peer.name] = _ready(peer, stack)
                up.append(peer)
            except NotInstalled as reason:
                missing[peer.name] = str(reason)
                say(f"{peer.name} cannot be measured: {reason}")
        _measure(up, figures, plan)
    return {
        "measured": began.isoformat(timespec="seconds"),
        "machine": machine(),
        "stories": stories.COUNT,
        "plan": asdict(plan),
        "missing": missing,
        "peers": {name: asdict(found) for name, found in figures.items()},
    }


def _ready(peer: Peer, stack: contextlib.ExitStack) -> Figures:
    peer.install()
    found = Figures(peer.setup, peer.versions(), loading.once(peer))
    stack.callback(peer.stop)
    began = time.monotonic()
    peer.start()
    found.start_s = time.monotonic() - began
    peer.sign_in()
    found.sign_in_s = time.monotonic() - began
    return found


def _measure(up: Sequence[Peer], figures: dict[str, Figures], plan: Plan) -> None:
    _rounds(up, figures, plan)
    for peer in up:
        roots, addresses = peer.roots(), peer.addresses()
        figures[peer.name].memory = {
            "application": processes.memory(roots.application),
            "database": processes.memory(roots.database),
        }
        figures[peer.name].shown = {
            name: load.stories_on(addresses.origin, path)
            for name, path in (("home", addresses.home), ("feed", addresses.feed))
        }
    for peer, milliseconds in zip(up, load.at_rest(up, plan.rest_seconds), strict=True):
        figures[peer.name].at_rest_ms = milliseconds
    with chromium() as browser:
        for peer in up:
            addresses = peer.addresses()
            for name, path in (("article", _article(addresses.article)), ("home", addresses.home)):
                figures[peer.name].weights[name] = weight.weigh(browser, addresses, path)
    for turn in range(plan.publishes):  # last: these have no pictures, and would make the home page lighter
        for peer in up:
            figures[peer.name].visible_s.append(visible.seconds(peer, 10_000 + turn))


def _rounds(up: Sequence[Peer], figures: dict[str, Figures], plan: Plan) -> None:
    counts: dict[tuple[str, str], int] = {}
    for number in range(plan.rounds):
        for peer in up:
            addresses = peer.addresses()
            for name, page in addresses.pages.items():
                path = _article(page) if name == "article" else page
                if not number:
                    counts[peer.name, name] = load.requests_in(addresses.origin, path, plan.seconds)
                found = load.cost(peer, path, counts[peer.name, name])
                figures[peer.name].costs.setdefault(name, []).append(found)
        say(f"round {number + 1} of {plan.rounds}, load average {os.getloadavg()[0]:.1f}")


def _article(pattern: str) -> str:
    """Return the article that is measured: a late one, with a picture."""
    number = stories.COUNT - 2 - stories.COUNT % stories.PICTURED
    return pattern.format(slug=f"story-{number:04d}")


def machine() -> str:
    """Return the machine in words."""
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    model = next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), "")
    return f"{os.cpu_count()} cores{f' ({model})' if model else ''}, {platform.system()} {platform.release()}"
