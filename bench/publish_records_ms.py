"""What publishing costs in the record alone: CPU milliseconds of one publish, and of reading for a bake.

A story of 60 blocks, filed in a section, two topics, an author's list and the months. It must not grow with
the number of stories, so it is measured with 100 and with 5,000 of them.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import sys
import time
from datetime import timedelta

from tests import sandbox

COUNTS = (100, 5000)
ROUNDS = 60
LIMIT = 5.0
"""Milliseconds of CPU a publish may take."""


def figure(name: str, value: float, unit: str) -> None:
    print(json.dumps({"name": name, "value": round(value, 3), "unit": unit}), flush=True)


def prepare() -> None:
    import django
    from tests.conftest import migrated_template

    os.environ["DJANGO_SETTINGS_MODULE"] = "standfirst.project.settings"
    (sandbox.FOLDER / "db").mkdir()
    for file in migrated_template().glob("*.sqlite3"):
        shutil.copy(file, sandbox.FOLDER / "db" / file.name)
    django.setup()


def fill(upto: int, have: int) -> None:
    """Publish short stories until there are `upto`."""
    from django.db import transaction
    from tests.editions import newsroom as room

    from standfirst.editions import api

    with transaction.atomic():
        for number in range(have, upto):
            story = room.story(
                f"s{number}", published_at=room.START + timedelta(minutes=number), section="s1"
            )
            api.publish(story, reason="published", actor="system:bench")


def publish_cost(tag: str) -> tuple[float, float]:
    """Return median CPU milliseconds of a first publish, and of an update."""
    from django.db import transaction
    from tests.editions import newsroom as room

    from standfirst.editions import api

    first, update = [], []
    for number in range(ROUNDS):
        story = room.change(
            room.long_story(), path=f"/{tag}-{number}/", section="s1", topics=("t1", "t2"),
            headline=f"{tag} {number}",
        )  # fmt: skip
        fresh = [room.change(block, html=f"{block.html} {tag} {number}") for block in story.body]
        for times, document in ((first, room.change(story, body=tuple(fresh))), (update, story)):
            with transaction.atomic():
                started = time.process_time()
                api.publish(document, reason="updated", actor="system:bench")
                times.append((time.process_time() - started) * 1000)
    return statistics.median(first), statistics.median(update)


def reading_cost() -> tuple[float, float]:
    """Return median milliseconds of a read from the database, and microseconds of one from memory."""
    from standfirst.editions.source import EditionSource

    source = EditionSource()
    with source.snapshot():
        keys = [f"story:{story}/card" for story in source.read("list:front/en/head")]  # type: ignore[attr-defined]
    source.close()
    cold, warm = [], []
    for _ in range(20):
        fresh = EditionSource()
        with fresh.snapshot():
            started = time.perf_counter()
            for key in keys:
                fresh.read(key)
            cold.append((time.perf_counter() - started) / len(keys) * 1e3)
        with fresh.snapshot():
            started = time.perf_counter()
            for key in keys:
                fresh.read(key)
            warm.append((time.perf_counter() - started) / len(keys) * 1e6)
        fresh.close()
    return statistics.median(cold), statistics.median(warm)


def main() -> int:
    prepare()
    from tests.editions import newsroom as room

    held, have = True, 0
    with room.rules():
        for count in COUNTS:
            fill(count, have)
            have = count
            first, update = publish_cost(f"at{count}")
            figure(f"publish_first_cpu_ms_at_{count}", first, "ms")
            figure(f"publish_update_cpu_ms_at_{count}", update, "ms")
            held &= first <= LIMIT and update <= LIMIT
        cold, warm = reading_cost()
        figure("read_card_uncached_ms", cold, "ms")
        figure("read_cached_us", warm, "us")
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())
