"""Bridges, high water, and a town without light."""

from __future__ import annotations

import math

from PIL import Image

from tools.draw.press import BRICK, DUSK, INK, MIST, OCHRE, RUST, TEAL, Plate, Print, lighter, ripples
from tools.draw.shapes import gable, person, windows

WIDE = (1800, 1200)
SILT = "#bf8b45"


def flood_bridge() -> Image.Image:
    """A stone bridge, the water nearly up to the crown of its arches, and the staff that measures it."""
    sheet = Print(WIDE, "flood bridge")
    rng = sheet.random
    sky = sheet.tone(lambda y: 0.55 - 0.5 * y)
    sheet.ink(sky, DUSK, (0, 1), 0.4)
    far = sheet.plate()
    x = 0.0
    while x < 1800:
        width = rng.uniform(90, 150)
        gable(far, x, 640, width - 4, rng.uniform(150, 260), rng.randrange(4))
        windows(far, rng, (x + 8, 470, width - 20, 110), 2, 2)
        x += width
    stone = sheet.plate()
    stone.polygon([(0, 560), (900, 500), (1800, 560), (1800, 860), (0, 860)])
    for n in range(4):
        cx = 250 + n * 433
        stone.draw.pieslice((cx - 165, 600, cx + 165, 1010), 180, 360, fill=0)
    for _ in range(330):
        bx, by = rng.uniform(0, 1790), rng.uniform(530, 800)
        stone.gouge(bx, by, rng.uniform(24, 60), 4)
    stone.box(0, 712, 1800, 200, 0)
    below = sheet.plate()
    below.polygon([(0, 560), (900, 500), (1800, 560), (1800, 860), (0, 860)])
    far.cut(below)
    sheet.ink(far, lighter(TEAL, 0.25), (2, 0), 0.5)
    sheet.ink(stone, lighter(BRICK, 0.25), (1, 1), 0.5)
    water = sheet.plate()
    water.box(0, 706, 1800, 494)
    ripples(water, rng, (0, 724, 1800, 470), 190, 0, (60, 360), (4, 16))
    sheet.ink(water, SILT, (-1, 2), 0.5)
    key = sheet.plate()
    for n in range(4):
        cx = 250 + n * 433
        key.draw.arc((cx - 172, 592, cx + 172, 1016), 180, 360, fill=255, width=14)
        key.draw.pieslice((cx - 160, 606, cx + 160, 1010), 180, 360, fill=255)
    under = sheet.plate()
    under.box(0, 712, 1800, 500)
    key.cut(under)
    key.line([(0, 556), (900, 496), (1800, 556)], 12)
    for n in range(5):
        cx = 33 + n * 433
        key.polygon([(cx - 52, 712), (cx - 40, 590), (cx + 40, 590), (cx + 52, 712)])
    for n in range(9):
        cx = 60 + n * 210
        y = 556 - 60 * (1 - abs(cx - 900) / 900)
        key.box(cx - 4, y - 110, 8, 110)
        key.disc(cx, y - 118, 15)
    for px in (560, 606, 1240):
        person(key, px, 556 - 60 * (1 - abs(px - 900) / 900), 96)
    ripples(key, rng, (0, 716, 1800, 480), 210, 255, (70, 420), (5, 18))
    key.box(1330, 560, 74, 640, 0)
    key.box(1334, 564, 66, 640)
    key.box(1342, 572, 50, 640, 0)
    for n in range(16):
        key.box(1342, 590 + n * 40, 50 if n % 5 == 0 else 26, 20 if n % 5 == 0 else 10)
    sheet.ink(key, INK, (0, 0), 0.4)
    return sheet.finish()


def swing_bridge() -> Image.Image:
    """The bridge turned across the basin, a mast going through, the keeper at his bar."""
    sheet = Print(WIDE, "swing bridge")
    rng = sheet.random
    sky = sheet.tone(lambda y: 0.06 + 0.35 * y if y < 0.66 else 0)
    sheet.ink(sky, RUST, (1, 1), 0.4)
    town = sheet.plate()
    x = -20.0
    while x < 1800:
        width = rng.uniform(120, 190)
        gable(town, x, 760, width - 6, rng.uniform(230, 360), rng.randrange(4))
        windows(town, rng, (x + 12, 500, width - 30, 220), 3, 3)
        x += width
    sheet.ink(town, MIST, (2, 2), 0.5)
    water = sheet.plate()
    water.box(0, 760, 1800, 440)
    ripples(water, rng, (0, 780, 1800, 410), 140, 0, (50, 260), (4, 13))
    sheet.ink(water, TEAL, (-2, 1), 0.5)
    key = sheet.plate()
    key.polygon([(190, 700), (1240, 612), (1240, 650), (190, 760)])
    top = [(230 + n * 62, 694 - n * 5.2 - 150 * math.sin(math.pi * min(1.0, n / 15.5))) for n in range(17)]
    key.line(top, 14)
    for n in range(16):
        base = 700 - n * 5.2
        key.line([(230 + n * 62, base), top[n]], 7)
        key.line([(230 + n * 62, base), top[n + 1]], 5)
    key.box(640, 700, 150, 130)
    key.box(600, 820, 230, 60)
    for n in range(6):
        key.disc(632 + n * 34, 706, 12, 0)
    key.box(1520, 700, 300, 500)
    key.box(0, 800, 120, 400)
    for _ in range(60):
        key.gouge(1530 + rng.uniform(0, 250), 720 + rng.uniform(0, 460), rng.uniform(40, 90), 5)
    person(key, 1000, 640, 190, 0.1, "cap")
    key.line([(1012, 548), (1110, 520)], 8)
    person(key, 1590, 702, 150)
    person(key, 1660, 702, 140, 0, "scarf")
    key.polygon([(1260, 872), (1490, 858), (1470, 930), (1296, 936)])
    key.line([(1375, 870), (1375, 330)], 11)
    key.line([(1375, 340), (1470, 862)], 4)
    key.line([(1375, 340), (1272, 868)], 4)
    key.line([(1376, 800), (1300, 560)], 8)
    ripples(key, rng, (560, 880, 320, 150), 34, 255, (50, 170), (5, 12))
    ripples(key, rng, (1240, 936, 280, 180), 34, 255, (40, 170), (5, 12))
    ripples(key, rng, (120, 770, 1400, 120), 40, 255, (50, 200), (3, 8))
    sheet.ink(key, INK, (0, 0), 0.4)
    return sheet.finish()


