"""A newsroom at work under the shim: one process publishes, two bake, and what anybody is told is noted.

One of the bakers dies now and then in the middle of its work, and another takes over: what it had written and
not synced looks to that one as if it were safe.
"""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connections, transaction

from standfirst.bake import api as bake
from standfirst.bake import process, segments, store
from standfirst.editions import api
from standfirst.editions.documents import Document
from standfirst.kit.canonical import digest
from standfirst.kit.sitefolder import SiteFolder
from tests.bake.nursery import die_at
from tests.crashes import log
from tests.crashes.forks import in_child
from tests.exactness import world as worlds
from tests.exactness.world import ACTOR, World

MISTAKES = ("database", "store")
_PATIENCE = 30.0  # seconds for the last page to become visible


def use(site: SiteFolder) -> None:
    """Let this process work for another site folder."""
    connections.close_all()
    settings.STANDFIRST_SITE = site
    for alias, file in (("default", site.main_db), ("bake", site.bake_db)):
        connections[alias].settings_dict["NAME"] = str(file)


def work(site: SiteFolder, world: World, record: Path, edits: int, mistake: str = "") -> None:
    """Publish `edits` times while two bakers bake, and write down all that reaches the disk."""
    log.begin(site, record)
    if mistake:
        _make(mistake)
    bakers = Bakers(site, random.Random(world.seed))
    bakers.start("a")
    bakers.start("b")
    try:
        _publish(world, edits, bakers)
    finally:
        bakers.end()
        connections.close_all()


@dataclass
class Bakers:
    """Two bakers; `b` kills itself at some call that changes the disk, and is started again."""

    site: SiteFolder
    dice: random.Random
    pids: dict[str, int] = field(default_factory=dict)

    def start(self, name: str) -> None:
        connections.close_all()
        point = self.dice.randint(1, 60) if name == "b" else 0
        pid = os.fork()
        if pid == 0:
            try:
                if point:
                    die_at(point)
                process.main(self.site, name)
            finally:
                os._exit(0)
        self.pids[name] = pid

    def revive(self) -> None:
        """Start again who has died."""
        for name, pid in list(self.pids.items()):
            if os.waitpid(pid, os.WNOHANG) != (0, 0):
                self.start(name)

    def end(self) -> None:
        for pid in self.pids.values():
            os.kill(pid, signal.SIGTERM)
        for pid in self.pids.values():
            os.waitpid(pid, 0)


def _publish(world: World, edits: int, bakers: Bakers) -> None:
    """Do what a newsroom does, and tell the log whenever somebody was told that it is done."""
    worlds.World.publish = _told  # type: ignore[method-assign]
    bake.store_blob = _kept(bake.store_blob)  # type: ignore[assignment]
    waiting: list[int] = []
    dice = random.Random(world.seed)
    for _ in worlds.live(world, edits):
        log.mark(chain=api.last_seq())
        if api.last_seq() not in waiting:
            waiting.append(api.last_seq())
        time.sleep(dice.choice((0, 0, 0.02, 0.1)))
        bakers.revive()
        waiting = [seq for seq in waiting if not _visible(seq)]
    end = time.monotonic() + _PATIENCE
    while waiting and time.monotonic() < end:
        time.sleep(0.02)
        bakers.revive()
        waiting = [seq for seq in waiting if not _visible(seq)]


def _told(self: World, document: Document) -> None:
    """Publish as `World.publish` does; an editor is told when the transaction has ended."""
    with transaction.atomic():
        known = api.head(document.record)
        reason: Any = "published" if known is None or known.state != "live" else "updated"
        done = api.publish(document, reason=reason, actor=ACTOR, at=self.now)
    log.mark(record=done.record, number=done.number, digest=digest(document.to_bytes()))
    kept = self.stories if document.kind == "story" else self.others
    kept[document.id if document.kind == "story" else document.record] = document  # type: ignore[assignment]


def _kept(store_blob: Callable[[bytes, str], str]) -> Callable[[bytes, str], str]:
    def call(body: bytes, content_type: str) -> str:
        name = store_blob(body, content_type)
        log.mark(blob=name)
        return name

    return call


def _visible(seq: int) -> bool:
    """Note what readers are said to have, once every page that a publish touched is said to be visible."""
    progress = bake.progress(seq)
    if not progress.done:
        return False
    entries = segments.read_all(settings.STANDFIRST_SITE.store)[1]
    pages = {
        one.path: (entries[one.path].seq, entries[one.path].blob)
        for one in progress.paths
        if one.path in entries
    }
    log.mark(visible=seq, pages=pages)
    return True


def begun(site: SiteFolder, seed: int, *, baked: bool) -> World:
    """Return a newsroom that has just begun, with everything on the disk: baked, or with no store yet."""
    world = worlds.found(seed)
    connections.close_all()
    if baked:  # elsewhere: a snapshot's open connection must not be carried into the bakers' forks
        in_child(lambda: bake.run_until_idle(site).segment)
    return world


def _make(mistake: str) -> None:
    """Leave out one kind of sync. The rest of the program is as it is."""
    if mistake == "database":
        for alias in ("default", "bake"):
            options: dict[str, str] = connections[alias].settings_dict["OPTIONS"]
            options["init_command"] = options["init_command"].replace("synchronous=FULL", "synchronous=OFF")
    elif mistake == "store":
        store.sync_all = store.sync_folder = lambda folder: None
        os.fsync = lambda descriptor: None
    else:
        raise LookupError(f"no mistake {mistake!r}; there is: {', '.join(MISTAKES)}")
