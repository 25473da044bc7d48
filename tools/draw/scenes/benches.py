"""Benches: at the clinic by night, at the chess tables under the trees."""

from __future__ import annotations

import math

from PIL import Image

from tools.draw.block import Block
from tools.draw.folk import SKIN, Look, sit, sit_front, stand
from tools.draw.press import DUSK, INK, MOSS, OCHRE, RUST, Plate, Point, Print, smooth

WIDE = (1800, 1200)


def night_clinic() -> Image.Image:
    """A lit door with a cross over it; on a bench in its light three wait, one of them small."""
    sheet = Print(WIDE, "night clinic")
    rng = sheet.random
    block = Block(sheet, dusk=DUSK, ochre=OCHRE, rust=RUST, skin=SKIN, key=INK)
    block.box("dusk", 0, 0, 1800, 1200)
    bricks = sheet.plate()
    for row in range(28):
        for n in range(17):
            if rng.random() < 0.4:
                bricks.box(n * 112 + (row % 2) * 56, row * 32, 104, 24)
    dark = sheet.screen(_glow(sheet, 560, 520, 860), 24)
    wall = sheet.plate()
    wall.box(0, 0, 1800, 930)
    block.over("key", dark, wall)
    bricks.keep(dark)
    block.lay("dusk", bricks)
    for x in (1010, 1330):
        block.box("key", x, 50, 210, 240, 6)
        for pane in (0, 1):
            block.box("dusk", x + 16 + pane * 94, 66, 84, 208)
        block.polygon("key", [(x + 16, 274), (x + 194, 66), (x + 194, 274)])
        block.box("key", x - 16, 290, 242, 22, 5)
    block.box("key", 0, 930, 1800, 270)
    block.polygon("ochre", [(400, 930), (720, 930), (1130, 1210), (150, 1210)])
    for _ in range(30):
        block.gouge(
            "key", rng.uniform(120, 1040), rng.uniform(950, 1195), rng.uniform(60, 180), rng.uniform(4, 9)
        )
    for _ in range(40):
        block.gouge(
            "dusk", rng.uniform(900, 1800), rng.uniform(950, 1195), rng.uniform(60, 220), rng.uniform(4, 8)
        )
    for _ in range(14):
        block.gouge(
            "dusk", rng.uniform(-90, 160), rng.uniform(950, 1195), rng.uniform(60, 160), rng.uniform(4, 8)
        )
    _clinic_door(block, 420, 360)
    _cross(block, 560, 190)
    block.box("key", 900, 770, 700, 30, 6)
    for x in (950, 1530):
        block.box("key", x, 796, 26, 190, 5)
    block.box("key", 930, 590, 640, 24, 5)
    block.box("key", 930, 650, 640, 24, 5)
    for x in (960, 1516):
        block.box("key", x, 590, 20, 190)
    sit_front(block, 1204, 770, 390, Look("ochre", "wool", crown="rust"), -1, -12, 5)
    sit_front(block, 1030, 770, 590, Look("rust", "shawl", crown="ochre"), -1, 8, 5)
    sit_front(block, 1430, 770, 600, Look("key", "bald"), -1, 6, 5)
    block.line("ochre", [(1520, 985), (1482, 706)], 13, 5)
    block.line("ochre", [(1482, 706), (1446, 706)], 13, 5)
    block.disc("skin", 1466, 716, 22, 1.0, 4)
    block.press()
    return sheet.finish()


