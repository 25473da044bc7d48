"""For the galleries: washing between two blocks."""

from __future__ import annotations

from PIL import Image

from tools.draw.bodies import limb
from tools.draw.press import BRICK, DUSK, INK, MIST, OCHRE, RUST, TEAL, Plate, Point, Print, lighter, smooth


def laundry() -> Image.Image:
    """Lines of washing between two blocks, up to a strip of sky; a portrait format."""
    sheet = Print((1200, 1500), "laundry")
    rng = sheet.random
    sky, left, right, panes = (sheet.plate() for _ in range(4))
    left.polygon([(0, 0), (300, 120), (300, 1380), (0, 1500)])
    right.polygon([(1200, 0), (900, 120), (900, 1380), (1200, 1500)])
    sky.box(300, 0, 600, 1500)
    sky.polygon([(0, 0), (1200, 0), (900, 130), (300, 130)])
    back = sheet.plate()
    back.box(300, 560, 600, 940)
    back.polygon([(300, 562), (420, 470), (780, 470), (900, 562)])
    sky.cut(back)
    for _ in range(24):
        sky.gouge(rng.uniform(200, 900), rng.uniform(30, 520), rng.uniform(100, 300), rng.uniform(4, 10))
    for row in range(7):
        for side in (0, 1):
            for u in (0.1, 0.56):
                panes.polygon([_side(side, u + a, (row + b) / 7) for a, b in _PANE])
        for n in range(5):
            if row < 5:
                panes.box(340 + n * 110, 600 + row * 150, 56, 96)
    ground = sheet.plate()
    ground.polygon([(300, 1380), (900, 1380), (1200, 1500), (0, 1500)])
    inks, white, drawing = _washing(sheet)
    bust = smooth([(40, 1014), (44, 966), (76, 948), (100, 948), (126, 962), (160, 1000), (206, 1046),
                   (192, 1062), (140, 1024), (126, 1008), (124, 1016), (40, 1014)], 1)  # fmt: skip
    inks[OCHRE].polygon(bust)
    cover = sheet.plate()
    for plate in (*inks.values(), white):
        cover.add(plate)
    for plate in (left, right, back):
        plate.cut(panes)
    back.cut(ground)
    dark = sheet.tone(lambda _: 0.42, 24)
    dark.keep(right)
    for plate in (left, right, back, sky, dark):
        plate.cut(cover)
    sheet.ink(sky, lighter(TEAL, 0.5), (1, 1), 0.35)
    sheet.ink(back, lighter(DUSK, 0.2), (1, 1), 0.45)
    left.add(right)
    sheet.ink(left, BRICK, (1, 1), 0.5)
    for colour, plate in inks.items():
        sheet.ink(plate, colour, (1, 1), 0.4)
    key = sheet.plate()
    key.add(panes)
    key.polygon([_side(0, 0.1 + a, (4 + b) / 7) for a, b in _PANE], 0)
    _yard(key, sheet, panes)
    key.add(dark)
    key.cut(cover)
    key.add(drawing)
    key.disc(86, 926, 25, 255, 1.14)
    key.disc(62, 914, 14)
    key.line([*bust[:-1], bust[0]], 5)
    sheet.ink(key, INK, (0, 0), 0.4)
    return sheet.finish()


def _side(side: int, u: float, v: float) -> Point:
    """Return a point of the left (0) or the right wall: `u` from near to far, `v` from its top down."""
    x = 300 * u
    return (1200 - x if side else x), 120 * u + v * (1500 - 240 * u)


_PANE = ((0, 0.2), (0.3, 0.2), (0.3, 0.76), (0, 0.76))
_BARS = (
    ((-0.03, 0.78), (0.33, 0.78), 10, 255),
    ((0.15, 0.2), (0.15, 0.76), 7, 0),
    ((0, 0.42), (0.3, 0.42), 6, 0),
)
_CUTS: dict[str, list[Point]] = {  # what hangs on a line, from the peg at (0, 0); 1 is its width
    "sheet": [(-0.5, 0), (0.5, 0.02), (0.52, 1.1), (0.2, 1.05), (-0.1, 1.12), (-0.47, 1.06)],
    "shirt": [(-0.26, 0), (0.26, 0), (0.5, 0.5), (0.38, 0.56), (0.24, 0.32), (0.27, 1.0), (-0.25, 1.02),
              (-0.24, 0.32), (-0.4, 0.58), (-0.52, 0.52)],
    "trousers": [(-0.26, 0), (0.26, 0), (0.34, 1.24), (0.1, 1.26), (0, 0.46), (-0.12, 1.25), (-0.35, 1.22)],
    "dress": [(-0.2, 0), (-0.08, 0), (0, 0.1), (0.08, 0), (0.2, 0), (0.18, 0.4), (0.42, 1.2), (0.1, 1.26),
              (-0.16, 1.21), (-0.42, 1.24), (-0.16, 0.4)],
    "towel": [(-0.28, 0), (0.28, 0.01), (0.3, 0.9), (-0.26, 0.92)],
}  # fmt: skip
_LINES = (
    (0.92, 300, 96, "towel shirt sheet trousers shirt towel", "tworgw"),
    (0.72, 500, 124, "dress sheet towel shirt trousers sheet", "rwgowt"),
    (0.46, 740, 150, "sheet shirt trousers dress towel shirt", "owtrwg"),
    (0.14, 1030, 196, "shirt trousers sheet towel dress", "wtorw"),
)


