"""What a publish costs, and how soon readers see it, with 1,000 and with 100,000 stories (STORIES).

For each size a site of its own: editions are written straight into its database; two bakers bake it from
nothing (`bake_100k_minutes`, their memory); then one baker and one edge serve it and COUNT (300) publishes
are made, new stories and changed headlines by turns. `publish_visible_ms` is wall time from the commit until
the last page that shows the headline answers with it, at the edge; `publish_cpu_ms` the CPU of publishing
process, baker and edge together. Cards for social networks and feeds can wait, and are left out of the
first; they are in the second and in the bake. Then items of the news feed are published: how many files each
bakes, and when a reader with an open stream has it.
"""

from __future__ import annotations

import http.client
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

from tests.newsroom.system import Newsroom, newsroom

from bench._big_site import BigSite
from bench._feed import feed

STORIES = int(os.environ.get("STORIES", "100000"))
FEW = 1000
COUNT = int(os.environ.get("COUNT", "300"))
BAKERS = 2
TICK = os.sysconf("SC_CLK_TCK")


def cpu(pid: int) -> float:
    """Return the CPU seconds a process and its ended children have used (proc(5))."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / TICK


def resident(pid: int) -> float:
    """Return the megabytes of memory a process holds."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def bake(room: Newsroom) -> dict[str, Any]:
    """Bake the site from nothing; return minutes, CPU, pages, and the bakers' memory as it went."""
    from standfirst.bake import api, index

    names = [f"baker{number}" for number in range(BAKERS)]
    began = time.monotonic()
    room.start_as(dict.fromkeys(names, "baker"))
    pids = [room.processes[name].pid for name in names]
    memory = []
    while api.waiting():
        time.sleep(1)
        memory.append(max(map(resident, pids)))
    minutes = (time.monotonic() - began) / 60
    spent = sum(map(cpu, pids))
    room.stop(*names)
    ((pages,),) = index.rows("SELECT count(*) FROM bake_path WHERE status > 0")
    ((failing,),) = index.rows("SELECT count(*) FROM bake_path WHERE failures > 0")
    assert not failing, f"{failing} pages could not be baked"
    early = memory[len(memory) // 4]
    return {"minutes": minutes, "cpu_s": spent, "pages": pages, "mb": memory[-1], "early_mb": early}


def wait_for(connection: http.client.HTTPConnection, path: str, words: bytes) -> None:
    """Ask for `path` until its body holds `words`. Raises TimeoutError after 20 s."""
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        try:
            connection.request("GET", path)
            if words in connection.getresponse().read():
                return
        except http.client.RemoteDisconnected:
            connection.close()  # it was idle for longer than the edge waits; the next request opens it again
        time.sleep(0.002)
    raise TimeoutError(f"{path} does not show {words.decode()!r}")


def publishes(site: BigSite, room: Newsroom, stories: int) -> dict[str, Any]:
    """Publish COUNT times; return milliseconds until visible and of CPU, one a publish."""
    from standfirst.bake import api

    connection = http.client.HTTPConnection("127.0.0.1", room.port)
    pids = [room.processes[name].pid for name in ("edge", "baker")]
    visible: list[float] = []
    own, before = 0.0, [0.0, 0.0]
    for turn in range(-20, COUNT):  # the first twenty warm up
        if turn == 0:
            before, own = list(map(cpu, pids)), 0.0
        headline = f"Visible at turn {turn:+06d}"
        if turn % 2:
            old = site.newest[turn % len(site.newest)]
            story = old.model_copy(update={"headline": headline})
            site.newest[turn % len(site.newest)] = story
        else:
            story = site.story(stories + 20 + turn, timedelta(0), headline)
        started = time.process_time()
        site.publish(story)
        own += time.process_time() - started
        committed = time.perf_counter()
        for path in site.paths(story):
            wait_for(connection, path, headline.encode())
        visible.append((time.perf_counter() - committed) * 1000)
        while api.waiting():  # what can wait is baked too before the next
            time.sleep(0.01)
    edge, baker = (after - earlier for after, earlier in zip(map(cpu, pids), before, strict=True))
    parts = {"publishing": own, "edge": edge, "baker": baker}
    shares = {name: round(seconds * 1000 / COUNT, 1) for name, seconds in parts.items()}
    print(f"{stories} stories: ms of CPU a publish {shares}", file=sys.stderr, flush=True)
    return {"visible": visible[20:], "cpu": sum(parts.values()) * 1000 / COUNT}


def one_size(stories: int, folder: Path) -> dict[str, Any]:
    """Fill, bake and publish a site of one size in `folder`."""
    folder.mkdir()
    with newsroom(folder, keep=True) as room:
        site = BigSite(room)
        began = time.monotonic()
        site.fill(stories)
        filled = time.monotonic() - began
        print(f"{stories} stories in {filled:.0f} s; baking", file=sys.stderr, flush=True)
        baked = bake(room)
        print(f"{stories} stories: {baked}", file=sys.stderr, flush=True)
        os.sync()  # what the bake has written is the disk's business no more
        room.start("edge", "baker")
        room.until(f"{room.readers}/")
        found = publishes(site, room, stories)
        return {"baked": baked, "filled": filled, **found, "feed": feed(room)}


def measured(stories: int, folder: Path) -> dict[str, Any]:
    """Measure one size in a process of its own: Django knows one site."""
    command = [sys.executable, "-m", "bench.publish_at_scale", str(stories), str(folder)]
    output = subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout
    found: dict[str, Any] = json.loads(output.splitlines()[-1])
    return found


def main() -> int:
    """Print the figures; 0 when the limits of the plan hold."""
    # Both sites go at the end: where thousands of files were deleted in the last minutes, ext4 looks at each
    # of them before it makes a new one, and a bake takes a third longer.
    with tempfile.TemporaryDirectory() as folder:
        few, many = (measured(number, Path(folder) / str(number)) for number in (FEW, STORIES))
    baked = many["baked"]
    p99 = statistics.quantiles(many["visible"], n=100)[98]
    figures: list[tuple[str, float, str, float | None]] = [
        ("bake_100k_minutes", baked["minutes"] * 100_000 / STORIES, "min", 8),
        ("bake_100k_cpu_s", baked["cpu_s"] * 100_000 / STORIES, "s", None),
        ("bake_100k_baker_mb", baked["mb"], "MB", None),
        ("bake_100k_memory_growth", baked["mb"] / baked["early_mb"], "of a quarter", 1.2),
        ("publish_visible_ms_p50", statistics.median(many["visible"]), "ms", None),
        ("publish_visible_ms_p99", p99, "ms", 200),
        ("publish_visible_ms_p99_at_1000", statistics.quantiles(few["visible"], n=100)[98], "ms", None),
        ("publish_cpu_ms", many["cpu"], "ms", None),
        ("publish_cost_growth_100x", many["cpu"] / few["cpu"], "of 1,000 stories", 1.2),
        ("feed_item_files", many["feed"]["files"], "files", 10),
        ("feed_item_edit_files", many["feed"]["edit"], "files", None),
        ("feed_publish_to_screen_ms_p99", many["feed"]["screen"], "ms", 500),
    ]
    held = True
    for name, value, unit, limit in figures:
        figure: dict[str, object] = {"name": name, "value": round(value, 2), "unit": unit, "stories": STORIES}
        figure |= {"pages": baked["pages"]} if name.startswith("bake_100k") else {}
        print(json.dumps(figure | ({"limit": limit} if limit else {})), flush=True)
        held &= limit is None or value <= limit
    return int(not held)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(one_size(int(sys.argv[1]), Path(sys.argv[2]))))
    else:
        sys.exit(main())
