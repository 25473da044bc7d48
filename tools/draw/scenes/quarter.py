"""Two shops of the quarter behind the harbour: bread and spices."""

from __future__ import annotations

import math

from PIL import Image

from tools.draw.block import Block, placed
from tools.draw.folk import Look, stand_back
from tools.draw.press import DUSK, INK, OCHRE, RUST, TEAL, Print, smooth

WIDE = (1800, 1200)


def bakery() -> Image.Image:
    """A shop window full of loaves before sunrise, steam over the roof, the first customer."""
    sheet = Print(WIDE, "bakery")
    rng = sheet.random
    block = Block(sheet, dusk=DUSK, ochre=OCHRE, rust=RUST, key=INK)
    block.over("dusk", sheet.tone(lambda y: 1.0 - 3.3 * y if y < 0.36 else 0, 24))
    block.over("rust", sheet.tone(lambda y: 4.4 * y - 0.34 if y < 0.36 else 0, 24))
    for x, wide, roof in ((-20, 260, 150), (1560, 280, 170)):
        middle = x + wide / 2
        block.polygon(
            "key", [(x, 420), (x, roof + 110), (middle, roof), (x + wide, roof + 110), (x + wide, 420)], 5
        )
    _steam(block, 1364, 160)
    block.box("key", 1316, 176, 96, 140, 5)
    block.box("key", 1302, 168, 124, 22, 4)
    block.polygon("key", [(150, 350), (230, 256), (1570, 256), (1650, 350), (1650, 1010), (150, 1010)], 6)
    block.box("", 150, 350, 1500, 8)
    for _ in range(110):
        block.gouge("dusk", rng.uniform(165, 1570), 380 + 22 * rng.randrange(28), rng.uniform(30, 66), 5)
    for x, wide in ((0, 150), (1650, 150)):
        block.box("key", x, 360, wide, 650)
        for n in range(3):
            block.box("dusk", x + 44, 410 + n * 196, 66, 116, 4)
    block.box("dusk", 0, 1010, 1800, 190)
    for _ in range(40):
        block.gouge(
            "ochre", rng.uniform(430, 1560), rng.uniform(1030, 1190), rng.uniform(80, 260), rng.uniform(5, 11)
        )
    for _ in range(40):
        block.gouge(
            "key", rng.uniform(-100, 1700), rng.uniform(1030, 1196), rng.uniform(80, 300), rng.uniform(4, 10)
        )
    _shop_door(block, 300, 490)
    _loaves(block, 620, 540, 960, 400)
    _awning(block, 590, 440, 1020, 96)
    _pretzel(block, 160, 570)
    stand_back(block, 750, 1150, 450, Look("dusk", "long", skin="ochre"), 6)
    stand_back(block, 890, 1160, 300, Look("rust", "wool", skin="ochre", crown="key"), 6)
    block.press()
    return sheet.finish()


def _steam(block: Block, x: float, y: float) -> None:
    """Let steam drift off to the left in curls that thin out."""
    path = smooth(
        [(x, y), (x - 6, y - 60), (x - 90, y - 84), (x - 190, y - 70), (x - 290, y - 104), (x - 420, y - 96)]
    )
    for n, (px, py) in enumerate(path):
        t = n / len(path)
        block.disc(
            "", px, py + 12 * math.sin(n * 0.55), 8 + 42 * math.sin(math.pi * (0.12 + 0.88 * t)) ** 0.7
        )
    for curl in (0.28, 0.5, 0.72):
        px, py = path[int(len(path) * curl)]
        block.line(
            "dusk",
            smooth(
                [(px + 34, py + 16), (px, py + 26), (px - 22, py + 4), (px - 2, py - 12), (px + 10, py + 2)]
            ),
            6,
        )


def _shop_door(block: Block, x: float, y: float) -> None:
    block.box("rust", x, y, 240, 530, 6)
    block.box("ochre", x + 30, y + 34, 180, 270, 5)
    block.box("key", x + 116, y + 34, 8, 270)
    block.box("key", x + 30, y + 340, 180, 150, 4)
    block.box("rust", x + 46, y + 356, 148, 118)
    block.disc("key", x + 208, y + 322, 11)
    block.box("key", x - 30, y + 512, 300, 26, 5)
    block.box("", x + 64, y + 96, 112, 58, 4)
    block.line("key", [(x + 80, y + 116), (x + 160, y + 116)], 7)
    block.line("key", [(x + 80, y + 136), (x + 140, y + 136)], 7)


