"""Publishes race bakes at random; the long form is `make faults NAME=bake_races`."""

from __future__ import annotations

import random

import pytest

from standfirst.kit.sitefolder import SiteFolder
from tests.bake.mistakes import no_look_at_moved_keys
from tests.bake.model import BehindError, Model, in_between
from tests.bake.newsroom import ToySource
from tests.bake.races import Races


def race(site: SiteFolder, source: ToySource, seed: int, steps: int) -> Races:
    model = Model(site, source, [])
    with in_between(model):
        races = Races(model, random.Random(seed))
        races.run(steps)
    return races


def test_two_hundred_pages_end_as_their_records_say(site: SiteFolder, source: ToySource) -> None:
    assert race(site, source, seed=1, steps=500).taken["publish"] > 60


def test_the_races_would_show_a_publish_that_was_lost(
    site: SiteFolder, source: ToySource, monkeypatch: pytest.MonkeyPatch
) -> None:
    no_look_at_moved_keys(monkeypatch)
    with pytest.raises(BehindError):
        race(site, source, seed=1, steps=800)
