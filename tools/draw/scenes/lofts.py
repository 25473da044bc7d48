"""For the galleries: nets under a roof, pigeons over one, a stair between."""

from __future__ import annotations

import math

from PIL import Image

from tools.draw.bodies import REACH, body, perched, pigeon
from tools.draw.press import BRICK, DUSK, INK, OCHRE, RUST, TEAL, Plate, Point, Print, lighter, smooth
from tools.draw.shapes import gable, person, windows

WIDE = (1800, 1200)
TALL = (1280, 1600)


def net_lofts() -> Image.Image:
    """Nets from the beams of a tall loft, a gable window, one person under it all; a portrait format."""
    sheet = Print(TALL, "net lofts")
    rng = sheet.random
    boards = sheet.plate()
    boards.box(0, 0, 1280, 1600)
    window = sheet.plate()
    window.polygon([(470, 1100), (470, 640), (640, 500), (810, 640), (810, 1100)])
    beam = sheet.plate()
    beam.polygon([(470, 1180), (810, 1180), (1120, 1610), (160, 1610)])
    for _ in range(40):
        beam.gouge(rng.uniform(160, 1000), rng.uniform(1190, 1600), rng.uniform(60, 200), 6, 0)
    boards.cut(window)
    boards.cut(beam)
    for n in range(13):  # boards of the floor, and of the gable
        boards.line([(640 + (n - 6) * 60, 1180), (640 + (n - 6) * 240, 1610)], 4, 0)
        boards.line([(340 + n * 50, 330), (340 + n * 50, 1180)], 4, 0)
    sheet.ink(boards, lighter(OCHRE, 0.1), (1, 1), 0.45)
    red, green, key = sheet.plate(), sheet.plate(), sheet.plate()
    for x in (555, 640, 725):
        key.box(x - 5, 520, 10, 590)
    for y in (640, 800, 960):
        key.box(470, y, 340, 9)
    key.line([(470, 1100), (470, 640), (640, 500), (810, 640), (810, 1100), (470, 1100)], 16)
    person(key, 700, 1290, 260, 0.0, "cap")
    for z in (2.6, 1.9, 1.4, 1.0):
        _frame(key, z)
    for plate, x, top, reach, high in (
        (green, 394, 520, 120, 560), (red, 886, 520, 126, 600), (red, 262, 380, 190, 800),
        (green, 1030, 380, 200, 880), (green, 110, 150, 300, 1330), (red, 1180, 150, 290, 1240),
    ):  # fmt: skip
        _net(plate, key, x, top, reach, high)
    red.cut(green)
    sheet.ink(red, RUST, (2, 1), 0.45)
    sheet.ink(green, TEAL, (-2, 1), 0.45)
    sheet.ink(key, INK, (0, 0), 0.4)
    return sheet.finish().resize((1200, 1500), Image.Resampling.LANCZOS)


def _frame(key: Plate, z: float) -> None:
    """Set one frame of the roof, `z` times as far off as the first: posts, a beam, rafters, braces."""

    def at(u: float, v: float) -> Point:
        return 640 + u / z, 880 + v / z

    w = 46 / z
    for side in (-1, 1):
        x, top = at(side * 600, -640)
        key.box(x - w / 2, top, w, (880 + 780 / z) - top)
        key.line([at(side * 600, -380), at(side * 330, -640)], int(w * 0.6))
        key.line([at(side * 760, -560), at(0, -1230)], int(w * 0.8))
    key.line([at(-700, -640), at(700, -640)], int(w))
    key.line([at(0, -640), at(0, -1210)], int(w * 0.7))


def _net(plate: Plate, key: Plate, x: float, top: float, reach: float, high: float) -> None:
    """Hang a net from a hook at (x, top): mesh in colour, folds and floats in black."""

    def at(s: float, t: float) -> Point:
        spread = reach * (0.12 + 0.88 * math.sin(min(1.0, t * 1.25) * math.pi / 2)) * (1 - 0.25 * t * t)
        sway = 0.06 * math.sin(7 * t + 3 * s)
        return x + (s + sway) * spread / 2, top + high * t * (1 + 0.035 * math.cos(9 * s))

    rim = [at(-1, n / 20) for n in range(21)] + [at(n / 10 - 1, 1) for n in range(21)]
    shape = [*rim, *[at(1, 1 - n / 20) for n in range(21)]]
    whole = Plate(plate.image.size)
    whole.polygon(shape)
    knots = max(8, int(high / 72))
    for n in range(-knots, knots * 2):
        for way in (-1, 1):
            rows = [(k, (n + way * k / 4) / knots) for k in range(25)]
            line = [at(k / 12 - 1, t) for k, t in rows if 0 <= t <= 1]
            if len(line) > 1:
                whole.line(line, 5, 0)
    plate.add(whole)
    for s in (-1, -0.62, -0.2, 0.26, 0.66, 1):
        key.line([at(s, n / 24) for n in range(25)], max(3, int(reach / 44)))
    key.line([at(n / 10 - 1, 1) for n in range(21)], max(4, int(reach / 30)))
    for n in range(9):
        fx, fy = at(n / 4 - 1, 1)
        key.disc(fx, fy + 6, reach / 24)
    key.line([(x, top - 70), (x, top + 20)], max(4, int(reach / 26)))
    key.disc(x, top + 8, reach / 12)