def _glow(sheet: Print, x: float, y: float, reach: float) -> Image.Image:
    """Return how dark a wall is away from a light at (x, y)."""
    wide, high = sheet.width // 10, sheet.height // 10
    away = [math.hypot(n % wide * 10 - x, n // wide * 10 - y) / reach - 0.3 for n in range(wide * high)]
    small = Image.new("L", (wide, high))
    small.putdata([int(235 * min(1.0, max(0.0, part))) for part in away])
    return small.resize(sheet.size, Image.Resampling.BICUBIC)


def _clinic_door(block: Block, x: float, y: float) -> None:
    block.box("key", x - 34, y - 34, 348, 612, 6)
    block.box("ochre", x, y, 280, 580)
    block.box("key", x + 134, y, 12, 580)
    block.box("key", x, y + 350, 280, 14)
    for side in (0, 1):
        block.box("rust", x + 20 + side * 146, y + 384, 94, 170, 5)
        block.line("key", [(x + 118 + side * 44, y + 290), (x + 118 + side * 44, y + 340)], 10)
    nurse = (x + 206, y + 350)
    block.blob(
        "key",
        nurse,
        1,
        [(-56, 0), (-60, -90), (-44, -128), (-14, -142), (14, -142), (44, -128), (58, -90), (56, 0)],
    )
    block.blob(
        "key",
        (nurse[0], nurse[1] - 180),
        1,
        [(-28, 0), (-26, -30), (0, -44), (26, -30), (28, 0), (17, 38), (-17, 38)],
    )
    block.disc("key", nurse[0] + 4, nurse[1] - 228, 19)
    block.box("key", x - 60, y + 566, 400, 30, 5)


def _cross(block: Block, x: float, y: float) -> None:
    block.box("key", x - 92, y - 92, 184, 184, 8)
    block.box("ochre", x - 24, y - 70, 48, 140)
    block.box("ochre", x - 70, y - 24, 140, 48)
    block.box("key", x - 9, y + 96, 18, 40, 4)


def chess_park() -> Image.Image:
    """Two bent over a board under plane trees in autumn, a third who knows better; another table behind."""
    sheet = Print(WIDE, "chess park")
    rng = sheet.random
    block = Block(sheet, moss=MOSS, ochre=OCHRE, rust=RUST, skin=SKIN, key=INK)
    block.over("ochre", sheet.tone(lambda y: 0.5 * y if y < 0.6 else 0, 24))
    for n in range(9):
        x = n * 210 + (n % 2) * 60
        block.polygon("moss", [(x - 12, 300), (x + 16, 300), (x + 20, 740), (x - 18, 740)])
    block.box("moss", 0, 720, 1800, 480)
    block.polygon("", [(1130, 726), (1250, 726), (1130, 900), (1240, 1210), (420, 1210), (760, 900)])
    for _ in range(70):
        x, y = rng.uniform(-40, 1780), rng.uniform(740, 1190)
        block.gouge("key", x, y, rng.uniform(30, 120), rng.uniform(3, 7))
    for x, wide in ((120, 84), (1000, 58), (1640, 96)):
        _trunk(block, x, 850 if wide > 60 else 760, wide)
    _canopy(block)
    _far_table(block, 400, 850)
    for _ in range(90):
        x, y = rng.uniform(0, 1800), rng.uniform(480, 1190)
        _leaf(block, x, y, rng.uniform(9, 15), rng.uniform(0, 360), "ochre" if rng.random() < 0.6 else "rust")
    stand(block, 1420, 1060, 600, Look("ochre", "cap"), -1, (-13, -48), 12, rim=5)
    _near_table(block, 1000, 1110)
    block.press()
    return sheet.finish()


def _trunk(block: Block, x: float, foot: float, wide: float) -> None:
    block.polygon("key", smooth([(x - wide * 0.9, foot + 6), (x - wide * 0.5, foot - 60),
        (x - wide * 0.4, 200), (x + wide * 0.4, 200), (x + wide * 0.5, foot - 60), (x + wide, foot + 6)]),
        5)  # fmt: skip
    for n in range(16):
        u = ((n * 37) % 60 / 60 - 0.5) * wide * 0.7
        block.blob(
            "moss" if n % 3 else "",
            (x + u, foot - 90 - n * 26),
            wide / 90,
            [(-9, 0), (-4, -16), (8, -10), (6, 12)],
        )


def _canopy(block: Block) -> None:
    """Hang three storeys of leaves over the upper edge, each cut with the gouge."""
    rng = block.sheet.random
    for ink, low, size, count in (("moss", 250, 150, 13), ("rust", 170, 130, 14), ("ochre", 80, 130, 15)):
        mass: Plate = block.sheet.plate()
        edge = block.sheet.plate()
        for n in range(count):
            x, y = n * 1800 / (count - 1), low + rng.uniform(-50, 60)
            for k in range(5):
                angle = k * 1.26 + n
                px, py, r = x + size * 0.5 * math.cos(angle), y + size * 0.4 * math.sin(angle), size * 0.52
                mass.disc(px, py, r)
                edge.disc(px, py, r + 6)
        edge.box(0, 0, 1800, low)
        mass.box(0, 0, 1800, low)
        block.lay("", edge)
        block.lay(ink, mass)
        for n in range(70):
            x, y = rng.uniform(0, 1790), rng.uniform(low - 130, low + 60)
            block.gouge("key" if n % 2 else "", x, y, rng.uniform(20, 54), 7, rng.uniform(-0.8, 0.8))


def _leaf(block: Block, x: float, y: float, size: float, turn: float, ink: str) -> None:
    block.blob(ink, (x, y), size / 10, [(-14, 0), (-4, -8), (8, -6), (16, 0), (8, 6), (-4, 8)], 1, turn)


def _far_table(block: Block, x: float, foot: float) -> None:
    sit(block, x - 130, foot - 66, 270, Look("rust", "wool", crown="key"), 1, 22, (19, -19), 10, 4)
    sit(block, x + 130, foot - 66, 270, Look("key", "bald"), -1, 16, (13, -28), 14, 4)
    block.box("key", x - 90, foot - 128, 180, 14, 4)
    block.box("key", x - 14, foot - 114, 28, 114, 3)
    for k in range(5):
        block.box("key" if k % 2 else "", x - 48 + k * 21, foot - 152, 10, 22, 2)
    for side in (-1, 1):
        block.box("key", x + side * 130 - 44, foot - 62, 88, 12, 3)
        block.box("key", x + side * 130 - 6, foot - 50, 12, 50)


def _near_table(block: Block, x: float, foot: float) -> None:
    seat = foot - 160
    for side, look, lean, hand, nod in (
        (-1, Look("rust", "beard"), 24, (22, -36), 14),
        (1, Look("key", "wool", crown="rust"), 20, (25, -27), 16),
    ):
        px = x + side * 330
        block.box("key", px - 120, seat + 12, 200 + 40, 26, 5)
        for k in (-84, 84):
            block.box("key", px + k - 13, seat + 38, 26, 130, 4)
        sit(block, px, seat, 640, look, -side, lean, hand, nod, 5)
    block.polygon(
        "key", [(x - 34, foot - 250), (x + 34, foot - 250), (x + 46, foot + 20), (x - 46, foot + 20)], 5
    )
    block.box("key", x - 110, foot + 6, 220, 24, 5)
    _board(block, x, foot - 300)


def _board(block: Block, x: float, y: float) -> None:
    """Lay a table top with its squares and set a few men on it."""

    def at(u: float, v: float) -> Point:
        return x + (u - 4) * (44 - (8 - v) * 1.1), y + v * 8.4 - 24

    block.polygon(
        "key", [at(-0.6, -0.6), at(8.6, -0.6), at(8.7, 9), at(8.7, 11), at(-0.7, 11), at(-0.7, 9)], 6
    )
    for u in range(8):
        for v in range(8):
            ink = "" if (u + v) % 2 else "moss"
            block.polygon(ink, [at(u, v), at(u + 1, v), at(u + 1, v + 1), at(u, v + 1)])
    men = (
        (1, 2, "", 1),
        (2, 5, "key", 0),
        (3, 3, "key", 2),
        (4, 6, "", 0),
        (5, 2, "", 2),
        (6, 5, "key", 1),
        (7, 3, "key", 0),
    )
    for u, v, ink, kind in sorted(men, key=lambda man: man[1]):
        _man(block, at(u + 0.5, v + 0.6), ink, kind)


def _man(block: Block, at: Point, ink: str, kind: int) -> None:
    x, y = at
    tall = (46, 60, 78)[kind]
    edge = "key" if ink == "" else ""
    for more, name in ((4, edge), (0, ink)):
        block.polygon(name, [(x - 17 - more, y + more), (x + 17 + more, y + more),
            (x + 7 + more, y - tall * 0.6), (x - 7 - more, y - tall * 0.6)])  # fmt: skip
        block.disc(name, x, y - tall * 0.74, 12 + more + kind)
        if kind == 2:
            block.box(name, x - 4 - more, y - tall - 12 - more, 8 + more * 2, 30)
            block.box(name, x - 11 - more, y - tall - 3 - more, 22 + more * 2, 8 + more * 2)


SCENES = {"night-clinic": night_clinic, "chess-park": chess_park}
