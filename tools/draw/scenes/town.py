"""What a town runs: its bath and its tram."""

from __future__ import annotations

import math

from PIL import Image

from tools.draw.bodies import limb
from tools.draw.press import DUSK, INK, OCHRE, RUST, TEAL, Plate, Point, Print, ripples, smooth
from tools.draw.scenes.figures import write
from tools.draw.shapes import gable, person, umbrella, windows

WIDE = (1800, 1200)


def _deep(x: float, y: float, z: float) -> Point:
    """Return where a point of the bath is seen: the eye is at its end, on the middle line."""
    return 900 + x / z, 430 + y / z


def _arch(z: float, half: float = 1150, spring: float = -470, rise: float = 620) -> list[Point]:
    return [
        _deep(half * math.cos(math.pi * n / 32), spring - rise * math.sin(math.pi * n / 32), z)
        for n in range(33)
    ]


def swimming_bath() -> Image.Image:
    """An old bath from its end: vault, galleries, lanes, and one swimmer in them."""
    sheet = Print(WIDE, "swimming bath")
    rng = sheet.random
    vault = sheet.plate()
    vault.box(0, 0, 1800, 440)
    vault.polygon(_arch(3.2), 0)
    vault.polygon([_deep(-1150, -470, 3.2), _deep(1150, -470, 3.2), _deep(1150, 200, 3.2),
                   _deep(-1150, 200, 3.2)], 0)  # fmt: skip
    for side in (-1, 1):
        vault.polygon([_deep(side * 1150, -470, z) for z in (0.6, 3.2)]
                      + [_deep(side * 1150, 60, z) for z in (3.2, 0.6)], 0)  # fmt: skip
    for n in range(3):  # roof lights along the crown
        for a, b in ((0.9, 1.14), (1.24, 1.68), (1.84, 2.9)):
            left, right = (-330 + n * 230, -140 + n * 230)
            vault.polygon([_deep(left, -1075, a), _deep(right, -1075, a), _deep(right, -1075, b),
                           _deep(left, -1075, b)], 0)  # fmt: skip
    sheet.ink(vault, OCHRE, (1, 1), 0.4)
    water, shine = sheet.plate(), sheet.plate()
    water.polygon([_deep(-820, 720, 0.8), _deep(820, 720, 0.8), _deep(820, 720, 3.1), _deep(-820, 720, 3.1)])
    ripples(shine, rng, (620, 672, 560, 500), 100, 255, (40, 240), (3, 13))
    ripples(shine, rng, (0, 720, 1800, 480), 90, 255, (30, 220), (2, 8))
    water.cut(shine)
    swimmer, cap = sheet.plate(), sheet.plate()
    _swimmer(swimmer, cap, 1008, 930, 0.86)
    foam = sheet.plate()
    _wake(foam, sheet, 1008, 930)
    ropes = sheet.plate()
    for lane in (-410, 0, 410):
        for n in range(60):
            z = 0.82 * 1.024**n
            if z < 3.05:
                x, y = _deep(lane, 712, z)
                ropes.disc(x, y, 13 / z, 255, 0.7)
    ropes.cut(swimmer)
    for plate in (foam, swimmer, cap, ropes):
        water.cut(plate)
    for n in range(5):
        left = 652 + n * 104
        water.box(left, 470, 70, 128)
        water.disc(left + 35, 470, 35)
    _tiles(water)
    sheet.ink(water, TEAL, (-2, 1), 0.35)
    red = sheet.plate()
    _cabins(red, "door")
    red.add(cap)
    red.add(ropes)
    sheet.ink(red, RUST, (2, 1), 0.4)
    key = sheet.plate()
    _hall(key)
    _cabins(key, "frame")
    dark = sheet.plate()
    ripples(dark, rng, (60, 735, 1680, 465), 80, 255, (40, 240), (2, 9))
    inside = sheet.plate()
    inside.polygon([_deep(-800, 720, 0.8), _deep(800, 720, 0.8), _deep(800, 720, 3), _deep(-800, 720, 3)])
    dark.keep(inside)
    for plate in (foam, ropes):
        dark.cut(plate)
    key.add(dark)
    key.add(swimmer)
    sheet.ink(key, INK, (0, 0), 0.4)
    return sheet.finish()


