"""Where bakers read records: one consistent view of the database at a time, with what was parsed kept.

Between two snapshots only what a moved key names can have changed, so everything else stays in memory: a
cached read costs a look into a dict. The view is a read transaction on a connection of its own, begun
DEFERRED (SQLite) or REPEATABLE READ (Postgres): it never waits for a writer, and no writer waits for it.
"""

from __future__ import annotations

import os
import threading
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from standfirst.bake.reading import Page
from standfirst.editions import upcasters
from standfirst.editions.documents import Document
from standfirst.editions.lists import CROWDED
from standfirst.editions.records import HEAD_LENGTH, TAIL_LENGTH, facets

V = TypeVar("V")

_RECORD = """
SELECT e.kind, e.schema_version, e.chain, p.document FROM editions_head h
JOIN editions_edition e ON e.seq = h.seq JOIN editions_payload p ON p.seq = h.seq
WHERE h.record = %s AND h.state = 'live'
"""
_PAGE = "SELECT path, owner, renderer, state, target, language FROM editions_address WHERE path = %s"
_LIST = "SELECT item FROM editions_listentry WHERE list = %s ORDER BY sort DESC, item DESC"
_CHANGES = "SELECT sort, item FROM editions_listentry WHERE list = %s ORDER BY sort DESC"
_NOTHING = object()


