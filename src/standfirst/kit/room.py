"""A full disk, told from other troubles. It is nobody's mistake, and all goes on when there is room."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator

_FULL = (errno.ENOSPC, errno.EDQUOT)
_SQLITE = ("SQLITE_FULL", "SQLITE_IOERR_SHMSIZE")
_POSTGRES = "53100"  # disk_full, in the table of PostgreSQL's error codes


def is_missing(problem: BaseException) -> bool:
    """Return whether there was no room on a disk: for a file, for SQLite, or for Postgres."""
    return any(map(_says_so, _causes(problem)))


def _says_so(problem: BaseException) -> bool:
    if isinstance(problem, OSError):
        return problem.errno in _FULL
    if isinstance(problem, sqlite3.Error):
        return getattr(problem, "sqlite_errorname", "") in _SQLITE
    return getattr(problem, "sqlstate", None) == _POSTGRES


def _causes(problem: BaseException) -> Iterator[BaseException]:
    """Yield what was raised, and what it was raised from: Django wraps what a database says."""
    seen: set[int] = set()
    found: BaseException | None = problem
    while found is not None and id(found) not in seen:
        seen.add(id(found))
        yield found
        found = found.__cause__ or found.__context__
