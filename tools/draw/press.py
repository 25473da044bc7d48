"""A printing press of a few inks on paper: cut shapes, halftones, grain, plates that sit a little off.

Each ink is a mask (255 where it prints). Masks are roughened at the edge as a cut block prints, thinned by
a grain, moved by a pixel or three, and multiplied onto the paper, so that two inks make a third.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

from PIL import Image, ImageChops, ImageColor, ImageDraw, ImageFilter

Point: TypeAlias = tuple[float, float]

PAPER = "#f3ecdc"
INK = "#1c2b36"  # blue-black: the key block of nearly every print
TEAL = "#2c7a80"
MIST = "#a9c7c3"
RUST = "#d4552f"
OCHRE = "#e3ad3f"
BRICK = "#a03c32"
DUSK = "#6f7fa8"
MOSS = "#6d8552"


class Plate:
    """What one ink prints. Shapes are added with `fill=255` and cut away with `fill=0`."""

    def __init__(self, size: tuple[int, int]) -> None:
        self.image = Image.new("L", size, 0)
        self.draw = ImageDraw.Draw(self.image)

    def polygon(self, points: Sequence[Point], fill: int = 255) -> None:
        self.draw.polygon(list(points), fill=fill)

    def box(self, x: float, y: float, width: float, height: float, fill: int = 255) -> None:
        self.draw.rectangle((x, y, x + width - 1, y + height - 1), fill=fill)

    def disc(self, x: float, y: float, radius: float, fill: int = 255, squash: float = 1.0) -> None:
        self.draw.ellipse((x - radius, y - radius * squash, x + radius, y + radius * squash), fill=fill)

    def line(self, points: Sequence[Point], width: int = 4, fill: int = 255) -> None:
        self.draw.line(list(points), fill=fill, width=width, joint="curve")

    def gouge(self, x: float, y: float, length: float, width: float, fill: int = 0, slope: float = 0) -> None:
        """Cut one stroke of the gouge: a long lens, thickest in its middle; `slope` is rise over run."""
        end, half = x + length, y + slope * length / 2
        last = y + slope * length
        self.polygon(
            [(x, y), (x + length * 0.3, half - width / 2 - slope * length * 0.2),
             (x + length * 0.7, half - width / 2 + slope * length * 0.2), (end, last),
             (x + length * 0.7, half + width / 2 + slope * length * 0.2),
             (x + length * 0.3, half + width / 2 - slope * length * 0.2)],
            fill,
        )  # fmt: skip

    def keep(self, within: Plate) -> None:
        """Cut away all that lies outside of `within`."""
        self.image.paste(ImageChops.multiply(self.image, within.image))

    def cut(self, other: Plate) -> None:
        """Cut `other`'s shapes out of this plate."""
        self.image.paste(ImageChops.subtract(self.image, other.image))

    def add(self, other: Plate) -> None:
        self.image.paste(ImageChops.lighter(self.image, other.image))