class Recent(Generic[V]):
    """The values used last, by key."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._items: OrderedDict[str, V] = OrderedDict()

    def get(self, key: str, default: V) -> V:
        try:
            self._items.move_to_end(key)
        except KeyError:
            return default
        return self._items[key]

    def put(self, key: str, value: V) -> None:
        self._items[key] = value
        self._items.move_to_end(key)
        if len(self._items) > self._size:
            self._items.popitem(last=False)

    def drop(self, key: str) -> None:
        self._items.pop(key, None)

    def clear(self) -> None:
        self._items.clear()


class _View(threading.local):
    """What one thread has open and remembers. A thread has a connection, and so a state, of its own."""

    def __init__(self) -> None:
        self.open = False
        self.connection: BaseDatabaseWrapper | None = None
        self.process = 0
        self.cursor: Any = None
        self.seq, self.chain = 0, ""
        self.small: Recent[object] = Recent(10_000)
        self.bodies: Recent[object] = Recent(300)


class EditionSource:
    """Implements `standfirst.bake.reading.Source` over the editions."""

    def __init__(self) -> None:
        self._view = _View()

    @contextmanager
    def snapshot(self) -> Iterator[int]:
        """Open a consistent view; gives the last sequence number it holds.

        Inside a transaction of the desk it is that transaction's own view, uncommitted rows included, and
        nothing of it is remembered.
        """
        view = self._view
        if view.open:
            raise RuntimeError("this thread has a snapshot open already")
        shared = connections[DEFAULT_DB_ALIAS]
        view.open = True
        try:
            with self._inside(shared) if shared.in_atomic_block else self._begun() as seq:
                yield seq
        finally:
            view.open, view.cursor = False, None

    def read(self, key: str) -> object | None:
        """Return the value of a key in the open snapshot, or None where there is nothing."""
        view = self._view
        kept = view.bodies if key.startswith("story:") and key.endswith("/body") else view.small
        value = kept.get(key, _NOTHING)
        if value is _NOTHING:
            value = self._list(key) if key.startswith("list:") else self._facet(key)
            kept.put(key, value)
        return value

    def page(self, path: str) -> Page | None:
        """Return what the address `path` holds in the open snapshot, or None for no such address."""
        view = self._view
        key = f"address:{path}"
        value = view.small.get(key, _NOTHING)
        if value is _NOTHING:
            row = self._one(_PAGE, path)
            value = None if row is None else Page(*row)
            view.small.put(key, value)
        return value if isinstance(value, Page) else None

    def close(self) -> None:
        """Close this thread's connection."""
        if self._view.connection is not None:
            self._view.connection.close()
            self._view.connection = None

    @contextmanager
    def _inside(self, shared: BaseDatabaseWrapper) -> Iterator[int]:
        view = self._view
        kept = view.small, view.bodies
        view.small, view.bodies = Recent(10_000), Recent(300)
        try:
            with shared.cursor() as view.cursor:
                yield self._end()[0]
        finally:
            view.small, view.bodies = kept

    @contextmanager
    def _begun(self) -> Iterator[int]:
        view = self._view
        connection = self._connected()
        try:
            with connection.cursor() as view.cursor:
                postgres = connection.vendor == "postgresql"
                view.cursor.execute(
                    "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY" if postgres else "BEGIN DEFERRED"
                )
                try:
                    seq, chained = self._end()
                    self._forget_moved(seq, chained)
                    yield seq
                finally:
                    view.cursor.execute("ROLLBACK")
        except BaseException:
            if connection.errors_occurred or not connection.is_usable():
                self.close()
            raise

    def _connected(self) -> BaseDatabaseWrapper:
        view = self._view
        if view.process != os.getpid():  # a connection must not cross a fork
            view.connection, view.process = None, os.getpid()
        if view.connection is None:
            view.connection = connections[DEFAULT_DB_ALIAS].copy(f"{DEFAULT_DB_ALIAS}-snapshot")
            view.connection.inc_thread_sharing()
        return view.connection

    def _forget_moved(self, seq: int, chained: str) -> None:
        """Drop what moved since the last snapshot; drop everything when history itself is another one."""
        view = self._view
        if (seq, chained) == (view.seq, view.chain):
            return
        row = self._one("SELECT chain FROM editions_edition WHERE seq = %s", view.seq)
        if row is None or row[0] != view.chain:
            view.small.clear()
            view.bodies.clear()
        else:
            view.cursor.execute("SELECT key FROM bake_movedkey WHERE seq > %s", [view.seq])
            for (key,) in view.cursor.fetchall():
                view.small.drop(key)
                view.bodies.drop(key)
        view.seq, view.chain = seq, chained

    def _end(self) -> tuple[int, str]:
        row = self._one("SELECT last, chain FROM editions_sequence WHERE id = %s", 1)
        return (row[0], row[1]) if row else (0, "")

    def _facet(self, key: str) -> object | None:
        record, _, facet = key.rpartition("/")
        document = self._document(record)
        return None if document is None else facets(document).get(facet)

    def _document(self, record: str) -> Document | None:
        row = self._one(_RECORD, record)
        return None if row is None else upcasters.read(row[0], row[1], bytes(row[3]))

    def _list(self, key: str) -> tuple[str, ...]:
        name, _, facet = key.removeprefix("list:").rpartition("/")
        if name.startswith("days/") and not self._crowded(name):
            return ()
        cursor = self._view.cursor
        if facet == "tail":
            cursor.execute(f"{_CHANGES} LIMIT {TAIL_LENGTH + 1}", [name])
            return tuple(f"{sort} {item}" for sort, item in cursor.fetchall())
        if facet == "any":
            cursor.execute(f"{_LIST} LIMIT 1", [name])
            return ("any",) if cursor.fetchone() else ()
        if facet == "head":
            cursor.execute(f"{_LIST} LIMIT {HEAD_LENGTH}", [name])
        else:
            cursor.execute(_LIST, [name])
        return tuple(row[0] for row in cursor.fetchall())

    def _crowded(self, name: str) -> bool:
        month = name.replace("days/", "month/", 1)
        row = self._one(
            f"SELECT 1 FROM editions_listentry WHERE list = %s LIMIT 1 OFFSET {CROWDED}",  # noqa: S608
            month,
        )
        return row is not None

    def _one(self, sql: str, value: str | int) -> Any:
        cursor = self._view.cursor
        if cursor is None:
            raise RuntimeError("records are read inside a snapshot; open one first")
        cursor.execute(sql, [value])
        return cursor.fetchone()
