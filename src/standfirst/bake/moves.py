"""The publish side of the index: which keys moved, written with the records in one transaction."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import DEFAULT_DB_ALIAS, connections, transaction

from standfirst.kit import instants

LAST = 2**62
"""More than any sequence number."""

_KEY = """
INSERT INTO bake_movedkey (key, seq) VALUES (%s, %s)
ON CONFLICT (key) DO UPDATE SET seq = excluded.seq WHERE excluded.seq > bake_movedkey.seq
"""
_MOVE = """
INSERT INTO bake_move (seq, at, urgent, keys) VALUES (%s, %s, %s, %s)
ON CONFLICT (seq) DO UPDATE SET keys = bake_move.keys || '\n' || excluded.keys,
    urgent = bake_move.urgent OR excluded.urgent
"""


@dataclass(frozen=True, slots=True)
class Moved:
    """One publish as the bakers see it."""

    seq: int
    at: float
    urgent: bool
    keys: tuple[str, ...]


def record(keys: Iterable[str], seq: int, *, urgent: bool) -> None:
    """Write down that `keys` moved at `seq`. Raises RuntimeError outside a transaction."""
    connection = connections[DEFAULT_DB_ALIAS]
    if not connection.in_atomic_block:
        raise RuntimeError("keys move in the transaction that changes the records; open one first")
    distinct = sorted(set(keys))
    for key in distinct:
        if "\n" in key:
            raise ValueError(f"a key has no line break: {key!r}")
    with connection.cursor() as cursor:
        cursor.executemany(_KEY, [(key, seq) for key in distinct])
        cursor.execute(_MOVE, [seq, instants.now().timestamp(), urgent, "\n".join(distinct)])


def moved_since(seq: int, upto: int = LAST) -> dict[str, int]:
    """Return the keys that moved last after `seq` and no later than `upto`, each with that number."""
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute("SELECT key, seq FROM bake_movedkey WHERE seq > %s AND seq <= %s", [seq, upto])
        return dict(cursor.fetchall())


def since(seq: int, upto: int = LAST) -> list[Moved]:
    """Return the publishes after `seq` and up to `upto`, in order."""
    sql = "SELECT seq, at, urgent, keys FROM bake_move WHERE seq > %s AND seq <= %s ORDER BY seq"
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute(sql, [seq, upto])
        rows = cursor.fetchall()
    return [
        Moved(number, at, bool(urgent), tuple(key for key in keys.split("\n") if key))
        for number, at, urgent, keys in rows
    ]


def last() -> int:
    """Return the number of the last publish that moved a key; 0 when none did."""
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute("SELECT max(seq) FROM bake_movedkey")
        return int(cursor.fetchone()[0] or 0)


def waiting(seq: int) -> int:
    """Return how many publishes came after `seq`."""
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM bake_move WHERE seq > %s", [seq])
        return int(cursor.fetchone()[0])


def forget(before: int) -> None:
    """Drop publishes up to `before`; their keys stay in `MovedKey`."""
    with transaction.atomic(), connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute("DELETE FROM bake_move WHERE seq <= %s", [before])
