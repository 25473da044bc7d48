"""The Veln above the city: the dam it comes from, the mill."""

from __future__ import annotations

import math

from PIL import Image

from tools.draw.bodies import PEEL, body
from tools.draw.press import (
    BRICK,
    DUSK,
    INK,
    MIST,
    MOSS,
    OCHRE,
    PAPER,
    RUST,
    TEAL,
    Plate,
    Point,
    Print,
    lighter,
    ripples,
)
from tools.draw.shapes import hills, person

WIDE = (1800, 1200)


def _pine(plate: Plate, x: float, foot: float, height: float, fill: int = 255) -> None:
    for n in range(4):
        half, top = height * (0.1 + 0.05 * n), foot - height * (1 - 0.2 * n)
        plate.polygon([(x - half, top + height * 0.36), (x, top), (x + half, top + height * 0.36)], fill)
    plate.box(x - height * 0.025, foot - height * 0.1, height * 0.05, height * 0.12, fill)


def _face(u: float, v: float) -> Point:
    """Return a point of the dam: `u` from bank to bank, `v` from its crest to its foot."""
    crest = 300 + 56 * math.sin(math.pi * u)
    foot = crest + 640 * (1 - abs(2 * u - 1) ** 1.7)
    return 150 + 1500 * u, crest + (foot - crest) * v


def keld_dam() -> Image.Image:
    """A wall across a valley, two of its four gates open; a power house for scale."""
    sheet = Print(WIDE, "keld dam")
    rng = sheet.random
    sky = sheet.tone(lambda y: 0.9 - 3.0 * y, 30)
    back = sheet.plate()
    back.polygon([*hills(rng, 1800, 420, 340, 3), (1810, 700), (-10, 700)])
    wall = sheet.plate()
    wall.polygon([*[_face(n / 40, 0) for n in range(41)], *[_face(n / 40, 1) for n in range(40, -1, -1)]])
    for plate in (sky, back):
        plate.cut(wall)
    sky.cut(back)
    sheet.ink(sky, OCHRE, (1, 1), 0.35)
    sheet.ink(back, lighter(DUSK, 0.25), (2, 1), 0.5)
    fall = sheet.plate()
    for u in (0.44, 0.56):
        _fall(fall, sheet, u)
    spray = sheet.plate()
    for _ in range(50):
        spray.disc(rng.gauss(900, 190), rng.uniform(905, 985), rng.uniform(20, 66), 255, 0.7)
    spray.cut(sheet.tone(lambda y: (y - 0.78) * 5 if y > 0.78 else 0, 20))
    river = sheet.plate()
    river.polygon([(560, 930), (1240, 930), (1330, 1010), (1560, 1200), (150, 1200), (430, 1020)])
    ripples(river, rng, (150, 960, 1450, 240), 150, 0, (60, 280), (4, 13))
    ripples(river, rng, (620, 950, 560, 240), 90, 0, (50, 220), (5, 13))
    for plate in (wall, river):
        plate.cut(fall)
        plate.cut(spray)
    sheet.ink(wall, MIST, (-1, 1), 0.4)
    sheet.ink(river, TEAL, (-2, 1), 0.4)
    left, right = _banks(sheet)
    banks = sheet.plate()
    banks.add(left)
    banks.add(right)
    for _ in range(120):
        x, y = rng.uniform(-40, 1800), rng.uniform(380, 1200)
        banks.gouge(x, y, rng.uniform(40, 120), 7, 0, 0.7 if x < 900 else -0.7)
    red, key, house = sheet.plate(), sheet.plate(), sheet.plate()
    _power_house(house, red)
    sheet.sheet.paste(PAPER, mask=banks.image)
    open_ = sheet.plate()
    open_.add(banks)
    open_.cut(red)
    open_.box(1430, 950, 250, 92, 0)
    sheet.ink(open_, MOSS, (1, 1), 0.45)
    _wall_lines(key, sheet, wall)
    _crest(key, red)
    key.add(house)
    trees = sheet.plate()
    for _ in range(150):
        x = rng.choice((rng.uniform(-30, 520), rng.uniform(1280, 1830)))
        y = rng.uniform(430, 1200)
        height = 60 + (y - 400) * 0.16
        on_bank = all(banks.image.getpixel((min(1799, max(0, int(x + d))), int(y) - 1)) for d in (-16, 16))
        if on_bank and not (1370 < x < 1730 and 880 < y < 1180):
            _pine(trees, x, y, height)
    key.add(trees)
    sheet.ink(red, RUST, (2, 1), 0.4)
    sheet.ink(key, INK, (0, 0), 0.4)
    return sheet.finish()


