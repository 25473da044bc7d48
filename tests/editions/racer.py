"""A process that publishes as fast as it can, now and then takes it back, and prints what it committed.

python -m tests.editions.racer NAME COUNT     (the site folder in STANDFIRST_SITE)
"""

from __future__ import annotations

import random
import sys

import django
from django.db import transaction


def main(name: str, count: int) -> None:
    from standfirst.editions import api
    from tests.editions import newsroom as room

    dice = random.Random(name)
    with room.rules():
        mine = []
        for number in range(count):
            story = dice.choice(mine) if mine and dice.random() < 0.5 else room.story(f"{name}-{number}")
            with transaction.atomic():
                changed = room.change(story, headline=f"{name} {number}")
                known = api.head(story.record) is not None
                published = api.publish(
                    changed, reason="updated" if known else "published", actor="system:race"
                )
                if dice.random() < 0.2:
                    transaction.set_rollback(True)
                    continue
            mine.append(story)
            print(published.seq, published.record, published.number, flush=True)


if __name__ == "__main__":
    django.setup()
    main(sys.argv[1], int(sys.argv[2]))
