"""PROMISES 7: application and database gone, and application hanging: reading and writing to us go on.

Twice `--n` seconds at 500 requests a second over every path of the demo's sitemaps: first with everything
but the edge stopped, then with everything but the edge stopped by SIGSTOP. In each a browser reads for a
tenth of that time and sends a message; after the restart it is at the desk once. Last, edge and worker are
killed under people who send. Controls: a page remembered wrongly, and an edge that acknowledges what it has
not written, must be caught.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser

from standfirst.kit.sitefolder import SiteFolder
from tests.browser import chromium
from tests.edge import senders
from tests.edge.site import Store
from tests.newsroom import dark
from tests.newsroom.system import ROOT, Newsroom, newsroom

RATE = 500  # requests a second
OTHERS = ("desk", "app", "baker", "worker")
KILLS = 100


def main() -> int:
    """Run the campaign; 0 when nothing failed and both controls were caught."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--n", type=int, default=600, help="seconds of each of the two phases")
    seconds: int = parser.parse_args().n
    folder = Path(tempfile.mkdtemp(prefix="dark-"))
    try:
        with newsroom(folder) as room, chromium() as browser:
            phases, messages = _phases(room, browser, seconds)
            control = _control(room) and _control_of_kills()
            kills = max(3, KILLS * seconds // 600)
            killing, (lost, doubled) = dark.kill_under_senders(room, kills)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    failures = sum(load.failures + load.differing for load in phases)
    failures += abs(messages - len(phases)) + lost + doubled
    result = {
        "name": "dark_site", "n": sum(load.asked for load in phases), "failures": failures,
        "seconds": seconds * len(phases), "rate_per_s": RATE,
        "slowest_ms": round(max(load.slowest_ms for load in phases)), "messages": messages,
        "kills": kills, "acknowledged_under_kills": len(killing.acknowledged), "lost": lost,
        "doubled": doubled, "control_caught": control,
    }  # fmt: skip
    print(json.dumps(result), flush=True)
    return int(bool(failures) or not control)


def _phases(room: Newsroom, browser: Browser, seconds: int) -> tuple[list[dark.Load], int]:
    """Return what each phase met, and how many of the messages sent in them are at the desk."""
    room.run("load", str(ROOT / "newsroom"))
    room.run("bake")
    room.start("edge", *OTHERS)
    room.until(f"{room.readers}/contact/form/")
    room.until(f"{room.desk}/desk/login/")
    before = dark.contents(room)
    room.stop(*OTHERS, hard=True)
    stopped = _phase(room, browser, before, seconds, "While it was stopped: ")
    room.start(*OTHERS)
    messages = dark.messages_at_the_desk(browser, room, f"While it was stopped: {dark.WORDS}")
    with dark.hanging(room, *OTHERS):
        hanging = _phase(room, browser, before, seconds, "While it was hanging: ")
    messages += dark.messages_at_the_desk(browser, room, f"While it was hanging: {dark.WORDS}")
    return [stopped, hanging], messages


def _phase(room: Newsroom, browser: Browser, before: dict[str, str], seconds: int, says: str) -> dark.Load:
    dark.read_and_write(browser, room, seconds=seconds / 10, words=says + dark.WORDS)
    assert dark.clear_words(room.folder) == [], "a message can be read in the spool or in a log"
    return dark.load(room, before, seconds=seconds, rate=RATE)


def _control(room: Newsroom) -> bool:
    before = dark.contents(room)
    before["/"] = "another hash"
    return dark.load(room, before, seconds=2, rate=RATE).differing > 0


def _control_of_kills() -> bool:
    """Return whether an edge that acknowledges what it has not written is caught."""
    place = Path(tempfile.mkdtemp(prefix="kill-"))
    _, (lost, _) = senders.killing(Store(SiteFolder(place)), 3, senders.FORGETFUL)
    shutil.rmtree(place, ignore_errors=True)
    return lost > 0


if __name__ == "__main__":
    sys.exit(main())
