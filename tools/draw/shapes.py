"""Things that stand in several pictures: people, boats, cranes, houses, birds."""

from __future__ import annotations

import math
import random

from tools.draw.press import Plate, Point


def person(
    plate: Plate, x: float, foot: float, height: float, lean: float = 0.0, hat: str = "", fill: int = 255
) -> None:
    """Stand a figure in a long coat with its feet at (x, foot)."""
    h = height
    head = h * 0.068
    top = foot - h
    dx = lean * h
    plate.disc(x + dx, top + head * 1.1, head, fill, 1.15)
    plate.box(x + dx - head * 0.42, top + head * 1.8, head * 0.84, head * 1.2, fill)
    plate.polygon(
        [(x + dx - h * 0.045, top + h * 0.16), (x + dx + h * 0.045, top + h * 0.16),
         (x + dx + h * 0.115, top + h * 0.22), (x + dx * 0.6 + h * 0.12, top + h * 0.48),
         (x + h * 0.105, top + h * 0.72), (x - h * 0.105, top + h * 0.72),
         (x + dx * 0.6 - h * 0.12, top + h * 0.48), (x + dx - h * 0.115, top + h * 0.22)],
        fill,
    )  # fmt: skip
    plate.box(x - h * 0.062, top + h * 0.7, h * 0.052, h * 0.3, fill)
    plate.box(x + h * 0.014, top + h * 0.7, h * 0.052, h * 0.3, fill)
    plate.box(x - h * 0.062, foot - h * 0.025, h * 0.075, h * 0.025, fill)
    plate.box(x + h * 0.014, foot - h * 0.025, h * 0.075, h * 0.025, fill)
    if hat == "cap":
        plate.polygon(
            [(x + dx - head * 1.1, top + head * 0.8), (x + dx - head * 0.8, top - head * 0.2),
             (x + dx + head * 0.8, top - head * 0.2), (x + dx + head * 1.1, top + head * 0.6),
             (x + dx + head * 1.9, top + head * 0.85), (x + dx + head, top + head * 0.95)], fill)  # fmt: skip
    elif hat == "scarf":
        plate.polygon(
            [
                (x + dx - head * 1.2, top + head * 2.6),
                (x + dx, top - head * 0.3),
                (x + dx + head * 1.2, top + head * 2.6),
            ],
            fill,
        )


def umbrella(plate: Plate, x: float, y: float, radius: float, fill: int = 255) -> None:
    """Open an umbrella with the middle of its rim at (x, y)."""
    dome = [(x + radius * math.cos(a), y - radius * 0.62 * math.sin(a)) for a in _steps(math.pi, 24)]
    scallops: list[Point] = []
    for n in range(5):
        left = x - radius + n * radius * 0.4
        scallops += [
            (left + radius * 0.4 * t, y - math.sin(t * math.pi) * radius * 0.1)
            for t in (0, 0.25, 0.5, 0.75, 1)
        ]
    plate.polygon([*dome, *scallops], fill)
    plate.box(x - radius * 0.025, y - radius * 0.7, radius * 0.05, radius * 1.5, fill)


def gull(plate: Plate, x: float, y: float, span: float, fill: int = 255) -> None:
    """Hang a gull in the air, its body at (x, y)."""
    wing = [(x, y), (x - span * 0.2, y - span * 0.16), (x - span * 0.5, y - span * 0.05),
            (x - span * 0.22, y - span * 0.09), (x, y + span * 0.07)]  # fmt: skip
    plate.polygon(wing, fill)
    plate.polygon([(2 * x - px, py) for px, py in wing], fill)