def lighthouse_stairs() -> Image.Image:
    """A spiral staircase from its top, wound down to a small lit floor; a square."""
    sheet = Print((1400, 1400), "lighthouse stairs")
    rng = sheet.random
    wall, treads, key, gold = (sheet.plate() for _ in range(4))
    wall.box(0, 0, 1400, 1400)
    rail = sheet.plate()
    steps = 21
    count = steps * 4
    for n in range(count, -36, -1):  # from the floor up: what is nearer lies over it
        _tread(wall, treads, rail, key, n, steps)
    floor = sheet.plate()
    floor.disc(*_well(count), 78)
    for plate in (wall, treads, rail, key):
        plate.cut(floor)
    gold.add(floor)
    sheet.ink(wall, DUSK, (1, 1), 0.4)
    sheet.ink(treads, lighter(TEAL, 0.12), (-1, 1), 0.4)
    x, y = _well(count)
    for n in range(8):
        gold.line([(x, y), (x + 90 * math.cos(n * 0.785), y + 90 * math.sin(n * 0.785))], 4, 0)
    gold.keep(floor)
    sheet.ink(gold, OCHRE, (1, 1), 0.3)
    sheet.ink(rail, RUST, (1, 1), 0.3)
    well = Image.radial_gradient("L").resize((1100, 1100)).point(lambda value: max(0, 190 - value * 2))
    grey = Image.new("L", sheet.size, 0)
    grey.paste(well, (int(x) - 550, int(y) - 550))
    shade = sheet.screen(grey, 22)
    shade.cut(floor)
    shade.cut(rail)
    key.add(shade)
    _from_above(key, x - 10, y - 2)
    for _ in range(40):
        key.gouge(rng.uniform(0, 1400), rng.uniform(0, 1400), rng.uniform(20, 60), 4, 0)
    sheet.ink(key, INK, (0, 0), 0.4)
    return sheet.finish().resize((1200, 1200), Image.Resampling.LANCZOS)


def _from_above(key: Plate, x: float, y: float) -> None:
    """Stand someone far below, foreshortened: a head, shoulders, feet close under them, a shadow."""
    coat = [(-27, -6), (-14, -15), (14, -15), (27, -6), (29, 10), (21, 8), (12, 34), (2, 38), (0, 30),
            (-3, 38), (-12, 34), (-21, 8), (-29, 10), (-27, -6)]  # fmt: skip
    key.polygon(smooth([(x + u, y + v) for u, v in coat], 1))
    key.disc(x, y - 22, 14)
    for n in range(5):
        key.gouge(x + 4 + n * 7, y + 34 - n * 7, 34, 6, 255)


def _well(n: float) -> Point:
    """Return the middle of the stairwell at step `n`: it drifts, since we do not look straight down."""
    depth = 1 - 0.972**n
    return 680 + 70 * depth, 700 + 40 * depth


def _tread(wall: Plate, treads: Plate, rail: Plate, key: Plate, n: int, steps: int) -> None:
    """Lay step `n`: its tread, its riser, the string and the rail along the well."""
    x, y = _well(n)
    size = 0.972**n

    def at(turn: float, radius: float) -> Point:
        a = turn * 2 * math.pi / steps - 0.6
        return x + radius * size * math.cos(a), y + radius * size * math.sin(a)

    def bow(start: float, end: float, radius: float) -> list[Point]:
        return [at(start + (end - start) * k / 4, radius) for k in range(5)]

    outer, inner = 700, 400
    band = [*bow(n, n + 1.03, outer), *reversed(bow(n, n + 1.03, inner * 0.9))]
    for plate in (wall, treads, rail, key):
        plate.polygon(band, 0)
    (treads if n % 2 else wall).polygon([*bow(n, n + 1.03, outer), *reversed(bow(n, n + 1.03, inner))])
    key.polygon([at(n, outer), at(n + 0.2, outer), at(n + 0.2, inner), at(n, inner)])
    key.polygon([*bow(n, n + 1.03, inner * 1.02), *reversed(bow(n, n + 1.03, inner * 0.97))])
    key.line([at(n + 0.5, inner), at(n + 0.5, inner * 0.91)], max(2, int(8 * size)))
    rail.polygon([*bow(n, n + 1.03, inner * 0.92), *reversed(bow(n, n + 1.03, inner * 0.875))])


