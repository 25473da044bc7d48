"""The baker's process: warm, woken by the bus, by the timetable, or once a second to be safe."""

from __future__ import annotations

import logging
import signal
import time

from standfirst.bake.baker import Baker
from standfirst.kit import bus, room
from standfirst.kit.sitefolder import SiteFolder

POLL = 1.0
_LONGEST_WAIT = 30.0

log = logging.getLogger(__name__)


def main(site: SiteFolder, name: str) -> None:
    """Bake until SIGTERM or SIGINT. Call after Django is set up; `name` is this baker's own.

    A step that fails (disk full, database away) is tried again, later and later up to 30 s.
    """
    with bus.Listener(site, name) as ear:
        stop = _Stop(ear)
        baker = Baker(site, name, stopping=stop)
        _until_it_works(baker, ear, stop)
        failures = 0
        while not stop():
            try:
                wait = _work(baker, stop)
                failures = 0
            except Exception as problem:  # noqa: BLE001 - told, and tried again
                failures += 1
                wait = min(_LONGEST_WAIT, 0.1 * 2**failures)
                _tell(problem, site, "a batch could not be baked", wait)
            _sleep(ear, wait, stop, woken=failures == 0)
        baker.end()
    log.info("%s ends", name)


class _Stop:
    """Becomes true at SIGTERM or SIGINT, and wakes a baker that sleeps at its ear."""

    def __init__(self, ear: bus.Listener) -> None:
        self.asked = False
        self.ear = ear
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._ask)

    def _ask(self, *_: object) -> None:
        self.asked = True
        self.ear.wake()

    def __call__(self) -> bool:
        return self.asked


def _work(baker: Baker, stop: _Stop) -> float:
    """Bake until nothing is due; return how long to sleep, in seconds."""
    while not stop():
        if baker.step() is None:
            break
    else:
        return 0.0
    baker.tidy()
    instant = baker.next_instant()
    return POLL if instant is None else min(POLL, max(0.0, instant - time.time()))


def _sleep(ear: bus.Listener, seconds: float, stop: _Stop, *, woken: bool) -> None:
    """Wait for news that concerns bakers, in slices short enough for SIGTERM."""
    end = time.monotonic() + seconds
    while not stop() and (left := end - time.monotonic()) > 0:
        heard = ear.wait(min(left, POLL))
        if woken and any(topic == bus.MOVED for topic, _ in heard):
            return


def _until_it_works(baker: Baker, ear: bus.Listener, stop: _Stop) -> None:
    wait = 0.2
    while not stop():
        try:
            baker.start()
        except Exception as problem:  # noqa: BLE001 - told, and tried again
            _tell(problem, baker.site, "a baker could not start", wait)
            _sleep(ear, wait, stop, woken=False)
            wait = min(_LONGEST_WAIT, wait * 2)
        else:
            return


def _tell(problem: Exception, site: SiteFolder, what: str, wait: float) -> None:
    """Log a trouble: in words for whoever has to make room, else with all that helps to find it."""
    if room.is_missing(problem):
        log.error(
            "the disk below %s is full (%s): %s. Readers keep the pages they have. Make room; "
            "nothing else has to be done. Trying again in %.1f s",
            site.root, problem, what, wait,
        )  # fmt: skip
    else:
        log.error("%s; trying again in %.1f s", what, wait, exc_info=problem)
