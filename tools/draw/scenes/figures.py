"""Figures: a map, bars, a line, a vote. Printed as the rest is, and right to the number."""

from __future__ import annotations

import math

from PIL import Image, ImageDraw, ImageFont

from tools.draw.press import BRICK, INK, MIST, OCHRE, RUST, TEAL, Plate, Print, lighter, ripples, smooth

WIDE = (1800, 1200)
EELS = (2110, 880, 460, 3020, 1240, 640, 5200, 9870, 3300, 490, 1720, 2960, 4540, 41_300)
YEARS = (4.1, 4.4, 4.6, 5.2, 5.9, 6.3, 7.0, 7.6, 8.3, 9.2)


def write(
    plate: Plate, x: float, y: float, text: str, size: int, where: str = "lm", fill: int = 255, halo: int = 0
) -> None:
    """Set `text` (ASCII: the letters that come with Pillow) at (x, y), made a little bolder for print."""
    ImageDraw.Draw(plate.image).text(
        (x, y), text, fill=fill, font=ImageFont.load_default(size), anchor=where,
        stroke_width=halo or max(1, size // 36),
        stroke_fill=fill,
    )  # fmt: skip


def harbour_map() -> Image.Image:
    """The mouth of the Veln, the old mole and the new one, six buoys."""
    sheet = Print(WIDE, "harbour map")
    rng = sheet.random
    land = sheet.plate()
    north = smooth(
        [
            (-10, -10),
            (900, -10),
            (930, 90),
            (860, 190),
            (900, 270),
            (820, 360),
            (700, 410),
            (500, 450),
            (240, 520),
            (-10, 560),
        ]
    )
    south = smooth(
        [
            (-10, 690),
            (220, 640),
            (480, 590),
            (660, 560),
            (760, 610),
            (830, 720),
            (800, 830),
            (880, 950),
            (840, 1080),
            (900, 1210),
            (-10, 1210),
        ]
    )
    for shore in (north, south):
        land.polygon([*shore, (-10, shore[-1][1])])
    streets = sheet.plate()
    for n in range(9):
        streets.line([(30 + n * 74, 1210), (180 + n * 66, 600)], 7)
        streets.line([(-10, 720 + n * 58), (860, 640 + n * 64)], 7)
    core = sheet.plate()
    core.polygon(
        smooth([(60, 720), (620, 610), (740, 700), (760, 900), (600, 1120), (40, 1130), (60, 720)], 2)
    )
    streets.keep(core)
    land.cut(streets)
    sheet.ink(land, OCHRE, (1, 1), 0.45)
    sea = sheet.plate()
    sea.box(0, 0, 1800, 1200)
    shores = sheet.plate()
    for shore in (north, south):
        shores.polygon([*shore, (-10, shore[-1][1])])
    sea.cut(shores)
    ripples(sea, rng, (900, 0, 900, 1200), 120, 0, (40, 120), (3, 5))
    moles = sheet.plate()
    track = smooth([(880, 270), (1080, 300), (1300, 380), (1440, 520), (1480, 700)], 3)
    moles.line(track, 60)
    old = smooth([(800, 690), (930, 640), (1010, 560)], 2)
    moles.line(old, 40)
    labels = (
        (1000, 474, "North Mole", 58), (1000, 530, "1,900 metres", 40), (1060, 610, "Old mole and", 40),
        (1060, 658, "fog bell (1871)", 40), (1300, 120, "Measuring buoys", 40), (955, 388, "Quay 620 m", 34),
        (1255, 1040, "500 metres", 40),
    )  # fmt: skip
    sea.cut(moles)
    for x, y, text, size in labels:
        write(sea, x, y, text, size + 1, "lm", 255, 16)
    sheet.ink(sea, lighter(TEAL, 0.3), (-1, 1), 0.4)
    red, key = sheet.plate(), sheet.plate()
    built = track[: int(len(track) * 0.6)]
    red.line(built, 34)
    for n in range(int(len(track) * 0.6), len(track) - 1, 2):
        red.line([track[n], track[n + 1]], 34)
    sheet.ink(red, RUST, (2, 2), 0.4)
    key.line(old, 20)
    key.disc(1010, 560, 20)
    for shore in (north, south):
        key.line(shore, 8)
    key.box(960, 336, 260, 24)
    for x, y in ((1080, 180), (1290, 230), (1490, 330), (1610, 500), (1640, 690), (1570, 880)):
        key.disc(x, y, 20)
        key.disc(x, y, 9, 0)
    for x, y, text, size in (*labels, (170, 250, "NORTH BANK", 54), (290, 575, "Veln", 50)):
        write(key, x, y, text, size)
    _plaque(key, 130, 880, 560, 130, "VELMUND", 92)
    key.box(1240, 1090, 230, 8)
    key.box(1240, 1074, 6, 40)
    key.box(1466, 1074, 6, 40)
    key.polygon([(1690, 960), (1720, 1080), (1690, 1056), (1660, 1080)])
    write(key, 1690, 1116, "N", 48, "mm")
    sheet.ink(key, INK, (0, 0), 0.3, 0.8)
    return sheet.finish()


def _plaque(key: Plate, x: float, y: float, width: float, height: float, text: str, size: int) -> None:
    key.box(x, y, width, height)
    write(key, x + width / 2, y + height / 2, text, size, "mm", 0)


def mole_costs() -> Image.Image:
    """From 410 to 640 million marks, step by step; a panorama."""
    sheet = Print((2000, 1000), "mole costs")
    base, scale = 820, 1.02
    steps = [
        ("Seabed", 142, RUST),
        ("Rock", 51, RUST),
        ("Waiting", 37, RUST),
        ("Quay", 13, RUST),
        ("Dredging", -13, TEAL),
    ]
    key, rust, teal, grey = sheet.plate(), sheet.plate(), sheet.plate(), sheet.plate()
    for n in range(1, 8):
        key.box(90, base - n * 100 * scale, 1820, 2)
        write(key, 80, base - n * 100 * scale, f"{n}00", 30, "rm")
    grey.box(150, base - 410 * scale, 190, 410 * scale)
    write(key, 245, base - 410 * scale - 46, "410", 64, "mm")
    write(key, 245, base + 50, "At approval", 40, "mm")
    level, x = 410.0, 410
    for name, change, colour in steps:
        top = max(level, level + change)
        (rust if colour == RUST else teal).box(x, base - top * scale, 190, abs(change) * scale)
        sign = "+" if change > 0 else "-"
        write(key, x + 95, base - top * scale - 40, f"{sign}{abs(change)}", 52, "mm")
        write(key, x + 95, base + 50, name, 40, "mm")
        level += change
        key.box(x + 190, base - level * scale - 2, 60, 4)
        x += 250
    grey.box(x, base - level * scale, 190, level * scale)
    write(key, x + 95, base - level * scale - 46, "640", 64, "mm")
    write(key, x + 95, base + 50, "Now", 40, "mm")
    key.box(90, base, 1830, 8)
    write(key, 90, 930, "Millions of marks. Source: Port of Velmund, report to the council", 34)
    shade = sheet.screen(grey.image.point(lambda value: int(value * 0.55)))
    sheet.ink(shade, INK, (0, 0), 0.3)
    sheet.ink(rust, RUST, (3, 2), 0.5)
    sheet.ink(teal, TEAL, (-2, 2), 0.5)
    sheet.ink(key, INK, (0, 0), 0.3, 0.8)
    return sheet.finish()


def assembly_vote() -> Image.Image:
    """A seat a dot: 63 for, 55 against, three who abstained. No words: three languages show it."""
    sheet = Print(WIDE, "assembly vote")
    ground = sheet.tone(lambda y: 0.05 + 0.3 * y)
    sheet.ink(ground, MIST, (0, 0), 0.4)
    rows = [(330, 13), (430, 17), (530, 20), (630, 23), (730, 24), (830, 24)]
    seats = sorted(
        (math.pi - math.pi * (n + 0.5) / count, radius) for radius, count in rows for n in range(count)
    )[::-1]
    for_, against, away = sheet.plate(), sheet.plate(), sheet.plate()
    for number, (angle, radius) in enumerate(seats):
        x, y = 900 + radius * math.cos(angle), 1010 - radius * math.sin(angle)
        plate = for_ if number < 63 else away if number < 66 else against
        plate.disc(x, y, 35)
        if plate is away:
            plate.disc(x, y, 26, 0)
    sheet.ink(for_, TEAL, (-2, 2), 0.5)
    sheet.ink(against, RUST, (3, 1), 0.5)
    key = sheet.plate()
    key.add(away)
    write(key, 778, 930, "63", 150, "mm")
    write(key, 1022, 930, "55", 150, "mm")
    key.box(897, 840, 6, 180)
    write(key, 900, 90, "3", 64, "mm")
    key.box(60, 1100, 1680, 8)
    sheet.ink(key, INK, (0, 0), 0.3, 0.8)
    return sheet.finish()


def eel_counts() -> Image.Image:
    """Fourteen seasons of glass eels; the last leaves the frame of the others."""
    sheet = Print(WIDE, "eel counts")
    base, scale = 1010, 0.0205
    bars, last, key = sheet.plate(), sheet.plate(), sheet.plate()
    for n in range(1, 5):
        key.box(150, base - n * 10_000 * scale, 1570, 2)
        write(key, 140, base - n * 10_000 * scale, f"{n}0,000", 34, "rm")
    for n, count in enumerate(EELS):
        plate = last if n == len(EELS) - 1 else bars
        plate.box(180 + n * 110, base - count * scale, 78, max(6, count * scale))
    write(key, 1475, base - EELS[-1] * scale - 2, "41,300", 62, "rm")
    write(key, 1130, base - 9_870 * scale - 60, "9,870", 40, "rm")
    key.box(150, base, 1580, 8)
    write(key, 219, base + 48, "1st season", 36, "mm")
    write(key, 1649, base + 48, "14th", 36, "mm")
    write(key, 150, 1140, "Glass eels counted in 30 nights. Source: Marine Station", 36)
    sheet.ink(bars, TEAL, (-2, 2), 0.5)
    sheet.ink(last, RUST, (3, 2), 0.5)
    sheet.ink(key, INK, (0, 0), 0.3, 0.8)
    return sheet.finish()


def waiting_years() -> Image.Image:
    """Ten years of waiting for a flat: the line, and the ground under it in dots."""
    sheet = Print(WIDE, "waiting years")
    base, scale = 1000, 92
    points = [(220 + n * 158, base - years * scale) for n, years in enumerate(YEARS)]
    under, key = sheet.plate(), sheet.plate()
    under.polygon([(220, base), *points, (points[-1][0], base)])
    dots = sheet.screen(under.image.point(lambda value: int(value * 0.45)), 22)
    sheet.ink(dots, OCHRE, (1, 1), 0.4)
    red = sheet.plate()
    red.line(points, 20)
    for x, y in points:
        red.disc(x, y, 22)
    sheet.ink(red, BRICK, (3, 2), 0.4)
    for n in (2, 4, 6, 8, 10):
        key.box(170, base - n * scale, 1540, 2)
        write(key, 155, base - n * scale, str(n), 40, "rm")
    key.box(170, base, 1560, 8)
    write(key, points[0][0] - 20, points[0][1] - 80, "4 years 1 month", 46)
    write(key, points[-1][0] - 60, points[-1][1] - 38, "9 years 2 months", 56, "rm")
    write(key, 220, base + 52, "Ten years ago", 40)
    write(key, 1690, base + 52, "Last year", 40, "rm")
    write(key, 170, 1130, "Average wait for a city flat with two rooms. Source: Velmund Homes", 36)
    sheet.ink(key, INK, (0, 0), 0.3, 0.8)
    return sheet.finish()


SCENES = {
    "harbour-map": harbour_map,
    "mole-costs": mole_costs,
    "assembly-vote": assembly_vote,
    "eel-counts": eel_counts,
    "waiting-years": waiting_years,
}
