"""A newsroom whose disk fills up again and again, with a baker at work and readers looking on."""

from __future__ import annotations

import os
import random
import shutil
import signal
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal, TypeAlias

from django.db import connections

from standfirst.bake import api as bake
from standfirst.bake import committing, index, process, segments
from standfirst.bake.store import BlobWriter
from standfirst.edge import blobs, manifest
from standfirst.edge.blobs import BlobError
from standfirst.edge.manifest import ManifestError
from standfirst.editions import api
from standfirst.kit import bus, instants, room
from standfirst.kit.canonical import digest
from standfirst.kit.sitefolder import SiteFolder
from tests.conftest import migrated_template
from tests.crashes import look
from tests.crashes.forks import in_child
from tests.crashes.newsroom import begun, use
from tests.crashes.tmpfs import SmallDisk
from tests.exactness import world as worlds
from tests.exactness.world import World

Place: TypeAlias = Literal["store", "db"]
PLACES: tuple[Place, ...] = ("store", "db")
SIZES: dict[Place, int] = {"store": 16, "db": 40}  # megabytes
GROWTH = 1  # megabytes that the newsroom grows by, at most, from one fill to the next
EDITS = [one for one in worlds.EDITS if one is not worlds.wait]
THOROUGH = 10  # after every so manyth fill all pages are compared with a bake from nothing
_PATIENCE = 60.0  # seconds after which what was published must be there, once there is room


@dataclass
class Seen:
    """What a session showed. `wrong` says in words what was broken."""

    fills: int = 0
    published: int = 0
    refused: int = 0  # publishes that were told that the disk is full
    stopped: int = 0  # times a baker said in its log that the disk is full
    looks: int = 0
    slowest: float = 0.0  # seconds from room to the last page
    wrong: list[str] = field(default_factory=list)


@dataclass
class Session:
    """One site, of which one folder is a disk of its own."""

    site: SiteFolder
    disk: SmallDisk
    world: World
    dice: random.Random
    seen: Seen = field(default_factory=Seen)
    _served: dict[str, int] = field(default_factory=dict)

    def fill_once(self) -> None:
        """Fill the disk, publish against it, look, make room, and wait until all is as it was published."""
        self.disk.fill(self.dice.choice((0, 0, 4096, 12_288, 40_960, 120_000, 400_000)))
        for _ in range(self.dice.randint(1, 3)):
            self.publish()
            self.look_for(self.dice.choice((0.0, 0.05, 0.3)))
        self.disk.empty()
        self.settle()
        self.seen.fills += 1

    def publish(self) -> None:
        """Do one thing of a newsroom's day: it happens, or it is told that the disk is full."""
        before, doing = api.last_seq(), self.dice.choice(EDITS)
        try:
            doing(self.world)
        except Exception as problem:  # noqa: BLE001 - what it is, is what is looked at
            self.seen.refused += 1
            if not room.is_missing(problem):
                self.seen.wrong.append(
                    f"{doing.__name__} failed without saying that the disk is full: {problem!r}"
                )
            if api.last_seq() != before:
                self.seen.wrong.append(f"{doing.__name__} was refused and happened by half")
        else:
            self.seen.published += 1
        bus.send(self.site, bus.MOVED)

    def look_for(self, seconds: float) -> None:
        """Look at everything readers get, at least once."""
        end = time.monotonic() + seconds
        self.look()
        while time.monotonic() < end:
            time.sleep(0.03)
            self.look()

    def look(self) -> None:
        self.seen.looks += 1
        try:
            _, entries = segments.read_all(self.site.store)
        except (ManifestError, OSError) as error:
            self.seen.wrong.append(f"manifest: {error}")
            return
        for path, entry in entries.items():
            if entry.seq < self._served.get(path, 0):
                self.seen.wrong.append(f"{path} went back")
            try:
                if entry.blob and digest(blobs.read(self.site.store, entry.blob).plain) != entry.blob:
                    self.seen.wrong.append(f"{path}: half a page is served")
            except BlobError as error:
                self.seen.wrong.append(f"{path}: {error}")
            self._served[path] = entry.seq

    def settle(self) -> None:
        """Wait for the baker, which nobody helps."""
        began = time.monotonic()
        while not self._settled():
            if time.monotonic() - began > _PATIENCE:
                self.seen.wrong.append(
                    f"{bake.waiting()} pages still wait {_PATIENCE:.0f} s after there was room"
                )
                return
            time.sleep(0.03)
        self.seen.slowest = max(self.seen.slowest, round(time.monotonic() - began, 1))
        self.look()
        self.seen.wrong += [f"verify: {problem}" for problem in bake.verify(self.site)]
        if self.seen.fills % THOROUGH == 0:
            connections.close_all()
            self.seen.wrong += in_child(lambda: look.unlike_from_nothing(self.site, instants.now()))

    def _settled(self) -> bool:
        return not bake.waiting() and not index.rows(
            "SELECT 1 FROM bake_path WHERE failures > 0 OR leased_until > 0"
        )


def session(
    folder: Path, place: Place, fills: int, seed: int, *, mistake: bool = False, enough: int = 20
) -> Seen:
    """Fill a disk `fills` times, in a process of its own, or until `enough` was broken."""

    def work() -> dict[str, Any]:
        site = SiteFolder(folder)
        disk = SmallDisk.mounted(site.root / place, SIZES[place] + GROWTH * fills)
        (site.root / "db").mkdir(exist_ok=True)
        for file in migrated_template().glob("*.sqlite3"):
            shutil.copy(file, site.root / "db" / file.name)
        use(site)
        one = Session(site, disk, begun(site, seed, baked=True), random.Random(seed))
        log = site.root / "baker.log"
        pid = _baker(site, log, write_in_place if mistake else None)
        try:
            while one.seen.fills < fills and len(one.seen.wrong) < enough:
                one.fill_once()
        finally:
            os.kill(pid, signal.SIGTERM)
            os.waitpid(pid, 0)
        one.seen.wrong += [f"chain: {problem}" for problem in api.verify_chain()]
        one.seen.stopped = log.read_text().count("is full (")
        return asdict(one.seen)

    return Seen(**in_child(work))


def _baker(site: SiteFolder, log: Path, mistake: Callable[[], None] | None) -> int:
    connections.close_all()
    pid = os.fork()
    if pid == 0:
        try:
            os.dup2(os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644), 2)
            if mistake is not None:
                mistake()
            process.main(site, "a")
        finally:
            os._exit(0)
    return pid


def write_in_place() -> None:
    """The mistake: files are written under their own names, and what bears a name is trusted."""

    def write(root: Path, kind: Any, number: int, entries: Any) -> None:
        name = manifest.base_name(number) if kind == "base" else manifest.segment_name(number)
        (segments.folder(root) / name).write_bytes(manifest.encode(kind, number, entries))

    def put(self: BlobWriter, name: str, data: bytes) -> tuple[int, Path]:
        target = blobs.blob_path(self.root, name)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
        return os.open(target, os.O_RDONLY), target

    segments.write = write
    BlobWriter._write = put  # type: ignore[method-assign]
    BlobWriter.has = lambda self, name: blobs.blob_path(self.root, name).exists()  # type: ignore[method-assign]
    committing._blobs_there = lambda *_: True
