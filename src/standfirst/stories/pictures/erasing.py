"""Erasing a picture for good: originals, desk copies and every file derived of it (`expunge`)."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

from standfirst.edge.blobs import blob_path
from standfirst.stories.pictures.models import Derivation, Picture


@dataclass(frozen=True, slots=True)
class Erased:
    """What was erased: originals by name, and blobs. Receipts for the ledger."""

    originals: tuple[str, ...]
    blobs: tuple[str, ...]


def erase_picture(record: str) -> Erased:
    """Erase all that is kept of the picture `media:ID`; again, harmless.

    Blobs belong to one picture alone, because its id is inside each. Call after its addresses are gone
    from the manifest. Files already given to readers, caches and other people cannot be recalled.
    """
    media = record.removeprefix("media:")
    originals = []
    for picture in Picture.objects.filter(public_id=media):
        originals.append(str(picture.file.name))
        for rendition in picture.renditions.all():
            rendition.file.delete(save=False)
        picture.file.delete(save=False)
        picture.delete()
    derivations = Derivation.objects.filter(media=media)
    blobs = sorted({file["blob"] for files in derivations.values_list("files", flat=True) for file in files})
    for name in blobs:
        blob_path(settings.STANDFIRST_SITE.store, name).unlink(missing_ok=True)
    derivations.delete()
    return Erased(tuple(originals), tuple(blobs))
