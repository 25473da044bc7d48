"""What a town runs: its bath and its clock."""

from __future__ import annotations

import itertools
import math

from PIL import Image

from tools.draw.bodies import REACH, body, limb, perched
from tools.draw.press import BRICK, DUSK, INK, OCHRE, RUST, TEAL, Plate, Point, Print, ripples

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
    arm = ((50, -2, 42), (100, -72, 31), (70, -146, 20), (52, -172, 12))
    for (au, av, thick), (bu, bv, thin) in itertools.pairwise(arm):
        ends = [(x + au * s, y + av * s), (x + bu * s, y + bv * s)]
        limb(key, ends, [thick * s, thin * s])
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


_LETTERS = {
    "I": (30, [(0, 0, 0, 1, 22)]),
    "V": (84, [(-32, 1, 0, 0, 22), (32, 1, 0, 0, 9)]),
    "X": (84, [(-30, 1, 30, 0, 22), (30, 1, -30, 0, 9)]),
}
_HOURS = "XII I II III IIII V VI VII VIII IX X XI".split()


def council_clock() -> Image.Image:
    """The clock close up at a minute to ten; behind its glass the shadow of someone at the works."""
    sheet = Print(WIDE, "council clock")
    rng = sheet.random
    x, y = 1010, 640
    wall, stone, face, key = (sheet.plate() for _ in range(4))
    wall.box(0, 0, 1800, 1200)
    for row in range(21):
        wall.box(0, row * 60, 1800, 5, 0)
        for n in range(17):
            wall.box(n * 120 + (row % 2) * 60 - 10, row * 60, 5, 60, 0)
    stone.disc(x, y, 618)
    stone.box(0, 1104, 1800, 96)
    wall.cut(stone)
    stone.disc(x, y, 536, 0)
    for n in range(24):
        a = math.pi * n / 12 + 0.13
        stone.line([(x + r * math.cos(a), y + r * math.sin(a)) for r in (540, 618)], 5, 0)
    for _ in range(70):
        a, r = rng.uniform(0, 6.3), rng.uniform(550, 600)
        stone.gouge(x + r * math.cos(a), y + r * math.sin(a), rng.uniform(14, 40), 4, 0)
    face.disc(x, y, 522)
    sheet.ink(wall, BRICK, (1, 1), 0.5)
    sheet.ink(stone, DUSK, (-1, 1), 0.5)
    sheet.ink(face, OCHRE, (2, 1), 0.35)
    shadow = sheet.plate()
    body(shadow, 1216, 1240, 640, REACH, -1, "cap coat")
    shadow.keep(face)
    key.box(0, 1096, 1800, 12)
    key.disc(x, y, 540)
    key.disc(x, y, 516, 0)
    key.add(sheet.screen(shadow.image.point(lambda value: int(value * 0.66)), 22))
    _dial(key, x, y)
    for row in range(20):
        for n in range(17):
            left = n * 120 + (row % 2) * 60 - 5
            if rng.random() < 0.16 and math.hypot(left + 55 - x, row * 60 + 32 - y) > 690 and row < 12:
                key.box(left, row * 60 + 6, 112, 52)
    for px, flip in ((130, 1), (356, 1), (1690, -1)):
        perched(key, px, 1098, 170, flip)
    sheet.ink(key, INK, (0, 0), 0.4)
    return sheet.finish()


def _dial(key: Plate, x: float, y: float) -> None:
    """Set numerals, minutes and both hands."""

    def at(turn: float, radius: float, aside: float = 0) -> Point:
        a = 2 * math.pi * turn
        across, up = math.sin(a), math.cos(a)
        return x + radius * across + aside * up, y - radius * up + aside * across

    for ring in (500, 452):
        key.draw.ellipse((x - ring, y - ring, x + ring, y + ring), outline=255, width=6)
    for n in range(60):
        key.line([at(n / 60, 456), at(n / 60, 498)], 20 if n % 5 == 0 else 7)
    for n, hour in enumerate(_HOURS):
        place = -sum(_LETTERS[letter][0] for letter in hour) / 2
        for letter in hour:
            width, strokes = _LETTERS[letter]
            for ax, ay, bx, by, thick in strokes:
                middle = place + width / 2
                ends = [at(n / 12, 326 + v * 106, middle + u) for u, v in ((ax, ay), (bx, by))]
                key.line(ends, thick)
            place += width
    hour, minute = 9.983 / 12, 59 / 60
    spade = [(-90, 15), (-70, 22), (0, 13), (120, 12), (160, 44), (206, 46), (236, 22), (290, 0)]
    spear = [(-130, 12), (-110, 26), (-60, 12), (0, 11), (330, 9), (360, 24), (400, 20), (470, 0)]
    for turn, shape in ((hour, spade), (minute, spear)):
        key.polygon([*[at(turn, r, w) for r, w in shape], *[at(turn, r, -w) for r, w in reversed(shape)]])
    key.disc(x, y, 36)
    key.disc(x, y, 14, 0)


SCENES = {"swimming-bath": swimming_bath, "council-clock": council_clock}
