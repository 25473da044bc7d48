"""The Veln from the hills to the sea, the race on it, and what swims in it."""

from __future__ import annotations

import math

from PIL import Image

from tools.draw.press import DUSK, INK, MIST, MOSS, OCHRE, RUST, TEAL, Plate, Print, lighter, ripples, smooth
from tools.draw.shapes import gable, hills, windows

WIDE = (1800, 1200)


def rowing_eight() -> Image.Image:
    """An eight out of the fog, a bridge behind it; a panorama."""
    sheet = Print((2000, 1000), "rowing eight")
    rng = sheet.random
    bridge = sheet.plate()
    bridge.polygon([(0, 250), (1000, 200), (2000, 250), (2000, 320), (0, 320)])
    for n in range(6):
        bridge.box(120 + n * 370, 240, 54, 330)
    mist = sheet.screen(bridge.image.point(lambda value: int(value * 0.34)))
    sheet.ink(mist, DUSK, (0, 0), 0.3)
    fog = sheet.tone(lambda y: 0.3 * math.exp(-(((y - 0.5) / 0.16) ** 2)))
    sheet.ink(fog, DUSK, (0, 0), 0.2)
    water = sheet.plate()
    water.box(0, 600, 2000, 400)
    for n in range(26):
        ripples(water, rng, (0, 560 + n * 3, 2000, 60), 12, 0, (200, 600), (8, 20))
    ripples(water, rng, (0, 640, 2000, 350), 190, 0, (60, 300), (3, 11))
    sheet.ink(water, TEAL, (-2, 1), 0.5)
    red = sheet.plate()
    key = sheet.plate()
    key.polygon(
        smooth(
            [
                (150, 676),
                (420, 700),
                (1000, 708),
                (1600, 700),
                (1890, 668),
                (1600, 726),
                (1000, 738),
                (420, 730),
                (150, 676),
            ],
            2,
        )
    )
    for n in range(8):
        _rower(key, red, 430 + n * 134, 690)
    _cox(key, red, 1540, 694)
    for n in range(8):
        ripples(key, rng, (230 + n * 134, 800, 110, 50), 7, 255, (30, 110), (4, 8))
    ripples(key, rng, (150, 735, 1750, 110), 80, 255, (60, 260), (4, 10))
    key.cut(red)
    sheet.ink(red, RUST, (3, 2), 0.4)
    sheet.ink(key, INK, (0, 0), 0.4)
    return sheet.finish()


def _rower(key: Plate, red: Plate, x: float, y: float) -> None:
    """Seat a rower at the catch, facing right: back bent, arms out, the blade in the water to the left."""
    key.polygon(
        [
            (x - 34, y + 10),
            (x - 40, y - 26),
            (x - 14, y - 86),
            (x + 12, y - 96),
            (x + 22, y - 74),
            (x + 6, y - 20),
            (x + 12, y + 10),
        ]
    )
    red.polygon([(x - 38, y - 22), (x - 14, y - 84), (x + 12, y - 94), (x + 20, y - 74), (x + 4, y - 20)])
    key.disc(x + 26, y - 116, 19, 255, 1.12)
    key.line([(x + 10, y - 80), (x + 62, y - 52)], 13)
    key.line([(x - 10, y + 2), (x + 44, y - 34), (x + 66, y + 4)], 16)
    key.line([(x + 66, y - 54), (x - 128, y + 116)], 7)
    key.polygon(
        [(x - 118, y + 100), (x - 150, y + 118), (x - 170, y + 142), (x - 144, y + 140), (x - 112, y + 114)]
    )


def _cox(key: Plate, red: Plate, x: float, y: float) -> None:
    key.polygon([(x - 30, y + 10), (x - 26, y - 62), (x - 4, y - 76), (x + 20, y - 62), (x + 26, y + 10)])
    red.polygon([(x - 26, y - 10), (x - 24, y - 60), (x - 4, y - 74), (x + 18, y - 60), (x + 22, y - 10)])
    key.disc(x - 6, y - 96, 19, 255, 1.1)
    key.box(x - 40, y - 106, 34, 8)


