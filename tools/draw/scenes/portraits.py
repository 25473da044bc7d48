"""The staff and those who write for the paper, in profile: head, hair and collar cut by hand."""

from __future__ import annotations

import math
from functools import partial

from PIL import Image

from tools.draw.press import (
    BRICK,
    DUSK,
    INK,
    MIST,
    MOSS,
    OCHRE,
    RUST,
    TEAL,
    Plate,
    Point,
    Print,
    lighter,
    smooth,
)

# A face looking right, from the crown round the profile to the nape; the head is 100 units high.
_FACE: list[Point] = [
    (0, -50), (14, -48), (27, -40), (33, -28), (34, -18), (36, -10), (45, 4), (44, 9), (36, 11), (38, 17),
    (35, 20), (37, 26), (33, 31), (34, 40), (26, 47), (12, 46), (2, 42),
]  # fmt: skip


def profile(
    plate: Plate, x: float, y: float, size: float, flip: int = 1, nose: float = 0, chin: float = 0
) -> None:
    """Draw a head in profile with neck and shoulders; `flip` -1 looks left."""
    s = size / 100

    def at(u: float, v: float) -> Point:
        return x + flip * u * s, y + v * s

    face = [(u + (nose if -2 < v < 10 else 0) + (chin if v > 24 else 0) * (v - 24) / 20, v) for u, v in _FACE]
    neck = [(2, 60), (10, 78), (40, 92), (62, 118), (70, 170), (-92, 170), (-84, 122), (-62, 96), (-38, 82)]
    back = [(-32, 60), (-34, 36), (-46, 20), (-50, -4), (-46, -26), (-34, -42), (-18, -50), (0, -50)]
    plate.polygon(smooth([at(*p) for p in [*face, *neck, *back]], 2))


def portrait(
    seed: str, colour: str, ground: str, hair: str, nose: float, chin: float, flip: int, glasses: bool = False
) -> Image.Image:
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
    above.polygon(
        [
            (0, 0),
            (900, 0),
            (900, y + 84 * s),
            (x + flip * 16 * s, y + 78 * s),
            (x - flip * 20 * s, y + 96 * s),
            (x - flip * 36 * s, y + 76 * s),
            (0, y + 88 * s),
        ]
        if flip > 0
        else [
            (900, 0),
            (0, 0),
            (0, y + 84 * s),
            (x - 16 * s, y + 78 * s),
            (x + 20 * s, y + 96 * s),
            (x + 36 * s, y + 76 * s),
            (900, y + 88 * s),
        ]
    )
    coat.cut(above)
    for _ in range(46):
        coat.gouge(
            rng.uniform(80, 800), rng.uniform(880, 1125), rng.uniform(40, 130), 6, 0, rng.uniform(-0.5, 0.5)
        )
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


# Hair and beards of one or more pieces, in the measure of `_FACE`.
_CUTS: dict[str, list[list[Point]]] = {
    "braid": [
        [(31, -32), (24, -50), (0, -58), (-32, -54), (-52, -36), (-58, -8), (-54, 18), (-44, 26),
         (-28, 12), (-18, -4), (-4, -16), (8, -32)],
    ],
    "quiff": [
        [(35, -37), (40, -52), (30, -66), (6, -70), (-22, -64), (-44, -48), (-52, -28), (-54, -8),
         (-48, 14), (-42, 20), (-32, 16), (-26, 0), (-18, -6), (-14, 8), (-10, 26), (0, 31), (14, 30),
         (28, 22), (36, 15), (39, 21), (34, 24), (38, 28), (37, 42), (29, 52), (12, 53), (-4, 47),
         (-18, 32), (-21, 14), (-18, -10), (-4, -26), (16, -34)],
    ],
    "waves": [
        [(34, -26), (38, -50), (20, -68), (-10, -72), (-40, -64), (-62, -44), (-66, -22), (-76, -4),
         (-70, 16), (-82, 34), (-74, 54), (-84, 74), (-70, 92), (-52, 88), (-40, 98), (-24, 84),
         (-26, 68), (-12, 58), (-18, 40), (-8, 26), (-16, 8), (-6, -8), (6, -18), (18, -32)],
    ],
    "moustache": [
        [(-6, -38), (-22, -54), (-40, -48), (-54, -32), (-58, -8), (-52, 16), (-42, 26), (-30, 18),
         (-24, 6), (-16, 10), (-14, -4), (-20, -16), (-12, -28)],
        [(37, 11), (42, 17), (37, 23), (26, 23), (12, 30), (17, 18), (28, 11)],
        [(28, -18), (36, -22), (40, -17), (36, -15), (28, -13)],
    ],
}  # fmt: skip