def _washing(sheet: Print) -> tuple[dict[str, Plate], Plate, Plate]:
    """Hang four lines of washing, the far ones first; return the inks, what stays white, the drawing."""
    inks = {RUST: sheet.plate(), OCHRE: sheet.plate(), TEAL: sheet.plate(), MIST: sheet.plate()}
    white, drawing = sheet.plate(), sheet.plate()
    plates = dict(zip("rotgw", (*inks.values(), white), strict=True))
    for u, height, size, things, colours in _LINES:
        left, right = _side(0, u, 0)[0], _side(1, u, 0)[0]
        rope = [(left + (right - left) * n / 30, height + 60 * (1 - (n / 15 - 1) ** 2)) for n in range(31)]
        drawing.line(rope, 4)
        names = things.split()
        for n, (name, colour) in enumerate(zip(names, colours, strict=True)):
            t = (n + 0.62) / (len(names) + 0.24)
            x, y = left + (right - left) * t, height + 60 * (1 - (2 * t - 1) ** 2)
            lean = sheet.random.uniform(-0.05, 0.09)
            shape = [(x + (a + lean * b) * size, y + b * size) for a, b in _CUTS[name]]
            for plate in (*plates.values(), drawing):
                plate.polygon(shape, 0)
            plates[colour].polygon(shape)
            drawing.line([*shape, shape[0]], 5)
            for a in (-0.18, 0.18):
                drawing.box(x + a * size - 4, y - 12, 8, 24)
            drawing.line([(x + 0.1 * size, y + 0.3 * size), (x + (0.14 + lean) * size, y + 0.8 * size)], 4)
    return inks, white, drawing


def _yard(key: Plate, sheet: Print, panes: Plate) -> None:
    """Draw the edges of the blocks, sills and bars, and the woman at her window."""
    rng = sheet.random
    for x, y in ((300, 120), (900, 120)):
        key.line([(x, y), (x, 1380)], 8)
    key.line([(0, 0), (300, 120)], 14)
    key.line([(1200, 0), (900, 120)], 14)
    key.line([(290, 566), (420, 466), (780, 466), (910, 566)], 14)
    key.box(300, 560, 600, 10)
    key.line([(0, 1500), (300, 1380), (900, 1380), (1200, 1500)], 10)
    shade = sheet.plate()
    for _ in range(150):
        u, v = rng.random(), rng.random()
        x, y = _side(0, u, v)
        shade.gouge(x - 10, y, rng.uniform(14, 34), 4, 255, 0.25 - 0.5 * v)
    shade.cut(panes)
    key.add(shade)
    for _ in range(46):
        t = rng.random()
        half = 300 + 260 * t
        x = 600 + rng.uniform(-half, half) - 30
        key.gouge(x, 1392 + 100 * t, rng.uniform(24, 70), 4 + 3 * t, 255)
    cat = [(700, 1446), (704, 1400), (724, 1372), (722, 1344), (732, 1352), (742, 1352), (752, 1342),
           (752, 1372), (744, 1386), (754, 1446), (700, 1446)]  # fmt: skip
    key.polygon(smooth(cat, 1))
    limb(key, [(704, 1440), (670, 1444), (656, 1420)], [12, 10, 7])
    for row in range(7):
        for side in (0, 1):
            for u in (0.1, 0.56):
                for (au, av), (bu, bv), width, fill in _BARS:
                    ends = [_side(side, u + au, (row + av) / 7), _side(side, u + bu, (row + bv) / 7)]
                    key.line(ends, width, fill)
        for n in range(5):
            if row < 5:
                key.box(365 + n * 110, 600 + row * 150, 6, 96, 0)
                key.box(340 + n * 110, 634 + row * 150, 56, 5, 0)
                key.box(334 + n * 110, 696 + row * 150, 68, 8)


SCENES = {"gal-laundry": laundry}
