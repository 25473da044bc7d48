"""Learning a language: on Saturdays at small desks, and up a staircase with a number."""

from __future__ import annotations

import math

from PIL import Image

from tools.draw.block import Block, placed
from tools.draw.folk import SKIN, Look, stand
from tools.draw.press import DUSK, INK, OCHRE, RUST, TEAL, Point, Print
from tools.draw.scenes.figures import write

WIDE = (1800, 1200)


def saturday_school() -> Image.Image:
    """Three desks, coats on their hooks, snow at the window; one child writes on."""
    sheet = Print(WIDE, "saturday school")
    rng = sheet.random
    block = Block(sheet, dusk=DUSK, ochre=OCHRE, rust=RUST, key=INK)
    block.box("ochre", 0, 0, 1800, 800)
    block.box("", 0, 596, 1800, 14)
    for n in range(37):
        block.box("", n * 50, 610, 4, 190)
    block.box("", 0, 800, 1800, 400)
    for y, thick in ((812, 3), (850, 4), (900, 5), (966, 6), (1050, 7), (1150, 8)):
        for _ in range(9):
            block.gouge(
                "ochre", rng.uniform(-200, 1800), y + rng.uniform(-6, 6), rng.uniform(160, 460), thick
            )
    block.over(
        "key", sheet.tone(lambda y: 0.27 - 1.2 * y, 26), block.area((0, 0), (1800, 0), (1800, 500), (0, 500))
    )
    block.over(
        "ochre",
        sheet.tone(lambda y: 0.8 * (y - 0.8), 26),
        block.area((0, 820), (1800, 820), (1800, 1200), (0, 1200)),
    )
    _snowy_window(block, 130, 90, 760, 460)
    _hooks(block, 1010, 250)
    for x, foot, s in ((330, 960, 0.8), (800, 960, 0.8), (1270, 960, 0.8)):
        _desk(block, x, foot, s, book=x != 800)
    _desk(block, 560, 1180, 1.25, book=True)
    _desk(block, 1240, 1180, 1.25, book=False)
    _pupil(block, 562, 1090)
    block.press()
    return sheet.finish()


def _snowy_window(block: Block, x: float, y: float, width: float, height: float) -> None:
    rng = block.sheet.random
    block.box("key", x - 22, y - 22, width + 44, height + 44)
    block.box("dusk", x, y, width, height)
    for n in range(6):
        roof = x + n * 132 - 30
        top = y + height - 150 - (n * 53 % 90)
        block.polygon("key", [(roof + 10, y + height), (roof + 10, top + 50), (roof + 66, top),
            (roof + 122, top + 50), (roof + 122, y + height)])  # fmt: skip
        block.polygon(
            "", [(roof - 4, top + 62), (roof + 66, top - 18), (roof + 136, top + 62), (roof + 66, top + 8)]
        )
        if n % 2:
            block.box("ochre", roof + 52, top + 74, 26, 34)
    for _ in range(120):
        block.disc("", x + rng.uniform(6, width - 6), y + rng.uniform(6, height - 6), rng.choice((4, 6, 8)))
    for part in (1, 2):
        block.box("key", x + width * part / 3 - 9, y, 18, height)
    block.box("key", x, y + height * 0.36, width, 14)
    left = block.area((0, 0), (x - 22, 0), (x - 22, 700), (0, 700))
    right = block.area((x + width + 22, 0), (1800, 0), (1800, 596), (x + width + 22, 596))
    for outside in (left, right):
        outside.keep(block.plates["dusk"])
        block.plates["dusk"].cut(outside)
    block.box("key", x - 50, y + height + 18, width + 100, 22, 4)
    _globe(block, x + 380, y + height + 18)


def _globe(block: Block, x: float, foot: float) -> None:
    block.box("key", x - 46, foot - 14, 92, 14, 6)
    block.line(
        "key",
        [(x + 84 * math.cos(a / 10), foot - 106 + 84 * math.sin(a / 10)) for a in range(-13, 20)],
        10,
        6,
    )
    block.disc("rust", x, foot - 106, 70, 1.0, 6)
    block.blob(
        "", (x - 14, foot - 118), 1, [(-30, -18), (0, -36), (30, -20), (22, 6), (0, 12), (-6, 40), (-24, 10)]
    )
    block.blob("", (x + 30, foot - 74), 1, [(-18, -14), (14, -20), (22, 4), (0, 18)])