def _swimmer(key: Plate, cap: Plate, x: float, y: float, s: float) -> None:
    """Draw a crawl from behind: shoulders, a cap, the right arm over, the left one under water."""
    limb(key, [(x - 62 * s, y + 6 * s), (x + 8 * s, y - 12 * s), (x + 60 * s, y + 4 * s)],
         [26 * s, 58 * s, 30 * s])  # fmt: skip
    limb(key, [(x + 50 * s, y - 2 * s), (x + 96 * s, y - 62 * s), (x + 98 * s, y - 108 * s),
               (x + 66 * s, y - 160 * s)], [40 * s, 32 * s, 25 * s, 14 * s])  # fmt: skip
    cap.disc(x + 2 * s, y - 46 * s, 30 * s, 255, 1.05)


def _wake(foam: Plate, sheet: Print, x: float, y: float) -> None:
    rng = sheet.random
    for side in (-1, 1):
        for n in range(16):
            t = n / 16
            foam.gouge(x + side * (64 + 190 * t) - 60, y + 10 + 150 * t + rng.uniform(-8, 8),
                       rng.uniform(70, 150), 9 - 4 * t, 255, side * 0.3)  # fmt: skip
    for n in range(20):
        t = n / 20
        foam.gouge(x - 50 - 30 * t + rng.uniform(-20, 20), y + 40 + 190 * t, rng.uniform(60, 130), 12, 255)
    for _ in range(16):
        foam.disc(x + rng.uniform(-120, 130), y + rng.uniform(-60, 30), rng.uniform(3, 8))


def _hall(key: Plate) -> None:
    """Build ribs, end wall with its window, galleries on columns."""
    for z in (1.18, 1.76, 3.2):
        key.line(_arch(z), int(26 / z) + 4)
    window = _arch(3.2, 900, -440, 470)
    key.polygon(window)
    inner = _arch(3.2, 860, -450, 430)
    key.polygon(inner, 0)
    for n in range(-3, 4):
        x, y = _deep(n * 220, -450, 3.2)
        key.box(x - 3, y - 160, 6, 160)
    for level in (-590, -730):
        (x, y), (right, _) = _deep(-860, level, 3.2), _deep(860, level, 3.2)
        key.box(x, y - 2, right - x, 5)
    outer = Plate(key.image.size)
    outer.polygon(window)
    bars = Plate(key.image.size)
    bars.box(600, 100, 600, 190)
    bars.cut(outer)
    key.cut(bars)
    key.line(_arch(3.2), 12)
    for side in (-1, 1):
        _gallery(key, side)
    x, y = _deep(-960, -150, 3.2)
    right, _ = _deep(960, 0, 3.2)
    key.box(x, y, right - x, 10)
    key.box(x, y - 48, right - x, 7)
    for n in range(30):
        key.box(x + 10 + n * (right - x) / 30, y - 44, 4, 44)
    key.disc(900, 366, 34)
    key.disc(900, 366, 27, 0)
    key.line([(900, 366), (900, 346)], 5)
    key.line([(900, 366), (914, 372)], 5)
    for side in (-1, 1):
        key.polygon([_deep(side * 820, 720, 0.8), _deep(side * 820, 720, 3.1), _deep(side * 850, 720, 3.1),
                     _deep(side * 880, 720, 0.8)])  # fmt: skip
        key.polygon([_deep(side * 1150, 700, 0.6), _deep(side * 1150, 700, 3.2), _deep(side * 1130, 700, 3.2),
                     _deep(side * 1130, 700, 0.6)])  # fmt: skip
    key.box(644, 655, 512, 9)


def _gallery(key: Plate, side: int) -> None:
    for top, low in ((-150, -105), (-345, -322)):
        key.polygon([_deep(side * 960, top, 0.6), _deep(side * 960, top, 3.2), _deep(side * 960, low, 3.2),
                     _deep(side * 960, low, 0.6)])  # fmt: skip
    for n in range(70):
        z = 0.88 * 1.019**n
        if z < 3.2:
            (x, y), (_, low) = _deep(side * 960, -330, z), _deep(side * 960, -140, z)
            key.box(x - 3 / z, y, 7 / z, low - y)
    for z in (1.18, 1.76, 2.5):
        (x, y), (_, low) = _deep(side * 960, -470, z), _deep(side * 960, 705, z)
        key.box(x - 17 / z, y, 34 / z, low - y)
        key.box(x - 34 / z, low - 30 / z, 68 / z, 30 / z)
        key.polygon([(x - 50 / z, _deep(0, -105, z)[1]), (x + 50 / z, _deep(0, -105, z)[1]),
                     (x + 17 / z, _deep(0, -30, z)[1]), (x - 17 / z, _deep(0, -30, z)[1])])  # fmt: skip
        beam = ((940, -500), (1150, -500), (1150, -465), (940, -465))
        key.polygon([_deep(side * u, v, z) for u, v in beam])


