"""Erasing by law: one person asks, another approves, and then every copy we hold goes.

The chain keeps the headers, whose salted hashes tell nothing without the salt; a tombstone says that
something was there. What was erased is noted in `expunges.jsonl` in the site folder, so that restoring an
older database erases it again.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.utils.translation import gettext_noop

from standfirst.bake import api as bake
from standfirst.editions import addresses, chain, heads, publishing, references, rows, upcasters
from standfirst.editions.documents import Document, Media
from standfirst.editions.models import ErasedFile, ExpungeApproval, ExpungeRequest, Tombstone
from standfirst.kit import instants
from standfirst.kit.registry import Registry

_LONG = 24
"""Shorter texts than this are too common to look for in other files, but for those that somebody wrote."""
_WRITTEN = frozenset(
    ("headline", "standfirst", "seo_title", "social_title", "description", "name", "html", "text", "caption",
     "alt", "title", "attribution", "photographer", "place")
)  # fmt: skip
_SHORT = 6
"""Of a headline or a name this many characters say whose story it was."""


@dataclass(frozen=True, slots=True)
class Erasure:
    """What is being erased, for rooms that hold copies of it.

    `paths` are all addresses the record ever had, `blobs` the files of its pictures by SHA-256, `texts` the
    sentences that may stand in other files (cards, feeds, mails).
    """

    record: str
    paths: tuple[str, ...]
    blobs: tuple[str, ...]
    texts: tuple[str, ...]
    since: str  # RFC 3339: before this instant there were no copies


Eraser: TypeAlias = Callable[[Erasure], Iterable[str]]

erasers: Registry[Eraser] = Registry("eraser")
"""Rooms that hold copies erase them here and return a sentence for each copy that is beyond recall.