def _hooks(block: Block, x: float, y: float) -> None:
    """Hang six small coats on a rail, boots under them."""
    block.box("key", x - 20, y, 730, 26)
    coats = ("rust", "key", "dusk", "rust", "dusk", "key")
    for n, ink in enumerate(coats):
        cx, long = x + 60 + n * 114, 250 + (n * 37) % 60
        block.line("key", [(cx, y + 20), (cx, y + 46)], 10)
        block.blob(ink, (cx, y + 40), 1, [(-12, 0), (-34, 16), (-52, 70), (-54, 170), (-54, 190), (-34, 192),
            (-34, 110), (-40, long), (-40, long), (40, long), (40, long), (34, 110), (34, 192), (54, 190),
            (54, 170), (52, 70), (34, 16), (12, 0)], 1, 0, 5)  # fmt: skip
        block.line("", [(cx - 1, y + 74), (cx + 2, y + 30 + long)], 4)
        for side in (-1, 1):
            block.line("", [(cx + side * 30, y + 100), (cx + side * 33, y + 226)], 4)
        for k in range(4):
            block.disc("", cx + 13, y + 96 + k * 38, 5)
        if n in (0, 4):
            block.blob(
                "key",
                (cx, y + 34),
                1,
                [(-36, 14), (-34, -18), (-8, -42), (10, -42), (34, -18), (36, 14)],
                1,
                0,
                4,
            )
            block.disc("", cx, y - 12, 17)
            block.disc("key" if n else "ochre", cx, y - 12, 13)
        if n in (1, 3):
            scarf = "ochre rust" if n == 1 else "key"
            block.line(scarf, [(cx - 24, y + 60), (cx - 4, y + 78), (cx - 14, y + 210)], 22, 4)
        for side in (-1, 1) if n in (0, 4, 5) else ():
            block.blob("key", (cx + side * 22, 800), 0.9, [(-12, -64), (12, -64), (12, -26), (34, -12),
                (34, 2), (34, 2), (-12, 2), (-12, 2)], 1, 0, 4)  # fmt: skip


def _desk(block: Block, x: float, foot: float, s: float, book: bool) -> None:
    """Stand a child's desk, seen from behind and above, its chair pushed in."""
    at = (x, foot)

    def part(inks: str, points: list[Point], rim: int = 4) -> None:
        block.polygon(inks, placed(points, at, s), rim)

    for side in (-1, 1):
        part("key", [(side * 158, -200), (side * 138, -200), (side * 128, -40), (side * 140, -40)])
        part("key", [(side * 180, -170), (side * 158, -170), (side * 160, 0), (side * 178, 0)])
    part("key", [(-190, -172), (190, -172), (190, -146), (-190, -146)])
    part("rust", [(-160, -262), (160, -262), (192, -172), (-192, -172)])
    for k in range(5):
        block.gouge("", x + (-150 + k * 41) * s, foot - (190 + k * 13) * s, (90 + k * 10) * s, 4 * s)
    if book:
        part("", [(-70, -250), (0, -246), (70, -250), (84, -190), (0, -184), (-84, -190)], 0)
        block.line("key", placed([(0, -246), (0, -184)], at, s), 4)
        for k in range(3):
            for side in (-1, 1):
                block.line(
                    "key",
                    placed([(side * 16, -232 + k * 15), (side * (58 + k * 4), -234 + k * 15)], at, s),
                    3,
                )
    else:
        part("key", [(60, -252), (130, -252), (136, -236), (62, -236)], 0)
    if s < 1:
        part("key", [(-66, -150), (66, -150), (66, -104), (-66, -104)])
        for side in (-1, 1):
            part("key", [(side * 66, -150), (side * 54, -150), (side * 56, 14), (side * 66, 14)])
        part("key", [(-66, -56), (66, -56), (76, -34), (-76, -34)])


def _pupil(block: Block, x: float, y: float) -> None:
    """Seat a child with two braids at the front desk, seen from the back."""
    block.blob("dusk", (x, y), 1, [(-60, -190), (-100, -160), (-128, -60), (-120, 120), (120, 120),
        (128, -60), (100, -160), (60, -190)], 1, 0, 6)  # fmt: skip
    for side in (-1, 1):
        block.line("", [(x + side * 86, y - 70), (x + side * 92, y + 110)], 5)
    block.box("ochre rust", x - 30, y - 230, 60, 60)
    block.blob(
        "key",
        (x, y - 282),
        1,
        [(-78, 0), (-66, -64), (0, -92), (66, -64), (78, 0), (62, 58), (0, 70), (-62, 58)],
        1,
        0,
        6,
    )
    block.line("", [(x, y - 372), (x + 3, y - 214)], 5)
    for side in (-1, 1):
        for k in range(5):
            block.blob("key", (x + side * (66 + k * 4), y - 206 + k * 34), 1, [(-20, -16), (0, -24),
                (20, -16), (16, 14), (0, 22), (-16, 14)], 1, 0, 2)  # fmt: skip
        block.box("rust", x + side * 84 - 16, y - 48, 32, 16, 3)
        block.blob("key", (x + side * 86, y - 16), 1, [(-14, -16), (14, -16), (8, 22), (-8, 22)])
    block.box("key", x - 118, y + 10, 236, 34, 5)
    for side in (-1, 1):
        block.box("key", x + side * 104 - 11, y + 10, 22, 140)


