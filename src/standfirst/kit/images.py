"""The gate for pictures from outside: what is opened here is a whole, still raster picture of bounded cost.

A few kilobytes can claim to be a picture of gigabytes. So sizes are read from the head before anything is
decoded, each format has the pixels that decode within `MEMORY`, and only the formats below are tried at all.
"""

from __future__ import annotations

import io
import struct
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image, ImageFile

from standfirst.kit.words import gettext_noop

MAX_BYTES = 50_000_000
ENOUGH = 3_200  # pixels
MEMORY = 256_000_000  # bytes that opening one picture may take, measured in tests/kit/test_images.py


@dataclass(frozen=True, slots=True)
class _Format:
    name: str
    megapixels: int  # measured: what decodes within MEMORY
    layered_megapixels: int  # JPEG in several passes, or pixels with transparency: a second copy is needed


_FORMATS = {
    "JPEG": _Format("JPEG", 80, 25),  # decoded at a half, a quarter or an eighth where that is enough
    "PNG": _Format("PNG", 40, 20),
    "GIF": _Format("GIF", 40, 20),
    "WEBP": _Format("WebP", 14, 14),
    "AVIF": _Format("AVIF", 16, 12),
}
_MAX_SIDE = 30_000  # pixels
_MAX_SCANS = 100  # passes of a progressive JPEG; cameras and editors write about 10
_OTHERS = {
    b"%PDF": "PDF",
    b"II*\x00": "TIFF",
    b"MM\x00*": "TIFF",
    b"8BPS": "Photoshop",
    b"BM": "BMP",
    b"PK\x03\x04": "ZIP",
}
_MAGIC = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a")
_ONE_AT_A_TIME = threading.BoundedSemaphore(1)  # two large pictures at once would double MEMORY


class BadPicture(ValueError):
    """A file that is not taken as a picture. Its text says what is wrong and what to do.

    `code` names the cause; `template % values` is the text, for translation.
    """

    def __init__(self, code: str, template: str, **values: object) -> None:
        super().__init__(template % values)
        self.code = code
        self.template = template
        self.values = values


def open_picture(source: bytes | Path, *, enough: int = ENOUGH) -> ImageFile.ImageFile:
    """Return the decoded picture, as stored: neither turned nor converted; `info` holds its metadata.

    A JPEG comes at the fraction of its size whose longer side is still at least `enough` pixels: the whole
    of 80 million would not fit in MEMORY. Raises BadPicture; opens one picture at a time in a process.
    """
    data = read_picture(source)
    with _ONE_AT_A_TIME:
        picture = _head(data)
        picture.draft(picture.mode, _draft_size(picture.size, enough))
        try:
            picture.load()
        except MemoryError:
            raise
        except Exception as cause:  # decoders raise what they like at broken bytes
            raise _broken() from cause
    return picture


def check_picture(source: bytes | Path) -> tuple[int, int]:
    """Decode once, as small as may be; return (width, height) as stored. Raises BadPicture."""
    data = read_picture(source)
    size = _head(data).size
    open_picture(data, enough=1)
    return size


def picture_size(source: bytes | Path) -> tuple[int, int]:
    """Return (width, height) as stored, from the head alone. Raises BadPicture."""
    return _head(read_picture(source)).size


def picture_suffix(data: bytes) -> str:
    """Return how the name of such a file ends: jpg, png, gif, webp or avif. Raises BadPicture."""
    kind = str(_head(data).format).lower()
    return "jpg" if kind in ("jpeg", "mpo") else kind


