"""The worker process: keeps the timetable, compares desk and public record, derives pictures ahead."""

from __future__ import annotations

import logging
import signal
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from types import FrameType

from django.conf import settings
from django.db import close_old_connections, connections

from standfirst.bake import api as bake
from standfirst.editions import api as editions
from standfirst.kit import bus, instants
from standfirst.kit.chores import chores as others
from standfirst.kit.sitefolder import SiteFolder
from standfirst.stories.actions import sweep, timetable
from standfirst.stories.pictures.deriving import derive_ahead

logger = logging.getLogger(__name__)

LONGEST_NAP = 5.0
"""Seconds. The bus wakes us; this is for a message that got lost."""
SWEEP_EVERY = 600.0
"""Seconds between two comparisons of the desk with the public record."""
ERASE_EVERY = 20.0
"""Seconds between two looks at the files of erased records: they go once the bakers are through."""
COLLECT_EVERY = 86400.0
"""Seconds between two times that files which nothing names any more are removed from the store."""


class _Stop:
    def __init__(self) -> None:
        self.asked = False
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._ask)

    def _ask(self, _number: int, _frame: FrameType | None) -> None:
        self.asked = True


@dataclass
class Chore:
    """Something done again and again, `every` so many seconds; `since` is when it was last done."""

    every: float
    do: Callable[[], object]
    since: float

    def do_when_due(self, now: float) -> None:
        """Do it if its time has come. One that fails waits for its next time."""
        if now - self.since > self.every:
            self.since = now
            self.do()


def chores(site: SiteFolder, now: float) -> list[Chore]:
    """Return what a worker that starts `now` does beside the timetable."""
    kept = settings.STANDFIRST.keep_days * 86400.0
    first = now + SWEEP_EVERY - COLLECT_EVERY  # when all has started, not with it
    return [
        Chore(SWEEP_EVERY, sweep.sweep, now),
        Chore(ERASE_EVERY, editions.erase_files, now),
        Chore(COLLECT_EVERY, lambda: bake.collect(site, kept), first),
        *(Chore(one.every, partial(one.do, site), now) for _, one in others.items()),
    ]


def main(site: SiteFolder) -> None:
    """Work for `site` until SIGTERM or SIGINT. Django is set up already."""
    stop = _Stop()
    todo = chores(site, time.monotonic())
    editions.claim_new()  # pages that a new version of the program brings
    uploaded = threading.Event()
    # In a thread of its own: a picture takes seconds, and a story that is due does not wait for it.
    threading.Thread(target=_derive, args=(uploaded,), name="pictures", daemon=True).start()
    with bus.Listener(site, "worker") as listener:
        while not stop.asked:
            try:
                failed = timetable.run_due().failed
                for chore in todo:
                    chore.do_when_due(time.monotonic())
                nap = 1.0 if failed else _until_due()
            except Exception:
                # The rows are the truth and are still there: the next round tries again.
                logger.exception("a round of the worker failed")
                close_old_connections()
                nap = 1.0
            uploaded.set()
            _nap(listener, stop, nap)
    connections.close_all()


def _derive(uploaded: threading.Event) -> None:
    """Derive the pictures that wait, whenever the main loop comes round."""
    while True:
        uploaded.wait()
        uploaded.clear()
        try:
            while derive_ahead(limit=1):
                pass
        except Exception:
            logger.exception("deriving pictures ahead failed")
        close_old_connections()


def _until_due() -> float:
    """Return the seconds until the next entry of the timetable is due, the longest nap at most."""
    due = timetable.next_due()
    if due is None:
        return LONGEST_NAP
    return min(LONGEST_NAP, max(0.02, (due - instants.now()).total_seconds()))


def _nap(listener: bus.Listener, stop: _Stop, seconds: float) -> None:
    """Sleep until something is due, or somebody calls; in short breaths, so that a stop is heard."""
    until = time.monotonic() + seconds
    while not stop.asked and (left := until - time.monotonic()) > 0:
        if any(topic == bus.WORK for topic, _ in listener.wait(min(left, 0.5))):
            return
