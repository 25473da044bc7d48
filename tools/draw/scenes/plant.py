"""The plant that sends fish away."""

from __future__ import annotations

import math

from PIL import Image

from tools.draw.block import Block, placed
from tools.draw.folk import SKIN, Look, stand
from tools.draw.press import INK, OCHRE, RUST, TEAL, Point, Print, ripples, smooth
from tools.draw.shapes import gull

WIDE = (1800, 1200)


def fish_plant() -> Image.Image:
    """A saw-tooth hall on a quay, a belt that carries fish up to it from a boat, gulls over all."""
    sheet = Print(WIDE, "fish plant")
    rng = sheet.random
    block = Block(sheet, teal=TEAL, ochre=OCHRE, rust=RUST, skin=SKIN, key=INK)
    block.over("ochre", sheet.tone(lambda y: 1.25 * (y - 0.22) if y < 0.66 else 0, 26))
    block.box("teal", 0, 770, 1800, 430)
    water = sheet.plate()
    ripples(water, rng, (0, 790, 1800, 400), 90, 255, (60, 300), (4, 14))
    block.lay("", water)
    waves = sheet.plate()
    ripples(waves, rng, (0, 960, 1800, 240), 70, 255, (80, 320), (5, 16))
    block.lay("key", waves)
    _hall(block, 60, 900)
    block.polygon("key", [(-10, 880), (1010, 880), (1010, 1010), (-10, 1010)], 6)
    for n in range(8):
        block.box("key", 20 + n * 136, 1000, 44, 210, 5)
    for n in range(20):
        block.gouge("teal", 10 + (n * 137) % 900, 906 + (n * 53) % 90, 60 + (n * 31) % 70, 6)
    _boat(block, 1090, 960)
    _belt(block, (1240, 800), (640, 500))
    stand(block, 130, 880, 186, Look("ochre", "wool", crown="key"), 1, (12, -50), 6, rim=4)
    stand(block, 290, 880, 178, Look("teal", "shawl", crown="ochre"), -1, (12, -56), 8, rim=4)
    _crates(block, 380, 880)
    birds = sheet.plate()
    for x, y, span in ((1010, 330, 150), (1180, 210, 120), (1330, 400, 170), (1500, 270, 120),
        (1640, 430, 140), (1130, 470, 90), (1690, 180, 80), (900, 160, 80)):  # fmt: skip
        gull(birds, x, y, span * 1.15)
    block.lay("key", birds)
    block.press()
    return sheet.finish()


def _hall(block: Block, x: float, foot: float) -> None:
    """Build the hall: brick, four teeth of roof with glass, a stack with its smoke."""
    _smoke(block, x + 120, foot - 664)
    block.polygon(
        "key", [(x + 70, foot - 300), (x + 84, foot - 664), (x + 156, foot - 664), (x + 170, foot - 300)], 6
    )
    for k in range(3):
        block.box("", x + 83 - k * 1.5, foot - 624 + k * 44, 76 + k * 3, 20)
    for n in range(3):
        left = x + n * 190
        block.polygon("rust", [(left, foot - 330), (left, foot - 480), (left + 190, foot - 330)], 6)
        block.polygon(
            "ochre",
            [
                (left + 14, foot - 344),
                (left + 14, foot - 448),
                (left + 30, foot - 436),
                (left + 30, foot - 344),
            ],
        )
        block.line("key", [(left, foot - 480), (left + 190, foot - 330)], 14)
    block.box("rust", x, foot - 332, 760, 332, 0)
    block.box("key", x - 10, foot - 340, 780, 16)
    for k in range(56):
        block.gouge("ochre rust", x + 10 + (k * 173) % 690, foot - 300 + (k * 71) % 270, 40, 6)
    for n in range(6):
        wx = x + 30 + n * 90
        block.box("key", wx, foot - 304, 62, 92, 4)
        for part in (0, 1):
            block.box("ochre", wx + 7 + part * 26, foot - 297, 20, 36)
            block.box("ochre", wx + 7 + part * 26, foot - 255, 20, 36)
    block.box("key", x + 560, foot - 460, 120, 170, 5)


def _smoke(block: Block, x: float, y: float) -> None:
    path = smooth(
        [
            (x, y),
            (x + 8, y - 50),
            (x + 110, y - 90),
            (x + 270, y - 84),
            (x + 420, y - 126),
            (x + 640, y - 120),
        ]
    )
    for more, ink in ((6, ""), (0, "teal")):
        for n, (px, py) in enumerate(path):
            t = n / len(path)
            block.disc(
                ink,
                px,
                py + 10 * math.sin(n * 0.6),
                more + 12 + 58 * math.sin(math.pi * (0.1 + 0.88 * t)) ** 0.8,
            )
    for part in (0.3, 0.5, 0.7):
        px, py = path[int(len(path) * part)]
        block.line(
            "",
            smooth(
                [(px + 36, py + 18), (px, py + 28), (px - 24, py + 4), (px - 2, py - 12), (px + 12, py + 4)]
            ),
            6,
        )


