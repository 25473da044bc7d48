"""From a picture in the library to the media record readers get."""

from __future__ import annotations

from standfirst.editions.documents import Credit, Media
from standfirst.stories.pictures.deriving import derive, renditions
from standfirst.stories.pictures.models import Picture


def media_document(picture: Picture) -> Media:
    """Return the media record of a picture, deriving its files if need be. Raises what `derive` raises."""
    derivation = derive(picture)
    files = renditions(derivation)
    words = picture.words
    largest = max(files, key=lambda file: file.width)
    return Media(
        id=picture.public_id,
        width=largest.width,
        height=largest.height,
        renditions=files,
        credit=Credit(photographer=words.photographer, agencies=words.agencies, note=words.note),
        licence=words.licence,
        licence_ends_at=picture.licence_ends_at,
        taken_on=words.taken_on,
        place=words.place,
        colour=derivation.colour,
        focus=focus(picture),
    )


def focus(picture: Picture) -> tuple[int, int]:
    """Return the point to keep when cropped, in thousandths of width and height; the middle by default."""
    if not picture.has_focal_point() or not picture.width or not picture.height:
        return 500, 500
    return (
        _thousandths(picture.focal_point_x, picture.width),
        _thousandths(picture.focal_point_y, picture.height),
    )


def _thousandths(part: int, whole: int) -> int:
    return max(0, min(1000, round(1000 * part / whole)))
