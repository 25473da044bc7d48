"""The Veln above the city: the dam it comes from, a dance on its bank."""

from __future__ import annotations

import math

from PIL import Image

from tools.draw.bodies import EASY, LEAD, REACH, body
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
    smooth,
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


def dance_hall() -> Image.Image:
    """A village hall at night: couples in its windows, light on the grass, bicycles."""
    sheet = Print(WIDE, "dance hall")
    rng = sheet.random
    stars = sheet.plate()
    for _ in range(90):
        stars.disc(rng.uniform(0, 1800), rng.uniform(0, 420), rng.choice((2, 3, 3, 5)))
    hall, lit, key, dancers = (sheet.plate() for _ in range(4))
    hall.box(130, 470, 1540, 480)
    panes = [(190, 270), (502, 270), (1028, 270), (1340, 270)]
    for x, width in panes:
        lit.box(x, 560, width, 300)
        lit.draw.pieslice((x, 500, x + width, 620), 180, 360, fill=255)
    lit.box(816, 590, 168, 360)
    hall.cut(lit)
    lamps = sheet.plate()
    for n in range(17):
        lamps.disc(20 + n * 110, _slack(20 + n * 110) + 26, 17)
    sky = sheet.plate()
    sky.box(0, 0, 1800, 960)
    night = sheet.tone(lambda y: 1.0 - 3.4 * y, 28)
    for plate in (stars, hall, lit, lamps):
        sky.cut(plate)
        night.cut(plate)
    sheet.ink(sky, DUSK, (0, 0), 0.35)
    sheet.ink(hall, BRICK, (1, 1), 0.5)
    grass, beams = sheet.plate(), sheet.plate()
    grass.box(0, 950, 1800, 250)
    for x, width in (*panes, (816, 168)):
        spread = (x + width / 2 - 900) * 0.36
        beams.polygon([(x, 962), (x + width, 962), (x + width + spread + 50, 1210), (x + spread - 50, 1210)])
    for _ in range(110):
        beams.gouge(rng.uniform(0, 1750), rng.uniform(962, 1200), rng.uniform(40, 160), 7, 0)
    grass.cut(beams)
    sheet.ink(grass, TEAL, (-1, 1), 0.4)
    lit.add(beams)
    lit.add(lamps)
    flags = sheet.plate()
    for x, width in panes:
        for n in range(6):
            left = x + n * width / 6
            flags.polygon([(left + 4, 560), (left + width / 6 - 4, 560), (left + width / 12, 604)])
    lit.cut(flags)
    sheet.ink(lit, OCHRE, (1, 1), 0.3)
    sheet.ink(flags, RUST, (1, 1), 0.3)
    _couples(dancers)
    inside = sheet.plate()
    for x, width in panes:
        inside.box(x, 500, width, 360)
    dancers.keep(inside)
    _hall_lines(key, sheet, panes)
    key.add(night)
    for x, height in ((-6, 620), (66, 380), (1736, 420), (1804, 700)):
        _poplar(key, x, 960, height)
    key.add(dancers)
    person(key, 900, 978, 322, 0.0, "cap")
    key.cut(lamps)
    for x in (420, 1270):
        _bicycle(key, x, 1160, 1.0)
    sheet.ink(key, INK, (0, 0), 0.4)
    return sheet.finish()


def _slack(x: float) -> float:
    return 250 + 90 * (1 - ((x % 900) / 450 - 1) ** 2)


def _couples(plate: Plate) -> None:
    """Dance: three couples, and one who plays for them."""
    for x, flip in ((250, 1), (576, -1), (1400, 1)):
        body(plate, x + (0 if flip > 0 else 110), 912, 318, LEAD, flip)
        body(plate, x + (112 if flip > 0 else 0), 912, 298, LEAD, -flip, "skirt swing bun")
    body(plate, 1110, 912, 322, REACH, 1, "")
    body(plate, 1236, 912, 300, EASY, -1, "skirt bun")


def _hall_lines(key: Plate, sheet: Print, panes: list[tuple[int, int]]) -> None:
    rng = sheet.random
    key.polygon([(70, 490), (250, 280), (1550, 280), (1730, 490)])
    for _ in range(90):
        key.gouge(rng.uniform(150, 1560), rng.uniform(296, 480), rng.uniform(30, 90), 5)
    key.box(760, 190, 20, 100)
    key.box(1240, 200, 70, 90)
    key.box(130, 936, 1540, 26)
    for n in range(40):
        key.box(130 + n * 39.5, 490, 4, 446)
    glass = sheet.plate()
    for x, width in panes:
        glass.box(x, 560, width, 300)
        glass.draw.pieslice((x, 500, x + width, 620), 180, 360, fill=255)
    glass.box(816, 590, 168, 346)
    key.cut(glass)
    for x, width in panes:
        key.draw.arc((x - 10, 492, x + width + 10, 628), 180, 360, fill=255, width=14)
        for post in (x - 10, x + width / 2 - 3, x + width):
            key.box(post, 560, 10 if post != x + width / 2 - 3 else 6, 300)
        key.box(x - 18, 858, width + 36, 18)
        key.box(x, 556, width, 5)
    key.box(800, 574, 200, 18)
    for x in (800, 984):
        key.box(x, 580, 18, 376)
    points = [(x, _slack(x)) for x in range(-20, 1840, 20)]
    key.line(points, 4)
    key.box(894, 230, 16, 60)


def _poplar(key: Plate, x: float, foot: float, height: float) -> None:
    side = [(0.0, 1.0), (0.09, 0.8), (0.14, 0.5), (0.12, 0.24), (0.03, 0.12), (0.02, 0.0)]
    outline = [*side, *[(-u, v) for u, v in reversed(side)]]
    key.polygon(smooth([(x + u * height, foot - v * height) for u, v in outline], 2))


def _bicycle(key: Plate, x: float, foot: float, s: float) -> None:
    """Stand a bicycle on the grass, `foot` where its wheels touch."""
    r = 66 * s
    back, front, low = (x, foot - r), (x + 178 * s, foot - r), (x + 76 * s, foot - r + 6)
    seat, head = (x + 52 * s, foot - 150 * s), (x + 150 * s, foot - 156 * s)
    for cx, cy in (back, front):
        key.draw.ellipse((cx - r, cy - r, cx + r, cy + r), outline=255, width=int(9 * s))
        key.disc(cx, cy, 8 * s)
    key.line([back, low, head, seat, low], int(8 * s))
    key.line([seat, back], int(7 * s))
    key.line([front, head, (x + 146 * s, foot - 186 * s), (x + 112 * s, foot - 184 * s)], int(8 * s))
    key.disc(x + 48 * s, foot - 160 * s, 24 * s, 255, 0.34)
    key.disc(low[0], low[1], 14 * s)


SCENES = {"keld-dam": keld_dam, "dance-hall": dance_hall}
