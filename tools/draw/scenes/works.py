"""Where things are made: the paper mill, the bakery."""

from __future__ import annotations

import math

from PIL import Image, ImageFilter

from tools.draw.bodies import PEEL, body
from tools.draw.press import BRICK, DUSK, INK, OCHRE, RUST, TEAL, Plate, Point, Print, lighter, ripples
from tools.draw.shapes import hills

WIDE = (1800, 1200)


def paper_mill() -> Image.Image:
    """The mill on the river, its chimney and its smoke; logs on one bank, rolls of paper on the other."""
    sheet = Print(WIDE, "paper mill")
    rng = sheet.random
    sky = sheet.plate()
    sky.box(0, 0, 1800, 700)
    for _ in range(150):
        y = 640 * rng.random() ** 0.5
        sky.gouge(rng.uniform(-300, 1800), y, rng.uniform(100, 420), 2 + y / 60)
    smoke = sheet.plate()
    for n in range(30):
        t = n / 30
        smoke.disc(770 + 1150 * t**1.15, 96 - 96 * t**0.7 + 150 * t * t + rng.uniform(-16, 16),
                   34 + 110 * t + rng.uniform(0, 24), 255, 0.72)  # fmt: skip
    sky.cut(smoke)
    mill, panes = sheet.plate(), sheet.plate()
    _mill(mill, panes)
    woods = sheet.plate()
    woods.polygon([*hills(rng, 1800, 700, 210, 3), (1810, 800), (-10, 800)])
    bank, logs, paper = sheet.plate(), sheet.plate(), sheet.plate()
    bank.polygon([(0, 980), (250, 996), (520, 1060), (720, 1210), (0, 1210)])
    for row in range(4):
        for n in range(5 - row):
            logs.disc(66 + n * 112 + row * 56, 1092 - row * 97, 54)
    paper.box(1090, 978, 720, 230)
    for x, y in _rolls():
        paper.box(x, y - 210, 150, 210)
        paper.disc(x + 75, y, 75, 255, 0.26)
        paper.disc(x + 75, y - 210, 75, 255, 0.26)
    front = sheet.plate()
    for plate in (bank, logs, paper):
        front.add(plate)
    for plate in (sky, woods):
        for before in (mill, panes, front):
            plate.cut(before)
    sky.cut(woods)
    sheet.ink(sky, lighter(DUSK, 0.2), (1, 0), 0.35)
    sheet.ink(woods, lighter(TEAL, 0.45), (1, 1), 0.5)
    water = sheet.plate()
    water.box(0, 800, 1800, 400)
    image = sheet.plate()
    above = mill.image.crop((0, 400, 1800, 800))
    image.image.paste(above.transpose(Image.Transpose.FLIP_TOP_BOTTOM), (0, 800))
    ripples(image, rng, (0, 806, 1800, 400), 210, 0, (70, 320), (5, 15))
    light = sheet.plate()
    ripples(light, rng, (600, 815, 900, 230), 50, 255, (40, 150), (4, 9))
    ripples(water, rng, (0, 815, 1800, 390), 90, 0, (60, 300), (3, 9))
    for plate in (water, image, light, mill, panes):
        plate.cut(front)
    water.cut(light)
    image.cut(light)
    sheet.ink(water, TEAL, (-2, 1), 0.4)
    mill.add(image)
    sheet.ink(mill, BRICK, (1, 1), 0.4)
    panes.add(light)
    panes.add(logs)
    sheet.ink(panes, OCHRE, (2, 1), 0.35)
    key = sheet.plate()
    _mill_lines(key, sheet, mill)
    race = sheet.plate()
    ripples(race, rng, (680, 804, 760, 60), 50, 255, (50, 200), (4, 9))
    key.add(race)
    key.cut(front)
    bank.cut(logs)
    ripples(bank, rng, (0, 1110, 640, 90), 36, 0, (40, 140), (3, 7))
    key.add(bank)
    _timber(key, sheet)
    _quay(key, sheet)
    sheet.ink(key, INK, (0, 0), 0.4)
    return sheet.finish()


def _mill(mill: Plate, panes: Plate) -> None:
    mill.box(620, 520, 960, 280)
    for n in range(6):
        x = 620 + n * 160
        mill.polygon([(x, 522), (x, 404), (x + 160, 522)])
    mill.box(430, 350, 190, 450)
    mill.polygon([(744, 520), (752, 110), (808, 110), (816, 520)])
    mill.box(740, 84, 80, 34)
    mill.box(1580, 610, 200, 190)
    mill.polygon([(1564, 612), (1680, 540), (1796, 612)])
    for n in range(15):
        for y, height in ((560, 66), (668, 66)):
            panes.box(664 + n * 60, y, 32, height)
    for y in (410, 510, 610):
        for x in (460, 510, 560):
            panes.box(x, y, 30, 56)
    panes.box(1650, 690, 62, 110)
    mill.cut(panes)


