"""What became of a publish, and what was served where."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from standfirst.bake import index
from standfirst.bake.drawing import instant

PathState = Literal["waiting", "visible", "failed"]


@dataclass(frozen=True, slots=True)
class PathProgress:
    """One path a publish touched. `error` says why it still shows its old bytes."""

    path: str
    state: PathState
    error: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """What became of one publish.

    `marked` is false until a baker has seen it. `milliseconds` go from the publish to the last page's
    segment, None while pages wait. `paths` is empty when there are too many to list.
    """

    marked: bool
    total: int
    baked: int
    failed: int
    segment: int
    milliseconds: int | None
    paths: tuple[PathProgress, ...]

    @property
    def done(self) -> bool:
        """Whether every page it touched is visible."""
        return self.marked and self.baked == self.total


def progress(seq: int) -> Progress:
    """Return how far the bakers are with the publish of number `seq`."""
    found = index.rows("SELECT at, total, single FROM bake_publish WHERE seq = %s", [seq])
    if not found:
        return Progress(False, 0, 0, 0, 0, None, ())
    at, total, single = found[0]
    return _listed(seq, at) if single else _counted(seq, at, total)


def _listed(seq: int, at: float) -> Progress:
    rows = index.rows(
        """SELECT p.path, a.done_at, a.segment, p.failures, p.error FROM bake_affected a
           JOIN bake_path p ON p.id = a.path_id WHERE a.seq = %s ORDER BY p.path""",
        [seq],
    )
    paths = tuple(
        PathProgress(path, _state(done_at, failures), "" if done_at else error)
        for path, done_at, _, failures, error in rows
    )
    baked = sum(path.state == "visible" for path in paths)
    failed = sum(path.state == "failed" for path in paths)
    last = max((done_at for _, done_at, *_ in rows if done_at), default=at)
    segment = max((number for _, _, number, *_ in rows if number), default=0)
    milliseconds = round(max(0.0, last - at) * 1000) if baked == len(paths) else None
    return Progress(True, len(paths), baked, failed, segment, milliseconds, paths)


def _state(done_at: float | None, failures: int) -> PathState:
    if done_at is not None:
        return "visible"
    return "failed" if failures else "waiting"


def _counted(seq: int, at: float, total: int) -> Progress:
    """Count what still waits; a later publish that wants the same paths counts with it."""
    ((waiting, failed),) = index.rows(
        """SELECT count(*), count(CASE WHEN failures > 0 THEN 1 END) FROM bake_path
           WHERE due AND wanted >= %s AND baked < %s""",
        [seq] * 2,
    )
    baked = max(0, total - waiting)
    if waiting:
        return Progress(True, total, baked, failed, 0, None, ())
    ((last, segment),) = index.rows(
        "SELECT max(baked_at), max(segment) FROM bake_path WHERE wanted >= %s", [seq]
    )
    return Progress(True, total, baked, 0, segment or 0, round(max(0.0, (last or at) - at) * 1000), ())


@dataclass(frozen=True, slots=True)
class Backlog:
    """What waits to be baked: `waiting` paths, `failing` of them not for the first time.

    `seconds` says how long it will take at the pace of the last `PACE` seconds; None while that says little.
    """

    waiting: int
    failing: int
    seconds: float | None


PACE, LITTLE = 20.0, 3.0


def backlog(now: float) -> Backlog:
    """Return what waits at `now`, in Unix seconds."""
    ((waiting, failing),) = index.rows(
        "SELECT count(*), count(CASE WHEN failures > 0 THEN 1 END) FROM bake_path WHERE due"
    )
    if not waiting:
        return Backlog(0, 0, 0.0)
    ((baked, since),) = index.rows(
        "SELECT count(*), min(baked_at) FROM bake_path WHERE baked_at > %s", [now - PACE]
    )
    spent = now - since if baked else 0.0
    return Backlog(waiting, failing, waiting * spent / baked if spent >= LITTLE else None)


@dataclass(frozen=True, slots=True)
class Served:
    """What a path gave readers from `at` on: a blob, or none for a redirect, with its status."""

    path: str
    at: datetime
    status: int
    blob: str
    seq: int
    segment: int


def served(path: str) -> list[Served]:
    """Return what readers were given at `path`, oldest first; timed removals at their own instant."""
    rows = index.rows(
        """SELECT s.at, s.status, s.blob, s.seq, s.segment, s.removal_at, s.removal_status, s.removal_blob
           FROM bake_served s JOIN bake_path p ON p.id = s.path_id WHERE p.path = %s ORDER BY s.id""",
        [path],
    )
    told: list[Served] = []
    for number, (at, status, blob, seq, segment, ends, end_status, end_blob) in enumerate(rows):
        told.append(Served(path, instant(at), status, blob, seq, segment))
        following = rows[number + 1][0] if number + 1 < len(rows) else None
        if ends is not None and (following is None or ends < following):
            told.append(Served(path, instant(ends), end_status, end_blob, seq, segment))
    return told
