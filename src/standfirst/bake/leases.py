"""Leases: who bakes which path until when. A token fences: a lease that was taken over writes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from standfirst.bake.index import LANES, Index

SECONDS = 20.0
"""How long a lease lasts. A batch takes a fraction of a second; only a dead or stalled baker loses one."""
BATCH = 32


@dataclass(frozen=True, slots=True)
class Claimed:
    """One path under lease, and how often it had been asked for when the lease began."""

    id: int
    path: str
    again: int
    served: bool  # readers were given something here before


@dataclass(frozen=True, slots=True)
class Lease:
    """A batch of paths of one lane that one baker may bake."""

    token: int
    holder: str
    paths: tuple[Claimed, ...]
    lane: int = LANES["normal"]


def claim(index: Index, holder: str, now: float, limit: int = BATCH) -> Lease | None:
    """Take up to `limit` paths that are due, of the most urgent lane alone; or None.

    What moved last comes first; of one change that touches many, the pages with the newest stories.
    """
    found = index.rows(
        """SELECT lane, id, path, again, entry FROM bake_path
           WHERE due AND leased_until <= %s AND retry_at <= %s
           ORDER BY lane, wanted DESC, newest DESC LIMIT %s""",
        [now, now, limit],
    )
    if not found:
        return None
    lane = found[0][0]
    paths = tuple(Claimed(row[1], row[2], row[3], bool(row[4])) for row in found if row[0] == lane)
    index.token += 1
    index.run_in(
        "UPDATE bake_path SET token = %s, holder = %s, leased_until = %s WHERE id IN ({})",
        [path.id for path in paths], [index.token, holder, now + SECONDS],
    )  # fmt: skip
    return Lease(index.token, holder, paths, lane)


def release(index: Index, lease: Lease) -> None:
    """Give back what was claimed and not baked."""
    index.run_in(
        "UPDATE bake_path SET leased_until = 0 WHERE token = %s AND id IN ({})",
        [path.id for path in lease.paths], [lease.token],
    )  # fmt: skip


def put_off(index: Index, lease: Lease, paths: Sequence[Claimed]) -> None:
    """Give back what can wait until all pages are baked."""
    index.run_in(
        "UPDATE bake_path SET leased_until = 0, lane = %s WHERE token = %s AND id IN ({})",
        [path.id for path in paths], [LANES["low"], lease.token],
    )  # fmt: skip


def release_of(index: Index, holder: str) -> None:
    """Give back all leases of a baker that died; its name is taken by the one that starts now."""
    index.run("UPDATE bake_path SET leased_until = 0 WHERE holder = %s AND leased_until > 0", [holder])


def on_time(index: Index, now: float) -> None:
    """Make due what the timetable says changes now."""
    index.run(
        """UPDATE bake_path SET due = TRUE, again = again + 1, changes_at = NULL,
           lane = CASE WHEN due THEN lane ELSE 1 END, retry_at = 0
           WHERE changes_at IS NOT NULL AND changes_at <= %s""",
        [now],
    )


def next_instant(index: Index) -> float | None:
    """Return when the next path changes, may be tried again, or is free of its lease; Unix seconds."""
    (changes,) = index.one("SELECT min(changes_at) FROM bake_path WHERE changes_at IS NOT NULL")
    (retry,) = index.one(
        """SELECT min(CASE WHEN retry_at > leased_until THEN retry_at ELSE leased_until END)
           FROM bake_path WHERE due"""
    )
    instants = [instant for instant in (changes, retry) if instant is not None]
    return min(instants) if instants else None
