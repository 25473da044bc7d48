"""Publishes and bakes in random order on a larger newsroom; at rest every page is as its records say."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta

from standfirst.bake import api, index, marking
from standfirst.bake.committing import Batch
from standfirst.bake.leases import Lease
from tests.bake.model import BehindError, Model
from tests.bake.newsroom import page_change, publish


@dataclass
class Races:
    """One run: random steps of a publisher, a marker and bakers that stall and die, with rests between."""

    model: Model
    random: random.Random
    paths: int = 200
    words: int = 12
    taken: Counter[str] = field(default_factory=Counter)
    _holds: list[Lease | Batch | None] = field(default_factory=lambda: [None] * 4)
    _number: int = 0
    _fresh: int = 0  # a word that a page began to read a moment ago

    def run(self, steps: int) -> None:
        """Raise BehindError when a page stays behind."""
        changes: dict[str, str | None] = {f"word:{word}/card": "v0" for word in range(self.words)}
        for page in range(self.paths):
            changes |= page_change(f"n{page}", self._text())
        publish(changes)
        for step in range(1, steps + 1):
            what = self.random.choices(*zip(*_CHANCES.items(), strict=True))[0]
            self.taken[what] += 1
            if what == "bake":
                self._bake(self.random.randrange(len(self._holds)))
            else:
                getattr(self, f"_{what}")()
            if step % _REST == 0 or step == steps:
                self._rest()
        if problems := api.verify(self.model.site):
            raise BehindError(str(problems[0]))

    def _rest(self) -> None:
        """Let leases run out, bake what is due, and look at every page."""
        self.model.time += timedelta(hours=1)
        while self.model.baker.step() is not None:
            pass
        self.model.check()

    def _publish(self) -> None:
        self._number += 1
        changes: dict[str, str | None] = {}
        if self.random.random() < 0.6:
            word = self.random.choice([self._fresh, self.random.randrange(self.words)])
            changes[f"word:{word}/card"] = self._value()
        for _ in range(self.random.randint(0, 2)):
            name = f"n{self.random.randrange(self.paths)}"
            gone = self.random.random() < 0.1
            changes |= page_change(name, None if gone else self._text())
        if changes:
            publish(changes, urgent=self.random.random() < 0.05)

    def _value(self) -> str:
        """A value that may be one the word had before."""
        return f"v{self.random.choice([0, self._number, self._number])}"

    def _text(self) -> str:
        """A text of up to five words; one of them is likely to move soon."""
        words = [self.random.randrange(self.words) for _ in range(self.random.randint(0, 5))]
        self._fresh = self.random.choice(words or [0])
        return " ".join(f"{{word:{word}/card}}" for word in words)

    def _mark(self) -> None:
        with index.opened() as ix:
            marking.mark(ix)

    def _again(self) -> None:
        api.bake_paths([f"/p/n{self.random.randrange(self.paths)}/"])

    def _turn(self) -> None:
        self.model.time += timedelta(seconds=self.random.choice([1, 25]))

    def _bake(self, number: int) -> None:
        holds = self._holds[number]
        if holds is None:
            self.model.limit = self.random.randint(1, 8)
            self._holds[number] = self.model.claim()
        elif isinstance(holds, Lease):
            self._holds[number] = self.model.work("draw", holds)
        else:
            self._holds[number] = self.model.work("die" if self.random.random() < 0.05 else "commit", holds)


_CHANCES = {"publish": 8, "mark": 7, "bake": 14, "turn": 1, "again": 1}
_REST = 60  # steps from one rest to the next: what is lost shows before it is mended by accident