def two_bridges() -> Image.Image:
    """The High Bridge from the bank: two boats under it, fog from the right."""
    sheet = Print(WIDE, "two bridges")
    rng = sheet.random
    sky = sheet.tone(lambda y: 0.5 - 0.62 * y)
    sheet.ink(sky, OCHRE, (1, 1), 0.4)
    bank = sheet.plate()
    bank.polygon([*hills(rng, 1800, 690, 150), (1800, 700), (0, 700)])
    sheet.ink(bank, MIST, (2, 1), 0.5)
    water = sheet.plate()
    water.box(0, 690, 1800, 510)
    ripples(water, rng, (0, 706, 1800, 480), 230, 0, (50, 300), (3, 14))
    sheet.ink(water, TEAL, (-2, 2), 0.5)
    key = sheet.plate()
    key.box(0, 430, 1800, 22)
    key.box(0, 466, 1800, 6)
    for x in (380, 1420):
        for side in (-34, 34):
            key.box(x + side - 13, 90, 26, 640)
        for y in (110, 250, 400):
            key.box(x - 40, y, 80, 20)
        key.box(x - 80, 700, 160, 50)
    for left, right, low in ((380, 1420, 400), (-660, 380, 400), (1420, 2460, 400)):
        points = [
            (left + (right - left) * t / 40, 100 + (low - 100) * (1 - (2 * t / 40 - 1) ** 2))
            for t in range(41)
        ]
        key.line(points, 11)
        for px, py in points[1:-1]:
            key.box(px - 2, py, 4, 435 - py)
    for x, y, scale in ((560, 860, 1.0), (780, 980, 1.25)):
        _far_eight(key, x, y, scale)
        ripples(key, rng, (x, y + 10 * scale, 620 * scale, 40 * scale), 34, 255, (30, 150), (3, 8))
    heads = [(rng.uniform(0, 1800), 1140 + rng.uniform(-14, 30)) for _ in range(90)]
    for x, y in heads:
        key.disc(x, y, rng.uniform(17, 25), 255, 1.15)
        key.polygon(
            [
                (x - 46, 1210),
                (x - 34, y + 34),
                (x - 8, y + 20),
                (x + 8, y + 20),
                (x + 34, y + 34),
                (x + 46, 1210),
            ]
        )
    wash = Image.new("L", (1800, 1))
    wash.putdata([int(255 * max(0.0, (x - 900) / 900) ** 1.2 * 0.98) for x in range(1800)])
    fog = sheet.screen(wash.resize(sheet.size), 18)
    low = sheet.plate()
    low.box(0, 0, 1800, 1080)
    fog.keep(low)
    key.cut(fog)
    sheet.ink(key, INK, (0, 0), 0.4)
    return sheet.finish()


def _far_eight(key: Plate, x: float, y: float, s: float) -> None:
    key.polygon(
        [
            (x, y),
            (x + 60 * s, y + 10 * s),
            (x + 560 * s, y + 10 * s),
            (x + 620 * s, y),
            (x + 560 * s, y + 20 * s),
            (x + 60 * s, y + 20 * s),
        ]
    )
    for n in range(8):
        px = x + (90 + n * 52) * s
        key.disc(px + 9 * s, y - 32 * s, 8 * s)
        key.polygon(
            [
                (px - 12 * s, y + 6 * s),
                (px - 2 * s, y - 26 * s),
                (px + 12 * s, y - 22 * s),
                (px + 12 * s, y + 6 * s),
            ]
        )
        key.line([(px + 16 * s, y - 10 * s), (px - 34 * s, y + 40 * s)], max(2, int(4 * s)))
    key.disc(x + 528 * s, y - 22 * s, 8 * s)
    key.box(x + 516 * s, y - 16 * s, 24 * s, 24 * s)


