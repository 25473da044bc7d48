"""A block cut for several inks at once: what is laid on top takes away what was under it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from tools.draw.press import Plate, Point, Print, smooth

_OFFS = ((-2, 2), (2, 1), (1, -1), (2, 2), (-1, 1))


class Block:
    """Plates by the names of their inks, the key last. A shape names the inks it prints in: "" is paper."""

    def __init__(self, sheet: Print, **inks: str) -> None:
        self.sheet = sheet
        self.inks = inks
        self.plates = {name: sheet.plate() for name in inks}

    def _each(self, inks: str) -> Iterator[tuple[Plate, int]]:
        chosen = inks.split()
        for name, plate in self.plates.items():
            yield plate, 255 if name in chosen else 0

    def polygon(self, inks: str, points: Sequence[Point], rim: int = 0) -> None:
        """Lay a polygon; `rim` is the width of bare paper left around it."""
        if rim:
            for plate in self.plates.values():
                plate.line([*points, points[0], points[1]], rim * 2, 0)
        for plate, fill in self._each(inks):
            plate.polygon(points, fill)

    def box(self, inks: str, x: float, y: float, width: float, height: float, rim: int = 0) -> None:
        self.polygon(inks, [(x, y), (x + width, y), (x + width, y + height), (x, y + height)], rim)

    def disc(self, inks: str, x: float, y: float, radius: float, squash: float = 1.0, rim: int = 0) -> None:
        for plate, fill in self._each(inks):
            if rim:
                plate.disc(x, y, radius + rim, 0, squash)
            plate.disc(x, y, radius, fill, squash)

    def line(self, inks: str, points: Sequence[Point], width: float, rim: int = 0) -> None:
        """Lay a line with round ends."""
        for extra, names in ((rim * 2, ""), (0, inks)) if rim else ((0, inks),):
            thick = width + extra
            for plate, fill in self._each(names):
                plate.line(points, round(thick), fill)
                for x, y in (points[0], points[-1]):
                    plate.disc(x, y, thick / 2 - 0.5, fill)

    def gouge(self, inks: str, x: float, y: float, length: float, width: float, slope: float = 0) -> None:
        for plate, fill in self._each(inks):
            plate.gouge(x, y, length, width, fill, slope)

    def blob(
        self, inks: str, at: Point, scale: float, points: Sequence[Point], flip: int = 1, turn: float = 0,
        rim: int = 0,
    ) -> None:  # fmt: skip
        """Lay a rounded shape, given around (0, 0), at a place, in a size, mirrored, turned by degrees."""
        self.polygon(inks, smooth(placed([*points, points[0]], at, scale, flip, turn), 2), rim)

    def lay(self, inks: str, shape: Plate) -> None:
        """Lay a whole plate of shapes."""
        for plate, fill in self._each(inks):
            (plate.add if fill else plate.cut)(shape)

    def over(self, ink: str, shape: Plate, within: Plate | None = None) -> None:
        """Print `shape` in one more ink over what is there."""
        if within:
            shape.keep(within)
        self.plates[ink].add(shape)

    def area(self, *points: Point) -> Plate:
        """Return a polygon on a plate of its own."""
        plate = self.sheet.plate()
        plate.polygon(points)
        return plate

    def press(self, grain: float = 0.42) -> None:
        """Print all inks on the sheet, the key last and in its place."""
        *others, key = self.inks
        for name, off in zip(others, _OFFS, strict=False):
            self.sheet.ink(self.plates[name], self.inks[name], off, grain)
        self.sheet.ink(self.plates[key], self.inks[key], (0, 0), grain - 0.05)


def placed(
    points: Sequence[Point], at: Point, scale: float, flip: int = 1, turn: float = 0
) -> list[Point]:  # fmt: skip
    """Return `points` turned around (0, 0) by degrees, mirrored if `flip` is -1, scaled and moved to `at`."""
    cos, sin = math.cos(math.radians(turn)), math.sin(math.radians(turn))
    return [
        (at[0] + flip * scale * (u * cos - v * sin), at[1] + scale * (u * sin + v * cos)) for u, v in points
    ]
