"""The worker process: keeps the timetable, compares desk and public record, derives pictures ahead."""

from __future__ import annotations

import logging
import signal
import threading
import time
from types import FrameType

from django.db import close_old_connections, connections

from standfirst.editions import api as editions
from standfirst.kit import bus, instants
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


class _Stop:
    def __init__(self) -> None:
        self.asked = False
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._ask)

    def _ask(self, _number: int, _frame: FrameType | None) -> None:
        self.asked = True


def main(site: SiteFolder) -> None:
    """Work for `site` until SIGTERM or SIGINT. Django is set up already."""
    stop = _Stop()
    swept = erased = time.monotonic()
    editions.claim_new()  # pages that a new version of the program brings
    uploaded = threading.Event()
    # In a thread of its own: a picture takes seconds, and a story that is due does not wait for it.
    threading.Thread(target=_derive, args=(uploaded,), name="pictures", daemon=True).start()
    with bus.Listener(site, "worker") as listener:
        while not stop.asked:
            try:
                failed = timetable.run_due().failed
                if time.monotonic() - swept > SWEEP_EVERY:
                    sweep.sweep()
                    swept = time.monotonic()
                if time.monotonic() - erased > ERASE_EVERY:
                    editions.erase_files()
                    erased = time.monotonic()
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