Called in the transaction: rows go at once, files in `transaction.on_commit`.
"""

_OWN_TABLES = ("editions_payload", "editions_gatedpayload", "editions_head")

tables_of_words: Registry[tuple[str, ...]] = Registry("tables that hold words")
"""The tables that erasers delete rows from. On Postgres what was deleted lies in their files until they are
written anew, which is done once an erasure is through.
"""


@dataclass(frozen=True, slots=True)
class ExpungeReport:
    """What was erased and what was not."""

    record: str
    records: tuple[str, ...]
    editions: int
    beyond_recall: tuple[str, ...]

    def __str__(self) -> str:
        lines = [f"{self.record} is erased: {self.editions} editions of {', '.join(self.records)}."]
        lines += [f"Beyond our reach: {sentence}" for sentence in self.beyond_recall]
        return "\n".join(lines)


def request_expunge(record: str, *, actor: str, why: str) -> ExpungeRequest:
    """Ask that a record be erased. Raises LookupError when it was never published, publishing.Refused for one
    that the site stands on.
    """
    publishing.check_withdrawable(record)
    if heads.get(record) is None:
        raise LookupError(f"{record} was never published")
    return ExpungeRequest.objects.create(
        record=record, actor=actor, why=why, at=instants.to_text(instants.now())
    )


def approve_expunge(number: int, *, actor: str) -> ExpungeReport:
    """Erase what request `number` names, with the pictures that nothing else uses.

    Raises LookupError for no such request, ValueError when it is done already, PermissionError when `actor`
    is who asked.
    """
    request = ExpungeRequest.objects.filter(pk=number).first()
    if request is None:
        raise LookupError(f"there is no request {number}")
    files = _files(request.record)
    with transaction.atomic():
        chain.lock()
        if request.actor.strip().lower() == actor.strip().lower():
            raise PermissionError(f"{actor} asked for this; another person has to approve it")
        if ExpungeApproval.objects.filter(request=request).exists():
            raise ValueError(f"request {number} was approved already")
        records = [request.record, *_pictures(request.record)]
        report = _erase_all(request, records, actor, files)
    tidy_up()
    return report


def _erase_all(request: ExpungeRequest, records: list[str], actor: str, files: set[str]) -> ExpungeReport:
    erased, beyond = 0, [
        gettext_noop(
            "copies that readers, search engines and archives elsewhere made of its pages "
            "while they were public"
        )
    ]  # fmt: skip
    beyond += [
        f"the address {path}, which answers that the page is gone for ever: a name that is part of it stays"
        for path in addresses.of(request.record)
    ]
    for record in records:
        ExpungeApproval.objects.create(
            request=request, record=record, actor=actor, at=instants.to_text(instants.now())
        )
        erasure = _describe(record)
        for _, eraser in erasers.items():
            beyond.extend(eraser(erasure))
        erased += _erase_rows(record)
    for record in records:
        _bury(request, record, actor, beyond)
    ErasedFile.objects.bulk_create(
        [ErasedFile(blob=blob, record=request.record) for blob in sorted(files)], ignore_conflicts=True
    )
    transaction.on_commit(note_expunges)
    return ExpungeReport(request.record, tuple(records), erased, tuple(beyond))


def _files(record: str) -> set[str]:
    """Return the files in the store that hold words or pictures of a record. Reads the whole store."""
    described = [_describe(name) for name in (record, *_pictures(record))]
    texts = {text for one in described for text in one.texts}
    return bake.find_blobs(texts) | {blob for one in described for blob in one.blobs}


def erase_files() -> int:
    """Remove files of erased records that no address answers with any more; return how many are left.

    Call when the bakers are through with what expunging moved, and now and then.
    """
    waiting = set(ErasedFile.objects.values_list("blob", flat=True))
    if not waiting:
        return 0
    gone = bake.erase_blobs(waiting)
    ErasedFile.objects.filter(blob__in=gone).delete()
    return len(waiting - gone)


def _pictures(record: str) -> list[str]:
    """Return the pictures that any edition of `record` used and no other live record does."""
    found = set()
    for document in _documents(record):
        found |= {name for name in references.of(document) if name.startswith("media:")}
    return [
        name for name in sorted(found)
        if heads.get(name) is not None and set(references.users_of(name)) <= {record}
    ]  # fmt: skip


def _documents(record: str) -> Iterator[Document]:
    found = rows.rows(
        """SELECT e.kind, e.schema_version, p.document FROM editions_edition e
           JOIN editions_payload p ON p.seq = e.seq WHERE e.record = %s ORDER BY e.number""",
        [record],
    )
    for kind, version, stored in found:
        if bytes(stored):
            yield upcasters.read(kind, version, bytes(stored))


def _erase_rows(record: str) -> int:
    """Delete what every edition of a record said; return how many there were."""
    rows.run("DELETE FROM editions_gatedpayload WHERE record = %s", [record])
    (count,) = rows.one("SELECT count(*) FROM editions_payload WHERE record = %s", [record])
    rows.run("DELETE FROM editions_payload WHERE record = %s", [record])
    return int(count)


def _bury(request: ExpungeRequest, record: str, actor: str, beyond: list[str]) -> None:
    """Withdraw the record and leave its tombstone."""
    withdrawn = publishing.withdraw(record, reason="expunged", actor=actor, note="")
    Tombstone.objects.get_or_create(
        record=record,
        defaults={
            "request": request, "seq": withdrawn.seq, "at": instants.to_text(withdrawn.at),
            "editions": withdrawn.number - 1, "beyond_recall": json.dumps(beyond),
        },
    )  # fmt: skip


def _describe(record: str) -> Erasure:
    """Collect what other rooms need to know to find their copies."""
    paths = rows.rows("SELECT path FROM editions_address WHERE owner = %s ORDER BY path", [record])
    texts: set[str] = set()
    blobs: set[str] = set()
    for document in _documents(record):
        texts.update(_texts(document.to_json()))
        if isinstance(document, Media):
            blobs.update(rendition.blob for rendition in document.renditions)
    for (stored,) in rows.rows("SELECT blocks FROM editions_gatedpayload WHERE record = %s", [record]):
        texts.update(_texts(json.loads(bytes(stored))))
    first = rows.one("SELECT min(at) FROM editions_edition WHERE record = %s", [record])
    since = first[0] or ""
    return Erasure(record, tuple(row[0] for row in paths), tuple(sorted(blobs)), tuple(sorted(texts)), since)


def _texts(value: Any, shortest: int = _LONG) -> Iterable[str]:
    if isinstance(value, str):
        if len(value) >= shortest and not value.startswith(("/", "http")):
            yield value
    elif isinstance(value, dict):
        for name, item in value.items():
            yield from _texts(item, _SHORT if name in _WRITTEN else _LONG)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item, shortest)


def log_file() -> Path:
    """Return the file that says what was erased; keep it apart from database backups."""
    return Path(settings.STANDFIRST_SITE.root) / "expunges.jsonl"


def note_expunges() -> None:
    """Write down, durably, every erasure that the log does not hold yet."""
    known = {line["record"] for line in _log()}
    lines = []
    for grave in Tombstone.objects.select_related("request").order_by("seq"):
        if grave.record in known:
            continue
        approval = ExpungeApproval.objects.filter(request=grave.request, record=grave.record).first()
        lines.append(
            {
                "record": grave.record, "asked_by": grave.request.actor, "why": grave.request.why,
                "approved_by": approval.actor if approval else "", "at": grave.at,
            }
        )  # fmt: skip
    if not lines:
        return
    text = "".join(json.dumps(line, ensure_ascii=False, sort_keys=True) + "\n" for line in lines)
    descriptor = os.open(log_file(), os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        size = os.fstat(descriptor).st_size
        if size and os.pread(descriptor, 1, size - 1) != b"\n":
            text = "\n" + text  # the last line was torn by a power cut
        os.write(descriptor, text.encode())
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _log() -> list[dict[str, str]]:
    try:
        text = log_file().read_text("utf-8")
    except FileNotFoundError:
        return []
    lines = []
    for line in text.splitlines():
        try:
            lines.append(json.loads(line))
        except ValueError:
            continue  # torn by a power cut: its tombstone writes it again
    return lines


def reapply_expunges() -> int:
    """Erase again what the log says was erased and a restored database has; return how many records.

    Call after every restore, before readers are served.
    """
    note_expunges()
    count = 0
    for line in _log():
        record = line["record"]
        if heads.get(record) is None or Tombstone.objects.filter(record=record).exists():
            continue
        files = _files(record)
        with transaction.atomic():
            chain.lock()
            request = ExpungeRequest.objects.create(
                record=record, actor=line["asked_by"], why=line["why"], at=line["at"]
            )
            _erase_all(request, [record], line["approved_by"], files)
            count += 1
    if count:
        tidy_up()
    return count


def tidy_up() -> None:
    """Have the database overwrite the pages where erased rows lay, once no transaction is open."""
    connection = connections[DEFAULT_DB_ALIAS]
    if connection.in_atomic_block:
        transaction.on_commit(tidy_up)
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            rooms = (name for _, names in tables_of_words.items() for name in names)
            there = set(connection.introspection.table_names(cursor))
            for table in sorted(there.intersection((*_OWN_TABLES, *rooms))):
                cursor.execute(f"VACUUM FULL {connection.ops.quote_name(table)}")
            return
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
