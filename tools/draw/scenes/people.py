"""People: in court, on the boat, at the tape machine, and the staff in profile."""

from __future__ import annotations

import math

from PIL import Image

from tools.draw.press import BRICK, DUSK, INK, MIST, MOSS, OCHRE, RUST, TEAL, Plate, Point, Print, lighter, ripples, smooth
from tools.draw.shapes import person

WIDE = (1800, 1200)

# A face looking right, from the crown round the profile to the nape; the head is 100 units high.
_FACE: list[Point] = [
    (0, -50), (14, -48), (27, -40), (33, -28), (34, -18), (36, -10), (45, 4), (44, 9), (36, 11), (38, 17),
    (35, 20), (37, 26), (33, 31), (34, 40), (26, 47), (12, 46), (2, 42),
]  # fmt: skip


def profile(plate: Plate, x: float, y: float, size: float, flip: int = 1, nose: float = 0, chin: float = 0) -> None:
    """Draw a head in profile with neck and shoulders; `flip` -1 looks left."""
    s = size / 100

    def at(u: float, v: float) -> Point:
        return x + flip * u * s, y + v * s

    face = [
        (u + (nose if -2 < v < 10 else 0) + (chin if v > 24 else 0) * (v - 24) / 20, v) for u, v in _FACE
    ]
    neck = [(2, 60), (10, 78), (40, 92), (62, 118), (70, 170), (-92, 170), (-84, 122), (-62, 96), (-38, 82)]
    back = [(-32, 60), (-34, 36), (-46, 20), (-50, -4), (-46, -26), (-34, -42), (-18, -50), (0, -50)]
    plate.polygon(smooth([at(*p) for p in [*face, *neck, *back]], 2))


def interpreter() -> Image.Image:
    """Two heads, a microphone, two ways of saying it; a portrait format."""
    sheet = Print((1280, 1600), "interpreter")
    rng = sheet.random
    ground = sheet.tone(lambda y: 0.12 + 0.3 * y, 20)
    sheet.ink(ground, OCHRE, (0, 0), 0.4)
    left, right = sheet.plate(), sheet.plate()
    profile(left, 300, 900, 560, 1, 1, 1)
    profile(right, 980, 900, 560, -1, 4, -2)
    left.polygon([(420, 250), (300, 120), (120, 120), (120, 400), (330, 400), (470, 480), (420, 380), (590, 330), (590, 120), (300, 120)], 0)
    for plate, colour, off in ((left, TEAL, (-2, 2)), (right, RUST, (3, 1))):
        for _ in range(110):
            plate.gouge(rng.uniform(60, 1200), rng.uniform(1250, 1600), rng.uniform(40, 150), 7, 0, rng.uniform(-0.4, 0.4))
        sheet.ink(plate, colour, off, 0.55)
    key = sheet.plate()
    key.polygon(smooth([(110, 130), (560, 130), (560, 400), (400, 400), (330, 500), (330, 400), (110, 400), (110, 130)], 1))
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
    key.polygon([(x - 62, y + 20), (x - 70, y - 90), (x - 30, y - 124), (x + 30, y - 124), (x + 70, y - 90), (x + 62, y + 20)])
    key.polygon([(x - 62, y - 10), (x + 62, y - 10), (x + 80, y + 60), (x + 70, y + 190), (x + 30, y + 190), (x + 24, y + 70), (x - 24, y + 70), (x - 30, y + 190), (x - 70, y + 190), (x - 80, y + 60)])


def _sleeper(key: Plate, x: float, y: float) -> None:
    key.disc(x + 30, y - 40, 38, 255, 1.0)
    key.polygon(smooth([(x + 50, y + 6), (x + 70, y - 70), (x + 190, y - 92), (x + 300, y - 44), (x + 330, y + 6), (x + 50, y + 6)], 2))


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
    red.line(smooth([(1010, 860), (1240, 900), (1200, 1180), (900, 1260), (640, 1190), (700, 1380), (1010, 1400), (1110, 1290), (980, 1210), (800, 1330), (520, 1500), (180, 1420)], 4), 26)
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
                key.draw.arc((x - ring, 520 - ring, x + ring, 520 + ring), rng.uniform(0, 180), rng.uniform(200, 350), fill=255, width=3)
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
    edge.line(smooth([(1010, 860), (1240, 900), (1200, 1180), (900, 1260), (640, 1190), (700, 1380), (1010, 1400), (1110, 1290), (980, 1210), (800, 1330), (520, 1500), (180, 1420)], 4), 6)
    key.add(edge)
    sheet.ink(key, INK, (0, 0), 0.4)
    return sheet.finish()


