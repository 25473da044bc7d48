"""Workers killed at any moment: nothing is lost, and nothing is there twice but what is listed as unknown."""

from __future__ import annotations

import contextlib
import os
import random
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from standfirst.kit import instants
from standfirst.wire import api as wire
from standfirst.wire.channels.models import Delivery
from tests.wire.channels import SOON, World, world
from tests.wire.conftest import ACTOR, published
from tests.wire.peers import FakeBrowser

__all__ = ["world"]

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "bake"])

ROOT = Path(__file__).resolve().parents[2]
POINTS = 40  # what a worker does for one item on all channels has about so many calls that count,
SENT = 10  # and so many of them are about sending


@dataclass
class Campaign:
    """Publishes, edits, withdraws; starts workers and kills them. `live` is what readers have, by item."""

    world: World
    process: subprocess.Popen[str]
    random: random.Random
    mutant: str
    browser: FakeBrowser
    live: dict[str, str] = field(default_factory=dict)
    items: dict[str, wire.Item] = field(default_factory=dict)
    kills: int = 0
    _number: int = 0

    def start(self, point: int = 0) -> int:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{point} {self.mutant}\n")
        self.process.stdin.flush()
        return int(self.process.stdout.readline())

    def kill_one(self) -> None:
        """Change something, let one worker or two begin, end them at a counted call or at any moment."""
        self._change()
        dice = self.random.random()
        point = (
            self.random.randint(1, POINTS)
            if dice < 0.4
            else 0
            if dice < 0.6
            else -self.random.randint(1, SENT)
        )
        running = [self.start(point) for _ in range(self.random.choice([1, 1, 2]))]
        end = time.monotonic() + (1.0 if point else self.random.uniform(0, 0.4))
        while time.monotonic() < end and any(map(_alive, running)):
            if self.random.random() < 0.1:
                self._change()
            time.sleep(0.02)
        for pid in running:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
            self.kills += 1

    def finish(self, seconds: float = 60.0) -> None:
        """Let one worker come to an end."""
        pid = self.start()
        end = time.monotonic() + seconds
        while _alive(pid) and time.monotonic() < end:
            time.sleep(0.05)
        assert not _alive(pid), "it did not come to an end"

    def _change(self) -> None:
        self._number += 1
        headline = f"News {self._number}"
        dice = self.random.random()
        if dice < 0.5 or not self.live:
            item = published(headline, breaking_until=instants.now() + SOON)
            self.items[item.public_id] = item
            self.live[item.public_id] = headline
            return
        chosen = self.random.choice(sorted(self.live))
        item = self.items[chosen]
        if dice < 0.8:
            draft = wire.ItemDraft(headline, "en", ("By wind.",), breaking_until=instants.now() + SOON)
            wire.publish_item(wire.save_item(draft, actor=ACTOR, item=item), actor=ACTOR)
            self.live[chosen] = headline
        else:
            wire.kill_item(item, actor=ACTOR, why="wrong")
            del self.live[chosen]

    def wrong(self) -> list[str]:
        """Return what is lost, or there twice, or still there, and stands in no list for a person."""
        listed = {
            row.record.partition(":")[2]
            for row in self.world.channels["telegram"].deliveries.filter(state__in=["unknown", "failed"])
        }
        found = []
        texts = {n: text for n, text in self.world.telegram.messages.items() if _id(text) not in listed}
        found += _differ("Telegram", [(_id(t), _headline(t)) for t in texts.values()], self.live, listed)
        sent = Counter(map(_id, self.world.telegram.sent))
        twice = [one for one, n in sent.items() if n > 1 and one not in listed]
        found += [f"Telegram was sent {one} several times" for one in twice]
        posts = [(_id(one["embed"]["external"]["uri"]), one["embed"]["external"]["title"])
                 for one in self.world.bluesky.posts.values()]  # fmt: skip
        found += _differ("Bluesky", posts, self.live, set())
        found += _differ("webhook", list(self.world.receiver.now().items()), self.live, set())
        alerts = [(one, said["title"]) for one, said in self.browser.shown.items() if said["state"] != "gone"]
        found += _differ("push", alerts, self.live, set())
        open_rows = Delivery.objects.filter(state__in=["waiting", "claimed"]).exclude(
            record__in=[f"item:{one}" for one in listed]
        )
        return found + [f"{row} is {row.state}" for row in open_rows]


def _differ(
    where: str, there: list[tuple[str, str]], live: dict[str, str], listed: set[str]
) -> Iterator[str]:
    counted = Counter(one for one, _ in there)
    yield from (f"{where} shows {one} {n} times" for one, n in counted.items() if n > 1)
    for one, headline in there:
        if live.get(one) != headline:
            yield f"{where} says {headline!r} of {one}, readers have {live.get(one)!r}"
    yield from (f"{where} lacks {one}" for one in live if one not in counted and one not in listed)


def _id(text: str) -> str:
    return re.findall(r"/feed/([0-9a-z]{26})/", text)[0]


def _headline(text: str) -> str:
    return re.findall(r"<b>(.*)</b>", text)[0]


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@contextlib.contextmanager
def campaign(world: World, seed: int, mutant: str = "none") -> Iterator[Campaign]:
    ports = [str(one.port) for one in (world.telegram, world.bluesky, world.receiver, world.push)]
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.wire.nursery", *ports, world.key], text=True, cwd=ROOT,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, env={**os.environ, "STANDFIRST_ROLE": "desk"},
    )  # fmt: skip
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        yield Campaign(world, process, random.Random(seed), mutant, world.browser("anna"))
    finally:
        assert process.stdin is not None
        process.stdin.close()
        process.wait(10)


def test_killed_workers_lose_nothing_and_double_nothing_that_is_not_listed(world: World) -> None:
    with campaign(world, seed=1) as one:
        for _ in range(14):
            one.kill_one()
        one.finish()
        assert one.wrong() == []
    assert one.kills >= 14
    assert len(one.items) > 3


def test_the_kills_would_show_rows_written_after_sending(world: World) -> None:
    with campaign(world, seed=1, mutant="late") as one:
        for _ in range(30):
            one.kill_one()
            one.finish()
            if any("several times" in problem for problem in one.wrong()):
                return
    pytest.fail("nothing was sent twice")
