"""The port, its ships, and the sea."""

from __future__ import annotations

import math

from PIL import Image, ImageFilter

from tools.draw.press import DUSK, INK, OCHRE, PAPER, RUST, TEAL, Plate, Print, lighter, ripples, smooth
from tools.draw.shapes import crane, gull, hull, person

WIDE = (1800, 1200)


def north_mole() -> Image.Image:
    """Cranes and a container ship against a low sun."""
    sheet = Print(WIDE, "north mole")
    rng = sheet.random
    sky = sheet.tone(lambda y: 0.16 + 0.5 * y if y < 0.72 else 0, 18)
    sun = sheet.plate()
    sun.disc(1240, 640, 215)
    sky.cut(sun)
    sheet.ink(sky, OCHRE, (2, -1), 0.4)
    water = sheet.plate()
    water.box(0, 860, 1800, 340)
    ripples(water, rng, (0, 885, 1800, 300), 130)
    glow = sheet.plate()
    ripples(glow, rng, (1020, 872, 440, 290), 70, 255, (60, 220), (6, 18))
    water.cut(glow)
    sheet.ink(water, TEAL, (-2, 2), 0.5)
    red = sheet.plate()
    red.add(sun)
    red.add(glow)
    _boxes(red, 470, 770, 14, 4)
    sheet.ink(red, RUST, (3, 2), 0.6)
    key = sheet.plate()
    hull(key, 330, 868, 960, 92, 70)
    key.box(370, 560, 120, 220)
    key.box(350, 600, 160, 26)
    key.box(404, 500, 36, 70)
    key.box(0, 850, 250, 40)
    for x, height, boom in ((150, 640, 330), (-30, 560, 240), (1560, 720, -420), (1745, 560, -260)):
        crane(key, x, 868, height, boom)
    key.box(1430, 846, 370, 48)
    for n in range(5):
        key.box(390 + (n % 3) * 34, 640 + (n // 3) * 40, 18, 18, 0)
    for x, y, span in ((820, 250, 70), (930, 310, 50), (700, 360, 44)):
        gull(key, x, y, span)
    ripples(key, rng, (300, 878, 1050, 90), 46, 255, (40, 190), (3, 8))
    person(key, 1490, 850, 74)
    sheet.ink(key, INK, (0, 0), 0.45)
    return sheet.finish()


def _boxes(plate: Plate, x: float, foot: float, columns: int, rows: int) -> None:
    for column in range(columns):
        stack = rows - (column * 7 % 3)
        for row in range(stack):
            if (column * 5 + row * 3) % 4 or row < stack - 1:
                plate.box(x + column * 52 + 52, foot - 44 * row - 8, 48, 40)


def night_ferry() -> Image.Image:
    """A lit ferry under a half moon, on a black sea; a panorama."""
    sheet = Print((2000, 1000), "night ferry")
    rng = sheet.random
    sky = sheet.tone(lambda y: 0.98 - 0.62 * (y / 0.62) if y < 0.62 else 0, 18)
    moon = sheet.plate()
    moon.disc(1560, 215, 86)
    bite = sheet.plate()
    bite.disc(1520, 200, 78)
    moon.cut(bite)
    sky.cut(moon)
    sheet.ink(sky, DUSK, (1, 1), 0.4)
    sea = sheet.plate()
    sea.box(0, 610, 2000, 390)
    trail = sheet.plate()
    ripples(trail, rng, (560, 626, 800, 330), 120, 255, (50, 240), (4, 12))
    lamp = sheet.plate()
    decks = ((640, 512, 780, 44), (700, 440, 640, 38), (760, 372, 430, 32))
    for x, y, width, height in decks:
        for n in range(int(width / 34)):
            if rng.random() < 0.86:
                lamp.box(x + n * 34, y + height * 0.24, 22, height * 0.5)
    lamp.disc(1236, 330, 7)
    trail_cut = sheet.plate()
    ripples(trail_cut, rng, (0, 640, 2000, 350), 150, 255, (60, 260), (2, 7))
    sea.cut(trail)
    sea.cut(trail_cut)
    sheet.ink(sea, TEAL, (-2, 2), 0.4)
    light = sheet.plate()
    light.add(trail)
    light.add(lamp)
    light.add(moon)
    sheet.ink(light, OCHRE, (3, 2), 0.45)
    key = sheet.plate()
    hull(key, 560, 640, 900, 96, 80)
    for (x, y, width, _), below in zip(decks, (552, 512, 440), strict=True):
        key.box(x - 24, y, width + 48, below - y)
    key.box(840, 262, 110, 112)
    key.box(828, 276, 134, 24)
    key.polygon([(1130, 372), (1150, 318), (1262, 318), (1290, 372)])
    key.box(1200, 236, 8, 90)
    key.line([(1204, 240), (1420, 540)], 3)
    key.line([(1204, 240), (960, 300)], 3)
    key.cut(lamp)
    far = sheet.plate()
    far.polygon(
        [
            *smooth([(0, 612), (150, 596), (260, 570), (330, 582), (450, 604), (520, 612)]),
            (520, 618),
            (0, 618),
        ]
    )
    far.box(268, 520, 12, 60)
    key.add(far)
    shadow = sheet.plate()
    ripples(shadow, rng, (470, 646, 1090, 110), 64, 255, (60, 260), (4, 10))
    key.add(shadow)
    deep = sheet.plate()
    deep.box(0, 640, 2000, 360)
    ripples(deep, rng, (0, 640, 2000, 360), 330, 0, (80, 300), (7, 22))
    deep.cut(trail)
    key.add(deep)
    night = sheet.tone(lambda y: 0.62 - 1.5 * y, 18)
    night.cut(moon)
    key.add(night)
    sheet.ink(key, INK, (0, 0), 0.4)
    return sheet.finish()


def dredger() -> Image.Image:
    """A dredger on flat water at first light, one of the measuring buoys in front."""
    sheet = Print(WIDE, "dredger")
    rng = sheet.random
    sky = sheet.tone(lambda y: 0.5 * (y / 0.56) if y < 0.565 else 0)
    sheet.ink(sky, lighter(RUST, 0.1), (1, 1), 0.4)
    water = sheet.tone(lambda y: 0.35 + 1.1 * (y - 0.56) if y > 0.56 else 0)
    calm = sheet.plate()
    ripples(calm, rng, (0, 690, 1800, 500), 90, 255, (120, 500), (3, 9))
    water.cut(calm)
    sheet.ink(water, TEAL, (-1, 2), 0.4)
    cloud = sheet.plate()
    for x, y, size in ((860, 720, 210), (1010, 735, 260), (1200, 728, 190), (690, 732, 150)):
        cloud.disc(x, y + 40, size, 255, 0.16)
    silt = sheet.screen(cloud.image.point(lambda value: int(value * 0.6)))
    sheet.ink(silt, RUST, (2, 1), 0.3)
    yellow = sheet.plate()
    yellow.polygon([(330, 900), (366, 700), (434, 700), (470, 900)])
    yellow.disc(400, 940, 150, 255, 0.42)
    sheet.sheet.paste(PAPER, mask=yellow.image)
    sheet.ink(yellow, OCHRE, (3, 2), 0.45)
    key = sheet.plate()
    hull(key, 640, 684, 760, 74, 46)
    key.box(700, 500, 130, 116)
    key.box(688, 492, 154, 16)
    key.box(744, 420, 26, 80)
    for n in range(3):
        key.box(716 + n * 38, 524, 22, 22, 0)
    key.line([(1290, 616), (1130, 300), (930, 520)], 15)
    key.line([(1130, 300), (1180, 616)], 8)
    key.line([(930, 520), (905, 660)], 9)
    key.polygon([(860, 640), (950, 640), (930, 692), (880, 692)])
    for n in range(6):
        key.line([(1290 - n * 27, 616 - n * 53), (1186 - n * 9, 590 - n * 50)], 4)
    ripples(key, rng, (620, 690, 820, 90), 40, 255, (60, 220), (3, 7))
    key.line([(330, 900), (366, 700), (434, 700), (470, 900)], 9)
    for y in (760, 830):
        key.line([(356 - (y - 760) * 0.18, y), (444 + (y - 760) * 0.18, y + 60)], 6)
        key.line([(444 + (y - 760) * 0.18, y), (356 - (y - 760) * 0.18, y + 60)], 6)
    key.box(392, 600, 16, 104)
    key.disc(400, 596, 22)
    key.polygon([(250, 940), (550, 940), (520, 1002), (280, 1002)])
    ripples(key, rng, (210, 990, 400, 130), 44, 255, (60, 220), (5, 12))
    gull(key, 520, 470, 90)
    gull(key, 470, 540, 60)
    sheet.ink(key, INK, (0, 0), 0.4)
    return sheet.finish()


def container_gate() -> Image.Image:
    """The northern gate at night: stacks, a fence, two officers and the cone of a torch."""
    sheet = Print(WIDE, "container gate")
    rng = sheet.random
    cone = sheet.plate()
    cone.polygon([(742, 842), (1530, 560), (1530, 1010)])
    night = sheet.plate()
    night.box(0, 0, 1800, 1200)
    stacks, ribs = sheet.plate(), sheet.plate()
    for column in range(6):
        for row in range(3 - (column * 2 % 3) // 2):
            x, y = 60 + column * 292, 800 - row * 190
            stacks.box(x, y, 280, 180)
            for n in range(13):
                ribs.box(x + 12 + n * 20, y + 16, 7, 148)
    stacks.cut(ribs)
    officers = sheet.plate()
    for x in (640, 500):
        person(officers, x, 1100, 400, 0.02, "cap")
    officers.line([(676, 838), (742, 842)], 24)
    officers.box(726, 824, 44, 34)
    halo = sheet.plate()
    halo.image.paste(
        officers.image.filter(ImageFilter.GaussianBlur(7)).point(lambda value: 255 if value > 64 else 0)
    )
    for plate in (stacks, ribs, night):
        plate.cut(halo)
    night.cut(cone)
    night.cut(stacks)
    sheet.ink(night, DUSK, (0, 0), 0.45)
    sheet.ink(stacks, RUST, (2, 2), 0.5)
    light = sheet.screen(cone.image.point(lambda value: int(value * 0.8)))
    light.cut(halo)
    sheet.ink(light, OCHRE, (1, 2), 0.3)
    key = sheet.plate()
    veil = sheet.tone(lambda y: 0.9 - 1.15 * y if y < 0.84 else 0, 20)
    low = sheet.tone(lambda _: 0.42, 20)
    low.keep(stacks)
    veil.add(low)
    for plate in (cone, halo):
        veil.cut(plate)
    key.add(veil)
    key.box(0, 1040, 1800, 160)
    for n in range(8):
        x = 60 + n * 250
        key.box(x, 470, 16, 580)
        key.line([(x + 8, 474), (x + 52, 410)], 10)
    for y in (414, 442, 474):
        key.line([(0, y), (1800, y)], 4)
    for n in range(62):
        x = -600 + n * 40
        key.line([(x, 490), (x + 560, 1050)], 2)
        key.line([(x, 1050), (x + 560, 490)], 2)
    key.cut(halo)
    key.add(officers)
    ground = sheet.plate()
    ripples(ground, rng, (560, 1050, 1000, 110), 60, 255, (40, 190), (4, 10))
    key.cut(ground)
    sheet.ink(key, INK, (0, 0), 0.35)
    return sheet.finish()


def skarn_light() -> Image.Image:
    """A lighthouse on its rock; two beams over a rough sea."""
    sheet = Print(WIDE, "skarn light")
    rng = sheet.random
    beams = sheet.plate()
    beams.polygon([(1180, 286), (-40, 60), (-40, 420)])
    beams.polygon([(1220, 286), (1860, 150), (1860, 410)])
    sky = sheet.tone(lambda y: 0.95 - 0.5 * y if y < 0.7 else 0, 20)
    sky.cut(beams)
    sheet.ink(sky, DUSK, (0, 1), 0.4)
    glow = sheet.screen(beams.image.point(lambda value: int(value * 0.5)), 20)
    sheet.ink(glow, OCHRE, (2, 1), 0.3)
    sea = sheet.plate()
    key = sheet.plate()
    for row in range(7):
        y = 700 + row * 76
        crest = [
            (x, y + 26 * math.sin(x / 130 + row * 1.7) + rng.uniform(-7, 7)) for x in range(-20, 1840, 20)
        ]
        sea.polygon([*crest, (1840, 1200), (-20, 1200)])
        foam = [(x, py + 10 + 7 * math.sin(x / 31 + row)) for x, py in crest]
        sea.polygon([*crest, *reversed(foam)], 0)
        for x, py in crest[::3]:
            key.gouge(x, py + rng.uniform(22, 56), rng.uniform(60, 170), 10, 255, rng.uniform(-0.1, 0.1))
            if rng.random() < 0.3:
                sea.gouge(x, py + rng.uniform(16, 60), rng.uniform(30, 110), 7, 0)
    sheet.ink(sea, TEAL, (-2, 2), 0.5)
    rock = [
        (820, 830),
        (880, 720),
        (950, 690),
        (1010, 610),
        (1090, 580),
        (1300, 580),
        (1360, 640),
        (1440, 660),
        (1500, 750),
        (1580, 830),
    ]
    key.polygon([*rock, (1580, 880), (820, 880)])
    for _ in range(70):
        key.gouge(
            rng.uniform(860, 1500), rng.uniform(620, 850), rng.uniform(30, 100), 6, 0, rng.uniform(-0.7, 0.7)
        )
    tower = sheet.plate()
    tower.polygon([(1144, 590), (1166, 330), (1234, 330), (1256, 590)])
    for plate in (key, sea):
        plate.cut(tower)
    red = sheet.plate()
    for low, high in ((590, 525), (460, 395)):
        spread = [(1200 - 56 + (590 - y) * 22 / 260, y) for y in (low, high)]
        red.polygon([*spread, *[(2400 - x, y) for x, y in reversed(spread)]])
    sheet.ink(red, RUST, (2, 2), 0.5)
    key.line([(1144, 590), (1166, 330), (1234, 330), (1256, 590)], 7)
    key.box(1150, 318, 100, 16)
    key.box(1172, 256, 8, 64)
    key.box(1220, 256, 8, 64)
    key.polygon([(1158, 258), (1200, 214), (1242, 258)])
    key.box(1190, 470, 20, 34)
    gull(key, 640, 500, 100)
    gull(key, 720, 570, 66)
    sheet.ink(key, INK, (0, 0), 0.4)
    return sheet.finish()


SCENES = {
    "north-mole": north_mole,
    "night-ferry": night_ferry,
    "dredger": dredger,
    "container-gate": container_gate,
    "skarn-light": skarn_light,
}
