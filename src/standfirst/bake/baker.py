"""A baker: marks what moved, claims a batch, draws it from one snapshot, and writes it as one segment."""

from __future__ import annotations

import contextlib
import logging
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.conf import settings

from standfirst.bake import committing, drawing, index, leases, marking, opening, segments, upkeep
from standfirst.bake.committing import Batch, Outcome
from standfirst.bake.drawing import Drawn
from standfirst.bake.index import LANES
from standfirst.bake.leases import Claimed, Lease
from standfirst.bake.reading import Source
from standfirst.bake.registry import source
from standfirst.bake.store import BlobWriter
from standfirst.kit import bus, instants
from standfirst.kit.sitefolder import SiteFolder

SLICE = 0.08
"""For how long, in seconds, a batch of what can wait is drawn before a publish gets its turn."""
CHECKPOINT = 30.0
"""How often, in seconds, an idle baker empties the databases' logs."""
RENEW = 1.0
"""How often, in seconds, a baker looks whether something changed that pages hang on beside records."""

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Baker:
    """One baker of a site. `step` bakes one batch; several bakers, in several processes, do so at once."""

    site: SiteFolder
    name: str
    clock: Callable[[], datetime] = instants.now
    stopping: Callable[[], bool] = field(default=lambda: False)
    renewed: float = field(default=0.0, init=False)
    checkpointed: float = field(default_factory=time.monotonic, init=False)
    _kept: Lease | None = field(default=None, init=False)  # a lease that could not be given back
    _compacting: subprocess.Popen[bytes] | None = field(default=None, init=False)

    @property
    def store(self) -> Path:
        return self.site.store

    def start(self) -> None:
        """Take over after whoever bore this name before, and make the store and the index agree."""
        opening.start(self.site, self.name)
        self.renewed = time.monotonic()

    def step(self) -> Outcome | None:
        """Bake one batch; return what it changed, or None when nothing is due."""
        if time.monotonic() - self.renewed >= RENEW:
            opening.renew(self.site)
            self.renewed = time.monotonic()
        lease = self.claim()
        if lease is None:
            return None
        try:
            batch = self.draw(lease)
            if batch is not None:
                return self.commit(batch)
        except BaseException:
            self.give_back(lease)
            raise
        self.give_back(lease)
        return None

    def claim(self) -> Lease | None:
        """Mark what moved and what the clock changed, then take the most urgent batch."""
        now = self.clock().timestamp()
        marking.mark_all()
        with index.opened() as ix:
            if self._kept is not None:
                leases.release(ix, self._kept)
            leases.on_time(ix, now)
            lease = leases.claim(ix, self.name, now)
        self._kept = None
        return lease

    def draw(self, lease: Lease) -> Batch | None:
        """Draw a batch from one snapshot and make its blobs durable; None when asked to stop."""
        blobs = BlobWriter(self.store)
        as_of = self.clock()
        records = source()
        drawn: list[Drawn] = []
        later: list[Claimed] = []
        until = time.monotonic() + SLICE
        try:
            with records.snapshot() as seq:
                for path in lease.paths:
                    if self.stopping():
                        return None
                    if _can_wait(
                        lease.lane, path.path, records, late=time.monotonic() > until and drawn != []
                    ):
                        later.append(path)
                    else:
                        drawn.append(drawing.draw(path.path, records, as_of, seq, blobs, served=path.served))
            blobs.flush()
        finally:
            blobs.discard()
        return Batch(lease, seq, as_of.timestamp(), tuple(drawn), tuple(later))

    def commit(self, batch: Batch) -> Outcome:
        """Write the batch and tell the edges."""
        with index.opened() as ix:
            outcome = committing.commit(ix, batch, self.store, self.clock().timestamp())
        if outcome.segment:
            bus.send(self.site, bus.SEGMENT, str(outcome.segment))
            if settings.STANDFIRST.cdn:
                bus.send(self.site, bus.WORK)
        for drawn in batch.drawn:
            if drawn.error:
                log.error("%s could not be baked: %s", drawn.path, drawn.error)
        return outcome

    def give_back(self, lease: Lease) -> None:
        """Let others bake what was claimed; where the index cannot be written, with the next claim."""
        self._kept = lease
        with contextlib.suppress(Exception):
            with index.opened() as ix:
                leases.release(ix, lease)
            self._kept = None

    def next_instant(self) -> float | None:
        """Return when something changes by the clock alone, in Unix seconds; None when nothing does."""
        with index.opened() as ix:
            return leases.next_instant(ix)

    def tidy(self) -> None:
        """What can wait until nothing is due: a new base, old files, old receipts."""
        self._keep_segments_few()
        upkeep.prune()
        if time.monotonic() - self.checkpointed >= CHECKPOINT:
            index.checkpoint()
            self.checkpointed = time.monotonic()

    def end(self) -> None:
        """Wait for what was begun beside the baking."""
        if self._compacting is not None:
            self._compacting.wait()

    def _keep_segments_few(self) -> None:
        if self._compacting is not None:
            if self._compacting.poll() is None:
                return
            if self._compacting.returncode:
                log.error("a new base of the manifest could not be written; it is tried again")
            self._compacting = None
            segments.sweep(self.store)
        if segments.count(self.store) > upkeep.SEGMENTS:
            self._compacting = segments.compact_apart(self.store)


def _can_wait(lane: int, path: str, records: Source, *, late: bool) -> bool:
    """Return whether a path is left for a batch of the low lane: by its renderer, or because time is up."""
    if lane == LANES["low"]:
        return late
    return lane == LANES["normal"] and drawing.can_wait(path, records)