def crane(plate: Plate, x: float, foot: float, height: float, boom: float, fill: int = 255) -> None:
    """Build a quay crane: two legs, a tower, a boom that reaches `boom` to the right (negative: left)."""
    h, s = height, math.copysign(1, boom)
    w = h * 0.028
    leg = h * 0.22
    deck = foot - h * 0.52
    for at in (x - leg / 2, x + leg / 2):
        plate.box(at - w / 2, deck, w, h * 0.52, fill)
    plate.line([(x - leg / 2, foot - h * 0.2), (x + leg / 2, deck)], int(w * 0.6), fill)
    plate.box(x - leg / 2, foot - h * 0.22, leg, w, fill)
    plate.box(x - leg * 0.62, deck - w, leg * 1.24, w * 1.6, fill)
    plate.box(x - s * leg * 0.3 - h * 0.05, deck - h * 0.11, h * 0.1, h * 0.1, fill)
    top = (x, foot - h)
    beam = deck - h * 0.14
    plate.line([(x - leg * 0.25, deck), top, (x + leg * 0.25, deck)], int(w * 0.8), fill)
    back = x - s * h * 0.3
    plate.box(min(back, x + boom), beam, abs(x + boom - back), w, fill)
    plate.line([top, (x + boom * 0.9, beam)], int(w * 0.45), fill)
    plate.line([top, (x + boom * 0.5, beam)], int(w * 0.35), fill)
    plate.line([top, (back, beam)], int(w * 0.45), fill)
    hook = x + boom * 0.62
    plate.box(hook - w * 0.2, beam, w * 0.4, h * 0.16, fill)
    plate.box(hook - w * 1.6, beam + h * 0.16, w * 3.2, w * 1.1, fill)


def hull(
    plate: Plate, x: float, water: float, length: float, height: float, bow: float, fill: int = 255
) -> None:
    """Float a ship's hull on `water`, its bow to the right; `bow` is how far that leans out."""
    plate.polygon(
        [(x, water - height), (x + length * 0.9, water - height), (x + length + bow, water - height * 1.25),
         (x + length * 0.965, water), (x + length * 0.02, water), (x - bow * 0.12, water - height * 0.5)],
        fill,
    )  # fmt: skip


def gable(
    plate: Plate, x: float, foot: float, width: float, height: float, kind: int, fill: int = 255
) -> None:
    """Build a house front on a quay: 0 plain gable, 1 stepped, 2 flat with a cornice, 3 bell-shaped."""
    w, rise = width, width * 0.55
    plate.box(x, foot - height, w, height, fill)
    roof = foot - height
    if kind == 0:
        plate.polygon([(x, roof), (x + w / 2, roof - rise), (x + w, roof)], fill)
    elif kind == 1:
        for n in range(5):
            plate.box(x + w * 0.1 * n, roof - rise * (n + 1) / 5, w * (1 - 0.2 * n), rise / 5 + 2, fill)
    elif kind == 2:
        plate.box(x - w * 0.03, roof - w * 0.05, w * 1.06, w * 0.09, fill)
    else:
        side = [(x, roof), (x + w * 0.08, roof - rise * 0.3), (x + w * 0.26, roof - rise * 0.45),
                (x + w * 0.32, roof - rise * 0.8), (x + w * 0.5, roof - rise)]  # fmt: skip
        plate.polygon([*side, *[(2 * x + w - px, py) for px, py in reversed(side)]], fill)


def windows(
    plate: Plate, rng: random.Random, box: tuple[float, float, float, float], columns: int, rows: int,
    fill: int = 0, chance: float = 1.0,
) -> None:  # fmt: skip
    """Set upright windows into a box (x, y, width, height)."""
    x, y, width, height = box
    step_x, step_y = width / columns, height / rows
    for row in range(rows):
        for column in range(columns):
            if rng.random() < chance:
                plate.box(
                    x + step_x * (column + 0.28), y + step_y * (row + 0.2), step_x * 0.44, step_y * 0.58, fill
                )


def hills(rng: random.Random, width: float, base: float, rise: float, waves: int = 5) -> list[Point]:
    """Return the outline of a range of hills from left to right."""
    shift = [rng.uniform(0, 7) for _ in range(3)]
    return [
        (x, base - rise * (0.5 + 0.3 * math.sin(waves * x / width * 3 + shift[0])
                           + 0.15 * math.sin(waves * x / width * 7 + shift[1])
                           + 0.05 * math.sin(waves * x / width * 17 + shift[2])))
        for x in range(0, int(width) + 12, 12)
    ]  # fmt: skip


def _steps(end: float, count: int) -> list[float]:
    return [end * n / count for n in range(count + 1)]
