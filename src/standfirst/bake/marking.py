"""Marking: from keys that moved to paths that are wanted.

A publish says which keys moved; the paths whose last bake read one of them are wanted at its number. What
is marked under a lease stays marked: the lease's end looks at `wanted` again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from standfirst.bake import keys, moves
from standfirst.bake.index import LANES, Index, Lane, Value, opened
from standfirst.bake.moves import Moved
from standfirst.bake.registry import patient

FANOUT = 500
"""A key that more paths than this depend on (the site's name) is baked in the low lane."""
SINGLE = 2000
"""A publish that touches more paths than this is counted, not listed."""
BITE = 1000
"""So many publishes are marked in one transaction, so that memory and the lock's time are bounded."""
RECEIPTS = 2000
"""For how many publishes the index remembers what they touched."""


@dataclass(slots=True)
class _Wanted:
    """What marking found out about paths, before it is written."""

    seqs: dict[int, int] = field(default_factory=dict)
    lanes: dict[int, int] = field(default_factory=dict)

    def add(self, path: int, seq: int, lane: int) -> None:
        self.seqs[path] = max(seq, self.seqs.get(path, 0))
        self.lanes[path] = min(lane, self.lanes.get(path, lane))

    def put_off(self, paths: Iterable[int]) -> None:
        """Bake these after all pages, unless something urgent moved."""
        for path in paths:
            if self.lanes[path] != LANES["urgent"]:
                self.lanes[path] = LANES["low"]


def mark(index: Index) -> bool:
    """Mark what moved since the last call, `BITE` publishes at most; return whether there is more.

    `MovedKey` alone decides what is marked; the publishes give urgency and receipts. A key that moved again
    after the bite is in a later one, with its last number.
    """
    upto = _end_of_bite(index.cursor)
    moved = moves.moved_since(index.cursor, upto)
    publishes = moves.since(index.cursor, upto)
    if not moved and not publishes:
        return _leap(index, upto)
    for publish in publishes:  # may have come after `moved` was read
        for key in publish.keys:
            moved[key] = max(publish.seq, moved.get(key, 0))
    urgent = {key for publish in publishes if publish.urgent for key in publish.keys}
    paths_of = _depending(index, moved)
    wanted = _Wanted()
    for key, paths in paths_of.items():
        lane = _lane(key, len(paths), urgent)
        for path in paths:
            wanted.add(path, moved[key], lane)
    wanted.put_off(_patient(index, wanted.seqs))
    _write(index, wanted)
    for publish in publishes:
        _receipt(index, publish, paths_of)
    highest = max([*moved.values(), *(publish.seq for publish in publishes)])
    index.cursor = highest if upto == moves.LAST else upto
    return upto != moves.LAST


def mark_all() -> None:
    """Mark all that moved, each bite in a transaction of its own: bakers and publishes get between."""
    more = True
    while more:
        with opened() as index:
            more = mark(index)


def _end_of_bite(cursor: int) -> int:
    """Return up to which number to mark now. The last bite is open: a publish may come meanwhile."""
    return moves.LAST if moves.last() <= cursor + BITE else cursor + BITE


def _leap(index: Index, upto: int) -> bool:
    """Go over numbers at which nothing is left to mark; return whether there is more."""
    if upto == moves.LAST:
        return False
    index.cursor = upto
    return True


def want(index: Index, paths: Iterable[str], lane: Lane) -> None:
    """Have `paths` baked again although no record moved; unknown ones are added."""
    for path in _add_paths(index, paths).values():
        _again(index, "id = %s", [path], LANES[lane])


def want_where(index: Index, condition: str, values: list[Value], lane: Lane) -> None:
    """Have all paths that fulfil an SQL condition baked again."""
    _again(index, condition, values, LANES[lane])


def _again(index: Index, condition: str, values: list[Value], lane: int) -> None:
    index.run(
        f"""UPDATE bake_path SET again = again + 1, due = TRUE, retry_at = 0,
            lane = CASE WHEN due AND lane < %s THEN lane ELSE %s END WHERE {condition}""",  # noqa: S608
        [lane, lane, *values],  # the conditions are this room's own texts
    )


def _lane(key: str, fanout: int, urgent: set[str]) -> int:
    if key in urgent:
        return LANES["urgent"]
    return LANES["low"] if fanout > FANOUT else LANES["normal"]


def _patient(index: Index, paths: Iterable[int]) -> list[int]:
    """Return those paths whose last bake was by a renderer that can wait."""
    found = index.each_in("SELECT id, renderer FROM bake_path WHERE id IN ({})", paths)
    return [path for path, renderer in found if renderer in patient]


def _depending(index: Index, moved: Iterable[str]) -> dict[str, set[int]]:
    """Return the ids of the paths that each key touches; an address that is new becomes a path."""
    of_number = {keys.number(key): key for key in moved}
    found: dict[str, set[int]] = defaultdict(set)
    sql = "SELECT key, path_id FROM bake_dependency WHERE key IN ({})"
    for number, path in index.each_in(sql, of_number):
        found[of_number[number]].add(path)
    named = [key.removeprefix(keys.ADDRESS) for key in moved if key.startswith(keys.ADDRESS)]
    for path, number in _add_paths(index, named).items():
        found[keys.address(path)].add(number)
    return found


def _add_paths(index: Index, paths: Iterable[str]) -> dict[str, int]:
    """Return the id of each path, adding those the index does not hold yet."""
    distinct = sorted(set(paths))
    index.many(_NEW_PATH, [(path,) for path in distinct])
    return dict(index.each_in("SELECT path, id FROM bake_path WHERE path IN ({})", distinct))


_NEW_PATH = """
INSERT INTO bake_path (path, due, lane, wanted, baked, again, again_done, token, holder, leased_until,
    retry_at, newest, renderer, fingerprint, entry, blob, status, segment, baked_at, failures, error)
VALUES (%s, FALSE, 1, 0, 0, 0, 0, 0, '', 0, 0, 0, '', '', '', '', 0, 0, 0, 0, '')
ON CONFLICT (path) DO NOTHING
"""
_WANT = """
UPDATE bake_path SET wanted = CASE WHEN wanted < %s THEN %s ELSE wanted END, retry_at = 0,
    lane = CASE WHEN due AND lane < %s THEN lane ELSE %s END, due = TRUE
WHERE baked < %s AND id IN ({})
"""


def _write(index: Index, wanted: _Wanted) -> None:
    groups: dict[tuple[int, int], list[int]] = defaultdict(list)
    for path, seq in wanted.seqs.items():
        groups[seq, wanted.lanes[path]].append(path)
    for (seq, lane), paths in groups.items():
        index.run_in(_WANT, paths, [seq, seq, lane, lane, seq])


def _receipt(index: Index, publish: Moved, paths_of: dict[str, set[int]]) -> None:
    """Note which paths a publish touched. A path baked from a later snapshot shows it already."""
    touched: set[int] = set().union(*(paths_of.get(key, ()) for key in publish.keys))
    single = len(touched) <= SINGLE
    index.run(
        """INSERT INTO bake_publish (seq, at, total, single) VALUES (%s, %s, %s, %s)
           ON CONFLICT (seq) DO NOTHING""",
        [publish.seq, publish.at, len(touched), single],
    )
    if single:
        index.run_in(
            """INSERT INTO bake_affected (seq, path_id, done_at, segment)
               SELECT CAST(%s AS BIGINT), id, CASE WHEN baked >= %s THEN baked_at END,
               CASE WHEN baked >= %s THEN segment END
               FROM bake_path WHERE id IN ({}) ON CONFLICT (seq, path_id) DO NOTHING""",
            touched, [publish.seq, publish.seq, publish.seq],
        )  # fmt: skip
