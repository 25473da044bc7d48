"""The chain of editions: one number after another, each with the hash of all before it.

chain(n) = SHA-256(chain(n-1) as hexadecimal text, header bytes). A header holds the salted hashes of what the
edition says, of who made it why, and of its gated blocks. When text and salt are erased, the chain still
verifies and the hash tells nobody what was there.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from standfirst.editions import rows
from standfirst.kit import instants
from standfirst.kit.canonical import canonical_bytes

_SALT = 16
_BITE = 500


@dataclass(slots=True)
class Place:
    """The end of the chain, held by this transaction until it commits."""

    last: int
    chain: str


@dataclass(frozen=True, slots=True)
class Change:
    """What is about to become an edition. `document` is empty when the record is taken away."""

    record: str
    kind: str
    number: int
    reason: str
    at: datetime
    schema_version: int
    actor: str
    note: str = ""
    document: bytes = b""
    gated: bytes = b""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something about the chain that should not be so."""

    seq: int
    record: str
    what: str

    def __str__(self) -> str:
        return f"edition {self.seq} of {self.record or 'the chain'}: {self.what}"


def salted(salt: bytes, data: bytes) -> str:
    """Return SHA-256 of salt and data in hexadecimal; "" for no data."""
    return sha256(salt + data).hexdigest() if data else ""


def lock() -> Place:
    """Take the sequence for the rest of this transaction; others wait."""
    select = "SELECT last, chain FROM editions_sequence WHERE id = 1"
    if rows.vendor() == "postgresql":
        select += " FOR UPDATE"  # SQLite's transactions begin IMMEDIATE: the lock is theirs already
    row = rows.one(select)
    if row is None:
        rows.run(
            """INSERT INTO editions_sequence (id, last, chain, rules) VALUES (1, 0, '', '')
               ON CONFLICT (id) DO NOTHING"""
        )
        row = rows.one(select)
    return Place(*row)


def hold() -> None:
    """Take the turn to publish now, for the rest of this transaction: what is read after it is the newest.

    Who locks rows that a publish locks as well, or builds on what readers have, takes it before them: then
    two such transactions wait for each other in one order, and neither writes over what it has not seen.
    """
    lock()


def last_seq() -> int:
    """Return the number of the newest edition, 0 when there is none."""
    row = rows.one("SELECT last FROM editions_sequence WHERE id = 1")
    return int(row[0]) if row else 0


def append(place: Place, change: Change) -> int:
    """Add an edition at the end of the chain; return its sequence number."""
    seq = place.last + 1
    salt, private_salt, gated_salt = (secrets.token_bytes(_SALT) for _ in range(3))
    private = canonical_bytes({"actor": change.actor, "note": change.note})
    at = instants.to_text(change.at)
    payload_hash = salted(salt, change.document)
    header = canonical_bytes(
        {
            "seq": seq, "record": change.record, "kind": change.kind, "number": change.number,
            "reason": change.reason, "at": at, "schema_version": change.schema_version,
            "payload": payload_hash, "private": salted(private_salt, private),
            "gated": salted(gated_salt, change.gated),
        }
    )  # fmt: skip
    chained = link(place.chain, header)
    rows.run(
        """INSERT INTO editions_edition (seq, record, kind, number, reason, at, schema_version, header,
           payload_hash, previous, chain) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)""",
        [seq, change.record, change.kind, change.number, change.reason, at, change.schema_version, header,
         payload_hash, place.chain, chained],
    )  # fmt: skip
    rows.run(
        """INSERT INTO editions_payload (seq, record, document, salt, private, private_salt)
           VALUES (%s, %s, %s, %s, %s, %s)""",
        [seq, change.record, change.document, salt, private, private_salt],
    )
    if change.gated:
        rows.run(
            "INSERT INTO editions_gatedpayload (seq, record, blocks, salt) VALUES (%s, %s, %s, %s)",
            [seq, change.record, change.gated, gated_salt],
        )
    rows.run("UPDATE editions_sequence SET last = %s, chain = %s WHERE id = 1", [seq, chained])
    place.last, place.chain = seq, chained
    return seq


def link(previous: str, header: bytes) -> str:
    """Return the chain hash of an edition with this header after `previous`."""
    return sha256(previous.encode() + header).hexdigest()


_READ = """
SELECT e.seq, e.record, e.kind, e.number, e.reason, e.at, e.schema_version, e.header, e.payload_hash,
    e.previous, e.chain, p.document, p.salt, p.private, p.private_salt, g.blocks, g.salt, t.record
FROM editions_edition e LEFT JOIN editions_payload p ON p.seq = e.seq
    LEFT JOIN editions_gatedpayload g ON g.seq = e.seq LEFT JOIN editions_tombstone t ON t.record = e.record
WHERE e.seq > %s ORDER BY e.seq LIMIT %s
"""


def verify() -> list[Problem]:
    """Compute the whole chain again; return what does not fit."""
    problems: list[Problem] = []
    seq, chained = 0, ""
    while bite := rows.rows(_READ, [seq, _BITE]):
        for row in bite:
            if row[0] != seq + 1:
                problems.append(Problem(seq + 1, "", f"missing; the next is {row[0]}"))
            problems.extend(_examine(row, chained))
            seq, chained = row[0], row[10]
    end = rows.one("SELECT last, chain FROM editions_sequence WHERE id = 1")
    if end is not None and tuple(end) != (seq, chained):
        problems.append(Problem(end[0], "", f"the chain ends at {seq} but its end was noted otherwise"))
    return problems


def _examine(row: Any, previous: str) -> Iterator[Problem]:
    seq, record, kind, number, reason, at, version, header, payload_hash, noted, chained = row[:11]
    header = bytes(header)
    fields = {"seq": seq, "record": record, "kind": kind, "number": number, "reason": reason, "at": at,
              "schema_version": version, "payload": payload_hash}  # fmt: skip
    hashes = _hashes(row)
    says = _json(header)
    if any(says.get(name) != value for name, value in fields.items()):
        yield Problem(seq, record, "its columns are not what its header says")
    if noted != previous or chained != link(previous, header):
        yield Problem(seq, record, "its hash does not follow from the one before it")
    if hashes is None:
        if row[17] is None:
            yield Problem(seq, record, "its text is missing, and nobody had it erased")
        return
    for name, value in hashes.items():
        if says.get(name) != value:
            yield Problem(seq, record, f"its {name} part is not what was published")


def _hashes(row: Any) -> dict[str, str] | None:
    document, salt, private, private_salt, gated, gated_salt = row[11:17]
    if document is None:
        return None
    return {
        "payload": salted(_bytes(salt), _bytes(document)),
        "private": salted(_bytes(private_salt), _bytes(private)),
        "gated": salted(_bytes(gated_salt), _bytes(gated)) if gated is not None else "",
    }


def _bytes(stored: Any) -> bytes:
    """Return a column's bytes; who changes one by hand on SQLite easily leaves text there."""
    return stored.encode() if isinstance(stored, str) else bytes(stored)


def _json(header: bytes) -> dict[str, object]:
    try:
        value = json.loads(header)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}
