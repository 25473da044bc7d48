"""People: in court, on the boat, and what was left at the tape machine."""

from __future__ import annotations

import math

from PIL import Image

from tools.draw.press import (
    INK,
    OCHRE,
    RUST,
    TEAL,
    Plate,
    Print,
    ripples,
    smooth,
)
from tools.draw.scenes.portraits import profile
from tools.draw.shapes import person

WIDE = (1800, 1200)


def interpreter() -> Image.Image:
    """Two heads, a microphone, two ways of saying it; a portrait format."""
    sheet = Print((1280, 1600), "interpreter")
    rng = sheet.random
    ground = sheet.tone(lambda y: 0.12 + 0.3 * y, 20)
    sheet.ink(ground, OCHRE, (0, 0), 0.4)
    left, right = sheet.plate(), sheet.plate()
    profile(left, 300, 900, 560, 1, 1, 1)
    profile(right, 980, 900, 560, -1, 4, -2)
    left.polygon(
        [
            (420, 250),
            (300, 120),
            (120, 120),
            (120, 400),
            (330, 400),
            (470, 480),
            (420, 380),
            (590, 330),
            (590, 120),
            (300, 120),
        ],
        0,
    )
    for plate, colour, off in ((left, TEAL, (-2, 2)), (right, RUST, (3, 1))):
        for _ in range(110):
            plate.gouge(
                rng.uniform(60, 1200),
                rng.uniform(1250, 1600),
                rng.uniform(40, 150),
                7,
                0,
                rng.uniform(-0.4, 0.4),
            )
        sheet.ink(plate, colour, off, 0.55)
    key = sheet.plate()
    key.polygon(
        smooth(
            [(110, 130), (560, 130), (560, 400), (400, 400), (330, 500), (330, 400), (110, 400), (110, 130)],
            1,
        )
    )
    key.draw.ellipse((720, 120, 1180, 410), fill=255)
    key.polygon([(900, 390), (960, 500), (990, 385)])
    for n in range(4):
        y = 180 + n * 54
        key.line([(160 + k * 24, y + (8 if k % 2 else -8)) for k in range(15 - n * 2)], 9, 0)
        key.line(smooth([(790 + k * 40, y + (13 if k % 2 else -13)) for k in range(9 - (n % 3))], 2), 9, 0)
    key.box(632, 1040, 16, 400)
    key.disc(640, 1000, 56, 255, 1.35)
    for n in range(6):
        key.box(588, 950 + n * 20, 104, 6, 0)
    key.box(560, 1430, 160, 22)
    key.box(0, 1452, 1280, 150)
    key.line(smooth([(300, 620), (140, 640), (110, 800), (150, 880)], 2), 20)
    key.disc(170, 900, 52, 255, 1.2)
    for _ in range(60):
        key.gouge(rng.uniform(0, 1280), rng.uniform(1470, 1600), rng.uniform(60, 240), 7)
    sheet.ink(key, INK, (0, 0), 0.4)
    return sheet.finish()


def ferry_saloon() -> Image.Image:
    """The saloon after midnight: sleepers, a basket, dark windows; a panorama."""
    sheet = Print((2000, 1000), "ferry saloon")
    rng = sheet.random
    wall = sheet.plate()
    wall.box(0, 0, 2000, 640)
    panes = sheet.plate()
    for n in range(6):
        panes.draw.rounded_rectangle((60 + n * 330, 130, 310 + n * 330, 420), 60, fill=255)
    wall.cut(panes)
    for n in range(26):
        wall.box(n * 80, 440, 4, 200, 0)
    sheet.ink(wall, OCHRE, (1, 1), 0.45)
    floor = sheet.tone(lambda y: 0.55 if y > 0.63 else 0, 20)
    sheet.ink(floor, RUST, (2, 0), 0.4)
    sea = sheet.plate()
    sea.box(0, 300, 2000, 120)
    sea.keep(panes)
    ripples(sea, rng, (0, 306, 2000, 110), 80, 0, (30, 120), (3, 7))
    sheet.ink(sea, TEAL, (0, 1), 0.4)
    red = sheet.plate()
    for x in (90, 560, 1030, 1500):
        red.draw.rounded_rectangle((x, 560, x + 380, 720), 26, fill=255)
        red.box(x, 690, 380, 150)
    sheet.ink(red, TEAL, (-2, 2), 0.5)
    key = sheet.plate()
    night = sheet.plate()
    night.add(panes)
    lower = sheet.plate()
    lower.box(0, 300, 2000, 130)
    night.cut(lower)
    for _ in range(26):
        night.disc(rng.uniform(60, 1960), rng.uniform(140, 280), 3, 0)
    key.add(night)
    waves = sheet.plate()
    ripples(waves, rng, (0, 304, 2000, 110), 120, 255, (50, 200), (4, 10))
    waves.keep(panes)
    key.add(waves)
    for n in range(6):
        key.draw.rounded_rectangle((54 + n * 330, 124, 316 + n * 330, 426), 64, outline=255, width=10)
    _seated(key, 190, 720)
    _sleeper(key, 600, 720)
    _seated(key, 1130, 720)
    _basket(key, 1270, 760)
    _seated(key, 1590, 720)
    _seated(key, 1760, 724)
    for x in (70, 540, 1010, 1480):
        key.box(x, 640, 22, 210)
        key.box(x + 398, 640, 22, 210)
        key.box(x, 836, 420, 16)
        key.box(x + 40, 852, 14, 60)
        key.box(x + 366, 852, 14, 60)
    person(key, 960, 930, 470, 0.03, "cap")
    sheet.ink(key, INK, (0, 0), 0.4)
    return sheet.finish()