def pigeon_loft() -> Image.Image:
    """Pigeons in a ring over the roofs; beside their loft someone swings a cloth on a pole."""
    sheet = Print(WIDE, "pigeon loft")
    rng = sheet.random
    sky, white, dark = sheet.plate(), sheet.plate(), sheet.plate()
    sky.box(0, 0, 1800, 1200)
    for _ in range(60):
        sky.gouge(rng.uniform(-200, 1800), rng.uniform(20, 900), rng.uniform(140, 480), rng.uniform(3, 10))
    for n in range(19):
        turn = n / 19 * 2 * math.pi
        near = (1 - math.sin(turn)) / 2  # the ring is tilted: its lower side is nearer
        x = 840 + (620 + 110 * near + 50 * (n % 2)) * math.cos(turn)
        y = 330 - (180 + 60 * (n % 2)) * math.sin(turn) - 0.1 * (x - 780)
        plate = white if n % 4 == 1 else dark
        beat = rng.choice((0.95, 0.7, -0.75, 0.85))
        pigeon(plate, x, y, 66 + 70 * near, beat, 1 if math.sin(turn) < 0 else -1)
    far, red, panes = sheet.plate(), sheet.plate(), sheet.plate()
    for x, width, height, kind in (
        (-40, 180, 250, 0), (136, 150, 190, 1), (282, 170, 236, 3), (448, 160, 170, 0), (604, 190, 226, 2),
        (790, 150, 180, 1), (936, 170, 216, 0), (1102, 160, 170, 3), (1258, 190, 230, 0), (1444, 170, 190, 2),
        (1610, 210, 240, 1),
    ):  # fmt: skip
        gable(far, x, 1200, width, height + 60, kind)
        windows(panes, rng, (x + 14, 1200 - height - 20, width - 28, height - 30), 3, 3, 255, 0.8)
    far.cut(panes)
    red.polygon([(-10, 1130), (700, 1040), (1810, 1040), (1810, 1210), (-10, 1210)])
    red.polygon([(1180, 1042), (1180, 830), (1640, 772), (1640, 1042)])
    cloth = sheet.plate()
    cloth.polygon(
        smooth([(868, 686), (780, 662), (700, 700), (600, 660), (652, 712), (588, 768), (700, 764),
                (790, 732), (878, 744)], 1))  # fmt: skip
    for plate in (sky, far):
        for before in (white, cloth, red):
            plate.cut(before)
    sky.cut(far)
    sky.cut(panes)
    sheet.ink(sky, lighter(TEAL, 0.45), (1, 1), 0.35)
    sheet.ink(far, lighter(DUSK, 0.1), (-1, 1), 0.45)
    red.add(cloth)
    sheet.ink(red, BRICK, (1, 1), 0.45)
    key = sheet.plate()
    key.add(dark)
    _loft(key, sheet)
    body(key, 1040, 1046, 300, REACH, -1, "cap")
    key.line([(1016, 770), (962, 738), (862, 680)], 9)
    for x, y in ((1290, 806), (1372, 796), (1560, 772)):
        perched(key, x, y, 84, -1 if x < 1500 else 1)
    sheet.ink(key, INK, (0, 0), 0.4)
    return sheet.finish()


def _loft(key: Plate, sheet: Print) -> None:
    """Build the loft of boards, its flight holes, and the tiles under it."""
    rng = sheet.random
    key.polygon([(1150, 842), (1670, 776), (1676, 756), (1150, 818)])
    for n in range(17):
        key.box(1188 + n * 27, 836 - n * 3.4, 4, 206 + n * 3.4)
    for n in range(3):
        x, y = 1240 + n * 104, 890 - n * 9
        key.box(x, y, 50, 44)
        key.disc(x + 25, y, 25)
        key.box(x - 14, y + 44, 78, 9)
    key.box(1560, 876, 66, 168)
    key.box(1180, 1034, 640, 10)
    key.line([(-10, 1124), (700, 1036), (1810, 1036)], 12)
    for row in range(5):
        for n in range(40):
            x = n * 48 + (row % 2) * 24 - 40
            y = max(1056, 1150 - 0.127 * x) + row * 34
            key.draw.arc((x, y - 22, x + 46, y + 18), 10, 170, fill=255, width=5)
    for x in (330, 470):
        top = 1080 - 0.127 * x
        key.box(x, top - 80, 84, 120)
        key.box(x - 10, top - 92, 104, 18)
        for m in (14, 50):
            key.box(x + m, top - 124, 22, 36)
    for _ in range(12):
        key.gouge(rng.uniform(335, 540), rng.uniform(980, 1030), 30, 4, 0)


SCENES = {
    "gal-net-lofts": net_lofts,
    "gal-lighthouse-stairs": lighthouse_stairs,
    "gal-pigeon-loft": pigeon_loft,
}