def upper_valley() -> Image.Image:
    """Layered hills, a village, the young river; a panorama."""
    sheet = Print((2000, 1000), "upper valley")
    rng = sheet.random
    sky = sheet.tone(lambda y: 0.42 - 0.7 * y)
    sheet.ink(sky, RUST, (1, 0), 0.4)
    for base, rise, colour, off in (
        (470, 300, lighter(DUSK, 0.35), (2, 0)), (590, 230, lighter(TEAL, 0.35), (-1, 2)),
        (740, 210, MOSS, (1, 1)),
    ):  # fmt: skip
        range_ = sheet.plate()
        outline = hills(rng, 2000, base, rise, 3)
        range_.polygon([*outline, (2010, 1000), (-10, 1000)])
        for _ in range(120):
            x = rng.uniform(0, 1980)
            y = outline[min(len(outline) - 1, int(x // 12))][1]
            range_.gouge(x, y + rng.uniform(16, 160), rng.uniform(40, 150), 5, 0, rng.uniform(-0.3, 0.3))
        under = sheet.plate()
        under.box(0, base + 60, 2000, 1000)
        sheet.sheet.paste("#f3ecdc", mask=range_.image)
        sheet.ink(range_, colour, off, 0.5)
    field = sheet.plate()
    field.polygon([*hills(rng, 2000, 850, 120, 2), (2010, 1000), (-10, 1000)])
    sheet.sheet.paste("#f3ecdc", mask=field.image)
    river = sheet.plate()
    middle = [
        (1500, 780),
        (1350, 800),
        (1240, 820),
        (1330, 846),
        (1190, 876),
        (980, 910),
        (1050, 960),
        (860, 1010),
    ]
    wide = [8, 12, 18, 26, 40, 60, 90, 130]
    left = smooth([(x - w / 2, y) for (x, y), w in zip(middle, wide, strict=True)])
    right = smooth([(x + w / 2, y) for (x, y), w in zip(middle, wide, strict=True)])
    river.polygon([*left, *reversed(right)])
    field.cut(river)
    for n in range(9):
        field.line([(200 + n * 36, 1000), (330 + n * 18, 850)], 4, 0)
    sheet.ink(field, OCHRE, (0, 1), 0.5)
    key = sheet.plate()
    for x, y, width, height in (
        (420, 830, 60, 46),
        (486, 838, 52, 40),
        (545, 830, 64, 52),
        (640, 846, 58, 42),
        (705, 836, 54, 48),
        (360, 846, 52, 40),
        (600, 870, 60, 46),
        (480, 884, 64, 46),
    ):
        gable(key, x, y, width, height, 0)
        windows(key, rng, (x + 4, y - height + 4, width - 8, height - 12), 3, 2)
    key.box(578, 690, 34, 140)
    key.polygon([(572, 692), (595, 620), (618, 692)])
    key.box(590, 720, 10, 22, 0)
    for _ in range(70):
        x, y = rng.uniform(0, 2000), rng.uniform(800, 985)
        if 320 < x < 800 or abs(x - 1150) < 300:
            continue
        height = 30 + (y - 800) * 0.35
        for k in range(3):
            key.polygon(
                [
                    (x - height * (0.2 + k * 0.08), y - height * (0.62 - k * 0.28)),
                    (x, y - height * (1.15 - k * 0.3)),
                    (x + height * (0.2 + k * 0.08), y - height * (0.62 - k * 0.28)),
                ]
            )
        key.box(x - 3, y - 8, 6, 12)
    ripples(key, rng, (880, 880, 200, 110), 16, 255, (20, 70), (2, 5))
    sheet.ink(key, INK, (0, 0), 0.4)
    return sheet.finish()


def glass_eels() -> Image.Image:
    """Eels as clear as glass in dark water, in one long turning stream."""
    sheet = Print(WIDE, "glass eels")
    rng = sheet.random
    water, deep = sheet.plate(), sheet.tone(lambda y: 0.12 + 0.8 * y, 20)
    water.box(0, 0, 1800, 1200)
    glass, rim, line = sheet.plate(), sheet.plate(), sheet.plate()
    for lane in range(11):
        for place in range(5):
            if rng.random() < 0.72:
                x = -160 + place * 480 + lane * 120 % 400 + rng.uniform(-60, 60)
                y = 140 + lane * 122 - place * 30 + rng.uniform(-14, 14)
                _eel(
                    glass,
                    rim,
                    line,
                    x,
                    y,
                    rng.uniform(0.85, 1.3),
                    rng.random(),
                    -0.34 + rng.uniform(-0.1, 0.1),
                )
    ripples(water, rng, (0, 20, 1800, 120), 26, 0, (60, 260), (4, 10))
    for plate in (water, deep):
        plate.cut(rim)
    sheet.ink(water, TEAL, (1, 1), 0.4)
    sheet.ink(glass, MIST, (2, 2), 0.5)
    deep.add(line)
    sheet.ink(deep, INK, (0, 0), 0.35)
    return sheet.finish()


def _eel(
    glass: Plate, rim: Plate, line: Plate, x: float, y: float, s: float, phase: float, tilt: float
) -> None:  # fmt: skip
    """Draw one eel along a slow wave, its head to the right: a clear body, a thread of spine, an eye."""
    points = []
    for t in range(61):
        u, v = t * 5.2 * s, math.sin(t / 8.2 + phase * 6.3) * (9 + t * 0.24) * s
        points.append(
            (x + u * math.cos(tilt) - v * math.sin(tilt), y + u * math.sin(tilt) + v * math.cos(tilt))
        )
    for n, (px, py) in enumerate(points):
        thick = (3 + 12 * math.sin(math.pi * (0.06 + 0.76 * n / 60)) ** 0.8) * s
        for plate, more in ((rim, 4), (glass, -2), (line, 0)):
            plate.disc(px, py, thick + more, 0 if plate is line else 255)
    line.line(points[3:-3], max(2, int(2.4 * s)))
    hx, hy = points[-3]
    line.disc(hx, hy - 2 * s, 6.4 * s)
    line.disc(hx - 1.5 * s, hy - 3.5 * s, 1.8 * s, 0)


def herring() -> Image.Image:
    """Rows of herring head to tail; one of them in colour."""
    sheet = Print(WIDE, "herring")
    rng = sheet.random
    ice = sheet.tone(lambda _: 0.22, 22)
    sheet.ink(ice, MIST, (0, 0), 0.3)
    belly, back, key, one = (sheet.plate() for _ in range(4))
    number = 0
    for row in range(9):
        y = 66 + row * 136
        for column in range(-1, 4):
            x = column * 560 + (row % 2) * 280 + rng.uniform(-14, 14)
            number += 1
            flip = -1 if row % 2 else 1
            target = one if (row, column) == (4, 1) else back
            _herring(belly, target, key, x + 280, y + rng.uniform(-6, 6), flip, rng.uniform(-0.03, 0.03))
    ice_cut = sheet.plate()
    ice_cut.add(belly)
    sheet.ink(belly, MIST, (2, 2), 0.4)
    sheet.ink(back, TEAL, (-1, 1), 0.5)
    sheet.ink(one, RUST, (3, 2), 0.4)
    sheet.ink(key, INK, (0, 0), 0.45)
    return sheet.finish()


def _herring(belly: Plate, back: Plate, key: Plate, x: float, y: float, flip: int, tilt: float) -> None:
    def at(u: float, v: float) -> tuple[float, float]:
        return x + flip * u, y + v + u * tilt

    upper = smooth([at(-250, 0), at(-170, -42), at(-20, -58), at(110, -40), at(190, -10)], 2)
    lower = smooth([at(190, 10), at(110, 42), at(-20, 54), at(-170, 38), at(-250, 0)], 2)
    tail = [at(188, -10), at(262, -52), at(238, 0), at(262, 52), at(188, 10)]
    belly.polygon([*upper, *lower])
    middle = smooth([at(190, -2), at(90, 2), at(-60, -12), at(-180, -8), at(-250, 0)], 2)
    back.polygon([*upper, *middle])
    back.polygon(tail)
    key.line([*upper], 5)
    key.line([*lower], 5)
    key.line([*tail], 4)
    key.disc(*at(-212, -8), 12)
    key.disc(*at(-214, -10), 4, 0)
    key.line(smooth([at(-158, -40), at(-140, 0), at(-160, 36)], 2), 5)
    key.polygon([at(-20, -58), at(20, -84), at(46, -54)])
    key.polygon([at(30, 52), at(62, 74), at(80, 46)])
    for n in range(22):
        u, v = -120 + (n % 11) * 26, -30 + (n // 11) * 20
        key.line([at(u, v), at(u + 7, v + 8), at(u, v + 16)], 3)


SCENES = {
    "rowing-eight": rowing_eight,
    "two-bridges": two_bridges,
    "upper-valley": upper_valley,
    "glass-eels": glass_eels,
    "herring-crates": herring,
}
