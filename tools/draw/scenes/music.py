"""Music: a choir and an oud."""

from __future__ import annotations

import math

from PIL import Image

from tools.draw.block import Block, placed
from tools.draw.folk import SKIN, Look, stand
from tools.draw.press import BRICK, DUSK, INK, OCHRE, RUST, TEAL, Point, Print


def choir() -> Image.Image:
    """Two rows of singers in a half circle, their scores white, before the back of who leads them."""
    sheet = Print((2000, 1000), "choir")
    block = Block(sheet, dusk=DUSK, ochre=OCHRE, rust=RUST, skin=SKIN, key=INK)
    block.box("dusk", 0, 0, 2000, 1000)
    for radius in range(1200, 200, -120):
        block.disc("", 1000, 760, radius + 5)
        block.disc("dusk", 1000, 760, radius)
    block.over("key", sheet.tone(lambda x: 1.6 * abs(x - 0.5) - 0.34, 24, across=True))
    coats = ("rust", "key", "ochre", "key", "rust", "ochre")
    hair = ("bob", "short", "bun", "beard", "long", "bald", "short", "shawl", "bob", "cap")
    for row in (0, 1):
        for n in range(5):
            for flip in (1, -1):
                pick = n * 2 + row * 3 + (flip < 0)
                look = Look(
                    coats[(n + row * 2 + (flip < 0)) % 6],
                    hair[pick % 10],
                    crown="rust" if pick % 5 == 2 else "key",
                )
                scale = 4.5 + n * 0.62 + row * 0.5
                x = 1000 - flip * (176 + n * 138 + n * n * 6 + row * 62)
                _singer(block, x, 300 - n * 22 + row * (210 + n * 14), scale, look, flip)
    _leader(block, 1000, 1000)
    block.press()
    return sheet.finish()


def _singer(block: Block, x: float, y: float, s: float, look: Look, flip: int) -> None:
    """Stand a singer with the middle of the head at (x, y): mouth open, score held up."""
    foot = y + 92 * s
    stand(block, x - flip * 2 * s, foot, 100 * s, look, flip, (13, -60), -7, rim=4)
    mouth = placed([(28, 25)], (x, y), 0.15 * s, flip, -7)[0]
    block.disc("key", *mouth, 1.15 * s, 1.3)
    block.polygon(
        "", placed([(3, -71), (14, -76), (20, -61), (9, -56)], (x - flip * 2 * s, foot), s, flip), 4
    )
    block.polygon(
        "", placed([(14, -76), (21, -75), (26, -61), (20, -61)], (x - flip * 2 * s, foot), s, flip), 0
    )
    block.line("key", placed([(14, -76), (20, -61)], (x - flip * 2 * s, foot), s, flip), 4)
    for k in range(3):
        line = placed(
            [(5.6 + k * 1.6, -69 + k * 4), (13.4 + k * 1.6, -72.4 + k * 4)], (x - flip * 2 * s, foot), s, flip
        )
        block.line("key", line, 3)


def _leader(block: Block, x: float, foot: float) -> None:
    """Who leads, from the back, down to the waist: one arm high with the baton, one low and open."""
    block.line("key", [(x + 110, foot - 300), (x + 250, foot - 330), (x + 262, foot - 520)], 62, 6)
    block.disc("skin", x + 264, foot - 560, 32, 1.1, 6)
    block.line("", [(x + 258, foot - 566), (x + 196, foot - 760)], 9)
    block.line("key", [(x - 110, foot - 300), (x - 250, foot - 210), (x - 330, foot - 330)], 62, 6)
    block.blob("skin", (x - 350, foot - 366), 1, [(20, 30), (-24, 24), (-38, -10), (-26, -26), (-6, -12),
        (8, -36), (24, -30), (34, 6)], 1, 0, 6)  # fmt: skip
    block.box("skin", x - 40, foot - 450, 80, 110, 6)
    block.blob("key", (x, foot), 1, [(-50, -390), (-130, -350), (-172, -270), (-160, -60), (-150, 30),
        (-150, 30), (150, 30), (150, 30), (160, -60), (172, -270), (130, -350), (50, -390)], 1, 0,
        6)  # fmt: skip
    block.box("", x - 42, foot - 398, 84, 16)
    block.blob("key", (x, foot - 500), 1, [(-84, 0), (-72, -76), (0, -108), (72, -76), (84, 0), (64, 66),
        (0, 82), (-64, 66)], 1, 0, 6)  # fmt: skip
    block.line("dusk", [(x, foot - 340), (x + 2, foot)], 6)
    for side in (-1, 1):
        block.line(
            "dusk", [(x + side * 112, foot - 250), (x + side * 124, foot - 120), (x + side * 116, foot)], 5
        )


_OUD: list[Point] = [(-5, -46), (-13, -36), (-27, -16), (-39, 8), (-44, 30), (-38, 54), (-22, 69), (0, 74),
    (22, 69), (38, 54), (44, 30), (39, 8), (27, -16), (13, -36), (5, -46)]  # fmt: skip


