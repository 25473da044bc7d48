"""The database itself refuses to change or delete editions, and to erase text that nobody approved erasing.

Django rebuilds a table on SQLite for many alterations and silently drops its triggers, so they are put back
after every migrate. `missing` tells `standfirst doctor` when somebody altered a table in another way.
"""

from __future__ import annotations

from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, router

_FOREVER = ("editions_edition", "editions_expungerequest", "editions_expungeapproval", "editions_tombstone")
_ERASABLE = ("editions_payload", "editions_gatedpayload")

_APPROVED = "SELECT 1 FROM editions_expungeapproval WHERE record = OLD.record"
_GAP = "NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM editions_edition)"
_AGAIN = "EXISTS (SELECT 1 FROM {table} WHERE seq = NEW.seq)"
_SAME_PERSON = (
    "lower(NEW.actor) = (SELECT lower(actor) FROM editions_expungerequest WHERE id = NEW.request_id)"
)


def _rules() -> dict[str, tuple[str, str, str, str]]:
    """Return name to (table, event, condition or "", message)."""
    rules = {}
    for table in (*_FOREVER, *_ERASABLE):
        rules[f"{table}_no_update"] = (table, "UPDATE", "", "a published record is never changed")
    for table in _FOREVER:
        rules[f"{table}_no_delete"] = (table, "DELETE", "", "a published record is never deleted")
    for table in _ERASABLE:
        rules[f"{table}_no_delete"] = (
            table, "DELETE", f"NOT EXISTS ({_APPROVED})", "erasing needs an approved expunge"
        )  # fmt: skip
        rules[f"{table}_no_replace"] = (
            table, "INSERT", _AGAIN.format(table=table), "a published record is never replaced"
        )  # fmt: skip
    rules["editions_edition_gapless"] = (
        "editions_edition",
        "INSERT",
        _GAP,
        "editions are numbered without gaps",
    )
    rules["editions_expungeapproval_two_people"] = (
        "editions_expungeapproval", "INSERT", _SAME_PERSON, "who asked may not approve"
    )  # fmt: skip
    return rules


def statements(vendor: str) -> dict[str, list[str]]:
    """Return for each trigger the SQL that makes it."""
    make = _postgres if vendor == "postgresql" else _sqlite
    made = {name: make(name, *rule) for name, rule in _rules().items()}
    if vendor == "postgresql":
        for table in (*_FOREVER, *_ERASABLE):
            made[f"{table}_no_truncate"] = _postgres_truncate(table)
    return made


def _sqlite(name: str, table: str, event: str, condition: str, message: str) -> list[str]:
    when = f" WHEN {condition}" if condition else ""
    return [
        f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW{when} "
        f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
    ]


def _postgres(name: str, table: str, event: str, condition: str, message: str) -> list[str]:
    result = "OLD" if event == "DELETE" else "NEW"
    return [
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $body$ BEGIN "
        f"IF {condition or 'TRUE'} THEN RAISE EXCEPTION '{message}'; END IF; RETURN {result}; END $body$",
        f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()",
    ]


def _postgres_truncate(table: str) -> list[str]:
    name = f"{table}_no_truncate"
    return [
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $body$ BEGIN "
        f"RAISE EXCEPTION 'published records are never deleted'; END $body$",
        f"CREATE TRIGGER {name} BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION {name}()",
    ]


def install(using: str = DEFAULT_DB_ALIAS) -> list[str]:
    """Put every trigger in its place; return the names of those that were missing or altered."""
    wrong = missing(using)
    vendor = connections[using].vendor
    with connections[using].cursor() as cursor:
        for name in wrong:
            drop(cursor, vendor, name)
            for statement in statements(vendor)[name]:
                cursor.execute(statement)
    return wrong


def remove(using: str = DEFAULT_DB_ALIAS) -> None:
    """Take every trigger away, for a migration that alters these tables; `install` puts them back."""
    vendor = connections[using].vendor
    with connections[using].cursor() as cursor:
        for name in statements(vendor):
            drop(cursor, vendor, name)


def drop(cursor: Any, vendor: str, name: str) -> None:
    """Drop one trigger if it is there."""
    if vendor == "postgresql":
        cursor.execute(f"DROP FUNCTION IF EXISTS {name}() CASCADE")
    else:
        cursor.execute(f"DROP TRIGGER IF EXISTS {name}")


def missing(using: str = DEFAULT_DB_ALIAS) -> list[str]:
    """Return the names of triggers that are not there, are switched off, or say something else."""
    connection = connections[using]
    with connection.cursor() as cursor:
        there = _there_postgres(cursor) if connection.vendor == "postgresql" else _there_sqlite(cursor)
    wrong = []
    for name, sql in statements(connection.vendor).items():
        told = sql[0].split("$body$")[1] if connection.vendor == "postgresql" else sql[0]
        if " ".join(there.get(name, "").split()) != " ".join(told.split()):
            wrong.append(name)
    return wrong


def _there_sqlite(cursor: Any) -> dict[str, str]:
    cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'editions_%'")
    return dict(cursor.fetchall())


def _there_postgres(cursor: Any) -> dict[str, str]:
    cursor.execute(
        """SELECT t.tgname, p.prosrc FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid
           WHERE NOT t.tgisinternal AND t.tgenabled IN ('O', 'A') AND t.tgname LIKE 'editions_%%'"""
    )
    return dict(cursor.fetchall())


def before_migrate(plan: list[Any], using: str, **_more: Any) -> None:
    """Django's pre_migrate: triggers go while our tables are rebuilt, or SQLite could not rename them."""
    if any(migration.app_label == "editions" for migration, _ in plan) and _exists(using):
        remove(using)


def after_migrate(using: str, **_more: Any) -> None:
    """Django's post_migrate: triggers come back, whatever the migrations did to their tables."""
    if router.allow_migrate(using, "editions", model_name="edition") and _exists(using):
        install(using)


def _exists(using: str) -> bool:
    return "editions_edition" in connections[using].introspection.table_names()
