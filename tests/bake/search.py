"""The search through every interleaving of a small newsroom."""

from __future__ import annotations

from standfirst.kit.sitefolder import SiteFolder
from tests.bake.model import SOON, Changes, Model, World, forward_only, in_between
from tests.bake.newsroom import ToySource, page_change, publish

# What a page reads changes as the first publish moves, and that moves with the second.
OTHER_KEY: list[Changes] = [
    {"page:a/body": "{word:y/card}", "word:y/card": "v1"},
    {"word:y/card": "v2"},
]
# The second publish takes the first back, so the bytes are those of the beginning.
THERE_AND_BACK: list[Changes] = [{"word:x/card": "v1"}, {"word:x/card": "v0"}]


A = page_change("a", "{word:x/card}")
B = page_change("b", f"{{word:y/card}} appears:{SOON}")
WORDS = {"word:x/card": "v0", "word:y/card": "v0"}


def explore(
    site: SiteFolder, source: ToySource, pages: Changes, script: list[Changes], *,
    turns: int = 1, deaths: int = 0, forward: bool = True,
) -> int:  # fmt: skip
    """Go through every reachable world once; return how many there were. Raises BehindError."""
    publish({**pages, **WORDS})
    model = Model(site, source, script, turns=turns, deaths=deaths)
    while model.baker.step() is not None:
        pass
    with in_between(model):
        start = model.first()
        seen = {start.key()}
        waiting = [start]
        while waiting:
            world = waiting.pop()
            for following in _following(model, world, forward):
                if following.key() not in seen:
                    seen.add(following.key())
                    waiting.append(following)
    return len(seen)


def _following(model: Model, world: World, forward: bool) -> list[World]:
    model.restore(world)
    before = model.shown()
    found, dirty = [], False
    for step in model.steps(world):
        if dirty:
            model.restore(world)
        following = model.take(world, step)
        dirty = following != world
        if dirty and forward and following.files != world.files:
            forward_only(before, model.shown())
        found.append(following)
    if world.published == len(model.script) and not any(world.bakers):
        model.restore(world)
        model.settle()
        model.check()
    return found
