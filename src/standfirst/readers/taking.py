"""Takes what the edge keeps for us out of the spool: each record once, whatever is killed when.

The place reached in a segment moves in the same transaction as what was made of its records. A segment goes
only when the edge has finished with it and the commit that took its last record is safe.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DataError, transaction
from django.utils import timezone

from standfirst.edge import spool
from standfirst.edge.spool import Kept, Record
from standfirst.kit import sealing
from standfirst.kit.sitefolder import SiteFolder
from standfirst.readers.models import Message, SpoolMark
from standfirst.readers.received import Received, handlers

logger = logging.getLogger(__name__)

UNREADABLE = (ValueError, LookupError, TypeError, DataError)
"""What a record may fail with that is of no use: a wrong key, no such form, words that do not fit."""
AT_ONCE = 100
"""Records taken in one transaction, so that nobody waits long for the database."""
MARKS_KEPT = timedelta(days=30)
"""How long we remember segments that are gone, should a power cut bring one back."""


@dataclass
class Taken:
    """What one round did. `damaged` could not be read and is shown at the desk as it came."""

    records: int = 0
    damaged: int = 0


def take(site: SiteFolder) -> Taken:
    """Take everything that waits. Any number of workers may do this at once."""
    taken = Taken()
    for segment in sorted(site.spool.glob(f"*{spool.SUFFIX}")):
        with contextlib.suppress(FileNotFoundError):  # another worker was quicker
            _take_segment(segment, taken)
    return taken


def _take_segment(segment: Path, taken: Taken) -> None:
    with segment.open("rb") as file:
        finished = _is_finished(file.fileno())  # before it is read: what is read then is all of it
        data = file.read()
    mark = SpoolMark.objects.filter(segment=segment.stem).first()
    reached = mark.reached if mark else 0
    while found := list(islice(spool.scan(data, reached, finished=finished), AT_ONCE)):
        reached = _take_records(segment.stem, reached, found, taken)
    if not finished:
        return
    if left := len(data) - max(reached, len(spool.HEADER)):
        logger.warning(
            "%s: %d bytes at its end broke off and were acknowledged to nobody", segment.name, left
        )
    segment.unlink(missing_ok=True)
    SpoolMark.objects.filter(at__lt=timezone.now() - MARKS_KEPT).delete()


@transaction.atomic
def _take_records(segment: str, reached: int, found: list[Kept], taken: Taken) -> int:
    """Take records and move the mark, together. Return where the segment is taken up to now."""
    SpoolMark.objects.get_or_create(segment=segment)
    mark = SpoolMark.objects.select_for_update().get(segment=segment)
    if mark.reached > reached:
        return mark.reached  # another worker took these
    for kept in found:
        _take_one(segment, kept, taken)
    mark.reached, mark.at = found[-1].end, timezone.now()
    mark.save()
    return mark.reached


def _take_one(segment: str, kept: Kept, taken: Taken) -> None:
    record = kept.record
    if record is None:
        name = sha256(f"{segment} {kept.end}".encode()).hexdigest()[:32]
        _put_aside(name, datetime.now(UTC), "", kept.damaged, taken)
        return
    spool_id, at = record.id.hex(), datetime.fromtimestamp(record.at / 1_000_000, UTC)
    try:
        with transaction.atomic():
            handlers.get(record.form)(_opened(record, spool_id, at))
        taken.records += 1
    except UNREADABLE as problem:
        # Its words stay out of the log: they could hold what a reader wrote.
        logger.error("%s of the spool cannot be taken: %s", spool_id, type(problem).__name__)
        _put_aside(spool_id, at, record.form, record.sealed, taken)


def open_again(_site: SiteFolder) -> int:
    """Try those again that could not be read, with the key of now; return how many are messages at last.

    For a site that was restored with another key and has its own again.
    """
    opened = 0
    for row in Message.objects.filter(broken=True).exclude(form="").order_by("pk")[:AT_ONCE]:
        at = (row.received_at - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)
        record = Record(bytes.fromhex(row.spool_id), at, row.form, bytes(row.raw or b""))
        with contextlib.suppress(*UNREADABLE), transaction.atomic():
            received = _opened(record, row.spool_id, row.received_at)
            row.delete()  # or its id would be taken
            handlers.get(row.form)(received)
            opened += 1
    return opened


def _put_aside(spool_id: str, at: datetime, form: str, raw: bytes, taken: Taken) -> None:
    """Keep what we cannot read, for somebody to see."""
    taken.damaged += 1
    Message.objects.get_or_create(
        spool_id=spool_id, defaults={"form": form[:40], "received_at": at, "broken": True, "raw": raw}
    )


def _opened(record: Record, spool_id: str, at: datetime) -> Received:
    """Return a record's letter. Raises ValueError, LookupError or TypeError when it cannot be read."""
    letter: Any = json.loads(sealing.unseal(settings.STANDFIRST_SPOOL_KEY, record.sealed, record.about))
    values = {str(name): str(value) for name, value in letter["values"].items()}
    return Received(spool_id, record.form, str(letter["language"]), at, values, bool(letter["trapped"]))


def _is_finished(handle: int) -> bool:
    """Return whether nobody writes to a segment any more: the writer's lock is gone."""
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def waiting(site: SiteFolder) -> Iterator[Path]:
    """Yield the segments that hold what the application has not taken, for `doctor`."""
    reached = dict(SpoolMark.objects.values_list("segment", "reached"))
    for segment in site.spool.glob(f"*{spool.SUFFIX}"):
        with contextlib.suppress(FileNotFoundError):
            if segment.stat().st_size > max(reached.get(segment.stem, 0), len(spool.HEADER)):
                yield segment
