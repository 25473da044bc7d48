"""Putting pictures into the library from a file, for imports, archives and the demo."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any, TypedDict, Unpack

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.text import slugify

from standfirst.kit.canonical import digest
from standfirst.kit.images import check_picture, picture_suffix, read_picture
from standfirst.stories.pictures.agencies import format_agencies
from standfirst.stories.pictures.models import Picture


class PictureFields(TypedDict, total=False):
    """What may be said about a picture; see the fields of `Picture`.

    What is left out or empty stays as it was, or is read from the file.
    """

    title: str
    alt: str
    caption: str
    photographer: str
    agencies: str | tuple[str, ...]  # "AP via Reuters", or nearest to the photographer first
    credit_note: str
    copyright_notice: str
    licence: str
    licence_ends_at: datetime | None
    taken_on: str
    place: str


@transaction.atomic
def save_picture(
    file: bytes | Path,
    *,
    public_id: str = "",
    source_uri: str = "",
    focus: tuple[int, int] | None = None,
    **fields: Unpack[PictureFields],
) -> Picture:
    """Create a picture, or update it: the same when `public_id`, or else `source_uri`, is the same.

    `focus` is in thousandths. Raises BadPicture when the file is not taken, ValidationError when a field is
    not as it must be; then nothing changed.
    """
    data = read_picture(file)
    picture = _same(public_id, source_uri) or Picture(source_uri=source_uri)
    if public_id:
        picture.public_id = public_id
    if digest(data) != picture.source_hash:
        check_picture(data)
        stem = slugify(fields.get("title", "") or (file.stem if isinstance(file, Path) else "")) or "picture"
        picture.file = ContentFile(data, name=f"{stem[:60]}.{picture_suffix(data)}")
    _set(picture, fields)
    if not picture.title:
        picture.title = file.stem if isinstance(file, Path) else picture.public_id
    picture.full_clean(exclude=["file", "collection", "tags"])
    picture.save()
    if focus is not None:
        set_focus(picture, focus)
    return picture


def set_focus(picture: Picture, focus: tuple[int, int]) -> None:
    """Keep the point `focus` (thousandths of width and height) when the picture is cropped."""
    point = {
        "focal_point_x": round(picture.width * focus[0] / 1000),
        "focal_point_y": round(picture.height * focus[1] / 1000),
        "focal_point_width": 1,
        "focal_point_height": 1,
    }
    if any(getattr(picture, name) != value for name, value in point.items()):
        for name, value in point.items():
            setattr(picture, name, value)
        picture.save(update_fields=list(point))


def _same(public_id: str, source_uri: str) -> Picture | None:
    found: Picture | None = Picture.objects.filter(public_id=public_id).first() if public_id else None
    if found is None and source_uri:
        found = Picture.objects.filter(source_uri=source_uri).first()
    return found


def _set(picture: Picture, fields: PictureFields) -> None:
    values: dict[str, Any] = dict(fields)
    if isinstance(values.get("agencies"), tuple):
        values["agencies"] = format_agencies(values["agencies"])
    for name, value in values.items():
        if value != "":  # unknown to who saves; what the file or a person said stays
            setattr(picture, name, value)
