"""Everything but the edge is stopped: a browser reads on and writes; later the message is at the desk, once.

The short form of `make faults NAME=dark_site`, which does the same for longer (PROMISES 7).
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.newsroom import dark
from tests.newsroom.system import Newsroom

pytestmark = [pytest.mark.newsroom, pytest.mark.browser]


def test_readers_read_and_write_while_all_else_is_stopped(room: Newsroom, browser: Browser) -> None:
    room.stop("desk", "app", "baker", "worker", hard=True)
    dark.read_and_write(browser, room, seconds=6)
    assert dark.clear_words(room.folder) == []
    room.start("desk", "app", "baker", "worker")
    assert dark.messages_at_the_desk(browser, room) == 1


def test_kills_of_edge_and_worker_lose_nothing_and_double_nothing(room: Newsroom) -> None:
    done, lost_and_doubled = dark.kill_under_senders(room, 3)
    assert len(done.acknowledged) > 10
    assert lost_and_doubled == (0, 0)


def test_every_path_stays_the_same_while_the_application_is_stopped_and_while_it_hangs(
    room: Newsroom,
) -> None:
    before = dark.contents(room)
    assert len(before) > 5
    with dark.hanging(room, "desk", "app", "baker", "worker"):
        load = dark.load(room, before, seconds=2, rate=200)
    assert (load.failures, load.differing) == (0, 0)
    assert load.asked >= 300


def test_a_page_that_differs_would_be_seen(room: Newsroom) -> None:
    """The control: one page is remembered wrongly."""
    before = dark.contents(room)
    before[next(iter(before))] = "another hash"
    load = dark.load(room, before, seconds=1, rate=100)
    assert load.differing > 0
