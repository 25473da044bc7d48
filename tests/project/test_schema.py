"""New sites start from a snapshot of the schema; it must be what the migrations make."""

import re
import sqlite3
from pathlib import Path

from standfirst.project import database
from tests.conftest import migrated_template


def schema(file: Path) -> dict[str, str]:
    connection = sqlite3.connect(file)
    try:
        rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    finally:
        connection.close()
    return {name: re.sub(r"\s+", " ", sql) for name, sql in rows}


def migrations(file: Path) -> set[tuple[str, str]]:
    connection = sqlite3.connect(file)
    try:
        return set(connection.execute("SELECT app, name FROM django_migrations"))
    finally:
        connection.close()


def test_the_snapshot_is_what_the_migrations_make(tmp_path: Path) -> None:
    first = (database.SCHEMA / "main.sql").open(encoding="utf-8").readline().split()[-1]
    assert first == database.fingerprint(), "the snapshot is old; run `make schema`"
    for name in ("main", "bake"):
        made = tmp_path / f"{name}.sqlite3"
        database.load_snapshot(made, name)
        migrated = migrated_template() / f"{name}.sqlite3"
        assert schema(made) == schema(migrated)
        assert migrations(made) == migrations(migrated)
