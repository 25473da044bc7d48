"""For the galleries: the weir at dawn, the basin in frost."""

from __future__ import annotations

import math

from PIL import Image

from tools.draw.bodies import EASY, GLIDE, STRIDE, Pose, body, heron, limb
from tools.draw.press import DUSK, INK, MIST, OCHRE, RUST, TEAL, Plate, Print, lighter, ripples
from tools.draw.shapes import gable, windows

WIDE = (1800, 1200)


def dawn_weir() -> Image.Image:
    """A heron at a weir, a pale sun, trees one behind the other in the mist."""
    sheet = Print(WIDE, "dawn weir")
    rng = sheet.random
    sun = sheet.plate()
    sun.disc(560, 330, 150)
    sky = sheet.plate()
    sky.box(0, 0, 1800, 640)
    sky.cut(sun)
    for _ in range(70):
        sky.gouge(rng.uniform(-200, 1800), rng.uniform(60, 640), rng.uniform(160, 520), rng.uniform(4, 12))
    sheet.ink(sky, lighter(RUST, 0.62), (1, 1), 0.35)
    sheet.ink(sun, OCHRE, (1, 1), 0.3)
    for base, size, colour, gap in ((610, 200, lighter(DUSK, 0.5), 66), (650, 330, lighter(TEAL, 0.25), 130)):
        row = sheet.plate()
        x = -80.0
        while x < 1880:
            if not (size > 300 and 380 < x < 1240):
                _tree(row, sheet, x, base, size * rng.uniform(0.7, 1.15))
            x += rng.uniform(0.6, 1.3) * gap
        row.box(0, base - 14, 1800, 60)
        for n in range(60):
            y = base - 120 + 130 * (n / 60) ** 0.6
            row.gouge(rng.uniform(-300, 1800), y, rng.uniform(200, 620), 4 + n / 5)
        sheet.ink(row, colour, (-1, 1), 0.4)
    water = sheet.plate()
    water.box(0, 640, 1800, 560)
    ripples(water, rng, (0, 646, 1800, 50), 40, 0, (120, 420), (3, 7))
    fall = sheet.plate()
    fall.polygon([(0, 716), (1800, 690), (1800, 850), (0, 890)])
    for _ in range(230):
        x = rng.uniform(0, 1800)
        top = 716 - 26 * x / 1800 + rng.uniform(6, 120)
        fall.polygon([(x, top), (x + 6, top), (x + 9, top + rng.uniform(30, 90)), (x + 2, top + 60)], 0)
    foam = sheet.plate()
    for _ in range(170):
        x = rng.uniform(-60, 1800)
        y = 884 - 38 * x / 1800 + rng.uniform(-14, 70)
        foam.gouge(x, y, rng.uniform(60, 260), rng.uniform(8, 26), 255)
    water.cut(fall)
    water.cut(foam)
    ripples(water, rng, (0, 930, 1800, 270), 120, 0, (70, 320), (4, 13))
    sheet.ink(water, TEAL, (-2, 1), 0.4)
    key = sheet.plate()
    key.polygon([(0, 704), (1800, 678), (1800, 692), (0, 718)])
    for n in range(9):
        x = 96 + n * 104
        top = 980 + 10 * (n % 3) - n * 9
        key.polygon([(x - 17, top), (x + 13, top - 8), (x + 18, 1120 - n * 18), (x - 18, 1120 - n * 18)])
        ripples(key, rng, (x - 50, 1100 - n * 18, 100, 46), 7, 255, (40, 120), (4, 9))
    key.polygon([(1236, 1050), (1262, 952), (1330, 928), (1450, 934), (1520, 984), (1560, 1060)])
    for _ in range(18):
        key.gouge(rng.uniform(1260, 1480), rng.uniform(950, 1040), rng.uniform(30, 80), 6, 0, 0.2)
    heron(key, 1380, 936, 640, -1)
    ripples(key, rng, (1160, 1046, 460, 90), 40, 255, (70, 260), (5, 12))
    sheet.ink(key, INK, (0, 0), 0.4)
    return sheet.finish()


def _tree(plate: Plate, sheet: Print, x: float, foot: float, height: float) -> None:
    """Grow a broad tree: a trunk, and a crown of several rounds."""
    rng = sheet.random
    limb(plate, [(x, foot), (x, foot - height * 0.5)], [height * 0.07, height * 0.04])
    for _ in range(9):
        plate.disc(x + rng.gauss(0, 0.13) * height, foot - height * rng.uniform(0.42, 0.86),
                   height * rng.uniform(0.12, 0.2))  # fmt: skip


_SKATERS: list[tuple[float, float, float, Pose, int, str]] = [
    (880, 470, 74, GLIDE, 1, ""), (1010, 476, 70, EASY, -1, "skirt bun"), (1180, 486, 78, STRIDE, -1, "cap"),
    (560, 494, 80, EASY, 1, "coat cap"), (1440, 524, 96, GLIDE, -1, "cap"), (420, 540, 112, STRIDE, 1, ""),
    (1040, 560, 118, EASY, 1, "skirt bun"), (1106, 560, 124, EASY, -1, "cap"),
    (1700, 600, 150, EASY, -1, "skirt bun"), (700, 640, 170, GLIDE, -1, "cap"),
    (1330, 690, 206, STRIDE, 1, "cap"), (250, 760, 250, EASY, 1, "skirt bun"),
    (410, 764, 180, EASY, -1, "cap"),
    (960, 866, 320, GLIDE, 1, "cap"), (1650, 866, 330, STRIDE, -1, "skirt bun"),
]  # fmt: skip


