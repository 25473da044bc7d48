"""From an original to the files readers get. Pure: bytes and words in, files out.

Pixels are turned upright, converted to sRGB and laid on white; nothing of the original's own metadata
(place, camera, comments) goes on, only the words given.
"""

from __future__ import annotations

import io
import struct
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Literal

from PIL import Image, ImageCms

from standfirst.kit.images import info_bytes, open_picture, picture_size
from standfirst.stories.pictures import packet
from standfirst.stories.pictures.words import Words

RECIPE = "4"
"""Changes whenever the same source and words would give other files; all pictures are derived again then."""

WIDTHS = (480, 800, 1200, 1600)  # pixels
_MIDDLING = (800, 1600)  # of WebP, which only browsers of before 2024 ask for
_NEAR = 0.9  # a width closer than this to the largest is left out
_MAX_PIXELS = 6_000_000  # of the largest file: a tall picture is made narrower
_MAX_SIDE = 16_000  # WebP ends at 16,383
_ORIENTATION = 0x0112

Format = Literal["avif", "webp", "jpeg"]
SUFFIXES: dict[Format, str] = {"avif": "avif", "webp": "webp", "jpeg": "jpg"}
CONTENT_TYPES: dict[Format, str] = {"avif": "image/avif", "webp": "image/webp", "jpeg": "image/jpeg"}

# Chosen by measurement (docs/decisions/media-recipe.md): like to look at, small, under 1 s of CPU a picture.
_SETTINGS: dict[Format, dict[str, object]] = {
    "avif": {"speed": 9, "max_threads": 1},
    "webp": {"quality": 70, "method": 2},
    "jpeg": {"quality": 77, "progressive": True, "optimize": True},
}
_AVIF_QUALITY = ((800, 41), (1200, 45), (1600, 50))
"""Up to which width, and how good. Narrow ones go to phones, whose dots are two or three times as fine."""
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_encoders = ThreadPoolExecutor(2, "picture")  # Pillow lets go of the interpreter while it encodes


@dataclass(frozen=True, slots=True)
class MadeFile:
    format: Format
    width: int  # pixels
    height: int
    body: bytes


@dataclass(frozen=True, slots=True)
class Made:
    """All files of one picture, widest last in each format, and its main colour as #rrggbb."""

    files: tuple[MadeFile, ...]
    colour: str


def make(original: bytes, words: Words) -> Made:
    """Derive all files of a picture. Raises BadPicture when `original` is not one we open."""
    sizes = _sizes(_prepare(original))
    jobs = [
        (form, picture)
        for form in SUFFIXES
        for picture in sizes
        if picture is sizes[-1] or form != "webp" or picture.width in _MIDDLING
    ]
    bodies = _encoders.map(lambda job: encode(job[1], job[0], words), jobs)
    files = tuple(
        MadeFile(form, picture.width, picture.height, body)
        for (form, picture), body in zip(jobs, bodies, strict=True)
    )
    return Made(files, colour(sizes[-1]))


def widths(largest: int) -> tuple[int, ...]:
    """Return the widths made of a picture `largest` pixels wide: never wider than it is."""
    return (*(width for width in WIDTHS if width < largest * _NEAR), largest)


def _sizes(largest: Image.Image) -> list[Image.Image]:
    """Return the picture at each of its widths, widest last; each is made from the next larger one."""
    sizes = [largest]
    for width in reversed(widths(largest.width)[:-1]):
        size = (width, max(1, round(largest.height * width / largest.width)))
        sizes.insert(0, sizes[0].resize(size, Image.Resampling.LANCZOS))
    return sizes


def encode(picture: Image.Image, form: Format, words: Words) -> bytes:
    """Return the file in a format, with the words inside."""
    out = io.BytesIO()
    own = picture.copy()  # Pillow keeps the settings on the picture while it saves: threads would swap them
    settings = dict(_SETTINGS[form])
    if form == "avif":
        settings["quality"] = next(good for width, good in _AVIF_QUALITY if picture.width <= width)
    own.save(out, form.upper(), xmp=packet.xmp(words), exif=packet.exif(words), **settings)
    return packet.with_iim(out.getvalue(), packet.iim(words)) if form == "jpeg" else out.getvalue()


def colour(picture: Image.Image) -> str:
    """Return the commonest of a picture's colours, as #rrggbb."""
    few = picture.resize((48, 48), Image.Resampling.BOX).quantize(6)
    counts = few.histogram()
    index = counts.index(max(counts))
    red, green, blue = (few.getpalette() or [0] * 768)[3 * index : 3 * index + 3]
    return f"#{red:02x}{green:02x}{blue:02x}"


def _prepare(original: bytes) -> Image.Image:
    """Return the largest version: upright, sRGB, without transparency, its metadata gone."""
    width, height = picture_size(original)
    source = open_picture(original, enough=max(_fit((width, height))) * 3 // 2)
    profile = info_bytes(source, "icc_profile")
    orientation = _orientation(source)
    # On its side: fit what will be the width, then resize as it lies.
    target = _fit((height, width))[::-1] if orientation >= 5 else _fit((width, height))
    picture = _plain_mode(source)
    if picture.size != target:
        picture = picture.resize(target, Image.Resampling.LANCZOS, reducing_gap=2.0)
    picture = _to_srgb(_on_white(picture), profile)
    if orientation in _TURNS:
        picture = picture.transpose(_TURNS[orientation])
    picture.info.clear()  # Pillow would write a comment or a profile on from here
    return picture


def _fit(size: tuple[int, int]) -> tuple[int, int]:
    width, height = size
    scale = min(
        1.0,
        WIDTHS[-1] / width,
        (_MAX_PIXELS / (width * height)) ** 0.5,
        _MAX_SIDE / height,
    )
    return max(1, round(width * scale)), max(1, round(height * scale))


def _orientation(picture: Image.Image) -> int:
    """Return 1 to 8 (EXIF 2.32, 4.6.4 A); 1, upright, where the block makes no sense."""
    try:
        value = picture.getexif().get(_ORIENTATION, 1)
    except (ValueError, SyntaxError, OSError, LookupError, TypeError, struct.error):
        return 1
    return value if isinstance(value, int) and 1 <= value <= 8 else 1


def _plain_mode(picture: Image.Image) -> Image.Image:
    """Return a mode that can be resized well: RGB, RGBA, L or CMYK."""
    if picture.mode.startswith("I"):  # 16 bits of grey
        return picture.point(lambda value: value * (1 / 256)).convert("L")
    if picture.has_transparency_data:
        return picture if picture.mode == "RGBA" else picture.convert("RGBA")
    return picture if picture.mode in ("RGB", "L", "CMYK") else picture.convert("RGB")


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode != "RGBA":
        return picture
    ground = Image.new("RGB", picture.size, "white")
    ground.paste(picture, mask=picture.getchannel("A"))
    return ground


def _to_srgb(picture: Image.Image, profile: bytes) -> Image.Image:
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            turned = ImageCms.profileToProfile(
                picture, source, ImageCms.createProfile("sRGB"), outputMode="RGB"
            )
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
            turned = None  # a broken or foreign profile: take the numbers as they are
        if turned is not None:
            return turned
    return picture if picture.mode == "RGB" else picture.convert("RGB")