def _fall(fall: Plate, sheet: Print, u: float) -> None:
    rng = sheet.random
    edges: list[Point] = []
    for side in (-1, 1):
        for n in range(21):
            v = n / 20 if side < 0 else 1 - n / 20
            x, y = _face(u, 0.1 + 0.92 * v)
            edges.append((x + side * (44 + 46 * v * v), y))
    fall.polygon(edges)
    for _ in range(26):
        x, y = _face(u, 0)
        t = rng.uniform(-0.9, 0.9)
        start, length = rng.uniform(0.2, 0.8), rng.uniform(60, 200)
        y += 600 * start
        near, mid, far = (x + t * (44 + 46 * (start + more) ** 2) for more in (0, 0.2, 0.3))
        fall.polygon([(near, y), (mid + 9, y + length / 2), (far, y + length)], 0)


def _banks(sheet: Print) -> tuple[Plate, Plate]:
    left, right = sheet.plate(), sheet.plate()
    left.polygon([(-10, 190), (60, 240), (186, 296), (272, 420), (350, 570), (450, 720), (560, 860),
                  (640, 950), (480, 1010), (330, 1090), (180, 1210), (-10, 1210)])  # fmt: skip
    right.polygon([(1810, 130), (1730, 210), (1614, 296), (1536, 420), (1450, 570), (1350, 720), (1240, 860),
                   (1160, 950), (1330, 1000), (1460, 1080), (1640, 1210), (1810, 1210)])  # fmt: skip
    return left, right


def _wall_lines(key: Plate, sheet: Print, wall: Plate) -> None:
    """Draw the lifts of concrete, and the shade that falls on the wall from the left."""
    for n in range(1, 9):
        key.line([_face(m / 40, n / 9) for m in range(41)], 4)
    for n in range(3, 38):
        if n not in (17, 18, 19, 21, 22, 23):
            key.line([_face(n / 40, 0), _face(n / 40, 1)], 2)
    ramp = Image.new("L", (1800, 1))
    ramp.putdata([int(255 * max(0.0, 0.55 - x / 1500)) for x in range(1800)])
    key.add(sheet.screen(ramp.resize(sheet.size), 34))
    key.keep(wall)


def _crest(key: Plate, red: Plate) -> None:
    """Set parapet, four gates and their houses, lamps, and two who look down."""
    for lift, width in ((0, 16), (-26, 7)):
        key.line([(x, y + lift) for x, y in (_face(n / 40, 0) for n in range(41))], width)
    for n in range(61):
        x, y = _face(n / 60, 0)
        key.box(x - 2, y - 26, 4, 26)
    for u in (0.32, 0.44, 0.56, 0.68):
        x, y = _face(u, 0)
        key.box(x - 56, y - 60, 112, 142)
        key.polygon([(x - 68, y - 58), (x - 40, y - 96), (x + 40, y - 96), (x + 68, y - 58)])
        low = 18 if u in (0.44, 0.56) else 60
        key.box(x - 44, y + 6, 88, 76, 0)
        red.box(x - 44, y + 6, 88, low)
        for side in (-30, 12):
            key.box(x + side, y - 44, 18, 24, 0)
    for u in (0.08, 0.15, 0.85, 0.92):
        x, y = _face(u, 0)
        key.box(x - 3, y - 92, 6, 92)
        key.disc(x, y - 94, 9)
    for u in (0.2, 0.218):
        x, y = _face(u, 0)
        person(key, x, y - 8, 60)


def _power_house(key: Plate, red: Plate) -> None:
    x, foot = 1420, 1046
    key.box(x, foot - 104, 270, 110)
    red.polygon([(x - 14, foot - 102), (x + 20, foot - 156), (x + 250, foot - 156), (x + 284, foot - 102)])
    for n in range(6):
        key.box(x + 16 + n * 42, foot - 84, 24, 56, 0)
        key.disc(x + 28 + n * 42, foot - 84, 12, 0)


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


SCENES = {"keld-dam": keld_dam, "paper-mill": paper_mill}