def portrait(seed: str, colour: str, ground: str, hair: str, nose: float, chin: float, flip: int, glasses: bool = False) -> Image.Image:
    """Draw one of the staff as a silhouette, hair and collar cut by hand."""
    sheet = Print((900, 1125), seed)
    rng = sheet.random
    back = sheet.tone(lambda y: 0.25 + 0.45 * y, 20)
    sheet.ink(back, ground, (1, 1), 0.4)
    x, y, size = 450 - flip * 10, 480, 430
    s = size / 100
    head = sheet.plate()
    profile(head, x, y, size, flip, nose, chin)
    sheet.sheet.paste("#f3ecdc", mask=head.image)
    coat = sheet.plate()
    coat.add(head)
    above = sheet.plate()
    above.polygon([(0, 0), (900, 0), (900, y + 84 * s), (x + flip * 16 * s, y + 78 * s), (x - flip * 20 * s, y + 96 * s), (x - flip * 36 * s, y + 76 * s), (0, y + 88 * s)]
                  if flip > 0 else
                  [(900, 0), (0, 0), (0, y + 84 * s), (x - 16 * s, y + 78 * s), (x + 20 * s, y + 96 * s), (x + 36 * s, y + 76 * s), (900, y + 88 * s)])  # fmt: skip
    coat.cut(above)
    for _ in range(46):
        coat.gouge(rng.uniform(80, 800), rng.uniform(880, 1125), rng.uniform(40, 130), 6, 0, rng.uniform(-0.5, 0.5))
    skin = sheet.plate()
    skin.add(head)
    skin.cut(coat)
    sheet.ink(skin, lighter(colour, 0.35), (2, 2), 0.5)
    key = sheet.plate()
    _hair(key, hair, x, y, s, flip)
    key.add(coat)
    for _ in range(60):
        px, py = x - flip * rng.uniform(-20, 50) * s, y + rng.uniform(-58, 20) * s
        key.gouge(px, py, rng.uniform(30, 90), 5, 0, flip * rng.uniform(-0.9, 0.1))
    if glasses:
        gx, gy = x + flip * 22 * s, y - 5 * s
        key.draw.ellipse((gx - 11 * s, gy - 8 * s, gx + 11 * s, gy + 10 * s), outline=255, width=9)
        key.line([(gx - flip * 11 * s, gy), (x - flip * 18 * s, gy - 2 * s)], 8)
    sheet.ink(key, INK, (0, 0), 0.45)
    return sheet.finish().resize((640, 800), Image.Resampling.LANCZOS)


def _hair(key: Plate, kind: str, x: float, y: float, s: float, flip: int) -> None:
    def shape(points: list[Point]) -> None:
        key.polygon(smooth([(x + flip * u * s, y + v * s) for u, v in points], 2))

    cap = [(30, -34), (20, -54), (-4, -62), (-32, -56), (-52, -36), (-56, -8), (-50, 16), (-40, 22), (-26, 12), (-18, -2), (-6, -12), (4, -30), (30, -34)]
    if kind == "short":
        shape(cap)
    elif kind == "bun":
        shape(cap)
        key.disc(x - flip * 54 * s, y - 34 * s, 17 * s)
    elif kind == "bob":
        shape([*cap[:6], (-60, 30), (-54, 56), (-24, 56), (-12, 34), (-10, 0), *cap[-3:]])
    elif kind == "long":
        shape([*cap[:6], (-66, 40), (-70, 100), (-40, 112), (-18, 70), (-12, 20), (-8, -4), *cap[-2:]])
    elif kind == "bald":
        shape([(-20, 2), (-26, -16), (-48, -22), (-54, 0), (-48, 22), (-36, 26), (-24, 16), (-20, 2)])
        shape([(37, 12), (40, 26), (36, 46), (16, 56), (-8, 44), (-16, 20), (-8, 24), (8, 32), (28, 30), (37, 12)])
    elif kind == "cap":
        shape([(44, -26), (34, -34), (28, -54), (0, -64), (-36, -58), (-54, -34), (-52, -24), (0, -28), (34, -24), (60, -16), (62, -22), (44, -26)])
        shape([(-18, -26), (-52, -26), (-54, 0), (-46, 20), (-34, 20), (-24, 4), (-18, -26)])
    else:
        shape([(34, -30), (30, -58), (6, -76), (-34, -74), (-64, -50), (-70, -14), (-62, 20), (-40, 30), (-24, 14), (-14, -6), (4, -24), (34, -30)])


_STAFF = {
    "brigit-talvane": (RUST, MIST, "bob", 1, 0, 1, True),
    "marit-esmark": (OCHRE, TEAL, "bun", -1, 0, -1, False),
    "joren-averlock": (BRICK, OCHRE, "bald", 4, 2, 1, False),
    "senna-dareki": (BRICK, DUSK, "curls", 0, -1, -1, False),
    "pell-ostry": (RUST, TEAL, "cap", 5, 1, 1, False),
    "tilde-marrin": (OCHRE, RUST, "long", 1, -1, -1, True),
    "ana-kelder": (BRICK, MOSS, "short", 0, 0, 1, False),
}


def _staff(name: str) -> Image.Image:
    return portrait(name, *_STAFF[name])


SCENES = {
    "interpreter": interpreter,
    "ferry-saloon": ferry_saloon,
    "radio-tapes": radio_tapes,
    **{f"portrait-{name}": (lambda name=name: _staff(name)) for name in _STAFF},
}
