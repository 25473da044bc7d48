"""Killing bakers while publishes go on, and looking at what readers would get after each kill."""

from __future__ import annotations

import contextlib
import os
import random
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from standfirst.bake import api, index, moves, segments
from standfirst.edge import blobs
from standfirst.edge.blobs import BlobError
from standfirst.edge.manifest import ManifestError
from standfirst.kit import bus
from standfirst.kit.canonical import digest
from standfirst.kit.sitefolder import SiteFolder
from tests.bake.newsroom import page_change, publish

ROOT = Path(__file__).resolve().parent.parent.parent
POINTS = 60  # a batch of this newsroom has about so many calls that change the disk


@dataclass
class Nursery:
    """Starts bakers quickly, from a process that has Django ready."""

    process: subprocess.Popen[str]
    mutant: str = "none"

    def start(self, name: str, point: int = 0) -> int:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{name} {point} {self.mutant}\n")
        self.process.stdin.flush()
        return int(self.process.stdout.readline())


@contextmanager
def nursery(site: SiteFolder, mutant: str = "none") -> Iterator[Nursery]:
    environment = {
        **os.environ, "STANDFIRST_SITE": str(site.root), "STANDFIRST_ROLE": "task",
        "DJANGO_SETTINGS_MODULE": "standfirst.project.settings",
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
    }  # fmt: skip
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.bake.nursery"], env=environment, cwd=ROOT, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        yield Nursery(process, mutant)
    finally:
        assert process.stdin is not None
        process.stdin.close()
        process.wait(10)


@dataclass
class Campaign:
    """Publishes, kills, looks. `broken` tells every path that was neither old nor new."""

    site: SiteFolder
    nursery: Nursery
    random: random.Random
    pages: int = 12
    broken: list[str] = field(default_factory=list)
    kills: int = 0
    stops: list[float] = field(default_factory=list)
    _number: int = 0
    _seen: dict[str, tuple[int, ...]] = field(default_factory=dict)

    def begin(self) -> None:
        """Publish every page and bake them once."""
        changes: dict[str, str | None] = {"word:x/card": "w0"}
        for page in range(self.pages):
            changes |= page_change(f"n{page}", self._text(page))
        publish(changes)
        self.finish()

    def kill_one(self) -> None:
        """Publish, start a baker or two, kill at a random moment or at a counted call, and look."""
        self._publish()
        point = self.random.randint(1, POINTS) if self.random.random() < 0.5 else 0
        running = [self.nursery.start(name, point) for name in self.random.choice([["a"], ["a", "b"]])]
        end = time.monotonic() + (0.8 if point else self.random.uniform(0, 0.25))
        while time.monotonic() < end and any(map(_alive, running)):
            if self.random.random() < 0.3:
                self._publish()
            time.sleep(0.01)
        for pid in running:
            _kill(pid)
            self.kills += 1
        self.look()

    def look(self) -> None:
        """Note what is not whole, or went back."""
        try:
            _, entries = segments.read_all(self.site.store)
        except ManifestError as error:
            self.broken.append(str(error))
            return
        for path, entry in entries.items():
            try:
                body = blobs.read(self.site.store, entry.blob).plain
            except BlobError as error:
                self.broken.append(f"{path}: {error}")
                continue
            shows = tuple(int(number) for number in re.findall(rb"[vw](\d+)", body))
            if digest(body) != entry.blob or len(shows) != 2:
                self.broken.append(f"{path}: torn: {body[:80]!r}")
            elif any(new < old for new, old in zip(shows, self._seen.get(path, (0, 0)), strict=True)):
                self.broken.append(f"{path}: went from {self._seen[path]} back to {shows}")
            else:
                self._seen[path] = shows

    def finish(self, seconds: float = 30.0) -> None:
        """Start one baker, let it finish what is due, stop it kindly, and compare with the records."""
        pid = self.nursery.start("a")
        end = time.monotonic() + seconds
        while _due() and time.monotonic() < end:
            time.sleep(0.02)
        started = time.monotonic()
        os.kill(pid, signal.SIGTERM)
        while _alive(pid) and time.monotonic() - started < 10:
            time.sleep(0.005)
        self.stops.append(time.monotonic() - started)
        _kill(pid)
        self.look()
        self.broken += [f"{problem.where}" for problem in api.verify(self.site)]
        for path, shows in self._seen.items():
            if shows != self._newest(path):
                self.broken.append(f"{path} stayed behind: {shows}, not {self._newest(path)}")

    def _publish(self) -> None:
        self._number += 1
        if self.random.random() < 0.2:
            publish({"word:x/card": f"w{self._number}"})
        else:
            changes: dict[str, str | None] = {}
            for page in self.random.sample(range(self.pages), self.random.randint(1, 4)):
                changes[f"page:n{page}/body"] = self._text(page)
            publish(changes)
        bus.send(self.site, bus.MOVED)

    def _text(self, page: int) -> str:
        return f"v{self._number} {{word:x/card}} " + f"story {page} " * 200

    def _newest(self, path: str) -> tuple[int, ...]:
        """Return the versions of a page's text and of the word it shows, from the records."""
        from tests.bake.newsroom import ToySource

        source = ToySource()
        with source.snapshot():
            text, word = source.read(f"page:{path.split('/')[2]}/body"), source.read("word:x/card")
        return int(re.findall(r"v(\d+)", str(text))[0]), int(str(word)[1:])


def _due() -> bool:
    reached = index.rows("SELECT cursor FROM bake_state WHERE id = 1")
    if not reached or moves.moved_since(reached[0][0]):
        return True
    return bool(index.rows("SELECT 1 FROM bake_path WHERE due LIMIT 1"))


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def _kill(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
    end = time.monotonic() + 10
    while _alive(pid) and time.monotonic() < end:
        time.sleep(0.002)