def refuse_size(size: int) -> BadPicture:
    """Return the refusal of a file of `size` bytes, for those who know the size before the bytes."""
    return BadPicture(
        "too_large",
        gettext_noop("The file has %(size)d MB; a picture may have %(limit)d. Save it smaller."),
        size=-(-size // 1_000_000),
        limit=MAX_BYTES // 1_000_000,
    )


def read_picture(source: bytes | Path) -> bytes:
    """Return the bytes of a picture, not decoded yet. Raises BadPicture for too many, or none."""
    size = len(source) if isinstance(source, bytes) else source.stat().st_size
    if size > MAX_BYTES:
        raise refuse_size(size)
    data = source if isinstance(source, bytes) else source.read_bytes()
    if not data:
        raise BadPicture("empty", gettext_noop("The file is empty. Upload it again."))
    return data


def _head(data: bytes) -> ImageFile.ImageFile:
    """Open without decoding, and hold what the head claims against the limits."""
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        _check_size("WEBP", *_webp_size(data), layered=False)  # its opener takes memory for the whole
    try:
        picture = Image.open(io.BytesIO(data), formats=tuple(_FORMATS))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise BadPicture(
            "too_many_pixels",
            gettext_noop("The picture claims far too many pixels; a JPEG may have %(jpeg)d million."),
            jpeg=_FORMATS["JPEG"].megapixels,
        ) from None
    except Exception as cause:
        raise _not_a_picture(data) from cause
    kind = "JPEG" if picture.format == "MPO" else str(picture.format)  # a phone's JPEG with a second picture
    _check_size(kind, *picture.size, layered=_layered(kind, picture, data))
    if kind != "JPEG" and getattr(picture, "is_animated", False):
        raise BadPicture(
            "animated",
            gettext_noop("This %(format)s moves. Upload one of its pictures as JPEG or PNG."),
            format=_FORMATS[kind].name,
        )
    return picture


def _layered(kind: str, picture: Image.Image, data: bytes) -> bool:
    if kind != "JPEG":
        return picture.has_transparency_data
    scans = data.count(b"\xff\xda")  # inside coded data every FF is followed by 00 or a restart mark
    if scans > _MAX_SCANS:
        raise BadPicture(
            "many_scans",
            gettext_noop("This JPEG is drawn in %(scans)d passes; save it again as a plain JPEG."),
            scans=scans,
        )
    return scans > 1


def _check_size(kind: str, width: int, height: int, *, layered: bool) -> None:
    form = _FORMATS[kind]
    limit = form.layered_megapixels if layered else form.megapixels
    if width > _MAX_SIDE or height > _MAX_SIDE or width * height > limit * 1_000_000:
        raise _many_pixels(kind, width, height, limit)
    if width < 1 or height < 1:
        raise _broken()


def _many_pixels(kind: str, width: int, height: int, limit: int) -> BadPicture:
    return BadPicture(
        "too_many_pixels",
        gettext_noop(
            "The picture claims %(width)d × %(height)d pixels; such a %(format)s may have %(limit)d million "
            "and %(side)d a side. Save it smaller, or as a plain JPEG (up to %(jpeg)d million)."
        ),
        width=width,
        height=height,
        format=_FORMATS[kind].name,
        limit=limit,
        side=_MAX_SIDE,
        jpeg=_FORMATS["JPEG"].megapixels,
    )


def _broken() -> BadPicture:
    return BadPicture(
        "broken",
        gettext_noop(
            "The picture is cut short or damaged. Save it anew from its source and upload it again."
        ),
    )


def _not_a_picture(data: bytes) -> BadPicture:
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head[:4] == b"<svg" or (head[:1] == b"<" and b"<svg" in head):
        return BadPicture(
            "svg", gettext_noop("This is an SVG drawing, which can carry scripts. Save it as PNG or JPEG.")
        )
    if data[4:8] == b"ftyp" and data[8:12] in (b"heic", b"heix", b"mif1", b"msf1", b"hevc"):
        return _other("HEIC")
    for magic, name in _OTHERS.items():
        if data.startswith(magic):
            return _other(name)
    if data.startswith(_MAGIC) or data[8:12] == b"WEBP" or data[4:12] in (b"ftypavif", b"ftypavis"):
        return _broken()
    return BadPicture("not_a_picture", gettext_noop("The file is not a picture. Upload a JPEG, PNG or WebP."))


def _other(name: str) -> BadPicture:
    return BadPicture(
        "other_format", gettext_noop("The file is a %(name)s. Save it as JPEG or PNG first."), name=name
    )


def _webp_size(data: bytes) -> tuple[int, int]:
    """Return the canvas a WebP claims (RFC 9649, sections 2.5 to 2.7), (0, 0) when it is not one."""
    head, rest = data[12:16], data[20:30].ljust(10, b"\0")
    if head == b"VP8X":
        return (int.from_bytes(rest[4:7], "little") + 1, int.from_bytes(rest[7:10], "little") + 1)
    if head == b"VP8L":
        bits = int.from_bytes(rest[1:5], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if head == b"VP8 ":
        width, height = struct.unpack("<HH", rest[6:10])
        return width & 0x3FFF, height & 0x3FFF
    raise _broken()


def _draft_size(size: tuple[int, int], enough: int) -> tuple[int, int]:
    longer = max(size)
    return tuple(max(1, side * enough // longer) for side in size)  # type: ignore[return-value]


def info_bytes(picture: Image.Image, name: str) -> bytes:
    """Return a piece of raw metadata (`exif`, `xmp`, `icc_profile`), b"" when there is none."""
    value: Any = picture.info.get(name)
    if isinstance(value, str):
        return value.encode("utf-8", "replace")
    return value if isinstance(value, bytes) else b""
