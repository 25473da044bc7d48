"""The end of a batch: one transaction on the index, with the segment written under its lock.

Order: blobs are durable before this begins; the segment is durable before the index commits. Killed in
between, a baker leaves a segment that the index does not know: the next one adopts its number and bakes
its paths again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from standfirst.bake import keys, leases, marking, moves, purges, segments
from standfirst.bake.drawing import Drawn, entry_digest
from standfirst.bake.index import Index
from standfirst.bake.leases import Claimed, Lease
from standfirst.bake.store import BlobWriter
from standfirst.edge import manifest
from standfirst.edge.manifest import Entry


@dataclass(frozen=True, slots=True)
class Batch:
    """What a baker drew under one lease from one snapshot."""

    lease: Lease
    seq: int  # the snapshot's
    at: float  # the instant the pages were drawn for
    drawn: tuple[Drawn, ...]
    later: tuple[Claimed, ...] = ()  # what was not drawn because it can wait


@dataclass(slots=True)
class Outcome:
    """What a batch changed. `segment` is 0 when every path's bytes stayed as they were."""

    segment: int = 0
    baked: int = 0
    changed: int = 0
    failed: int = 0
    lost: int = 0  # leases that others took over


@dataclass(frozen=True, slots=True)
class _Row:
    wanted: int
    again: int
    entry: str
    failures: int


@dataclass(slots=True)
class _Work:
    """A batch sorted into what was drawn, what of it changed, and what failed."""

    rows: dict[int, _Row]
    moved: dict[str, int]  # keys that moved past the snapshot
    batch: Batch
    now: float
    good: list[tuple[Claimed, Drawn]] = field(default_factory=list)
    changed: list[tuple[int, Entry]] = field(default_factory=list)
    digests: dict[int, str] = field(default_factory=dict)
    failed: list[tuple[Claimed, Drawn, str]] = field(default_factory=list)

    def sort(self, path: Claimed, drawn: Drawn, root: Path) -> None:
        entry, before = drawn.entry, self.rows[path.id].entry
        after = before if entry is None else entry_digest(entry)
        if drawn.error:
            self.failed.append((path, drawn, drawn.error))
        elif entry is not None and after != before and not _blobs_there(root, entry):
            self.failed.append((path, drawn, "a blob it needs was swept away; it is drawn again"))
        else:
            self.good.append((path, drawn))
            self.digests[path.id] = after
            if entry is not None and after != before:
                self.changed.append((path.id, entry))

    def moved_past(self, drawn: Drawn) -> int:
        """Return the last number at which a key read here moved past the snapshot, or 0.

        Marking may have run before our dependencies were written, so nobody else would tell.
        """
        return max((self.moved[key] for key in drawn.keys & self.moved.keys()), default=0)


def commit(index: Index, batch: Batch, root: Path, now: float) -> Outcome:
    """Write what was drawn, for the paths whose lease is still ours."""
    adopt(index, root)
    rows = _held(index, batch.lease)
    work = _Work(rows, moves.moved_since(batch.seq), batch, now)
    claimed = {path.path: path for path in batch.lease.paths}
    for drawn in batch.drawn:
        path = claimed[drawn.path]
        if path.id in rows:
            work.sort(path, drawn, root)
    depend(index, work.good)
    depend(index, [(path, drawn) for path, drawn, _ in work.failed], keep=True)
    segment = 0
    if work.changed:
        segment = write_segment(index, root, [entry for _, entry in work.changed])
        log_served(index, work.changed, segment, now)
        purges.note(index, segment, (entry for _, entry in work.changed), now)
    _advance(index, work)
    _fail(index, work)
    leases.put_off(index, batch.lease, batch.later)
    lost = len(batch.drawn) - len(work.good) - len(work.failed)
    return Outcome(segment, len(work.good), len(work.changed), len(work.failed), lost)


def write_segment(index: Index, root: Path, entries: Sequence[Entry]) -> int:
    """Write the next segment and return its number; it counts for the index when the transaction ends."""
    number = index.segment + 1
    segments.write(root, "segment", number, entries)
    index.segment = number
    return number


def adopt(index: Index, root: Path) -> int:
    """Take in segments that the index does not know, left by a crash; return how many.

    What such a segment says is served, but the index cannot tell from which records: its paths are
    baked again, and their entry counts as unknown, so that equal bytes are not taken for unchanged.
    """
    adopted = 0
    while segments.exists(root, index.segment + 1):
        index.segment += 1
        adopted += 1
        entries = segments.read(root, manifest.segment_name(index.segment))
        forget_entries(index, [entry.path for entry in entries])
    return adopted


