"""No publish is lost: every interleaving of a small newsroom, seen through to the end."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from standfirst.bake import committing
from standfirst.bake.index import Index
from standfirst.bake.leases import Lease
from standfirst.kit.sitefolder import SiteFolder
from tests.bake.model import SOON, BehindError, Changes, Model, World, forward_only, in_between
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


def test_no_interleaving_of_two_bakers_leaves_a_page_behind(site: SiteFolder, source: ToySource) -> None:
    assert explore(site, source, {**A, **B}, OTHER_KEY, turns=0) > 100


def test_a_stalled_baker_whose_lease_was_taken_over_writes_nothing_old(
    site: SiteFolder, source: ToySource
) -> None:
    assert explore(site, source, B, OTHER_KEY) > 100


def test_a_change_taken_back_after_a_crash_is_not_mistaken_for_no_change(
    site: SiteFolder, source: ToySource
) -> None:
    assert explore(site, source, A, THERE_AND_BACK, deaths=1, forward=False) > 100


def no_look_at_moved_keys(patched: pytest.MonkeyPatch) -> None:
    patched.setattr(committing._Work, "moved_past", lambda *_: 0)


def no_fencing(patched: pytest.MonkeyPatch) -> None:
    def held(index: Index, lease: Lease) -> dict[int, committing._Row]:
        sql = "SELECT id, wanted, again, entry, failures FROM bake_path WHERE id IN ({})"
        found = index.each_in(sql, [path.id for path in lease.paths])
        return {row[0]: committing._Row(*row[1:]) for row in found}

    patched.setattr(committing, "_held", held)


def no_regard_for_marks_under_a_lease(patched: pytest.MonkeyPatch) -> None:
    real = committing._held

    def held(index: Index, lease: Lease) -> dict[int, committing._Row]:
        rows = real(index, lease)
        return {number: committing._Row(0, 0, row.entry, row.failures) for number, row in rows.items()}

    patched.setattr(committing, "_held", held)
    no_look_at_moved_keys(patched)


def no_doubt_about_adopted_segments(patched: pytest.MonkeyPatch) -> None:
    def nothing(index: Index, paths: Sequence[str]) -> None:
        return None

    patched.setattr(committing, "forget_entries", nothing)


@pytest.mark.parametrize(
    ("broken", "pages", "script"),
    [
        (no_look_at_moved_keys, A, OTHER_KEY),
        (no_fencing, B, OTHER_KEY),
        (no_regard_for_marks_under_a_lease, A, OTHER_KEY),
        (no_doubt_about_adopted_segments, A, THERE_AND_BACK),
    ],
)
def test_the_search_finds_each_mistake_it_is_made_for(
    site: SiteFolder, source: ToySource, monkeypatch: pytest.MonkeyPatch,
    broken: Callable[[pytest.MonkeyPatch], None], pages: Changes, script: list[Changes],
) -> None:  # fmt: skip
    broken(monkeypatch)
    with pytest.raises(BehindError):
        explore(site, source, pages, script, deaths=1, forward=script is OTHER_KEY)
