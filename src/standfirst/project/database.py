"""Making a site's databases, quickly: a new SQLite site starts from the schema kept beside this module.

Wagtail's migrations take 14 s of CPU on an empty database. `schema/*.sql` holds what they end in, under a
fingerprint of the library versions and migrations it was made from. Where that fits, it is loaded in a
tenth of a second; otherwise, and on Postgres, the migrations run. A test compares the two.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from importlib import metadata
from pathlib import Path

from standfirst.kit.sitefolder import SiteFolder
from standfirst.project import environment
from standfirst.project.config import Config

SCHEMA = Path(__file__).parent / "schema"
_LIBRARIES = ("Django", "wagtail", "django-taggit", "django-modelcluster")

Say = Callable[[str], None]


class DatabaseError(RuntimeError):
    """The databases could not be made or brought up to date. The message says what to do."""


def fingerprint() -> str:
    """Return what the schema follows from: library versions and our own migrations."""
    state = hashlib.sha256()
    for name in _LIBRARIES:
        state.update(f"{name} {metadata.version(name)}\n".encode())
    for file in sorted(SCHEMA.parents[1].glob("*/migrations/*.py")):
        state.update(file.parent.parent.name.encode() + file.name.encode() + file.read_bytes())
    return state.hexdigest()[:32]


def prepare(site: SiteFolder, config: Config, say: Say) -> None:
    """Create the databases of `site`, or bring them up to date. Does nothing, quickly, when they are.

    Raises DatabaseError.
    """
    stamp = site.root / "db" / "schema"
    current = f"{fingerprint()} {config.database_url}"
    if stamp.exists() and not config.database_url and not site.main_db.exists():
        raise DatabaseError(
            f"{site.main_db} was there and is not any more. Put it back from a backup; "
            f"to begin with an empty site instead, remove {stamp.parent}."
        )
    whole = bool(config.database_url) or site.bake_db.exists()  # the index is made again where it is lost
    if up_to_date(site, config) and whole:
        return
    stamp.parent.mkdir(parents=True, exist_ok=True)
    if not config.database_url and not site.main_db.exists() and _snapshot_fits():
        say("Creating the databases")
        load_snapshot(site.main_db, "main")
        load_snapshot(site.bake_db, "bake")
    else:
        say("Bringing the databases up to date (up to half a minute the first time)")
        _migrate(site, config)
    stamp.write_text(current)


def up_to_date(site: SiteFolder, config: Config) -> bool:
    """Return whether the databases of `site` were made or migrated by this version of the program."""
    stamp = site.root / "db" / "schema"
    return stamp.exists() and stamp.read_text() == f"{fingerprint()} {config.database_url}"


def load_snapshot(file: Path, name: str) -> None:
    """Make the SQLite database `file` from `schema/NAME.sql`; whole or not at all."""
    temporary = file.with_suffix(".new")
    temporary.unlink(missing_ok=True)
    connection = sqlite3.connect(temporary)
    try:
        connection.execute("PRAGMA synchronous=OFF")  # synced once, below, before it gets its name
        connection.executescript((SCHEMA / f"{name}.sql").read_text("utf-8"))
        connection.commit()
    finally:
        connection.close()
    with temporary.open("rb") as handle:
        os.fsync(handle.fileno())
    temporary.rename(file)
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)  # or a power cut takes the name, and the stamp beside it says that it was there
    finally:
        os.close(folder)


def write_snapshot(site: SiteFolder) -> None:
    """Write `schema/*.sql` from the freshly migrated databases of `site`."""
    SCHEMA.mkdir(exist_ok=True)
    for name, file in (("main", site.main_db), ("bake", site.bake_db)):
        (SCHEMA / f"{name}.sql").write_text(_dump(file), "utf-8")


def _dump(file: Path) -> str:
    """Return a database as SQL, without what differs from one run of the migrations to the next."""
    connection = sqlite3.connect(file)
    try:
        connection.execute("UPDATE django_migrations SET applied = '2026-01-01 00:00:00'")
        lines = list(connection.iterdump())
    finally:
        connection.rollback()
        connection.close()
    return f"-- standfirst schema {fingerprint()}\n" + "\n".join(lines) + "\n"


def _snapshot_fits() -> bool:
    file = SCHEMA / "main.sql"
    if not file.exists():
        return False
    with file.open(encoding="utf-8") as lines:
        return lines.readline().split()[-1] == fingerprint()


def _migrate(site: SiteFolder, config: Config) -> None:
    """Run Django's migrations in a process of their own, so that a supervisor stays small."""
    for alias in ("default",) if config.database_url else ("default", "bake"):
        result = subprocess.run(  # noqa: S603 (our own interpreter and arguments)
            [sys.executable, "-m", "django", "migrate", "--database", alias, "-v0"],
            env={
                **environment.for_child(site.root, "task"),
                "DJANGO_SETTINGS_MODULE": "standfirst.project.settings",
            },
            capture_output=True,
            text=True,
        )
        if result.returncode:
            last = (result.stderr.strip().splitlines() or ["no message"])[-1]
            raise DatabaseError(
                f"migrating the {alias} database failed: {last}\n"
                "Nothing was deleted. Mend what the message names and start again."
            )
