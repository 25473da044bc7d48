"""The capital: its hall, its market, its houses."""

from __future__ import annotations

from PIL import Image

from tools.draw.press import BRICK, DUSK, INK, OCHRE, RUST, TEAL, Print, ripples
from tools.draw.shapes import person, umbrella

WIDE = (1800, 1200)


def council_hall() -> Image.Image:
    """The hall with its clock, lit, on a wet square; people with umbrellas."""
    sheet = Print(WIDE, "council hall")
    rng = sheet.random
    sky = sheet.tone(lambda y: 0.9 - 0.7 * y / 0.7 if y < 0.74 else 0.0)
    sheet.ink(sky, DUSK, (1, 2), 0.4)
    square = sheet.plate()
    square.box(0, 900, 1800, 300)
    shine = sheet.plate()
    ripples(shine, rng, (280, 915, 1260, 270), 110, 255, (30, 150), (4, 11))
    square.cut(shine)
    sheet.ink(square, TEAL, (-2, 1), 0.5)
    hall = sheet.plate()
    lit = sheet.plate()
    hall.box(300, 470, 1200, 430)
    hall.polygon([(280, 474), (360, 330), (1440, 330), (1520, 474)])
    hall.box(820, 150, 170, 330)
    hall.polygon([(806, 152), (905, -40), (1004, 152)])
    for x in (420, 560, 700, 1110, 1250, 1390):
        hall.polygon([(x - 42, 380), (x, 306), (x + 42, 380)])
    for n in range(12):
        if n not in (5, 6):
            x = 338 + n * 98
            for y, height in ((520, 110), (690, 120)):
                if rng.random() < 0.78:
                    lit.box(x, y, 50, height)
                    lit.disc(x + 25, y, 25)
    lit.box(852, 700, 106, 200)
    lit.disc(905, 700, 53)
    lit.disc(905, 262, 62)
    hall.cut(lit)
    for n in range(13):
        hall.box(316 + n * 98, 470, 6, 430, 0)
    hall.box(300, 655, 1200, 7, 0)
    sheet.ink(lit, OCHRE, (2, 2), 0.4)
    sheet.ink(shine, OCHRE, (2, 2), 0.6)
    sheet.ink(hall, BRICK, (0, 0), 0.5)
    key = sheet.plate()
    key.disc(905, 262, 70)
    key.disc(905, 262, 61, 0)
    key.line([(905, 262), (886, 220)], 8)
    key.line([(905, 262), (905, 208)], 5)
    key.polygon(
        [(280, 474), (360, 330), (1440, 330), (1520, 474), (1500, 474), (1500, 486), (300, 486), (300, 474)]
    )
    key.polygon([(806, 152), (905, -40), (1004, 152)])
    for _ in range(150):
        x, y = rng.uniform(290, 1480), rng.uniform(340, 470)
        key.gouge(x, y, rng.uniform(14, 40), 3)
    for x, height, side in (
        (250, 330, 1),
        (370, 300, 0),
        (620, 280, 1),
        (1120, 310, 0),
        (1245, 290, 1),
        (1580, 350, 1),
    ):
        foot = 960 + height * 0.33
        person(key, x, foot, height, 0.02 * (1 if side else -1))
        if side:
            umbrella(key, x + 8, foot - height * 0.93, height * 0.42)
        ripples(key, rng, (x - 70, foot, 140, 90), 9, 255, (40, 120), (4, 9))
    for _ in range(260):
        x, y = rng.uniform(0, 1800), rng.uniform(0, 1150)
        key.polygon([(x, y), (x + 3, y), (x - 9, y + 46), (x - 11, y + 46)], 255 if rng.random() < 0.4 else 0)
    sheet.ink(key, INK, (0, 0), 0.4)
    return sheet.finish()