def _hair(key: Plate, kind: str, x: float, y: float, s: float, flip: int) -> None:
    def shape(points: list[Point]) -> None:
        key.polygon(smooth([(x + flip * u * s, y + v * s) for u, v in points], 2))

    cap = [
        (30, -34),
        (20, -54),
        (-4, -62),
        (-32, -56),
        (-52, -36),
        (-56, -8),
        (-50, 16),
        (-40, 22),
        (-26, 12),
        (-18, -2),
        (-6, -12),
        (4, -30),
        (30, -34),
    ]
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
        shape(
            [
                (37, 12),
                (40, 26),
                (36, 46),
                (16, 56),
                (-8, 44),
                (-16, 20),
                (-8, 24),
                (8, 32),
                (28, 30),
                (37, 12),
            ]
        )
    elif kind == "cap":
        shape(
            [
                (44, -26),
                (34, -34),
                (28, -54),
                (0, -64),
                (-36, -58),
                (-54, -34),
                (-52, -24),
                (0, -28),
                (34, -24),
                (60, -16),
                (62, -22),
                (44, -26),
            ]
        )
        shape([(-18, -26), (-52, -26), (-54, 0), (-46, 20), (-34, 20), (-24, 4), (-18, -26)])
    elif kind in _CUTS:
        for points in _CUTS[kind]:
            shape([*points, points[0]])
        if kind == "braid":
            _braid(key, x, y, s, flip)
    else:
        shape(
            [
                (34, -30),
                (30, -58),
                (6, -76),
                (-34, -74),
                (-64, -50),
                (-70, -14),
                (-62, 20),
                (-40, 30),
                (-24, 14),
                (-14, -6),
                (4, -24),
                (34, -30),
            ]
        )


def _braid(key: Plate, x: float, y: float, s: float, flip: int) -> None:
    """Wind a braid around the head, a cut between each two of its turns."""
    for n in range(11):
        angle = math.radians(-62 - n * 14.5)
        u, v = -9 + 46 * math.cos(angle), -6 + 50 * math.sin(angle)
        key.disc(x + flip * u * s, y + v * s, (11.5 - n * 0.3) * s)
    for n in range(11):
        angle = math.radians(-54 - n * 14.5)
        turn = ((36, -9), (43, -1), (50, 1), (58, -6))
        line = [(-9 + r * math.cos(angle + math.radians(d)),
            -6 + r * 1.05 * math.sin(angle + math.radians(d))) for r, d in turn]  # fmt: skip
        key.line(smooth([(x + flip * u * s, y + v * s) for u, v in line]), 7, 0)


_STAFF = {
    "brigit-talvane": (RUST, MIST, "bob", 1, 0, 1, True),
    "marit-esmark": (OCHRE, TEAL, "bun", -1, 0, -1, False),
    "joren-averlock": (BRICK, OCHRE, "bald", 4, 2, 1, False),
    "senna-dareki": (BRICK, DUSK, "curls", 0, -1, -1, False),
    "pell-ostry": (RUST, TEAL, "cap", 5, 1, 1, False),
    "tilde-marrin": (OCHRE, RUST, "long", 1, -1, -1, True),
    "ana-kelder": (BRICK, MOSS, "short", 0, 0, 1, False),
    "oksana-tverdokhlib": (RUST, DUSK, "braid", 0, 0, -1, False),
    "lev-haiduk": (OCHRE, MOSS, "quiff", 2, 1, 1, False),
    "layla-mansour": (BRICK, OCHRE, "waves", 2, -1, -1, False),
    "yusuf-haddad": (BRICK, TEAL, "moustache", 6, 2, 1, True),
}


def _staff(name: str) -> Image.Image:
    return portrait(name, *_STAFF[name])


SCENES = {f"portrait-{name}": partial(_staff, name) for name in _STAFF}