def forget_entries(index: Index, paths: Sequence[str]) -> None:
    """Have `paths` baked again as if nothing were known of what is served there."""
    marking.want(index, paths, "normal")
    index.run_in("UPDATE bake_path SET entry = '' WHERE path IN ({})", paths)


def log_served(index: Index, entries: Sequence[tuple[int, Entry]], segment: int, now: float) -> None:
    index.many(
        """INSERT INTO bake_served (path_id, at, seq, segment, status, blob, removal_at, removal_status,
           removal_blob) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)""",
        [
            (path, now, entry.seq, segment, entry.status, entry.blob, *_removal(entry))
            for path, entry in entries
        ],
    )


def depend(index: Index, pairs: Sequence[tuple[Claimed, Drawn]], *, keep: bool = False) -> None:
    """Replace what paths depend on, where it changed; `keep` only adds."""
    before: dict[int, set[int]] = defaultdict(set)
    sql = "SELECT path_id, key FROM bake_dependency WHERE path_id IN ({})"
    for path, key in index.each_in(sql, [path.id for path, _ in pairs]):
        before[path].add(key)
    added, dropped = [], []
    for path, drawn in pairs:
        read = {keys.number(key) for key in drawn.keys}
        added += [(path.id, key) for key in read - before[path.id]]
        dropped += [(path.id, key) for key in before[path.id] - read]
    index.many("INSERT INTO bake_dependency (path_id, key) VALUES (%s, %s)", added)
    if not keep:
        index.many("DELETE FROM bake_dependency WHERE path_id = %s AND key = %s", dropped)


def _held(index: Index, lease: Lease) -> dict[int, _Row]:
    """Return the rows whose last lease is this one."""
    sql = """SELECT id, wanted, again, entry, failures FROM bake_path
             WHERE token = %s AND id IN ({})"""
    found = index.each_in(sql, [path.id for path in lease.paths], [lease.token])
    return {row[0]: _Row(*row[1:]) for row in found}


def _blobs_there(root: Path, entry: Entry) -> bool:
    """Under the index's lock no blob is removed: what is there now stays."""
    names = [entry.blob, *(removal.blob for removal in entry.removals())]
    return all(BlobWriter(root).has(name) for name in names if name)


_ADVANCE = """
UPDATE bake_path SET baked = %s, wanted = %s, due = %s, again_done = %s, entry = %s, blob = %s, status = %s,
    renderer = %s, fingerprint = %s, newest = %s, changes_at = %s, removal_at = %s, segment = %s,
    baked_at = %s, leased_until = 0, retry_at = 0, failures = 0, error = ''
WHERE id = %s
"""


def _advance(index: Index, work: _Work) -> None:
    values, batch = [], work.batch
    for path, drawn in work.good:
        row, entry = work.rows[path.id], drawn.entry
        wanted = max(row.wanted, work.moved_past(drawn))
        due = wanted > batch.seq or row.again > path.again
        removal = entry.removal.at if entry and entry.removal else None
        values.append((
            batch.seq, wanted, due, path.again, work.digests[path.id], entry.blob if entry else "",
            entry.status if entry else 0, drawn.renderer, drawn.fingerprint, drawn.newest, drawn.changes_at,
            removal, index.segment, work.now, path.id,
        ))  # fmt: skip
    index.many(_ADVANCE, values)
    index.run_in(
        """UPDATE bake_affected SET done_at = %s, segment = %s
           WHERE done_at IS NULL AND seq <= %s AND path_id IN ({})""",
        [path.id for path, _ in work.good], [work.now, index.segment, batch.seq],
    )  # fmt: skip


def _fail(index: Index, work: _Work) -> None:
    """Leave the old bytes, note the error, and try again later: at once when what was read moved."""
    for path, drawn, error in work.failed:
        row = work.rows[path.id]
        wait = 0.0 if work.moved_past(drawn) else min(300.0, 2.0**row.failures)
        index.run(
            """UPDATE bake_path SET failures = %s, error = %s, retry_at = %s, leased_until = 0
               WHERE id = %s""",
            [row.failures + 1, error, work.now + wait, path.id],
        )


def _removal(entry: Entry) -> tuple[float | None, int | None, str]:
    removal = entry.removal
    return (removal.at, removal.status, removal.blob) if removal else (None, None, "")