def _seated(key: Plate, x: float, y: float) -> None:
    key.disc(x, y - 178, 40, 255, 1.15)
    key.box(x - 14, y - 146, 28, 30)
    key.polygon(
        [
            (x - 62, y + 20),
            (x - 70, y - 90),
            (x - 30, y - 124),
            (x + 30, y - 124),
            (x + 70, y - 90),
            (x + 62, y + 20),
        ]
    )
    key.polygon(
        [
            (x - 62, y - 10),
            (x + 62, y - 10),
            (x + 80, y + 60),
            (x + 70, y + 190),
            (x + 30, y + 190),
            (x + 24, y + 70),
            (x - 24, y + 70),
            (x - 30, y + 190),
            (x - 70, y + 190),
            (x - 80, y + 60),
        ]
    )


def _sleeper(key: Plate, x: float, y: float) -> None:
    key.disc(x + 30, y - 40, 38, 255, 1.0)
    key.polygon(
        smooth(
            [
                (x + 50, y + 6),
                (x + 70, y - 70),
                (x + 190, y - 92),
                (x + 300, y - 44),
                (x + 330, y + 6),
                (x + 50, y + 6),
            ],
            2,
        )
    )


def _basket(key: Plate, x: float, y: float) -> None:
    key.draw.rounded_rectangle((x, y - 80, x + 130, y), 20, outline=255, width=8)
    for n in range(1, 6):
        key.line([(x + n * 22, y - 78), (x + n * 22, y - 2)], 4)
    key.draw.arc((x + 20, y - 140, x + 110, y - 30), 180, 360, fill=255, width=7)
    key.disc(x + 60, y - 34, 30, 255, 0.9)
    key.disc(x + 92, y - 58, 13)


def radio_tapes() -> Image.Image:
    """A tape machine from above, a loop of tape curling away; a portrait format."""
    sheet = Print((1280, 1600), "radio tapes")
    rng = sheet.random
    table = sheet.plate()
    table.box(0, 0, 1280, 1600)
    for _ in range(200):
        table.gouge(rng.uniform(-100, 1280), rng.uniform(0, 1600), rng.uniform(120, 420), 6, 0, 0.03)
    machine = sheet.plate()
    machine.draw.rounded_rectangle((110, 210, 1170, 1110), 50, fill=255)
    table.cut(machine)
    sheet.ink(table, OCHRE, (1, 1), 0.5)
    face = sheet.plate()
    face.add(machine)
    reels = sheet.plate()
    for x in (390, 890):
        reels.disc(x, 520, 236)
    face.cut(reels)
    sheet.ink(face, TEAL, (-2, 2), 0.5)
    red = sheet.plate()
    red.disc(390, 520, 206)
    red.disc(890, 520, 150)
    red.line(
        smooth(
            [
                (1010, 860),
                (1240, 900),
                (1200, 1180),
                (900, 1260),
                (640, 1190),
                (700, 1380),
                (1010, 1400),
                (1110, 1290),
                (980, 1210),
                (800, 1330),
                (520, 1500),
                (180, 1420),
            ],
            4,
        ),
        26,
    )
    red.box(318, 994, 58, 64)
    sheet.ink(red, RUST, (3, 2), 0.5)
    key = sheet.plate()
    for x, wound in ((390, 206), (890, 150)):
        key.disc(x, 520, 242)
        key.disc(x, 520, 228, 0)
        for n in range(3):
            a = n * 2.094 + (0.4 if x < 500 else 1.1)
            key.line([(x, 520), (x + 232 * math.cos(a), 520 + 232 * math.sin(a))], 44)
        key.disc(x, 520, 78)
        key.disc(x, 520, 26, 0)
        for ring in range(60, wound, 24):
            if ring > 84:
                key.draw.arc(
                    (x - ring, 520 - ring, x + ring, 520 + ring),
                    rng.uniform(0, 180),
                    rng.uniform(200, 350),
                    fill=255,
                    width=3,
                )
    key.draw.rounded_rectangle((104, 204, 1176, 1116), 54, outline=255, width=14)
    key.box(520, 800, 240, 96)
    for x in (470, 800):
        key.disc(x, 850, 24)
    key.line([(170, 600), (250, 820), (470, 862), (810, 862), (1030, 830), (1110, 600)], 7)
    for n in range(5):
        key.draw.rounded_rectangle((230 + n * 84, 990, 296 + n * 84, 1062), 8, outline=255, width=9)
    key.draw.rounded_rectangle((760, 960, 1060, 1080), 12, fill=255)
    key.draw.pieslice((800, 980, 1020, 1200), 200, 340, fill=0)
    key.line([(910, 1080), (960, 992)], 7)
    edge = sheet.plate()
    edge.line(
        smooth(
            [
                (1010, 860),
                (1240, 900),
                (1200, 1180),
                (900, 1260),
                (640, 1190),
                (700, 1380),
                (1010, 1400),
                (1110, 1290),
                (980, 1210),
                (800, 1330),
                (520, 1500),
                (180, 1420),
            ],
            4,
        ),
        6,
    )
    key.add(edge)
    sheet.ink(key, INK, (0, 0), 0.4)
    return sheet.finish()


SCENES = {"interpreter": interpreter, "ferry-saloon": ferry_saloon, "radio-tapes": radio_tapes}