def fish_market() -> Image.Image:
    """The hall at Kornmarket: iron arches, lamps, crates, customers from behind."""
    sheet = Print(WIDE, "fish market")
    rng = sheet.random
    glow = sheet.tone(lambda y: 0.1 + 0.55 * abs(y - 0.45))
    sheet.ink(glow, OCHRE, (2, 0), 0.35)
    roof = sheet.plate()
    roof.box(0, 0, 1800, 520)
    for k in range(3):
        x = -60 + k * 660
        roof.draw.pieslice((x, 90, x + 600, 950), 180, 360, fill=0)
    for k in range(3):
        x = -60 + k * 660
        for n in range(1, 6):
            roof.box(x + n * 100 - 3, 60, 6, 460)
        for y in (250, 360, 460):
            roof.box(x, y, 600, 6)
    sheet.ink(roof, TEAL, (-2, 2), 0.45)
    red = sheet.plate()
    for k in range(4):
        x = 20 + k * 460
        for n in range(9):
            if n % 2 == 0:
                red.polygon(
                    [(x + n * 44, 500), (x + n * 44 + 44, 500), (x + n * 46 - 4, 610), (x + n * 46 - 52, 610)]
                )
                red.disc(x + n * 46 - 28, 610, 24)
    for n in range(40):
        x, y = 60 + (n % 20) * 86, 800 + (n // 20) * 46
        red.disc(x, y, 26, 255, 0.38)
        red.polygon([(x + 20, y), (x + 44, y - 12), (x + 44, y + 12)])
    sheet.ink(red, RUST, (3, -1), 0.55)
    key = sheet.plate()
    for x in (-90, 570, 1230, 1720):
        key.box(x, 60, 34, 800)
        key.box(x - 16, 480, 66, 24)
    key.box(0, 870, 1800, 60)
    for k in range(4):
        key.box(20 + k * 460 - 56, 494, 470, 10)
    for k in range(7):
        x = 130 + k * 260
        key.box(x - 2, 0, 4, 600)
        key.polygon([(x - 44, 650), (x - 12, 600), (x + 12, 600), (x + 44, 650)])
    for n in range(40):
        key.disc(42 + (n % 20) * 86, 796 + (n // 20) * 46, 4)
    for x, height, hat in (
        (110, 560, "cap"), (290, 520, "scarf"), (420, 570, ""), (640, 540, "cap"), (800, 590, ""),
        (1010, 530, "scarf"), (1130, 580, "cap"), (1370, 560, ""), (1530, 530, "scarf"), (1690, 600, "cap"),
    ):  # fmt: skip
        person(key, x, 1330, height, rng.uniform(-0.02, 0.02), hat)
    for x in (520, 1040, 1300):
        person(key, x, 880, 300, 0.0, "cap")
    lamp = sheet.plate()
    for k in range(7):
        lamp.disc(130 + k * 260, 656, 26)
    key.cut(lamp)
    sheet.ink(key, INK, (0, 0), 0.4)
    return sheet.finish()


def tenement() -> Image.Image:
    """A wall of windows in the evening, few of them lit; a portrait format."""
    sheet = Print((1200, 1500), "tenement")
    rng = sheet.random
    wall = sheet.plate()
    wall.box(0, 90, 1200, 1410)
    lit = sheet.plate()
    dark = sheet.plate()
    columns, rows = 7, 8
    chosen = {(1, 2), (4, 1), (2, 4), (5, 4), (3, 6), (0, 5), (6, 6), (5, 2)}
    for column in range(columns):
        for row in range(rows):
            x, y = 66 + column * 158, 170 + row * 168
            (lit if (column, row) in chosen else dark).box(x, y, 96, 122)
            wall.box(x - 8, y - 8, 112, 138, 0)
    for _n in range(240):
        x, y = rng.uniform(0, 1180), rng.uniform(110, 1480)
        wall.box(x, y, rng.uniform(14, 34), 4, 0)
    sky = sheet.tone(lambda y: 0.7 - 5 * y)
    sheet.ink(sky, DUSK, (0, 0), 0.3)
    sheet.ink(wall, BRICK, (2, 1), 0.6)
    sheet.ink(lit, OCHRE, (-2, 2), 0.4)
    key = sheet.plate()
    key.add(dark)
    for column in range(columns):
        for row in range(rows):
            x, y = 66 + column * 158, 170 + row * 168
            inside = 255 if (column, row) in chosen else 0
            key.box(x + 45, y, 6, 122, inside)
            key.box(x, y + 44, 96, 6, inside)
            key.box(x - 12, y + 124, 120, 12)
            if not inside and rng.random() < 0.5:
                key.polygon([(x, y), (x + 40, y), (x + 8, y + 122), (x, y + 122)], 0)
                key.line([(x + 40, y), (x + 8, y + 122)], 4)
    watcher = sheet.plate()
    person(watcher, 66 + 158 * 2 + 30, 170 + 168 * 4 + 215, 195)
    watcher.keep(lit)
    key.add(watcher)
    x, y = 66 + 158 * 5 + 60, 170 + 168 * 2 + 122
    key.disc(x, y - 22, 20, 255, 1.1)
    key.disc(x, y - 52, 13)
    key.polygon(
        [
            (x - 13, y - 54),
            (x - 10, y - 74),
            (x - 2, y - 62),
            (x + 2, y - 62),
            (x + 10, y - 74),
            (x + 13, y - 54),
        ]
    )
    key.line([(x + 16, y - 8), (x + 34, y - 14), (x + 38, y - 34)], 6)
    key.box(0, 74, 1200, 22)
    for cx in (140, 620, 980):
        key.box(cx, 10, 70, 70)
        key.box(cx - 8, 4, 86, 14)
    sheet.ink(key, INK, (0, 0), 0.45)
    return sheet.finish()


SCENES = {"council-hall": council_hall, "fish-market": fish_market, "tenement-windows": tenement}
