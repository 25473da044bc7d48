"""How much CPU a story of 60 blocks takes to bake: read, render, compress, write, its share of the index.

A site with the real theme and 120 stories. Each round publishes new text of 32 stories and bakes them as a
baker does, in one batch; then one story alone, with its text edition and the feeds it is in, as a baker does
on an ordinary day. CPU of the process (user and system) from the claim to the end of the commit; publishing
itself is not counted. The first figure is the median of ROUNDS (15) rounds; "whole" counts with the pages
their text editions and the feeds they are in. Milliseconds.
"""

from __future__ import annotations

import json
import os
import random
import statistics
import sys
import time
from datetime import timedelta
from typing import Any

from tests.faults._site import ready

ROUNDS = int(os.environ.get("ROUNDS", "15"))
STORIES = 120
LIMIT = 4.0
WORDS = """harbour council river morning evening vote budget crane ferry tide minister teacher hospital price
winter bridge market witness report question answer letter promise number street window engine captain
weather signal garden kitchen station border journey village concert paper archive evidence pension""".split()


class Site:
    """A newsroom whose stories change all the time."""

    def __init__(self) -> None:
        from tests.theme import samples

        self.random = random.Random(3)
        self.samples = samples
        self.stories: list[Any] = []

    def fill(self) -> None:
        for document in (*self.samples.SECTIONS, *self.samples.AUTHORS, self.samples.SITE, *self.frame()):
            self.publish(document)
        for number in range(STORIES):
            self.stories.append(self.story(number))
            self.publish(self.stories[-1])

    def frame(self) -> list[Any]:
        """Return what frames every page."""
        from standfirst.editions.documents import Front, Navigation

        sections = tuple(section.id for section in self.samples.SECTIONS if section.language == "en")
        return [
            Navigation(id="en", language="en", sections=sections),
            Front(id="en", language="en", path="/", sections=sections),
        ]

    def story(self, number: int) -> Any:
        from standfirst.editions.documents import Byline, Story
        from standfirst.kit.ids import new_id

        return Story(
            id=new_id(), language="en", path=f"/story-{number}/", headline=self.words(8).capitalize(),
            standfirst=self.words(20).capitalize() + ".", section=self.samples.SECTIONS[number % 2].id,
            bylines=(Byline(author=self.samples.AUTHORS[0].id),), body=self.body(),
            published_at=self.samples.PUBLISHED - timedelta(minutes=number),
        )  # fmt: skip

    def body(self) -> tuple[Any, ...]:
        """Return 60 blocks: paragraphs with links and emphasis, a heading or a quote now and then."""
        from standfirst.editions.documents import Heading, Paragraph, Quote

        blocks: list[Any] = []
        for number in range(60):
            if number % 12 == 6:
                blocks.append(Heading(id=f"b{number}", html=self.words(5).capitalize()))
            elif number % 20 == 15:
                blocks.append(Quote(id=f"b{number}", html=self.words(25), attribution=self.words(2).title()))
            else:
                html = f'{self.words(30)} <a href="https://example.org/">{self.words(3)}</a> '
                blocks.append(
                    Paragraph(id=f"b{number}", html=html + f"<em>{self.words(2)}</em> {self.words(25)}")
                )
        return tuple(blocks)

    def words(self, count: int) -> str:
        return " ".join(self.random.choice(WORDS) for _ in range(count))

    def publish(self, document: Any) -> None:
        from django.db import transaction

        from standfirst.editions import api

        with transaction.atomic():
            known = api.head(document.record) is not None
            api.publish(document, reason="updated" if known else "published", actor="system:bench")

    def rewrite(self, count: int) -> None:
        """Publish new text of `count` stories; only their own pages change."""
        for number in self.random.sample(range(STORIES), count):
            self.stories[number] = self.stories[number].model_copy(update={"body": self.body()})
            self.publish(self.stories[number])


def spent(baker: Any, stories: int) -> tuple[float, float]:
    """Bake what is due; return the CPU milliseconds a story: for its page, and for all that shows it.

    The first batch has the pages; what can wait (text edition, feeds) comes after it.
    """
    started = time.process_time()
    outcome = baker.step()
    assert outcome.failed == 0
    assert stories == 1 or outcome.changed == stories, f"{outcome.changed} pages changed, not {stories}"
    own = time.process_time() - started
    while (outcome := baker.step()) is not None:
        assert outcome.failed == 0
    return own * 1000 / stories, (time.process_time() - started) * 1000 / stories


def main() -> int:
    """Measure; return 1 when the first figure is above its limit."""
    ready()
    from django.conf import settings

    from standfirst.bake import api
    from standfirst.bake.baker import Baker

    site = Site()
    site.fill()
    report = api.run_until_idle()
    assert report.failed == (), report.failed[:3]
    baker = Baker(settings.STANDFIRST_SITE, "bench")
    baker.start()
    together, alone = [], []
    for _ in range(ROUNDS):
        site.rewrite(32)
        together.append(spent(baker, 32))
        site.rewrite(1)
        alone.append(spent(baker, 1))
    figure, whole = (statistics.median(values) for values in zip(*together, strict=True))
    lone = statistics.median(whole for _, whole in alone)
    figures = {"bake_story_cpu_ms": figure, "bake_story_alone_cpu_ms": lone, "bake_story_whole_cpu_ms": whole}
    for name, value in figures.items():
        print(json.dumps({"name": name, "value": round(value, 2), "unit": "ms"}))
    return int(figure > LIMIT)


if __name__ == "__main__":
    sys.exit(main())
