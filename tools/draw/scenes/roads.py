"""The coach over the pass, at the border by night."""

from __future__ import annotations

from PIL import Image

from tools.draw.block import Block, placed
from tools.draw.folk import SKIN, Look, stand
from tools.draw.press import DUSK, INK, OCHRE, RUST, Point, Print, smooth


def border_bus() -> Image.Image:
    """A coach at the barrier of a mountain border by night, the pass behind it; a panorama."""
    sheet = Print((2000, 1000), "border bus")
    rng = sheet.random
    block = Block(sheet, dusk=DUSK, ochre=OCHRE, rust=RUST, skin=SKIN, key=INK)
    block.box("dusk", 0, 0, 2000, 1000)
    for _ in range(110):
        block.disc("", rng.uniform(0, 2000), rng.uniform(0, 420), rng.choice((2, 3, 3, 5)))
    block.over("key", sheet.tone(lambda y: 0.75 - 1.9 * y, 24))
    _peaks(block)
    block.polygon("key", [(0, 770), (700, 742), (2000, 770), (2000, 1000), (0, 1000)], 5)
    for _ in range(60):
        x, y = rng.uniform(-50, 1950), rng.uniform(800, 990)
        block.gouge("dusk", x, y, rng.uniform(60, 240), rng.uniform(3, 9))
    block.polygon("ochre", [(1010, 700), (1010, 752), (330, 930), (300, 640)])
    block.over(
        "key",
        sheet.tone(lambda x: 0.62 - 1.5 * x, 22, across=True),
        block.area((1010, 700), (1010, 752), (330, 930), (300, 640)),
    )
    for _ in range(16):
        x = rng.uniform(160, 700)
        block.gouge("key", x, 800 + (700 - x) * rng.uniform(0.02, 0.2), rng.uniform(60, 160), 6)
    _hut(block, 60, 790)
    _barrier(block, 470, 850)
    _coach(block, 1000, 830)
    block.press()
    return sheet.finish()


def _peaks(block: Block) -> None:
    """Raise three ranges, snow on the first; a road with its bends and two far lights on the second."""
    far: list[Point] = [(-20, 520), (120, 350), (210, 400), (360, 190), (470, 320), (560, 270), (720, 420),
        (880, 250), (1010, 130), (1140, 300), (1240, 250), (1400, 400), (1560, 210), (1680, 340), (1790, 280),
        (2020, 460)]  # fmt: skip
    block.polygon("", [(x, y - 7) for x, y in far] + [(2020, 800), (-20, 800)])
    block.polygon("dusk", [*far, (2020, 800), (-20, 800)])
    for x, y in (far[3], far[8], far[12], far[1], far[5], far[14]):
        block.polygon(
            "",
            [
                (x, y),
                (x + 62, y + 76),
                (x + 34, y + 66),
                (x + 14, y + 108),
                (x - 10, y + 64),
                (x - 34, y + 92),
                (x - 58, y + 72),
            ],
        )
    for n in (1, 3, 5, 8, 10, 12, 14):
        (x, y), (u, v) = far[n], far[n + 1]
        block.polygon(
            "key",
            [
                (x, y),
                (u, v),
                (u - 10, 620),
                (x + 60, 620),
                (x + (u - x) * 0.42, v + 10),
                (x + 12, y + (v - y) * 0.6),
            ],
        )
    near: list[Point] = [(-20, 600), (160, 520), (300, 580), (520, 480), (700, 600), (900, 560), (1150, 470),
        (1330, 540), (1500, 450), (1760, 560), (2020, 500)]  # fmt: skip
    block.polygon("", [(x, y - 6) for x, y in near] + [(2020, 800), (-20, 800)])
    block.polygon("key", [*near, (2020, 800), (-20, 800)])
    road = smooth(
        [
            (1990, 690),
            (1700, 668),
            (1420, 650),
            (1410, 626),
            (1640, 600),
            (1650, 578),
            (1500, 552),
            (1510, 532),
            (1590, 516),
        ]
    )
    block.line("dusk", road, 9)
    for x, y in ((1560, 607), (1536, 611)):
        block.disc("ochre", x, y - 8, 7)