def _tiles(plate: Plate) -> None:
    """Chequer the walls over the cabins."""
    for side in (-1, 1):
        for row in range(2):
            z, n = 0.7, 0
            while z < 3.1:
                end, top = z * 1.045, -96 + row * 60
                if (n + row) % 2:
                    plate.polygon([_deep(side * 1150, v, w) for v, w in
                                   ((top, z), (top, end), (top + 60, end), (top + 60, z))])  # fmt: skip
                z, n = end, n + 1


def _cabins(plate: Plate, part: str) -> None:
    """Line both walls with changing cabins, under the galleries."""
    for side in (-1, 1):
        z = 1.0
        while z < 3.1:
            end = z * 1.085
            if part == "door":
                corners = [_deep(side * 1150, v, w) for v, w in ((110, z), (110, end), (640, end), (640, z))]
                plate.polygon(corners)
            else:
                (x, y), (_, low) = _deep(side * 1150, 60, z * 0.98), _deep(side * 1150, 700, z * 0.98)
                plate.box(x - 4 / z, y, 10 / z, low - y)
            z *= 1.13
        if part == "frame":
            plate.polygon([_deep(side * 1150, v, w) for v, w in ((40, 0.6), (40, 3.2), (76, 3.2), (76, 0.6))])


def _mirror(sheet: Print, plate: Plate, line: int, broken: int) -> Plate:
    """Return what a wet street shows of `plate` below `line`: upside down, in strokes."""
    glass = sheet.plate()
    upper = plate.image.crop((0, 0, sheet.width, line)).transpose(Image.Transpose.FLIP_TOP_BOTTOM)
    glass.image.paste(upper, (0, line))
    below = (0, line + 8, sheet.width, sheet.height - line)
    ripples(glass, sheet.random, below, broken, 0, (60, 300), (4, 15))
    return glass


def _along(y: float, z: float) -> Point:
    """Return a point on the side of the tram, `z` times as far away as its front."""
    return 380 + 630 / z, 570 + (y - 570) / z


def tram_four() -> Image.Image:
    """A tram at its stop in the rain: lit windows, four people waiting, all of it twice."""
    sheet = Print(WIDE, "tram four")
    rng = sheet.random
    sky = sheet.tone(lambda y: 1.0 - 2.4 * y, 28)
    red, lit, key, town = (sheet.plate() for _ in range(4))
    panes = sheet.plate()
    for x, width, height, kind in (
        (-40, 214, 330, 0), (170, 160, 236, 3), (474, 120, 170, 1), (598, 150, 250, 0), (752, 190, 350, 3),
        (946, 230, 430, 1), (1180, 240, 380, 2), (1424, 230, 440, 0), (1640, 220, 400, 3),
    ):  # fmt: skip
        gable(town, x, 640, width, height, kind)
        windows(panes, rng, (x + 14, 640 - height + 20, width - 28, height - 60), 3, 4, 255, 0.3)
    _tram(red, lit, key)
    shell = sheet.plate()
    shell.polygon([_along(262, 1), _along(262, 3), _along(930, 3), _along(930, 1), (1450, 930), (1450, 262)])
    shell.polygon([(1010, 270), (1060, 214), (1400, 214), (1450, 270)])
    for plate in (sky, town, panes):
        plate.cut(shell)
    street = sheet.plate()
    street.box(0, 640, 1800, 560)
    street.cut(shell)
    people = sheet.plate()
    for x, height, hat, open_ in ((70, 372, "", True), (192, 318, "scarf", False), (276, 356, "cap", False),
                                  (398, 340, "", True)):  # fmt: skip
        person(people, x, 960, height, 0.02, hat)
        if open_:
            umbrella(people, x + 10, 960 - height * 0.93, height * (0.42 if x < 100 else 0.36))
    shine = _mirror(sheet, lit, 930, 190)
    shine.box(0, 0, 1800, 930, 0)
    ripples(shine, rng, (40, 730, 500, 460), 46, 255, (40, 190), (3, 9))
    glow = sheet.plate()
    ripples(glow, rng, (1130, 940, 200, 250), 44, 255, (60, 170), (6, 15))
    shine.add(glow)
    blush = _mirror(sheet, red, 930, 150)
    blush.cut(shine)
    sheet.ink(sky, DUSK, (0, 1), 0.35)
    town.cut(panes)
    sheet.ink(town, TEAL, (1, 1), 0.4)
    ripples(street, rng, (0, 660, 1800, 540), 120, 0, (60, 300), (3, 9))
    kerb = sheet.plate()
    kerb.polygon([(0, 716), (440, 716), (648, 1200), (0, 1200)])
    for plate in (shine, blush, kerb):
        street.cut(plate)
    sheet.ink(street, TEAL, (-2, 1), 0.4)
    for plate in (panes, shine):
        lit.add(plate)
    sheet.ink(lit, OCHRE, (1, 1), 0.3)
    blush.cut(kerb)
    red.add(blush)
    sheet.ink(red, RUST, (2, 1), 0.4)
    dark = _mirror(sheet, key, 930, 240)
    dark.cut(kerb)
    dark.polygon([(440, 716), (648, 1200), (704, 1200), (446, 716)])
    ripples(dark, rng, (30, 962, 500, 60), 40, 255, (40, 120), (4, 9))
    dark.cut(shine)
    key.add(people)
    key.add(dark)
    for _ in range(150):
        x, y = rng.uniform(0, 1800), rng.uniform(0, 1150)
        drop = [(x, y), (x + 3, y), (x - 10, y + 54), (x - 12, y + 54)]
        key.polygon(drop, 255 if rng.random() < 0.5 else 0)
    sheet.ink(key, INK, (0, 0), 0.35)
    return sheet.finish()