def oud() -> Image.Image:
    """An oud left on a chair, its bent head over the back of it; behind it the notes; a portrait format."""
    sheet = Print((1280, 1600), "oud")
    rng = sheet.random
    block = Block(sheet, teal=TEAL, ochre=OCHRE, rust=BRICK, key=INK)
    block.box("teal", 0, 0, 1280, 1230)
    block.over("key", sheet.tone(lambda y: 0.4 - 1.2 * y, 28))
    for _ in range(34):
        block.gouge("ochre", rng.uniform(-100, 1280), rng.uniform(1240, 1600), rng.uniform(200, 560), 8)
    _music_stand(block, 262, 1460)
    for x in (460, 1060):
        block.polygon("key", [(x - 18, 520), (x + 18, 520), (x + 22, 1180), (x - 22, 1180)], 6)
        block.box("key", x - 16, 1150, 32, 300, 6)
    for y in (560, 690, 820):
        block.polygon(
            "key",
            [(450, y + 14), (760, y - 6), (1070, y + 14), (1070, y + 74), (760, y + 54), (450, y + 74)],
            6,
        )
    for x in (400, 1120):
        block.polygon("key", [(x - 26, 1240), (x + 26, 1240), (x + 18, 1560), (x - 18, 1560)], 6)
    block.box("key", 410, 1400, 700, 22)
    block.polygon("rust", [(450, 1120), (1070, 1120), (1190, 1250), (330, 1250)], 6)
    block.box("key", 330, 1250, 860, 46, 6)
    _oud(block, (700, 836), 5.3, 27)
    block.press()
    return sheet.finish()


def _oud(block: Block, at: Point, s: float, turn: float) -> None:
    def put(inks: str, points: list[Point], rim: int = 0) -> None:
        block.polygon(inks, placed(points, at, s, 1, turn), rim)

    put("key", [(-5, -112), (5, -112), (-26, -131), (-58, -128), (-60, -121), (-30, -122)], 6)
    for k in range(5):
        x, y = -14 - k * 10, -124 - k * 1.6 + (k > 2) * 2
        put("ochre", [(x - 1.4, y - 3), (x + 1.4, y - 3), (x + 1, y - 15), (x - 1, y - 15)], 5)
        put("ochre", [(x - 3.4, y - 14), (x + 3.4, y - 14), (x + 3, y - 20), (x - 3, y - 20)], 5)
        put("ochre", [(x - 1, y + 6), (x + 2, y + 6), (x + 2, y + 17), (x - 1, y + 17)], 5)
        put("ochre", [(x - 3, y + 16), (x + 4, y + 16), (x + 3.4, y + 22), (x - 2.4, y + 22)], 5)
    block.blob("rust", at, s, [(u * 1.06 + 7, v * 1.03 + 3) for u, v in _OUD], 1, turn, 7)
    for k in range(3):
        rib = [(u * (1.045 - k * 0.0) + 5.2 - k * 1.6, v * 1.02 + 2.4) for u, v in _OUD[8:]]
        if k == 0:
            block.line("", placed(rib, at, s, 1, turn), 4)
    put("key", [(-5.4, -113), (5.4, -113), (6.4, -40), (-6.4, -40)], 6)
    block.blob("ochre", at, s, _OUD, 1, turn, 6)
    put("key", [(-5, -113), (5, -113), (6, -24), (0, -18), (-6, -24)])
    for x, y, radius in ((0, 4, 13), (-19, 26, 6), (19, 26, 6)):
        _rosette(block, placed([(x, y)], at, s, 1, turn)[0], radius * s)
    put("rust", [(-17, 51), (17, 51), (20, 57), (-20, 57)])
    for k in range(5):
        for side in (-0.5, 0.5):
            block.line(
                "",
                placed([(-3.6 + k * 1.8 + side * 0.7, -112), (-12 + k * 6 + side * 1.6, 53)], at, s, 1, turn),
                3,
            )
    put("", [(-5.4, -115), (5.4, -115), (5.4, -112), (-5.4, -112)])


def _rosette(block: Block, at: Point, radius: float) -> None:
    x, y = at
    block.disc("key", x, y, radius)
    block.disc("ochre", x, y, radius * 0.86)
    block.disc("key", x, y, radius * 0.76)
    for n in range(8):
        angle = n * math.pi / 4
        tip = (x + radius * 0.68 * math.cos(angle), y + radius * 0.68 * math.sin(angle))
        sides = [
            (x + radius * 0.3 * math.cos(angle + d), y + radius * 0.3 * math.sin(angle + d))
            for d in (-0.5, 0.5)
        ]
        block.polygon("ochre", [sides[0], tip, sides[1], at])
    block.disc("key", x, y, radius * 0.16)


def _music_stand(block: Block, x: float, foot: float) -> None:
    block.box("key", x - 9, 600, 18, foot - 660, 5)
    for side in (-1, 0, 1):
        block.line("key", [(x, foot - 100), (x + side * 150, foot + (20 if side == 0 else 0))], 18, 5)
    block.polygon("key", [(x - 210, 250), (x + 170, 220), (x + 190, 590), (x - 190, 620)], 6)
    for left, right in ((-186, -14), (0, 160)):
        page = [(x + left, 232), (x + right, 214), (x + right + 14, 560), (x + left + 14, 580)]
        block.polygon("", page, 4)
        for k in range(5):
            y = 272 + k * 60
            for line in range(3):
                block.line("key", [(x + left + 22, y + line * 13), (x + right - 8, y - 14 + line * 13)], 3)
            for n in range(4):
                nx = x + left + 38 + n * 33
                ny = y + 22 - (n * 17 + k * 23 + left) % 31
                block.disc("key", nx, ny, 8, 0.8)
                block.line("key", [(nx + 7, ny), (nx + 7, ny - 30)], 3)


SCENES = {"choir": choir, "oud": oud}
