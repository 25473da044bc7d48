"""What each record is now."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from standfirst.editions import rows, upcasters
from standfirst.editions.documents import Document, Site
from standfirst.kit import instants

State = Literal["live", "gone"]


@dataclass(frozen=True, slots=True)
class HeadInfo:
    """A record as it is now. `published_at` is its first publication, `at` its last change."""

    record: str
    state: State
    number: int
    seq: int
    reason: str
    published_at: datetime
    at: datetime
    facets: dict[str, str]
    gated: str


def get(record: str) -> HeadInfo | None:
    """Return what `record` is now, or None when it was never published."""
    row = rows.one(
        """SELECT record, state, number, seq, reason, published_at, at, facets, gated
           FROM editions_head WHERE record = %s""",
        [record],
    )
    if row is None:
        return None
    name, state, number, seq, reason, published_at, at, prints, gated = row
    return HeadInfo(
        name, state, number, seq, reason, instants.from_text(published_at), instants.from_text(at),
        json.loads(prints), gated,
    )  # fmt: skip


def put(head: HeadInfo) -> None:
    """Write what a record is now."""
    rows.run(
        """INSERT INTO editions_head
               (record, kind, state, seq, number, reason, published_at, at, facets, gated)
           VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
           ON CONFLICT (record) DO UPDATE SET state = excluded.state, seq = excluded.seq,
               number = excluded.number, reason = excluded.reason, published_at = excluded.published_at,
               at = excluded.at, facets = excluded.facets, gated = excluded.gated""",
        [
            head.record, head.record.split(":", 1)[0], head.state, head.seq, head.number, head.reason,
            instants.to_text(head.published_at), instants.to_text(head.at),
            json.dumps(head.facets, sort_keys=True), head.gated,
        ],
    )  # fmt: skip


CURRENT = """
SELECT e.kind, e.schema_version, p.document FROM editions_head h
JOIN editions_edition e ON e.seq = h.seq JOIN editions_payload p ON p.seq = h.seq
"""


def current(record: str) -> Document | None:
    """Return the document of `record` as it is now, or None when there is none or it is gone."""
    row = rows.one(CURRENT + "WHERE h.record = %s AND h.state = 'live'", [record])
    return None if row is None else upcasters.read(row[0], row[1], bytes(row[2]))


def currents(records: Sequence[str]) -> dict[str, Document]:
    """Return the documents of those of `records` that are live, by record, in one query."""
    if not records:
        return {}
    marks = ", ".join(["%s"] * len(records))
    found = rows.rows(CURRENT + f"WHERE h.record IN ({marks}) AND h.state = 'live'", records)
    documents = (upcasters.read(kind, version, bytes(stored)) for kind, version, stored in found)
    return {document.record: document for document in documents}


def live(kind: str = "") -> Iterator[Document]:
    """Yield the documents of all live records, or of those of one kind, in order of their names."""
    condition, values = ("AND h.kind = %s ", [kind]) if kind else ("", [])
    after = ""
    while True:
        bite = rows.rows(
            CURRENT + f"WHERE h.state = 'live' {condition}AND h.record > %s ORDER BY h.record LIMIT 200",
            [*values, after],
        )
        if not bite:
            return
        for kind_, version, stored in bite:
            document = upcasters.read(kind_, version, bytes(stored))
            yield document
        after = document.record


def site() -> Site:
    """Return the site's settings, or the defaults while a new site has none."""
    found = current("site:main")
    return found if isinstance(found, Site) else Site(name="", base_url="")
