"""Erasing a picture for good: originals, desk copies and every file derived of it (`expunge`)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction

from standfirst.edge.blobs import blob_path
from standfirst.editions.api import Erasure
from standfirst.stories.pictures.models import Derivation, Picture


@dataclass(frozen=True, slots=True)
class Erased:
    """What goes: originals by name, and blobs. For the ledger."""

    originals: tuple[str, ...]
    blobs: tuple[str, ...]


@transaction.atomic
def erase_picture(record: str) -> Erased:
    """Erase all that is kept of the picture `media:ID`: rows now, files when the transaction commits.

    Blobs belong to one picture alone, because its id is inside each. Again, it is harmless.
    """
    media = record.removeprefix("media:")
    pictures = list(Picture.objects.filter(public_id=media))
    rows = Derivation.objects.filter(media=media)
    blobs = sorted({file["blob"] for files in rows.values_list("files", flat=True) for file in files})
    originals = [str(picture.file.name) for picture in pictures]
    for picture in pictures:
        picture.delete()  # Wagtail deletes its files, and those of the desk's copies, after the commit
    rows.delete()
    transaction.on_commit(lambda: _remove(blobs))
    return Erased(tuple(originals), tuple(blobs))


def eraser(erasure: Erasure) -> Iterable[str]:
    """Erase the picture that a record is; for the editions' registry of erasers."""
    if erasure.record.startswith("media:"):
        erase_picture(erasure.record)
    return ()


def _remove(blobs: Iterable[str]) -> None:
    for name in blobs:
        blob_path(settings.STANDFIRST_SITE.store, name).unlink(missing_ok=True)
