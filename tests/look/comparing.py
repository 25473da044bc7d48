"""Comparing a picture of a page with how it looked before, as an eye would.

Both are made small, so that the edges of letters, which differ from one build of a browser to the next, melt
into their surroundings; then the largest difference of any small square counts. Something that moved, came,
left or changed its colour is a large difference there, wherever it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageChops

KEPT = 2  # a baseline is this much smaller than the page
COLOURS = 64
SHRUNK = 4  # and is compared this much smaller still
SQUARE = 4  # pixels of that: 32 of the page
LIMIT = 16  # of 255: a page moved by half a pixel comes to 12, another accent to 20, a moved headline to 80
HEIGHT = 2400  # pixels of a page that are compared


@dataclass(frozen=True, slots=True)
class Difference:
    """The largest difference of a square, 0 to 255, and where it is on the page (pixels from its corner)."""

    most: float
    left: int
    top: int

    @property
    def seen(self) -> bool:
        return self.most > LIMIT


def kept(picture: Image.Image) -> Image.Image:
    """Return what is kept of a page: smaller, and in few colours."""
    top = picture.convert("RGB").crop((0, 0, picture.width, min(picture.height, HEIGHT)))
    small = top.resize((top.width // KEPT, top.height // KEPT), Image.Resampling.BOX)
    return small.quantize(COLOURS, dither=Image.Dither.NONE)


def difference(before: Image.Image, now: Image.Image) -> Difference:
    """Return the largest difference of two kept pictures; where one is longer, it differs from paper."""
    size = (max(before.width, now.width), max(before.height, now.height))
    apart = ImageChops.difference(_shrunk(before, size), _shrunk(now, size))
    most = Difference(0, 0, 0)
    scale = KEPT * SHRUNK
    for top in range(0, apart.height, SQUARE):
        for left in range(0, apart.width, SQUARE):
            square = apart.crop((left, top, left + SQUARE, top + SQUARE))
            found = max(_mean(channel) for channel in square.split())
            if found > most.most:
                most = Difference(found, left * scale, top * scale)
    return most


def show(before: Image.Image, now: Image.Image, file: Path) -> None:
    """Write before, now and where they differ beside each other."""
    size = (max(before.width, now.width), max(before.height, now.height))
    pictures = [_padded(before, size), _padded(now, size)]
    pictures.append(ImageChops.invert(ImageChops.difference(*pictures)))
    sheet = Image.new("RGB", (size[0] * 3, size[1]))
    for number, picture in enumerate(pictures):
        sheet.paste(picture, (number * size[0], 0))
    file.parent.mkdir(parents=True, exist_ok=True)
    sheet.save(file)


def _shrunk(picture: Image.Image, size: tuple[int, int]) -> Image.Image:
    padded = _padded(picture, size)
    return padded.resize((max(1, size[0] // SHRUNK), max(1, size[1] // SHRUNK)), Image.Resampling.BOX)


def _padded(picture: Image.Image, size: tuple[int, int]) -> Image.Image:
    padded = Image.new("RGB", size, "#fbf9f4")
    padded.paste(picture.convert("RGB"))
    return padded


def _mean(channel: Image.Image) -> float:
    counts = channel.histogram()
    return sum(value * count for value, count in enumerate(counts)) / sum(counts)