def ice_skaters() -> Image.Image:
    """Skaters on the frozen basin, low sun behind them; a panorama."""
    sheet = Print((2000, 900), "ice skaters")
    rng = sheet.random
    sky, sun = sheet.plate(), sheet.plate()
    sun.disc(1340, 250, 92)
    sky.box(0, 0, 2000, 430)
    sky.cut(sun)
    for _ in range(60):
        sky.gouge(rng.uniform(-200, 2000), rng.uniform(20, 300), rng.uniform(160, 500), rng.uniform(3, 9))
    sheet.ink(sky, lighter(RUST, 0.5), (1, 1), 0.35)
    town, panes, snow = sheet.plate(), sheet.plate(), sheet.plate()
    x = -30.0
    while x < 2000:
        width = rng.uniform(96, 150)
        if not 1200 < x + width / 2 < 1480:
            height = rng.uniform(120, 190)
            gable(town, x, 420, width, height, rng.randrange(4))
            windows(panes, rng, (x + 8, 420 - height + 14, width - 16, height - 40), 3, 3, 255, 0.8)
        x += width
    town.box(0, 404, 2000, 26)
    for plate in (sky, sun):
        plate.cut(town)
    town.cut(panes)
    sheet.ink(town, DUSK, (-1, 1), 0.45)
    sheet.ink(sun, RUST, (1, 1), 0.3)
    snow.box(0, 418, 2000, 16)
    ice = sheet.plate()
    ice.box(0, 430, 2000, 470)
    gleam = sheet.plate()
    ripples(gleam, rng, (1180, 436, 330, 400), 80, 255, (80, 300), (4, 14))
    ripples(ice, rng, (0, 440, 2000, 470), 90, 0, (120, 520), (3, 9))
    for _ in range(34):
        y = 450 + 450 * rng.random()
        _score(ice, rng.uniform(0, 2000), y, rng.uniform(200, 700), rng.choice((-1, 1)))
    shade = sheet.plate()
    people, caps = sheet.plate(), sheet.plate()
    for place in _SKATERS:
        _skater(people, shade, caps, *place)
    gleam.cut(shade)
    ice.cut(gleam)
    sheet.ink(ice, MIST, (-1, 1), 0.4)
    sheet.ink(shade, lighter(DUSK, 0.15), (1, 0), 0.4)
    people.cut(caps)
    sheet.ink(caps, RUST, (2, 1), 0.3)
    for x, height in ((120, 330), (286, 250), (1820, 360)):
        _bare(people, sheet, x, 436, height)
    _fast(people, 1480, 452)
    sheet.ink(people, INK, (0, 0), 0.35)
    return sheet.finish()


def _score(plate: Plate, x: float, y: float, reach: float, bend: int) -> None:
    """Cut the track of a skate."""
    points = [(x + reach * t / 20, y + bend * reach * 0.06 * math.sin(math.pi * t / 20)) for t in range(21)]
    plate.line(points, 3, 0)


def _skater(
    people: Plate, shade: Plate, caps: Plate, x: float, foot: float, height: float, pose: Pose, flip: int,
    dress: str,
) -> None:  # fmt: skip
    """Set a skater on the ice, with blades, a red scarf now and then, and a long shadow away from the sun."""
    one = Plate(people.image.size)
    body(one, x, foot, height, pose, flip, dress)
    for joint in ("leg", "leg2"):
        u, v = pose[joint][-1]
        bx, by = x + flip * u * height, foot - v * height
        edge = by + 0.03 * height
        blade = [(bx - 0.13 * height * flip, edge), (bx + 0.05 * height * flip, edge)]
        one.line(blade, max(2, int(height * 0.018)))
    people.add(one)
    away = max(-1.7, min(1.7, (x - 1340) / 420))
    cast = one.image.transform(
        one.image.size, Image.Transform.AFFINE, (1, -away, away * foot, 0, -1.25, 2.25 * foot)
    )
    shade.image.paste(255, mask=cast)
    hx, hy = pose["head"][0]
    nx, ny = x + flip * hx * height, foot - hy * height
    if "cap" in dress or height > 300:
        ends = ((0.05, 0.075), (-0.08, 0.07), (-0.24, 0.1))
        scarf = [(nx + flip * u * height, ny + v * height) for u, v in ends]
        limb(caps, scarf, [0.06 * height, 0.07 * height, 0.045 * height])


def _bare(plate: Plate, sheet: Print, x: float, foot: float, height: float) -> None:
    """Grow a tree without leaves."""

    def grow(px: float, py: float, angle: float, length: float, thick: float) -> None:
        qx, qy = px + length * math.sin(angle), py - length * math.cos(angle)
        limb(plate, [(px, py), (qx, qy)], [thick, thick * 0.66])
        if length > height * 0.05:
            for turn in (-0.42, 0.36):
                grow(qx, qy, angle + turn + sheet.random.uniform(-0.14, 0.14), length * 0.74, thick * 0.62)

    grow(x, foot, 0.0, height * 0.3, height * 0.07)


def _fast(plate: Plate, x: float, y: float) -> None:
    """Lay a boat in the ice, its mast bare."""
    plate.polygon([(x, y - 34), (x + 190, y - 40), (x + 168, y), (x + 24, y)])
    plate.box(x + 84, y - 210, 8, 176)
    plate.line([(x + 88, y - 206), (x + 186, y - 40)], 3)
    plate.line([(x + 88, y - 206), (x + 4, y - 36)], 3)


SCENES = {"gal-dawn-weir": dawn_weir, "gal-ice-skaters": ice_skaters}
