"""Wet streets: the tram at its stop, the last bus."""

from __future__ import annotations

from PIL import Image

from tools.draw.bodies import limb
from tools.draw.press import DUSK, INK, OCHRE, RUST, TEAL, Plate, Point, Print, ripples, smooth
from tools.draw.scenes.figures import write
from tools.draw.shapes import gable, person, umbrella, windows

WIDE = (1800, 1200)


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


def night_bus() -> Image.Image:
    """The last bus, lit from end to end for one passenger; a dark street with one window awake."""
    sheet = Print(WIDE, "night bus")
    rng = sheet.random
    town, lit, red, key = (sheet.plate() for _ in range(4))
    sky = sheet.plate()
    sky.box(0, 0, 1800, 900)
    for _ in range(40):
        sky.disc(rng.uniform(0, 1800), rng.uniform(0, 260), rng.choice((2, 3, 4)), 0)
    dark = sheet.plate()
    for x, width, height, kind in (
        (-50, 250, 520, 0), (196, 210, 420, 1), (402, 260, 560, 3), (658, 220, 450, 2), (874, 250, 540, 0),
        (1120, 210, 430, 3), (1326, 260, 580, 1), (1582, 240, 470, 0),
    ):  # fmt: skip
        gable(town, x, 900, width, height, kind)
        windows(dark, rng, (x + 16, 900 - height + 20, width - 32, height - 60), 3, 4, 255)
    sky.cut(town)
    lit.box(515, 384, 34, 74)
    dark.box(510, 380, 44, 82, 0)
    _bus(lit, red, key)
    cone = sheet.plate()
    cone.polygon([(1512, 800), (1810, 740), (1810, 960), (1512, 846)])
    shell = sheet.plate()
    shell.draw.rounded_rectangle((196, 436, 1520, 878), 46, fill=255)
    for x in (430, 1060):
        shell.disc(x, 878, 34)
    for plate in (town, dark, sky):
        plate.cut(shell)
        plate.cut(cone)
    town.cut(lit)
    street = sheet.plate()
    street.box(0, 872, 1800, 328)
    street.cut(shell)
    both = _mirror(sheet, lit, 912, 90)
    ripples(both, rng, (300, 930, 1150, 250), 60, 255, (50, 220), (4, 13))
    blush = _mirror(sheet, red, 912, 110)
    blush.cut(both)
    ripples(street, rng, (0, 915, 1800, 285), 60, 0, (80, 300), (3, 9))
    for plate in (both, blush, cone):
        street.cut(plate)
    sheet.ink(sky, DUSK, (0, 1), 0.35)
    town.add(street)
    sheet.ink(town, TEAL, (-1, 1), 0.4)
    lit.add(both)
    lit.add(cone)
    sheet.ink(lit, OCHRE, (1, 1), 0.3)
    red.add(blush)
    sheet.ink(red, RUST, (1, 1), 0.4)
    night = sheet.tone(lambda y: 0.9 - 2.6 * y, 28)
    night.cut(shell)
    dark.add(night)
    ripples(dark, rng, (0, 920, 1800, 280), 110, 255, (70, 320), (4, 14))
    dark.cut(both)
    dark.cut(blush)
    key.add(dark)
    key.box(0, 866, 200, 12)
    sheet.ink(key, INK, (0, 0), 0.4)
    return sheet.finish()


def _bus(lit: Plate, red: Plate, key: Plate) -> None:
    """Draw a bus from its side, on its way to the right: one passenger, and who drives."""
    red.draw.rounded_rectangle((200, 440, 1516, 868), 46, fill=255)
    panes = [(236, 150), (400, 170), (584, 170), (768, 170), (952, 170), (1304, 176)]
    for x, width in panes:
        red.box(x, 510, width, 176, 0)
        lit.box(x, 510, width, 176)
    red.box(1142, 506, 140, 356, 0)
    lit.box(1150, 514, 124, 346)
    red.box(200, 726, 1316, 34, 0)
    key.draw.rounded_rectangle((196, 436, 1520, 484), 40, fill=255)
    key.box(196, 466, 1324, 18)
    key.box(1206, 506, 12, 360)
    key.box(1140, 506, 10, 360)
    key.box(1274, 506, 10, 360)
    for x, width in panes:
        key.draw.rectangle((x - 5, 505, x + width + 4, 690), outline=255, width=8)
    for x in (266, 330, 440, 520, 622, 706, 806, 990, 1064):
        key.draw.rounded_rectangle((x, 628, x + 44, 688), 12, fill=255)
    riders = Plate(key.image.size)
    limb(riders, [(852, 740), (868, 650), (890, 618)], [120, 96, 44])  # asleep against the glass
    riders.disc(906, 590, 31, 255, 1.14)
    riders.polygon([(868, 592), (872, 560), (900, 544), (930, 556), (936, 578)])
    limb(riders, [(1370, 740), (1380, 640), (1390, 610)], [110, 84, 40])
    riders.disc(1394, 582, 30, 255, 1.12)
    limb(riders, [(1392, 640), (1430, 668), (1458, 654)], [32, 26, 18])
    riders.line([(1440, 700), (1464, 632)], 9)
    glass = Plate(key.image.size)
    for x, width in panes:
        glass.box(x, 510, width, 178)
    riders.keep(glass)
    key.add(riders)
    key.box(196, 858, 1324, 22)
    for x in (430, 1060):
        key.disc(x, 864, 88)
        key.disc(x, 878, 34, 0)
        red.disc(x, 878, 34, 0)
        key.disc(x, 878, 12)
    lit.disc(1500, 814, 22)
    red.disc(1500, 814, 22, 0)
    key.box(1284, 446, 190, 50)
    write(key, 1379, 470, "LAST BUS", 34, "mm", 0)


SCENES = {"tram-four": tram_four, "gal-night-bus": night_bus}