class Print:
    """A sheet of paper and the inks printed on it."""

    def __init__(self, size: tuple[int, int], seed: str, paper: str = PAPER) -> None:
        self.width, self.height = self.size = size
        self.random = random.Random(seed)  # noqa: S311 - a picture is no secret
        self.sheet = Image.new("RGB", size, paper)

    def plate(self) -> Plate:
        return Plate(self.size)

    def tone(self, values: Callable[[float], float], cell: int = 18, across: bool = False) -> Plate:
        """Return a halftone: `values` of the way down (or across), 0 to 1, is how dark it prints, 0 to 1."""
        steps = self.width if across else self.height
        ramp = Image.new("L", (steps, 1) if across else (1, steps))
        ramp.putdata([int(255 * min(1.0, max(0.0, values(n / steps)))) for n in range(steps)])
        return self.screen(ramp.resize(self.size), cell)

    def screen(self, grey: Image.Image, cell: int = 18) -> Plate:
        """Return `grey` as dots on a lattice turned by 45°, `cell` pixels apart (even)."""
        tile = Image.new("L", (cell, cell))
        half = cell / 2
        spots = [(0, 0), (cell, 0), (0, cell), (cell, cell), (half, half)]
        tile.putdata([
            int(min(255, 255 * min(((x - a) ** 2 + (y - b) ** 2) for a, b in spots) / half**2 * 1.15))
            for y in range(cell) for x in range(cell)
        ])  # fmt: skip
        plate = self.plate()
        lattice = _tiled(tile, self.size)
        difference = ImageChops.subtract(grey, lattice)
        plate.image.paste(difference.point(lambda value: min(255, value * 6)))
        return plate

    def ink(
        self, plate: Plate, colour: str, off: tuple[int, int] = (0, 0), grain: float = 0.5, rough: float = 1.4
    ) -> None:
        """Print `plate` in `colour`, moved by `off`; `grain` from 0 (solid) to 1 (worn)."""
        mask = plate.image
        if rough:
            mask = self._rough(mask, rough)
        if grain:
            mask = ImageChops.multiply(mask, self._grain(grain))
        if off != (0, 0):
            mask = ImageChops.offset(mask, *off)
            _blank(mask, off)
        layer = Image.composite(
            Image.new("RGB", self.size, colour), Image.new("RGB", self.size, "#ffffff"), mask
        )
        self.sheet = ImageChops.multiply(self.sheet, layer)

    def finish(self, margin: int = 0) -> Image.Image:
        """Return the sheet with the tooth of its paper; `margin` leaves unprinted paper around it."""
        tooth = self._noise(6, 1.0).point(lambda value: 255 - max(0, 10 - value // 12))
        sheet = ImageChops.multiply(self.sheet, Image.merge("RGB", (tooth, tooth, tooth)))
        if margin:
            page = Image.new("RGB", self.size, PAPER)
            inner = sheet.crop((margin, margin, self.width - margin, self.height - margin))
            page.paste(inner, (margin, margin))
            return page
        return sheet

    def _rough(self, mask: Image.Image, amount: float) -> Image.Image:
        """Return `mask` with an edge that wanders a little, as a cut edge does."""
        soft = mask.filter(ImageFilter.GaussianBlur(amount))
        wander = self._noise(4, 1.0).point(lambda value: int(64 + (value - 128) * 0.9))
        moved = ImageChops.add(soft, wander, 1, -64)
        return moved.point(lambda value: max(0, min(255, (value - 128) * 5 + 128)))

    def _grain(self, amount: float) -> Image.Image:
        """Return a mask of small places that took no ink, and large ones that took less."""
        fine = self._noise(3, 0.8).point(lambda value: 0 if value < 128 - 90 / (0.4 + amount) * 0.62 else 255)
        cloud = self._noise(90, 0).point(lambda value: 255 - int(max(0, 150 - value) * 0.34 * amount))
        return ImageChops.multiply(fine.filter(ImageFilter.GaussianBlur(0.7)), cloud)

    def _noise(self, scale: int, blur: float) -> Image.Image:
        width, height = self.width // scale + 2, self.height // scale + 2
        noise = Image.frombytes("L", (width, height), self.random.randbytes(width * height))
        if blur:
            noise = noise.filter(ImageFilter.GaussianBlur(blur))
        return noise.resize(self.size, Image.Resampling.BICUBIC)


def ripples(
    plate: Plate, rng: random.Random, box: tuple[float, float, float, float], count: int, fill: int = 0,
    length: tuple[float, float] = (40, 200), width: tuple[float, float] = (3, 9),
) -> None:  # fmt: skip
    """Cut `count` level strokes into a box (x, y, width, height): wider and longer towards its foot."""
    x, y, wide, high = box
    for _ in range(count):
        depth = rng.random() ** 0.8
        reach = length[0] + (length[1] - length[0]) * depth * rng.uniform(0.5, 1)
        thick = width[0] + (width[1] - width[0]) * depth
        plate.gouge(x + rng.uniform(-reach / 2, wide - reach / 2), y + high * depth, reach, thick, fill)


def smooth(points: Iterable[Point], rounds: int = 3) -> list[Point]:
    """Return an open line through `points` with its corners cut (Chaikin)."""
    line = list(points)
    for _ in range(rounds):
        new = [line[0]]
        for (ax, ay), (bx, by) in itertools.pairwise(line):
            new += [
                (ax * 0.75 + bx * 0.25, ay * 0.75 + by * 0.25),
                (ax * 0.25 + bx * 0.75, ay * 0.25 + by * 0.75),
            ]
        line = [*new, line[-1]]
    return line


def _tiled(tile: Image.Image, size: tuple[int, int]) -> Image.Image:
    row = Image.new("L", (size[0], tile.height))
    for x in range(0, size[0], tile.width):
        row.paste(tile, (x, 0))
    sheet = Image.new("L", size)
    for y in range(0, size[1], tile.height):
        sheet.paste(row, (0, y))
    return sheet


def _blank(mask: Image.Image, off: tuple[int, int]) -> None:
    """Clear what `ImageChops.offset` wrapped around."""
    draw, (x, y), (width, height) = ImageDraw.Draw(mask), off, mask.size
    if x:
        draw.rectangle((0, 0, x, height) if x > 0 else (width + x, 0, width, height), fill=0)
    if y:
        draw.rectangle((0, 0, width, y) if y > 0 else (0, height + y, width, height), fill=0)


def lighter(colour: str, amount: float) -> str:
    """Return `colour` mixed with paper white by `amount`, 0 to 1."""
    parts = [round(part + (255 - part) * amount) for part in ImageColor.getrgb(colour)[:3]]
    return "#" + "".join(f"{part:02x}" for part in parts)
