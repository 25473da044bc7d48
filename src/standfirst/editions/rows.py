"""Short SQL on the main database, in words that SQLite and Postgres share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

from django.db import DEFAULT_DB_ALIAS, connections

Value: TypeAlias = str | int | bytes | None


def run(sql: str, values: Sequence[Value] = ()) -> None:
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute(sql, values)


def many(sql: str, values: Sequence[Sequence[Value]]) -> None:
    if values:
        with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
            cursor.executemany(sql, values)


def one(sql: str, values: Sequence[Value] = ()) -> Any:
    """Return the first row, or None."""
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchone()


def rows(sql: str, values: Sequence[Value] = ()) -> list[Any]:
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def vendor() -> str:
    """Return `sqlite` or `postgresql`."""
    return str(connections[DEFAULT_DB_ALIAS].vendor)


def require_transaction(what: str) -> None:
    """Raise RuntimeError outside a transaction."""
    if not connections[DEFAULT_DB_ALIAS].in_atomic_block:
        raise RuntimeError(f"{what} is one transaction with whatever leads to it; open one first")
