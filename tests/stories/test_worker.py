"""What the worker does beside the timetable."""

from __future__ import annotations

import os
import time

import pytest
from django.conf import settings

from standfirst.bake import api as bake
from standfirst.edge import blobs
from standfirst.stories import worker
from standfirst.stories.models import HomePage

pytestmark = pytest.mark.django_db(databases=["default", "bake"])
DAY = 86400.0


def test_files_that_nothing_names_any_more_go_after_the_days_that_are_set(newsroom: HomePage) -> None:
    site = settings.STANDFIRST_SITE
    ages = {
        days: bake.store_blob(f"<p>Served {days} days ago</p>".encode(), "text/html") for days in (80, 100)
    }
    files = {days: blobs.blob_path(site.store, name) for days, name in ages.items()}
    for days, file in files.items():
        os.utime(file, times=(time.time() - days * DAY,) * 2)
    todo = worker.chores(site, 0.0)
    for chore in todo:
        chore.do_when_due(60.0)
    assert all(file.exists() for file in files.values()), "not with the start"
    for chore in todo:
        chore.do_when_due(worker.SWEEP_EVERY + 1)
    assert {days: file.exists() for days, file in files.items()} == {80: True, 100: False}


def test_a_chore_that_fails_waits_for_its_next_time() -> None:
    done: list[float] = []

    def fail() -> None:
        done.append(1)
        raise RuntimeError("a fault of ours")

    chore = worker.Chore(10.0, fail, 0.0)
    with pytest.raises(RuntimeError):
        chore.do_when_due(11.0)
    chore.do_when_due(12.0)
    assert len(done) == 1