def language_course() -> Image.Image:
    """Up a staircase, one on every other step, each with a number; a lit door at the top."""
    sheet = Print(WIDE, "language course")
    block = Block(sheet, teal=TEAL, ochre=OCHRE, rust=RUST, skin=SKIN, key=INK)
    block.box("teal", 0, 0, 1800, 1200)
    block.over("key", sheet.tone(lambda x: 0.42 - 0.75 * x, 26, across=True))
    _door(block, 1500, 34, 216, 384)
    steps = [(16 + n * 208, 1150 - n * 122) for n in range(7)]
    stair: list[Point] = [(-10, 1210)]
    for x, y in steps:
        stair += [(x, y + 122), (x, y)]
    block.polygon("key", [*stair, (1810, steps[-1][1]), (1810, 1210)], 5)
    for x, y in steps[:-1]:
        block.line("ochre", [(x + 8, y + 13), (x + 200, y + 13)], 9)
    block.line("ochre", [(steps[-1][0] + 8, steps[-1][1] + 13), (1810, steps[-1][1] + 13)], 9)
    for n in range(7):
        left, right = 404 + n * 208, 556 + n * 208
        top = [(x, 1118 - (x - 404) * 122 / 208) for x in (left, right)]
        if n < 5:
            block.line("teal", [(left, 1150), top[0], top[1], (right, 1150), (left, 1150)], 5)
        else:
            block.line("teal", [(left, 1150), (left, 570), (right, 570), (right, 1150), (left, 1150)], 5)
    people = (
        (430, Look("rust", "wool", crown="ochre"), 50, (15, -60), 8),
        (448, Look("ochre", "beard"), 49, (14, -50), 16),
        (418, Look("key", "shawl", crown="rust"), 48, (15, -64), 4),
        (446, Look("ochre", "cap"), 47, (15, -58), -4),
        (428, Look("rust", "long"), 46, (14, -52), 14),
        (436, Look("key", "bun"), 45, (15, -66), -6),
    )
    for (x, y), (height, look, number, hand, nod) in zip(steps, people, strict=False):
        if number == 47:
            stand(block, x + 54, y, 250, Look("rust", "wool", crown="key"), 1, (14, -68), -14)
        _waits(block, x + (128 if number == 47 else 96), y, height, look, number, hand, nod)
    block.press()
    return sheet.finish()


def _door(block: Block, x: float, y: float, width: float, height: float) -> None:
    block.box("key", x - 22, y - 22, width + 44, height + 24)
    block.box("ochre", x, y, width, height)
    block.polygon("", [(x + 12, y + 12), (x + 92, y + 44), (x + 92, y + height), (x + 12, y + height)])
    block.polygon("rust", [(x + 18, y + 22), (x + 84, y + 50), (x + 84, y + height), (x + 18, y + height)])
    block.disc("key", x + 72, y + height * 0.56, 9)
    block.box("key", x - 184, y + 40, 136, 104, 5)
    number = block.sheet.plate()
    write(number, x - 116, y + 93, "44", 92, "mm")
    block.lay("ochre", number)


def _waits(
    block: Block, x: float, foot: float, height: float, look: Look, number: int, hand: Point, nod: float
) -> None:
    s = height / 100
    stand(block, x, foot, height, look, 1, hand, nod)
    slip = (x + (hand[0] + 4) * s, foot + (hand[1] - 4) * s)
    block.polygon("", placed([(-6.5, -8), (6.5, -8), (6.5, 6.5), (-6.5, 6.5)], slip, s, 1, 8), 3)
    figure = block.sheet.plate()
    write(figure, slip[0], slip[1] - 2, str(number), round(9 * s), "mm")
    block.lay("key", figure)


SCENES = {"saturday-school": saturday_school, "language-course": language_course}