def dark_town() -> Image.Image:
    """A town without light under stars; one building lit; a pylon in front."""
    sheet = Print(WIDE, "dark town")
    rng = sheet.random
    stars = sheet.plate()
    for _ in range(150):
        stars.disc(rng.uniform(0, 1800), rng.uniform(0, 640) ** 1.0, rng.choice((2, 3, 3, 5)))
    sky = sheet.tone(lambda y: 1 - 0.62 * y / 0.66 if y < 0.9 else 0.3)
    sky.cut(stars)
    hospital = sheet.plate()
    hospital.box(1000, 400, 300, 250)
    hospital.box(1110, 348, 80, 60)
    lit = sheet.plate()
    for n in range(7):
        for m in range(3):
            lit.box(1018 + n * 40, 420 + m * 58, 24, 34)
    rows = [sheet.plate() for _ in range(4)]
    for number, row in enumerate(rows):
        x = -60.0 + number * 31
        while x < 1800:
            width = rng.uniform(84, 140) * (1 + number * 0.22)
            lift = 170 * math.exp(-(((x - 1050) / 480) ** 2)) * (1 - number * 0.3)
            gable(row, x, 1300, width + 2, 660 - number * 150 + lift + rng.uniform(-26, 26), rng.randrange(4))
            x += width
    for back, front in ((0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)):
        rows[back].cut(rows[front])
    key = sheet.plate()
    key.add(hospital)
    for front in rows[1:]:
        key.cut(front)
        lit.cut(front)
    rows[0].cut(hospital)
    for plate in (sky, key, *rows):
        plate.cut(lit)
    for row in rows:
        sky.cut(row)
    sheet.ink(sky, DUSK, (0, 0), 0.35)
    sheet.ink(lit, OCHRE, (1, 1), 0.2)
    sheet.ink(rows[0], lighter(TEAL, 0.35), (1, 1), 0.5)
    sheet.ink(rows[1], lighter(TEAL, 0.1), (0, 1), 0.5)
    sheet.ink(rows[2], TEAL, (1, 0), 0.5)
    shade = sheet.tone(lambda _: 0.5)
    shade.keep(rows[2])
    key.add(shade)
    key.add(rows[3])
    for number, row in enumerate(rows[:3]):
        dark = sheet.plate()
        windows(dark, rng, (0, 700 + number * 110, 1800, 560), 44 - number * 8, 7, 255, 0.75)
        dark.keep(row)
        key.add(dark)
    _pylon(key, 330, 1200, 900)
    for y, sag in ((452, 120), (560, 120)):
        for side in (-1, 1):
            points = [
                (330 + side * 150 + side * t * 1700 / 20, y + sag * (t / 20) * (2 - t / 20) * 0.9)
                for t in range(21)
            ]
            key.line(points, 4)
    key.cut(lit)
    sheet.ink(key, INK, (0, 0), 0.4)
    return sheet.finish()


def _pylon(plate: Plate, x: float, foot: float, height: float) -> None:
    top = foot - height
    for side in (-1, 1):
        plate.line([(x + side * 110, foot), (x + side * 34, top + height * 0.3), (x + side * 8, top)], 10)
    for n in range(9):
        t = n / 9
        y = foot - t * height * 0.7
        half, above = 110 - 76 * t, 110 - 76 * (t + 1 / 9)
        plate.line([(x - half, y), (x + above, y - height * 0.078)], 5)
        plate.line([(x + half, y), (x - above, y - height * 0.078)], 5)
    for y in (top + height * 0.17, top + height * 0.29):
        plate.line([(x - 160, y), (x, y - 22), (x + 160, y)], 8)
        plate.line([(x - 160, y), (x + 160, y)], 7)
        for side in (-1, 1):
            plate.box(x + side * 150 - 4, y, 8, 26)


SCENES = {"flood-bridge": flood_bridge, "swing-bridge": swing_bridge, "dark-town": dark_town}