def _hut(block: Block, x: float, foot: float) -> None:
    block.polygon(
        "key",
        [
            (x - 30, foot - 280),
            (x + 130, foot - 350),
            (x + 290, foot - 280),
            (x + 290, foot - 262),
            (x - 30, foot - 262),
        ],
        5,
    )
    block.polygon(
        "", [(x - 30, foot - 286), (x + 130, foot - 358), (x + 290, foot - 286), (x + 130, foot - 332)]
    )
    block.box("rust", x, foot - 262, 260, 290, 5)
    block.box("ochre", x + 34, foot - 214, 150, 110, 5)
    block.box("key", x + 105, foot - 214, 8, 110)
    block.box("key", x + 24, foot - 104, 170, 14)
    for n in range(6):
        block.line("key", [(x + 8 + n * 44, foot - 70), (x + 8 + n * 44, foot + 20)], 5)
    stand(block, x + 326, foot + 90, 320, Look("dusk", "cap", crown="rust"), 1, (15, -60), 12, rim=5)
    block.polygon("", placed([(14, -68), (24, -71), (27, -62), (17, -59)], (x + 326, foot + 90), 3.2), 3)
    block.line("rust", placed([(14, -68), (17, -59)], (x + 326, foot + 90), 3.2), 6)


def _barrier(block: Block, x: float, foot: float) -> None:
    block.box("key", x + 70, foot - 190, 44, 230, 5)
    block.box("key", x + 50, foot - 206, 84, 66, 5)
    start, tip = (x + 40, foot - 154), (x + 520, foot - 520)
    for n in range(10):
        ends = [
            (start[0] + (tip[0] - start[0]) * t, start[1] + (tip[1] - start[1]) * t)
            for t in (n / 10, (n + 1) / 10)
        ]
        (ax, ay), (bx, by) = ends
        block.polygon(
            "rust" if n % 2 == 0 else "",
            [(ax - 9, ay - 12), (bx - 9, by - 12), (bx + 9, by + 12), (ax + 9, ay + 12)],
            4 if n == 0 else 0,
        )
    block.disc("key", x + 92, foot - 174, 17, 1.0, 4)


def _coach(block: Block, x: float, foot: float) -> None:
    """Stop a blue coach with its front to the left: lit windows, heads in them, bags on its roof."""
    block.blob("dusk", (x, foot), 1, [(0, -60), (8, -200), (40, -330), (90, -344), (840, -344), (880, -330),
        (890, -60), (890, -60), (0, -60)], 1, 0, 7)  # fmt: skip
    block.box("key", x + 6, foot - 92, 878, 36, 4)
    block.polygon(
        "ochre", [(x + 26, foot - 190), (x + 54, foot - 316), (x + 110, foot - 316), (x + 110, foot - 190)], 4
    )
    block.box("key", x + 124, foot - 316, 66, 224, 4)
    block.box("ochre", x + 134, foot - 306, 46, 130)
    for n in range(6):
        wx = x + 212 + n * 110
        block.box("ochre", wx, foot - 312, 96, 112, 4)
        if n not in (3,):
            block.blob("key", (wx + 52 - n % 2 * 10, foot - 200), 1, [(-38, 0), (-38, 0), (-34, -26),
                (-14, -38), (14, -38), (34, -26), (36, 0), (36, 0)])  # fmt: skip
            block.disc("key", wx + 48 - n % 2 * 10, foot - 254 + n % 3 * 6, 21, 1.15)
    block.blob("key", (x + 84, foot - 190), 1, [(-30, 0), (-26, -40), (-4, -52), (20, -46), (26, 0)])
    block.disc("key", x + 76, foot - 260, 19, 1.12)
    block.line("", [(x + 205, foot - 150), (x + 870, foot - 150)], 9)
    block.box("key", x + 200, foot - 366, 640, 10)
    for n, (wide, high, ink) in enumerate(
        ((120, 56, "key"), (90, 74, "ochre"), (140, 46, "rust key"), (70, 60, "dusk"), (120, 70, "key"))
    ):
        bx = x + 214 + n * 124
        block.box(ink, bx, foot - 368 - high, wide - 8, high, 4)
        block.line("", [(bx + wide * 0.3, foot - 366 - high), (bx + wide * 0.3, foot - 372)], 4)
        block.line("", [(bx + wide * 0.66, foot - 366 - high), (bx + wide * 0.66, foot - 372)], 4)
    for wx in (x + 196, x + 700):
        block.disc("key", wx, foot - 52, 66, 1.0, 6)
        block.disc("", wx, foot - 52, 30)
        block.disc("key", wx, foot - 52, 22)
    block.disc("", x + 22, foot - 116, 24)
    block.disc("ochre", x + 22, foot - 116, 17)
    block.box("rust", x + 874, foot - 130, 12, 34, 4)
    block.line("key", [(x + 34, foot - 330), (x - 4, foot - 300), (x - 4, foot - 246)], 9, 3)


SCENES = {"border-bus": border_bus}
