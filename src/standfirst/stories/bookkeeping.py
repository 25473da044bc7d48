"""Wagtail's bookkeeping about a page (search index, who uses what), once a save instead of at every step."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator
from contextvars import ContextVar
from typing import Any

from django.db import connection, transaction
from modelsearch.index import insert_or_update_object
from wagtail.models import ReferenceIndex
from wagtail.search.models import IndexEntry
from wagtail.signal_handlers import disable_reference_index_auto_update

from standfirst.editions.api import Erasure

_later: ContextVar[bool] = ContextVar("bookkeeping_later", default=False)


@contextlib.contextmanager
def once() -> Iterator[None]:
    """Leave the bookkeeping of what is saved inside the block to a call of `catch_up`."""
    token = _later.set(True)
    try:
        with disable_reference_index_auto_update():
            yield
    finally:
        _later.reset(token)


def catch_up(page: Any) -> None:
    """Do for a page what was left."""
    insert_or_update_object(page)
    ReferenceIndex.create_or_update_for_object(page)


def saved(instance: Any, raw: bool = False, **_kwargs: Any) -> None:
    """Keep the search index at a save, unless it is left for later."""
    if not raw and not _later.get():
        insert_or_update_object(instance)


def forget_words(erasure: Erasure) -> Iterable[str]:
    """Take the words of what is erased out of the search index; for the editions' registry of erasers.

    SQLite's full-text index keeps words of deleted rows, with their order, until its parts are merged.
    """
    if connection.vendor == "sqlite":
        transaction.on_commit(_merge)
    return ()


def _merge() -> None:
    table = connection.ops.quote_name(f"{IndexEntry._meta.db_table}_fts")
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} ({table}) VALUES ('optimize')")  # noqa: S608 (a name of ours)
