"""What a record said, edition by edition. For the desk and for proofs; never for public renderers."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from standfirst.editions import rows, upcasters
from standfirst.editions.documents import Document
from standfirst.kit import instants


@dataclass(frozen=True, slots=True)
class EditionInfo:
    """One edition without its text. `actor` and `note` are empty once it is erased."""

    seq: int
    record: str
    number: int
    reason: str
    at: datetime
    actor: str
    note: str
    chain: str
    erased: bool


def history(record: str) -> list[EditionInfo]:
    """Return the editions of a record, oldest first."""
    found = rows.rows(
        """SELECT e.seq, e.number, e.reason, e.at, e.chain, p.private FROM editions_edition e
           LEFT JOIN editions_payload p ON p.seq = e.seq WHERE e.record = %s ORDER BY e.number""",
        [record],
    )
    infos = []
    for seq, number, reason, at, chained, private in found:
        who = json.loads(bytes(private)) if private is not None else {"actor": "", "note": ""}
        infos.append(
            EditionInfo(
                seq,
                record,
                number,
                reason,
                instants.from_text(at),
                who["actor"],
                who["note"],
                chained,
                erased=private is None,
            )
        )
    return infos


def edition(record: str, number: int) -> Document | None:
    """Return what edition `number` of a record said, or None: it took the record away, or was erased."""
    row = rows.one(
        """SELECT e.kind, e.schema_version, p.document FROM editions_edition e
           JOIN editions_payload p ON p.seq = e.seq WHERE e.record = %s AND e.number = %s""",
        [record, number],
    )
    if row is None or not bytes(row[2]):
        return None
    return upcasters.read(row[0], row[1], bytes(row[2]))