def _mill_lines(key: Plate, sheet: Print, mill: Plate) -> None:
    """Draw what is iron, slate or shadow on the mill."""
    rng = sheet.random
    for n in range(6):
        x = 620 + n * 160
        key.polygon([(x - 6, 404), (x + 14, 398), (x + 172, 524), (x + 140, 524)])
        key.box(x, 404, 9, 120)
        for m in range(3):
            key.box(x + 14, 440 + m * 27, 18 + m * 36, 7)
    key.box(620, 740, 960, 10)
    key.box(416, 338, 218, 22)
    key.box(450, 270, 150, 66)
    for x in (456, 584):
        key.box(x, 330, 9, 20)
    key.polygon([(440, 272), (525, 226), (610, 272)])
    key.box(734, 78, 92, 16)
    key.box(742, 140, 76, 8)
    key.polygon([(782, 118), (808, 118), (816, 404), (784, 430)])
    key.polygon([(1556, 616), (1680, 534), (1804, 616), (1780, 616), (1680, 552), (1580, 616)])
    for x in (700, 900, 1100):
        key.draw.pieslice((x, 742, x + 130, 872), 180, 360, fill=255)
    for n in range(15):
        for y in (560, 668):
            key.box(678 + n * 60, y, 4, 66)
            key.box(664 + n * 60, y + 30, 32, 4)
    shade = sheet.plate()
    for _ in range(150):
        shade.gouge(rng.uniform(430, 1700), rng.uniform(400, 790), rng.uniform(16, 40), 4, 255)
    shade.keep(mill)
    key.add(shade)
    key.box(0, 796, 430, 10)
    key.box(1580, 796, 290, 12)
    key.box(0, 806, 1800, 400, 0)


def _rolls() -> list[Point]:
    return [(1282.0, 994.0), (1448.0, 994.0), (1614.0, 994.0), (1780.0, 994.0)]


def _timber(key: Plate, sheet: Print) -> None:
    rng = sheet.random
    for row in range(4):
        for n in range(5 - row):
            x, y = 66 + n * 112 + row * 56, 1092 - row * 97
            key.disc(x, y, 58)
            key.disc(x, y, 47, 0)
            for r in (34, 21, 9):
                start = rng.uniform(0, 360)
                key.draw.arc((x - r, y - r, x + r, y + r), start, start + 290, fill=255, width=4)
            turn = rng.uniform(0, 6.3)
            key.line([(x, y), (x + 46 * math.cos(turn), y + 46 * math.sin(turn))], 4)


def _quay(key: Plate, sheet: Print) -> None:
    """Stand rolls of paper on the quay, and a worker with a truck."""
    rng = sheet.random
    key.box(1080, 1010, 730, 200)
    for n in range(5):
        for _ in range(6):
            key.gouge(1090 + rng.uniform(0, 650), 1034 + n * 36, rng.uniform(40, 110), 5)
    for x, y in _rolls():
        key.disc(x + 75, y, 79, 255, 0.28)
        key.box(x - 4, y - 210, 158, 210)
        key.box(x + 4, y - 210, 142, 210, 0)
        key.disc(x + 75, y, 71, 0, 0.25)
        for low in (-34, -176):
            key.draw.arc((x, y + low - 20, x + 150, y + low + 20), 0, 180, fill=255, width=10)
        for n in range(5):
            key.box(x + 106 + n * 8, y - 142 + n * 3, 4, 104 - n * 6)
        key.disc(x + 75, y - 210, 79, 255, 0.29)
        key.disc(x + 75, y - 210, 70, 0, 0.24)
        key.draw.arc((x + 30, y - 222, x + 120, y - 198), 20, 300, fill=255, width=4)
        key.disc(x + 75, y - 210, 14, 255, 0.4)
    body(key, 1588, 1012, 262, PEEL, -1, "cap")
    key.line([(1520, 838), (1462, 1004), (1400, 1004)], 9)
    key.disc(1462, 1000, 17)


