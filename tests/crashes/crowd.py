"""Ten processes publish the same few stories while ten bake: at the end the last edition is everywhere.

python -m tests.crashes.crowd PUBLISHES SEED [careless]      (the site folder in STANDFIRST_SITE)

Prints one JSON line. `careless` bakers do not look at what moved while they drew, let others' leases run out
at once, and write although another baker has taken over.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from dataclasses import asdict, dataclass, field
from typing import Any

import django

MANY = 10
_PATIENCE = 120.0  # seconds for the bakers to end what is due


@dataclass
class Seen:
    """What became of a crowd's work."""

    published: int = 0
    pages: int = 0
    seconds: float = 0.0
    looks: int = 0
    wrong: list[str] = field(default_factory=list)


def main(publishes: int, seed: int, *, careless: bool) -> Seen:
    """Let the crowd work; return what was seen."""
    from django.conf import settings
    from django.db import connections

    from standfirst.bake import process
    from standfirst.editions import api
    from tests.crashes.newsroom import begun

    site, seen = settings.STANDFIRST_SITE, Seen()
    world = begun(site, seed, baked=True)
    before, began = api.last_seq(), time.monotonic()
    connections.close_all()

    def bake(number: int) -> None:
        if careless:
            _be_careless(random.Random(seed + number))
        process.main(site, f"baker-{number}")

    bakers = [_fork(bake, number) for number in range(MANY)]
    publishers = [_fork(_publish, number, list(world.stories), publishes) for number in range(MANY)]
    try:
        _wait(publishers, seen, site)
        seen.published = api.last_seq() - before
        _settle(seen)
    finally:
        for pid in bakers:
            os.kill(pid, signal.SIGTERM)
        for pid in bakers:
            os.waitpid(pid, 0)
    seen.seconds = round(time.monotonic() - began, 1)
    _compare(seen, site)
    return seen


def _fork(work: Any, *arguments: Any) -> int:
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            work(*arguments)
            code = 0
        finally:
            os._exit(code)
    return pid


def _publish(number: int, stories: list[str], publishes: int) -> None:
    """Publish now this story, now that; what another said last is replaced."""
    from django.db import transaction

    from standfirst.editions import api
    from standfirst.editions.documents import Story
    from tests.exactness.world import ACTOR

    dice = random.Random(number)
    for turn in range(publishes):
        with transaction.atomic():
            story = api.current(f"story:{dice.choice(stories)}")
            assert isinstance(story, Story)
            changed = story.model_copy(update={"headline": f"Publisher {number} says {turn}"})
            api.publish(changed, reason="updated", actor=ACTOR)
        time.sleep(dice.choice((0, 0, 0.01)))


def _wait(pids: list[int], seen: Seen, site: Any) -> None:
    """Look at what readers get until all publishers are through."""
    served: dict[str, int] = {}
    left = set(pids)
    while left:
        for pid in list(left):
            ended, status = os.waitpid(pid, os.WNOHANG)
            if ended:
                left.discard(pid)
                if status:
                    seen.wrong.append("a publisher failed")
        _look(seen, site, served)
        time.sleep(0.05)


def _look(seen: Seen, site: Any, served: dict[str, int]) -> None:
    from standfirst.bake import segments
    from standfirst.edge import blobs
    from standfirst.edge.manifest import ManifestError

    seen.looks += 1
    try:
        _, entries = segments.read_all(site.store)
    except ManifestError as error:
        seen.wrong.append(str(error))
        return
    for path, entry in entries.items():
        if entry.seq < served.get(path, 0):
            seen.wrong.append(f"{path} went back from {served[path]} to {entry.seq}")
        elif entry.seq > served.get(path, -1):
            try:
                blobs.read(site.store, entry.blob) if entry.blob else None
            except blobs.BlobError as error:
                seen.wrong.append(f"{path}: {error}")
        served[path] = entry.seq


def _settle(seen: Seen) -> None:
    from standfirst.bake import api as bake

    end = time.monotonic() + _PATIENCE
    while bake.waiting():
        if time.monotonic() > end:
            seen.wrong.append(f"{bake.waiting()} pages still wait after {_PATIENCE:.0f} s")
            return
        time.sleep(0.05)
    time.sleep(0.3)  # for a batch that is under way


def _compare(seen: Seen, site: Any) -> None:
    """Compare every page with one baked from nothing, and every story with its last edition."""
    from standfirst.bake import api as bake
    from standfirst.bake import segments
    from standfirst.edge import blobs
    from standfirst.editions import api, heads
    from standfirst.editions.documents import Story
    from standfirst.kit import instants
    from tests.crashes.look import unlike_from_nothing

    entries = segments.read_all(site.store)[1]
    seen.pages = len(entries)
    for story in heads.live("story"):
        assert isinstance(story, Story)
        if story.headline.encode() not in blobs.read(site.store, entries[story.path].blob).plain:
            seen.wrong.append(f"{story.path} does not show its last edition")
    seen.wrong += unlike_from_nothing(site, instants.now())
    seen.wrong += [str(problem) for problem in [*bake.verify(site), *api.verify_chain()]]


def _be_careless(dice: random.Random) -> None:
    import pytest

    from standfirst.bake import leases
    from standfirst.bake.baker import Baker
    from tests.bake import mistakes

    patched = pytest.MonkeyPatch()
    mistakes.no_fencing(patched)
    mistakes.no_regard_for_marks_under_a_lease(patched)
    patched.setattr(leases, "SECONDS", 0.02)
    commit = Baker.commit

    def late(self: Baker, batch: Any) -> Any:
        time.sleep(dice.uniform(0, 0.2))
        return commit(self, batch)

    patched.setattr(Baker, "commit", late)


if __name__ == "__main__":
    django.setup()
    print(json.dumps(asdict(main(int(sys.argv[1]), int(sys.argv[2]), careless="careless" in sys.argv[3:]))))