def _loaves(block: Block, x: float, y: float, width: float, height: float) -> None:
    """Fill a lit window with three shelves of bread, a baker behind the topmost."""
    block.box("rust", x - 22, y - 22, width + 44, height + 44, 5)
    block.box("ochre", x, y, width, height, 5)
    cx, shelf = x + width * 0.5, y + 210
    block.blob(
        "key", (cx, shelf), 1, [(-86, 0), (-88, -36), (-58, -64), (58, -64), (88, -36), (86, 0)], 1, 0, 4
    )
    block.blob(
        "key", (cx, shelf - 92), 1, [(-28, 0), (-26, -28), (0, -38), (26, -28), (28, 0), (17, 34), (-17, 34)]
    )
    block.blob(
        "",
        (cx, shelf - 116),
        1,
        [(-34, 6), (-50, -18), (-30, -40), (0, -34), (30, -42), (50, -18), (34, 6)],
        1,
        0,
        3,
    )
    for row in (0, 1):
        block.box("key", x, shelf + row * 176, width, 16)
        for n in range(8):
            if row == 0 and n in (3, 4):
                continue
            _loaf(block, x + 64 + n * 119, shelf + row * 176, (n * 3 // 2 + row) % 4)
    for part in (1, 2):
        block.box("rust", x + width * part / 3 - 8, y, 16, height, 4)


def _loaf(block: Block, x: float, foot: float, kind: int) -> None:
    if kind == 0:
        block.blob(
            "rust",
            (x, foot),
            1,
            [(-56, 0), (-58, -34), (-34, -66), (0, -74), (34, -66), (58, -34), (56, 0)],
            1,
            0,
            4,
        )
        for k in (-1, 0, 1):
            block.line("", [(x + k * 26 - 8, foot - 52), (x + k * 26 + 8, foot - 24)], 6)
    elif kind == 1:
        for k in (-1, 0, 1):
            block.blob("ochre rust", (x + k * 36, foot), 1, [(-14, 0), (-17, -60), (-8, -104), (8, -104),
                (17, -60), (14, 0)], 1, k * 4, 4)  # fmt: skip
            for n in range(3):
                block.line(
                    "", [(x + k * 40 - 7, foot - 34 - n * 24), (x + k * 40 + 7, foot - 44 - n * 24)], 5
                )
    elif kind == 2:
        block.box("rust", x - 54, foot - 62, 108, 62, 4)
        block.blob(
            "rust",
            (x, foot - 54),
            1,
            [(-60, 10), (-66, -16), (-40, -34), (40, -34), (66, -16), (60, 10)],
            1,
            0,
            4,
        )
        block.gouge("", x - 40, foot - 66, 80, 8)
    else:
        for u, v in ((-32, 0), (32, 0), (0, -44)):
            block.blob(
                "ochre rust",
                (x + u, foot + v),
                1,
                [(-31, 0), (-33, -22), (0, -46), (33, -22), (31, 0)],
                1,
                0,
                3,
            )
            block.line("", [(x + u - 10, foot + v - 28), (x + u + 10, foot + v - 28)], 5)


def _awning(block: Block, x: float, y: float, width: float, drop: float) -> None:
    parts = 13
    step = width / parts
    for n in range(parts):
        left, ink = x + n * step, "rust" if n % 2 == 0 else ""
        lean = (n - parts / 2 + 0.5) * 5
        block.disc(ink, left + step / 2 + lean, y + drop, step / 2 + 3, 0.8)
        block.polygon(
            ink,
            [(left, y), (left + step, y), (left + step + lean + 3, y + drop), (left + lean - 3, y + drop)],
        )
    block.box("key", x - 10, y - 14, width + 20, 18)


def _pretzel(block: Block, x: float, y: float) -> None:
    """Hang the baker's sign from an iron arm."""
    block.line("", [(x - 20, y - 74), (x + 100, y - 74)], 8)
    block.line("", [(x + 40, y - 74), (x + 40, y - 44)], 5)
    ring = [(0, 40), (-44, 8), (-60, -20), (-40, -48), (-12, -36), (4, 0), (30, 44)]
    for flip in (1, -1):
        block.line("ochre", smooth(placed(ring, (x + 40, y), 1, flip)), 19, 4)


def spice_shop() -> Image.Image:
    """Scales on a counter before shelves of jars; sacks with their rims rolled down."""
    sheet = Print(WIDE, "spice shop")
    block = Block(sheet, teal=TEAL, ochre=OCHRE, rust=RUST, key=INK)
    block.box("teal", 0, 0, 1800, 800)
    block.over("key", sheet.tone(lambda x: 1.3 * abs(x - 0.5) - 0.3, 26, across=True))
    fills = ("rust", "ochre", "ochre rust", "key", "ochre", "rust", "teal key", "ochre rust", "rust", "ochre")
    for row, foot in enumerate((216, 436, 656)):
        block.box("key", 0, foot, 1800, 22, 4)
        for n in range(15):
            x = 84 + n * 117 + (row % 2) * 8
            if row < 2 or not 530 < x < 1270:
                _jar(block, x, foot, 156 - (n * 5 + row * 3) % 4 * 16, fills[(n * 7 + row * 3) % 10])
    for x in (30, 1770):
        block.box("key", x - 22, 0, 44, 800, 4)
    block.box("key", 0, 770, 1800, 44, 6)
    block.box("rust key", 0, 814, 1800, 400)
    for n in range(12):
        block.box("rust", n * 152 + 8, 836, 134, 330)
    _scales(block, 900, 770)
    for x, ink, size in (
        (190, "rust", 1.0),
        (1610, "ochre", 1.0),
        (550, "ochre", 1.08),
        (1250, "ochre rust", 1.08),
        (900, "rust", 1.16),
    ):
        _sack(block, x, 1200, size, ink)
    block.press()
    return sheet.finish()


def _jar(block: Block, x: float, foot: float, height: float, fill: str) -> None:
    """Stand a jar of glass, three quarters full, a label on it."""
    top = foot - height
    block.blob("", (x, foot), 1, [(-46, 0), (-46, 0), (-48, -height * 0.7), (-34, -height * 0.86),
        (-30, -height), (30, -height), (34, -height * 0.86), (48, -height * 0.7), (46, 0), (46, 0)], 1, 0,
        3)  # fmt: skip
    level = -height * 0.62
    block.blob(fill, (x, foot), 1, [(-40, -5), (-40, -5), (-41, level + 10), (-20, level - 6),
        (14, level + 4), (41, level - 2), (40, -5), (40, -5)])  # fmt: skip
    block.box("key", x - 36, top - 12, 72, 22, 3)
    block.box("", x - 25, foot - height * 0.42, 50, 34)
    block.line("key", [(x - 15, foot - height * 0.42 + 12), (x + 15, foot - height * 0.42 + 12)], 4)
    block.line("key", [(x - 15, foot - height * 0.42 + 23), (x + 6, foot - height * 0.42 + 23)], 4)


def _scales(block: Block, x: float, foot: float) -> None:
    block.blob("ochre", (x, foot), 1, [(-90, 0), (-90, 0), (-84, -26), (-30, -40), (-16, -70), (16, -70),
        (30, -40), (84, -26), (90, 0), (90, 0)], 1, 0, 6)  # fmt: skip
    block.polygon(
        "ochre", [(x - 12, foot - 60), (x - 8, foot - 350), (x + 8, foot - 350), (x + 12, foot - 60)], 6
    )
    tips = ((x - 226, foot - 290), (x + 226, foot - 338))
    block.polygon("ochre", [(tips[0][0], tips[0][1] - 8), (x, foot - 334), (tips[1][0], tips[1][1] - 8),
        (tips[1][0], tips[1][1] + 8), (x, foot - 298), (tips[0][0], tips[0][1] + 8)], 6)  # fmt: skip
    block.disc("ochre", x, foot - 362, 24, 1.0, 6)
    block.disc("key", x, foot - 316, 13)
    for (tx, ty), heap in zip(tips, (True, False), strict=True):
        pan = ty + 176
        for side in (-1, 1):
            block.line("ochre", [(tx, ty), (tx + side * 96, pan)], 5, 3)
        if heap:
            block.blob(
                "rust",
                (tx, pan),
                1,
                [(-84, 4), (-84, 4), (-40, -40), (0, -70), (40, -42), (84, 4), (84, 4)],
                1,
                0,
                5,
            )
        else:
            for k, high in ((-34, 50), (8, 72), (48, 38)):
                block.box("key", tx + k - 17, pan - high, 34, high + 4, 4)
                block.box("key", tx + k - 7, pan - high - 12, 14, 14, 3)
        block.blob(
            "ochre",
            (tx, pan),
            1,
            [(-112, 0), (-112, 0), (112, 0), (112, 0), (76, 40), (0, 52), (-76, 40)],
            1,
            0,
            5,
        )
        block.gouge("", tx - 60, pan + 20, 110, 8)


def _sack(block: Block, x: float, foot: float, s: float, fill: str) -> None:
    """Stand a sack with its rim rolled down, a heap in it and a scoop in the heap."""
    at = (x, foot)
    block.blob(
        fill,
        at,
        s,
        [
            (-130, -240),
            (-138, -280),
            (-110, -330),
            (-50, -384),
            (0, -404),
            (56, -380),
            (112, -326),
            (138, -280),
            (130, -240),
        ],
        1,
        0,
        6,
    )
    for k in range(7):
        block.gouge("", x + (-84 + k * 23) * s, foot - (318 + (k * 29) % 46) * s, 26 * s, 5 * s, 0.3)
    block.blob(
        "", at, s, [(-150, -262), (-172, -130), (-168, 20), (168, 20), (172, -130), (150, -262)], 1, 0, 6
    )
    shape = block.area(
        *smooth(
            placed([(-150, -262), (-172, -130), (-168, 20), (168, 20), (172, -130), (150, -262)], at, s), 2
        )
    )
    block.over(
        "ochre",
        block.sheet.tone(lambda t: 1.1 * abs((t * 1800 - x) / (170 * s)) - 0.25, 24, across=True),
        shape,
    )
    block.blob("", at, s, [(-160, -252), (-166, -288), (-80, -268), (0, -262), (80, -268), (166, -288),
        (160, -252), (80, -228), (0, -222), (-80, -228)], 1, 0, 6)  # fmt: skip
    block.line(
        "key", smooth(placed([(-158, -250), (-80, -229), (0, -223), (80, -229), (158, -250)], at, s)), 5
    )
    for side, u in ((-1, 96), (1, 60), (1, 122)):
        block.line(
            "key", placed([(side * u, -196), (side * (u + 10), -110), (side * (u + 4), -40)], at, s), 5
        )


SCENES = {"bakery": bakery, "spice-shop": spice_shop}