def _boat(block: Block, x: float, water: float) -> None:
    """Moor a trawler at the end of the quay, its bow to the right."""
    at = (x, water)
    block.polygon("", placed([(416, -290), (560, -290), (560, -120), (416, -120)], at, 1), 5)
    block.polygon("rust", placed([(404, -304), (572, -304), (572, -284), (404, -284)], at, 1), 4)
    for k in range(3):
        block.box("key", x + 432 + k * 42, water - 264, 30, 44)
    block.box("rust", x + 470, water - 370, 44, 66, 4)
    block.line("key", [(x + 330, water - 120), (x + 330, water - 520)], 14, 4)
    block.line("key", [(x + 330, water - 250), (x + 110, water - 470)], 10, 4)
    block.line("key", [(x + 110, water - 470), (x + 330, water - 510)], 4)
    block.line("key", [(x + 330, water - 510), (x + 660, water - 190)], 4)
    block.blob("key", at, 1, [(20, -120), (20, -120), (560, -120), (690, -190), (690, -190), (640, 0),
        (620, 30), (620, 30), (60, 30), (60, 30), (30, -20)], 1, 0, 6)  # fmt: skip
    block.line("ochre", smooth([(x + 30, water - 92), (x + 560, water - 92), (x + 672, water - 152)]), 9)
    rng = block.sheet.random
    for _ in range(26):
        block.gouge(
            "key",
            x + rng.uniform(0, 600),
            water + rng.uniform(24, 90),
            rng.uniform(60, 200),
            rng.uniform(5, 11),
        )
    for _ in range(10):
        block.gouge("", x + rng.uniform(-20, 560), water + rng.uniform(20, 40), rng.uniform(60, 200), 6)


def _belt(block: Block, low: Point, high: Point) -> None:
    """Run a belt on trestles from the boat to the hall, a fish on every stretch of it."""
    (ax, ay), (bx, by) = low, high
    length = math.hypot(bx - ax, by - ay)
    tilt = math.degrees(math.atan2(by - ay, bx - ax)) + 180
    for t in (0.36, 0.66):
        px, py = ax + (bx - ax) * t, ay + (by - ay) * t
        for side in (-1, 1):
            block.line("key", [(px, py + 10), (px + side * 46, 884)], 14, 4)
        block.line("key", [(px - 24, (py + 890) / 2), (px + 24, (py + 890) / 2)], 9)
    block.line("key", [(ax, ay + 16), (bx, by + 16)], 44, 6)
    for n in range(13):
        t = (n + 0.5) / 13
        block.disc("ochre", ax + (bx - ax) * t, ay + (by - ay) * t + 18, 9)
    count = 6
    for n in range(count):
        t = (n + 0.55) / count
        at = (ax + (bx - ax) * t, ay + (by - ay) * t - 34)
        _fish(block, at, length / 640, tilt)


def _fish(block: Block, at: Point, s: float, tilt: float) -> None:
    block.blob("", at, s, [(-46, 0), (-26, -20), (6, -22), (32, -5), (50, -19), (50, -19), (46, 2), (50, 22),
        (50, 22), (32, 7), (4, 21), (-28, 18)], 1, tilt, 8)  # fmt: skip
    block.blob("teal", at, s, [(-46, 0), (-26, -20), (6, -22), (32, -5), (50, -19), (50, -19), (46, 2),
        (28, 0), (0, -4), (-26, -4)], 1, tilt)  # fmt: skip
    block.line("key", smooth(placed([(-46, 0), (-28, 18), (4, 21), (32, 7), (50, 22), (46, 2), (50, -19),
        (32, -5), (6, -22), (-26, -20), (-46, 0)], at, s, 1, tilt)), 5)  # fmt: skip
    block.disc("key", *placed([(-30, -4)], at, s, 1, tilt)[0], 5)


def _crates(block: Block, x: float, foot: float) -> None:
    for column, rows in enumerate((2, 3, 1)):
        for row in range(rows):
            block.box("ochre", x + column * 106, foot - 52 - row * 56, 98, 50, 5)
            block.line(
                "key",
                [(x + column * 106 + 8, foot - 28 - row * 56), (x + column * 106 + 90, foot - 28 - row * 56)],
                5,
            )


SCENES = {"fish-plant": fish_plant}
