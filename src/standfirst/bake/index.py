"""The bake index: one transaction at a time, in SQL that SQLite and Postgres share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Literal, TypeAlias

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.backends.utils import CursorWrapper

from standfirst.bake.router import alias

Value: TypeAlias = str | int | float | None

Lane = Literal["urgent", "normal", "low"]
LANES: dict[Lane, int] = {"urgent": 0, "normal": 1, "low": 2}

_LOCK = 7_203_641_155  # any number that nothing else takes as an advisory lock
_CHUNK = 500


class Index:
    """An open transaction on the index, with its one row of state. Only one is open at any time."""

    def __init__(self, cursor: CursorWrapper) -> None:
        self._cursor = cursor
        row = self.one("SELECT cursor, token, segment FROM bake_state WHERE id = 1")
        if row is None:
            self.run("INSERT INTO bake_state (id, cursor, token, segment) VALUES (1, 0, 0, 0)")
        self.cursor: int = row[0] if row else 0
        self.token: int = row[1] if row else 0
        self.segment: int = row[2] if row else 0
        self._before = (self.cursor, self.token, self.segment)

    def run(self, sql: str, values: Sequence[Value] = ()) -> None:
        self._cursor.execute(sql, values)

    def many(self, sql: str, rows: Sequence[Sequence[Value]]) -> None:
        if rows:
            self._cursor.executemany(sql, rows)

    def one(self, sql: str, values: Sequence[Value] = ()) -> Any:
        self._cursor.execute(sql, values)
        return self._cursor.fetchone()

    def rows(self, sql: str, values: Sequence[Value] = ()) -> list[Any]:
        self._cursor.execute(sql, values)
        return list(self._cursor.fetchall())

    def each_in(self, sql: str, values: Iterable[Value], before: Sequence[Value] = ()) -> Iterator[Any]:
        """Run `sql` with its `{}` filled by a list of values, in bites; yield the rows it gives."""
        for chunk in chunks(values):
            self._cursor.execute(sql.format(", ".join(["%s"] * len(chunk))), [*before, *chunk])
            if self._cursor.description is not None:
                yield from self._cursor.fetchall()

    def run_in(self, sql: str, values: Iterable[Value], before: Sequence[Value] = ()) -> None:
        """As `each_in`, for statements that give no rows."""
        for chunk in chunks(values):
            self._cursor.execute(sql.format(", ".join(["%s"] * len(chunk))), [*before, *chunk])

    def save(self) -> None:
        """Write the row of state if it changed."""
        state = (self.cursor, self.token, self.segment)
        if state != self._before:
            self.run("UPDATE bake_state SET cursor = %s, token = %s, segment = %s WHERE id = 1", state)
            self._before = state


def chunks(values: Iterable[Value]) -> Iterator[list[Value]]:
    """Yield `values` in lists short enough for one statement."""
    whole = list(values)
    for start in range(0, len(whole), _CHUNK):
        yield whole[start : start + _CHUNK]


@contextmanager
def opened() -> Iterator[Index]:
    """Open the index for reading and writing; others wait. State is saved when the block ends well.

    SQLite begins IMMEDIATE, so the lock is the transaction itself; Postgres takes an advisory lock.
    """
    connection = connections[alias()]
    with transaction.atomic(using=alias()), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        index = Index(cursor)
        yield index
        index.save()


def rows(sql: str, values: Sequence[Value] = ()) -> list[Any]:
    """Read from the index without taking its lock."""
    with connections[alias()].cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def checkpoint() -> None:
    """Move what SQLite keeps in its logs into the databases, so that no commit of a publish has to."""
    for name in {alias(), DEFAULT_DB_ALIAS}:
        if connections[name].vendor == "sqlite":
            with connections[name].cursor() as cursor:
                cursor.execute("PRAGMA wal_checkpoint(PASSIVE)")
