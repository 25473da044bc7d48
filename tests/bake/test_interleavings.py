"""No publish is lost: every interleaving of a small newsroom, seen through to the end."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from standfirst.kit.sitefolder import SiteFolder
from tests.bake.mistakes import (
    no_doubt_about_adopted_segments,
    no_fencing,
    no_look_at_moved_keys,
    no_regard_for_marks_under_a_lease,
)
from tests.bake.model import BehindError, Changes
from tests.bake.newsroom import ToySource
from tests.bake.search import OTHER_KEY, THERE_AND_BACK, A, B, explore


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