def _tram(red: Plate, lit: Plate, key: Plate) -> None:
    red.polygon([(1010, 640), (1450, 640), (1450, 880), (1010, 880)])
    red.polygon([_along(640, 1), _along(640, 3), _along(880, 3), _along(880, 1)])
    key.polygon([_along(300, 1), _along(300, 3), _along(262, 3), (1060, 214), (1400, 214), (1450, 262),
                 (1450, 300)])  # fmt: skip
    key.polygon([_along(880, 1), _along(880, 3), _along(918, 3), _along(932, 1), (1450, 932), (1450, 880)])
    for x, width in ((1040, 96), (1152, 156), (1324, 96)):
        lit.box(x, 360, width, 230)
        key.draw.rectangle((x - 6, 354, x + width + 5, 595), outline=255, width=9)
    for post in (1010, 1442):
        key.box(post, 290, 9, 600)
    key.box(1010, 636, 440, 9)
    z = 1.06
    while z < 2.8:
        end = z * 1.13
        corners = [_along(360, z), _along(360, end), _along(590, end), _along(590, z)]
        lit.polygon(corners)
        key.line([*corners, corners[0]], int(9 / z))
        if int(z * 20) % 3:
            (x, y), size = _along(500, z * 1.05), 32 / z
            key.disc(x, y, size, 255, 1.15)
            key.polygon([(x - size * 1.5, _along(590, z)[1] - 3), (x - size, y + size), (x + size, y + size),
                         (x + size * 1.5, _along(590, z * 1.1)[1] - 2)])  # fmt: skip
        z *= 1.17
    key.line([_along(640, 1), _along(640, 3)], 6)
    key.box(1100, 232, 260, 100)
    lit.box(1112, 242, 236, 80)
    hole = Plate(key.image.size)
    hole.box(1112, 242, 236, 80)
    key.cut(hole)
    write(key, 1160, 284, "4", 92, "mm")
    write(key, 1264, 284, "Saltside", 36, "mm")
    key.disc(1230, 470, 38, 255, 1.15)
    key.polygon([(1160, 592), (1170, 540), (1206, 512), (1254, 512), (1290, 540), (1300, 592)])
    cap = [(1180, 452), (1176, 412), (1230, 398), (1284, 412), (1280, 452), (1230, 440), (1180, 452)]
    key.polygon(smooth(cap, 2))
    for x in (1080, 1380, 1230):
        key.disc(x, 770, 44 if x == 1230 else 26)
        lit.disc(x, 770, 33 if x == 1230 else 17)
        key.disc(x, 770, 33 if x == 1230 else 17, 0)
        red.disc(x, 770, 33 if x == 1230 else 17, 0)
    key.box(990, 890, 480, 26)
    key.line([(1150, 214), (1070, 130), (1210, 92)], 8)
    key.line([(1310, 214), (1390, 130), (1250, 92)], 8)
    key.box(1150, 84, 160, 10)
    key.line([(380, 570), (1230, 86), (1390, -5)], 5)
    key.line([(-10, 190), (700, 270), (1810, 60)], 4)
    key.box(1660, 60, 22, 860)
    key.box(1644, 900, 54, 26)


SCENES = {"swimming-bath": swimming_bath, "tram-four": tram_four}
