"""A toy newsroom for the tests of baking: records in a table of the main database, and pages that read them.

Records are texts by key. A page at `/p/NAME/` shows what its own record says: a text whose words are
printed, and whose `{key}` are replaced by what those keys hold, so that dependencies come from the content.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connections, transaction
from django.db.backends.utils import CursorWrapper

from standfirst.bake import api
from standfirst.bake.reading import Page, RecordingReader
from standfirst.bake.registry import Rendered
from standfirst.kit import instants

TABLES = (
    "CREATE TABLE IF NOT EXISTS toy_record (key TEXT PRIMARY KEY, value TEXT)",
    "CREATE TABLE IF NOT EXISTS toy_seq (seq BIGINT)",
)


def make_tables() -> None:
    with connections["default"].cursor() as cursor:
        for table in TABLES:
            cursor.execute(table)
        cursor.execute("DELETE FROM toy_record")
        cursor.execute("DELETE FROM toy_seq")
        cursor.execute("INSERT INTO toy_seq VALUES (0)")


def drop_tables() -> None:
    with connections["default"].cursor() as cursor:
        cursor.execute("DROP TABLE toy_record")
        cursor.execute("DROP TABLE toy_seq")


def publish(changes: Mapping[str, str | None], *, urgent: bool = False) -> int:
    """Change records in one transaction with their keys, as publishing does; return its number."""
    with transaction.atomic(), connections["default"].cursor() as cursor:
        cursor.execute("UPDATE toy_seq SET seq = seq + 1")
        cursor.execute("SELECT seq FROM toy_seq")
        seq = cursor.fetchone()[0]
        for key, value in changes.items():
            cursor.execute("DELETE FROM toy_record WHERE key = %s", [key])
            if value is not None:
                cursor.execute("INSERT INTO toy_record VALUES (%s, %s)", [key, value])
        api.move(changes, seq, urgent=urgent)
    return seq


def page_change(name: str, text: str | None, **more: str) -> dict[str, str | None]:
    """The changes that publish page `/p/NAME/` with a text; None takes it away."""
    address = json.dumps({"state": "live" if text is not None else "gone", "target": "", **more})
    return {f"address:/p/{name}/": address, f"page:{name}/body": text}


class ToySource:
    """Reads the table through a connection of its own, so that a snapshot stands while others write."""

    def __init__(self) -> None:
        self.cursor: CursorWrapper | None = None

    @contextmanager
    def snapshot(self) -> Iterator[int]:
        connection = connections["default"].copy("toy")
        postgres = connection.vendor == "postgresql"
        try:
            with connection.cursor() as self.cursor:
                self.cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ" if postgres else "BEGIN DEFERRED")
                self.cursor.execute("SELECT seq FROM toy_seq")
                yield self.cursor.fetchone()[0]
        finally:
            self.cursor = None
            connection.close()

    def read(self, key: str) -> object | None:
        assert self.cursor is not None, "read outside a snapshot"
        self.cursor.execute("SELECT value FROM toy_record WHERE key = %s", [key])
        row = self.cursor.fetchone()
        return row[0] if row else None

    def page(self, path: str) -> Page | None:
        value = self.read(f"address:{path}")
        if value is None:
            return None
        assert isinstance(value, str)
        held = json.loads(value)
        name = path.split("/")[2]
        renderer = held.get("renderer", "toy")
        return Page(path, f"page:{name}", renderer, held["state"], held.get("target", ""))


class BrokenTextError(Exception):
    """What the toy renderer raises on a page that says so."""


@dataclass
class ToyRenderer:
    """Prints a page's text. `appears:INSTANT` and `ends:INSTANT` words come and go with the clock."""

    fingerprint: str = "1"
    drawn: list[str] = field(default_factory=list)

    def render(self, page: Page, reader: RecordingReader) -> Rendered:
        self.drawn.append(page.path)
        body = reader.read(f"{page.owner}/body")
        if isinstance(body, str) and body.startswith("file:"):
            return Rendered(reader.file(body.removeprefix("file:")).upper(), content_type="text/plain")
        if body is None:
            status = 410 if page.state == "gone" else 404
            return Rendered(b"gone", status=status, surrogate_keys=(page.owner,))
        return Rendered(f"<p>{self._text(str(body), reader)}</p>".encode(), surrogate_keys=(page.owner,))

    def _text(self, body: str, reader: RecordingReader) -> str:
        words = []
        for word in body.split():
            if word == "broken":
                raise BrokenTextError(f"the text says so: {body}")
            if word.startswith("appears:"):
                words.append("is-there" if reader.appears(_instant(word)) else "not-yet")
            elif word.startswith("ends:"):
                words.append("has-ended" if reader.ends(_instant(word)) else "still-there")
            else:
                words.append(re.sub(r"\{([^}]+)\}", lambda m: str(reader.read(m[1])), word))
        return " ".join(words)


def _instant(word: str) -> datetime:
    return instants.from_text(word.split(":", 1)[1])