def bread_oven() -> Image.Image:
    """A baker before a glowing oven, loaves on racks, four o'clock."""
    sheet = Print(WIDE, "bread oven")
    rng = sheet.random
    mouth = sheet.plate()
    mouth.box(1210, 520, 400, 170)
    mouth.draw.pieslice((1210, 400, 1610, 640), 180, 360, fill=255)
    glow = sheet.plate()
    glow.draw.ellipse((690, 0, 2000, 1330), fill=255)
    wall = sheet.plate()
    wall.box(760, 0, 1040, 1010)
    bricks = sheet.plate()
    for row in range(17):
        bricks.box(760, row * 62, 1040, 6)
        for n in range(10):
            bricks.box(760 + n * 130 + (row % 2) * 65, row * 62, 6, 62)
    arch = sheet.plate()
    arch.draw.pieslice((1130, 320, 1690, 720), 180, 360, fill=255)
    arch.box(1130, 520, 560, 200)
    bricks.cut(arch)
    for n in range(12):
        a = math.pi * n / 11
        bricks.line([(1410 + r * math.cos(a), 520 - 0.66 * r * math.sin(a)) for r in (214, 284)], 6)
    wall.cut(bricks)
    wall.cut(mouth)
    loaves = sheet.plate()
    for row in range(4):
        for n in range(4):
            _loaf(loaves, 130 + n * 150, 420 + row * 190, 58)
    floor = sheet.plate()
    floor.polygon([(0, 1010), (1800, 1010), (1800, 1200), (0, 1200)])
    pool = sheet.plate()
    pool.polygon([(1160, 1012), (1660, 1012), (1800, 1210), (820, 1210)])
    for _ in range(60):
        pool.gouge(rng.uniform(780, 1740), rng.uniform(1014, 1200), rng.uniform(60, 220), 7, 0)
    gold = sheet.plate()
    for plate in (mouth, loaves, pool):
        gold.add(plate)
    dial = sheet.plate()
    dial.disc(560, 170, 82)
    gold.add(dial)
    sheet.ink(gold, OCHRE, (1, 1), 0.3)
    ember = sheet.plate()
    for n in range(26):
        x = 1222 + n * 15
        ember.polygon([(x, 692), (x + 9, 640 - 46 * abs(math.sin(n * 1.9))), (x + 22, 692)])
    loaf = sheet.plate()
    _loaf(loaf, 1330, 640, 80)
    ember.cut(loaf)
    wall.add(ember)
    wall.add(loaf)
    sheet.ink(wall, RUST, (2, 1), 0.45)
    key = sheet.plate()
    dark = sheet.plate()
    dark.box(0, 0, 1800, 1200)
    dark.cut(glow)
    soft = dark.image.filter(ImageFilter.GaussianBlur(120)).point(lambda value: min(255, int(value * 1.15)))
    shade = sheet.screen(soft, 26)
    shade.box(0, 0, 700, 1040)
    for plate in (loaves, dial, mouth):
        shade.cut(plate)
    dusk = sheet.tone(lambda y: (y - 0.8) * 4 if y > 0.8 else 0, 26)
    dusk.cut(pool)
    shade.add(dusk)
    key.add(shade)
    _bakery(key, sheet)
    body(key, 880, 1130, 840, PEEL, 1, "cap")
    key.line([(920, 690), (1260, 660)], 15)
    key.polygon([(1210, 656), (1240, 642), (1440, 648), (1440, 664), (1240, 674)])
    sheet.ink(key, INK, (0, 0), 0.35)
    return sheet.finish()


def _loaf(plate: Plate, x: float, y: float, size: float) -> None:
    """Lay a loaf with its three cuts."""
    plate.draw.pieslice((x - size, y - size * 0.86, x + size, y + size * 0.7), 180, 360, fill=255)
    plate.box(x - size, y - size * 0.1, size * 2, size * 0.24)
    for n in (-1, 0, 1):
        cx = x + n * size * 0.5
        plate.line([(cx - 10, y - size * 0.24), (cx + 10, y - size * 0.66)], 7, 0)


def _bakery(key: Plate, sheet: Print) -> None:
    """Draw racks, the clock, the iron round the oven's mouth."""
    for row in range(4):
        hole = Plate(key.image.size)
        hole.box(56, 438 + row * 190, 588, 9)
        key.cut(hole)
    for x in (50, 640):
        hole = Plate(key.image.size)
        hole.box(x, 330, 9, 690)
        key.cut(hole)
    key.disc(560, 170, 72)
    hole = Plate(key.image.size)
    hole.disc(560, 170, 70)
    key.cut(hole)
    for n in range(12):
        a = n * math.pi / 6
        key.line([(560 + r * math.sin(a), 170 - r * math.cos(a)) for r in (54, 66)], 6)
    key.line([(560, 170), (560, 116)], 7)
    key.line([(560, 170), (592, 189)], 10)
    key.draw.arc((1196, 386, 1624, 654), 180, 360, fill=255, width=16)
    for x in (1196, 1608):
        key.box(x, 516, 16, 180)
    key.box(1120, 690, 600, 26)
    key.box(760, 1000, 1040, 14)


SCENES = {"paper-mill": paper_mill, "gal-bread-oven": bread_oven}
