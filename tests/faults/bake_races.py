"""Publishes race bakes: every interleaving of a small newsroom, then `--n` thousand random steps of a large.

The controls take away one safeguard each and must be caught.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tests.faults._site import ready


def main() -> int:
    """Run the campaign; return 0 when no page stayed behind and every control was caught."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--n", type=int, default=50, help="thousands of random steps")
    options = parser.parse_args()
    ready()
    import pytest

    from tests.bake import mistakes, search
    from tests.bake.model import BehindError

    failures: list[str] = []

    def tried(run: Callable[[], int]) -> int:
        try:
            return run()
        except BehindError as error:
            failures.append(str(error))
            return 0

    pages = {**search.A, **search.B}
    worlds = tried(lambda: _explore(pages, search.OTHER_KEY, forward=True))
    worlds += tried(lambda: _explore(pages, search.THERE_AND_BACK, forward=False))
    steps = sum(tried(lambda seed=seed: _race(seed, 5000)) for seed in range(max(1, options.n // 5)))
    caught = 0
    for mistake in (mistakes.no_look_at_moved_keys, mistakes.no_regard_for_marks_under_a_lease):
        with pytest.MonkeyPatch.context() as patched:
            mistake(patched)
            try:
                _race(0, 5000)
            except BehindError:
                caught += 1
    result = {
        "name": "bake_races", "n": steps, "worlds": worlds, "failures": len(failures),
        "control_caught": caught == 2, "first": failures[:3],
    }  # fmt: skip
    print(json.dumps(result))
    return int(bool(failures) or caught != 2)


def _explore(pages: dict[str, str | None], script: list[object], *, forward: bool) -> int:
    from tests.bake import search

    with _newsroom() as (site, source):
        return search.explore(site, source, pages, script, deaths=1, forward=forward)  # type: ignore[arg-type]


def _race(seed: int, steps: int) -> int:
    from tests.bake.model import Model, in_between
    from tests.bake.races import Races

    with _newsroom() as (site, source):
        model = Model(site, source, [])
        with in_between(model):
            Races(model, random.Random(seed)).run(steps)
    return steps


@contextmanager
def _newsroom() -> Iterator[tuple[object, object]]:
    """An empty newsroom with the toy source and renderer."""
    from django.conf import settings

    from standfirst.bake import registry
    from tests.bake import newsroom
    from tests.bake.conftest import empty

    empty(settings.STANDFIRST_SITE)
    newsroom.make_tables()
    source, toy = newsroom.ToySource(), newsroom.ToyRenderer()
    registry.set_source(source)
    registry.assets._items.clear()
    registry.inputs._items.clear()
    with registry.renderers.temporarily("toy", toy), registry.renderers.temporarily("gone", toy):
        yield settings.STANDFIRST_SITE, source


if __name__ == "__main__":
    sys.exit(main())
