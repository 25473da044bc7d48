"""Pictures: sources in three formats, words beside them, and whose they are (PAGE.md row 5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from standfirst.editions.documents import Credit, Media, PictureUse, Rendition
from standfirst.theme.locales import local
from standfirst.theme.parts.context import Context
from standfirst.theme.parts.sizes import Place, shape, sizes
from standfirst.theme.strings import Strings
from standfirst.theme.text import url
from standfirst.theme.trusted import NOTHING, trusted

_MIME = {"avif": "image/avif", "webp": "image/webp", "jpeg": "image/jpeg"}
_ORDER = ("avif", "webp", "jpeg")


@dataclass(frozen=True, slots=True)
class Source:
    """One `<source>`: a format and its widths."""

    mime: str
    srcset: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in one place. `sources` go before the `img`, whose format all browsers read."""

    src: str
    srcset: str
    sources: tuple[Source, ...]
    sizes: str
    shape: str  # `tall` and `panorama` are set with care
    width: int
    height: int
    alt: str
    eager: bool
    focus: tuple[int, int]  # the point to keep when cropped, in fifths from the start and the top
    caption: Markup = NOTHING
    file_photo: str = ""
    credit: str = ""
    note: str = ""

    @property
    def has_words(self) -> bool:
        return bool(self.caption or self.file_photo or self.credit or self.note)

    @property
    def off_centre(self) -> bool:
        return self.focus != (2, 2)


def picture(
    context: Context,
    use: PictureUse | None,
    place: Place,
    *,
    told_at: datetime | None = None,
    eager: bool = False,
    words: bool = False,
) -> Picture | None:
    """Return a picture for `place`, or None: none chosen, withdrawn, or its licence has ended.

    With `words`, caption and credit come along; `told_at` is when the story that shows it was published, so
    that an older picture is marked as a file photo. `eager` is for what is seen before any scrolling.
    """
    media = shown_media(context, use)
    if use is None or media is None:
        return None
    by_format = {name: [r for r in media.renditions if r.format == name] for name in _ORDER}
    present = [name for name in _ORDER if by_format[name]]
    if not present:
        return None
    base = by_format[present[-1]]
    largest = max(base, key=lambda rendition: rendition.width)
    return Picture(
        src=url(largest.path),
        srcset=_srcset(base),
        sources=tuple(Source(_MIME[name], _srcset(by_format[name])) for name in present[:-1]),
        sizes=sizes(place, media.width, media.height),
        shape=shape(media.width, media.height),
        width=media.width,
        height=media.height,
        alt=use.alt,
        eager=eager,
        focus=(_fifth(media.focus[0]), _fifth(media.focus[1])),
        caption=trusted(use.caption) if words else NOTHING,
        file_photo=_file_photo(context, media, told_at) if words else "",
        credit=credit_line(media.credit, context.words) if words else "",
        note=media.credit.note if words else "",
    )


def shown_media(context: Context, use: PictureUse | None) -> Media | None:
    """Return the media record behind `use`, unless withdrawn or hidden because its licence ended."""
    return context.records.shown(use)


def credit_line(credit: Credit, words: Strings) -> str:
    """Return `(Photographer / Agency via Agency)`, with what is known of it; "" when nothing is."""
    chain = ""
    for agency in reversed(credit.agencies):
        chain = words.text("picture.via", agency=agency, next=chain) if chain else agency
    if credit.photographer and chain:
        names = words.text("picture.by", photographer=credit.photographer, agencies=chain)
    else:
        names = credit.photographer or chain
    return words.text("picture.credit", names=names) if names else ""


def _file_photo(context: Context, media: Media, told_at: datetime | None) -> str:
    year = media.taken_on[:4]
    if told_at is None or not year.isdigit():
        return ""
    if int(year) >= local(told_at, context.site.time_zone).year:
        return ""
    return context.words.text("picture.file", year=year)


def _srcset(renditions: list[Rendition]) -> str:
    ordered = sorted(renditions, key=lambda rendition: rendition.width)
    return ", ".join(f"{url(rendition.path)} {rendition.width}w" for rendition in ordered)


def _fifth(thousandths: int) -> int:
    return min(4, max(0, thousandths // 200))
