"""Runs of a newsroom, and power cuts at chosen points of each."""

from __future__ import annotations

import json
import random
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from standfirst.kit.sitefolder import SiteFolder
from tests.conftest import migrated_template
from tests.crashes import log, newsroom
from tests.crashes.disk import MODES, Disk
from tests.crashes.forks import in_child
from tests.crashes.log import Kind, Operation
from tests.crashes.look import look
from tests.exactness.world import World

THOROUGH = 8  # every so manyth cut is compared with a bake from nothing


@dataclass
class Run:
    """One newsroom's work: the disk before it, and all that reached the disk."""

    before: Path  # a copy of the site folder as it was when the work began
    root: Path
    inodes: dict[str, int]  # of its files then
    operations: list[Operation]


@dataclass
class Result:
    """What the cuts of a run showed."""

    cuts: int = 0
    promises: int = 0  # what had been told to somebody before the cuts, all added up
    wrong: list[str] = field(default_factory=list)


def run(folder: Path, seed: int, edits: int, *, baked: bool, mistake: str = "") -> Run:
    """Let a newsroom work in `folder` and return what became of the disk. Raises RuntimeError."""
    site = SiteFolder(folder / "site")
    (site.root / "db").mkdir(parents=True)
    for file in migrated_template().glob("*.sqlite3"):
        shutil.copy(file, site.root / "db" / file.name)
    before, record = folder / "before", folder / "log"

    def work() -> None:
        newsroom.use(site)
        world: World = newsroom.begun(site, seed, baked=baked)
        shutil.copytree(site.root, before)
        inodes = {str(path.relative_to(site.root)): path.stat().st_ino for path in site.root.rglob("*")}
        (folder / "inodes").write_text(json.dumps(inodes))
        newsroom.work(site, world, record, edits, mistake)

    in_child(work)
    inodes = json.loads((folder / "inodes").read_text())
    return Run(before, site.root, inodes, list(log.read(record)))


def cut(done: Run, folder: Path, count: int, dice: random.Random, *, enough: int = 0) -> Result:
    """Cut the power `count` times, start again each time, and look; stop after `enough` cuts that hurt."""
    result, image, hurt = Result(), folder / "image", 0
    disk = Disk(done.before, done.root, done.inodes)
    told: list[dict[str, Any]] = []
    points = sorted(_point(done.operations, dice) for _ in range(count))
    for point in points:
        while disk.at < point:
            one = done.operations[disk.at]
            disk.follow(one)
            if one.kind is Kind.MARK:
                told.append(json.loads(one.first))
        mode = dice.choice(MODES)
        disk.cut(image, dice, mode)
        thorough = result.cuts % THOROUGH == 0
        found: list[str] = in_child(lambda: look(SiteFolder(image), told, thorough=thorough))  # noqa: B023
        result.cuts, result.promises = result.cuts + 1, result.promises + len(told)
        result.wrong += [f"cut after {point} ({mode} unsynced is kept): {one}" for one in found]
        hurt += bool(found)
        shutil.rmtree(image)
        if enough and hurt >= enough:
            break
    return result


def _point(operations: list[Operation], dice: random.Random) -> int:
    """Choose when: anywhere, right after somebody was told something, or right before a sync."""
    wanted = dice.choice((None, Kind.MARK, Kind.MARK, Kind.SYNC, Kind.SYNC_FOLDER, Kind.SYNC_ALL))
    places = [place for place, one in enumerate(operations) if one.kind is wanted]
    if not places:
        return dice.randint(0, len(operations))
    place = dice.choice(places)
    return place + 1 if wanted is Kind.MARK else place
