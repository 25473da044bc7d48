"""People with faces and hands, in coats of one of the inks: standing, sitting, from the side and the back."""

from __future__ import annotations

from dataclasses import dataclass

from tools.draw.block import Block, placed
from tools.draw.press import Point

SKIN = "#e5a27c"  # the ink of faces and hands

# A head looking right, 100 units high, with its neck; hair and hats in the same measure.
_HEAD: list[Point] = [
    (0, -50), (14, -48), (27, -40), (33, -28), (34, -18), (36, -10), (46, 6), (44, 11), (36, 13), (38, 18),
    (35, 21), (37, 27), (33, 32), (34, 40), (24, 47), (8, 46), (6, 82), (-36, 82), (-36, 36), (-47, 20),
    (-51, -4), (-46, -28), (-34, -43), (-18, -50),
]  # fmt: skip
_CROWN: list[Point] = [
    (32, -34), (22, -54), (-4, -62), (-32, -57), (-53, -37), (-57, -8), (-52, 18), (-42, 26), (-28, 14),
    (-18, 0), (-6, -12), (6, -30),
]  # fmt: skip
_HAIR: dict[str, list[list[Point]]] = {
    "short": [
        _CROWN,
    ],
    "bun": [
        _CROWN,
        [(-40, -40), (-62, -52), (-80, -36), (-76, -14), (-56, -8), (-40, -18)],
    ],
    "bob": [
        [*_CROWN[:6], (-60, 34), (-52, 60), (-22, 58), (-10, 34), (-8, 0), *_CROWN[-2:]],
    ],
    "long": [
        [*_CROWN[:6], (-64, 50), (-66, 110), (-34, 118), (-14, 70), (-10, 10), *_CROWN[-2:]],
    ],
    "bald": [
        [(-18, 0), (-26, -16), (-50, -22), (-56, 0), (-48, 24), (-34, 26), (-22, 16)],
    ],
    "beard": [
        _CROWN,
        [(38, 14), (42, 28), (36, 54), (12, 60), (-10, 44), (-16, 14), (-6, 22), (12, 30), (28, 24)],
    ],
    "cap": [
        [(42, -26), (30, -52), (0, -64), (-36, -58), (-55, -34), (-54, -20), (0, -24), (34, -20),
         (66, -12), (68, -20)],
        [(-18, -22), (-54, -24), (-55, 0), (-46, 22), (-34, 20), (-24, 4)],
    ],
    "wool": [
        [(38, -18), (36, -44), (16, -68), (-18, -72), (-48, -54), (-60, -22), (-58, 0), (-30, -4),
         (6, -14)],
        [(-58, -2), (-52, 22), (-38, 24), (-26, 6), (-28, -6)],
    ],
    "shawl": [
        [(28, -46), (2, -64), (-34, -60), (-58, -34), (-62, 10), (-60, 60), (-70, 96), (30, 96), (20, 62),
         (12, 50), (-2, 30), (-6, -4), (8, -30)],
    ],
}  # fmt: skip
_BACK: dict[str, list[Point]] = {
    "short": [
        (-38, -20), (-30, -50), (0, -60), (30, -50), (38, -20), (36, 10), (26, 30), (-26, 30),
        (-36, 10)
    ],
    "long": [
        (-40, -20), (-32, -50), (0, -62), (32, -50), (40, -20), (46, 40), (40, 100), (-40, 100),
        (-46, 40)
    ],
    "wool": [(-42, 4), (-40, -36), (-22, -62), (0, -74), (22, -62), (40, -36), (42, 4), (30, 26), (-30, 26)],
}  # fmt: skip
_COAT: list[Point] = [
    (-1, -87), (-7, -83), (-11, -74), (-12, -60), (-10, -48), (-12, -38), (-13, -26), (-13, -26), (10, -26),
    (10, -26), (10, -44), (10, -60), (9, -74), (5, -84),
]  # fmt: skip
_LEGS: list[list[Point]] = [
    [(-8, -32), (0, -32), (-2, -5), (3, -3), (4, 0), (4, 0), (-9, 0), (-9, 0), (-8, -8)],
    [(-2, -32), (7, -32), (6, -5), (11, -3), (12, 0), (12, 0), (-1, 0), (-1, 0), (0, -8)],
]
_STRIDE: list[list[Point]] = [
    [(-8, -34), (2, -34), (-4, -20), (-13, -7), (-9, -1), (-10, 0), (-20, -5), (-20, -8), (-12, -20)],
    [(-4, -34), (7, -34), (9, -18), (12, -6), (18, -3), (19, 0), (7, 0), (6, -4), (3, -18)],
]
_BROAD: list[Point] = [
    (-5, -88), (-12, -83), (-17, -76), (-18, -60), (-15, -46), (-15, -26), (-15, -26), (15, -26), (15, -26),
    (15, -46), (18, -60), (17, -76), (12, -83), (5, -88),
]  # fmt: skip
_TORSO: list[Point] = [
    (-9, 3), (-13, -10), (-13, -26), (-9, -37), (-2, -43), (4, -41), (8, -34), (10, -18), (10, 3),
]  # fmt: skip
_LAP: list[Point] = [(-11, 4), (-10, -8), (4, -11), (22, -10), (28, -5), (28, 2), (27, 26), (34, 29),
    (34, 32), (34, 32), (19, 32), (19, 32), (19, 6), (6, 6)]  # fmt: skip


@dataclass(frozen=True)
class Look:
    """Who it is: the inks of coat, skin and what is dark, the hair or hat, and that one's ink."""

    coat: str
    hair: str = "short"
    skin: str = "skin"
    dark: str = "key"
    crown: str = "key"


def head(
    block: Block, at: Point, size: float, look: Look, flip: int = 1, turn: float = 0, rim: int = 0
) -> None:
    """Set a head, seen from the side, `size` high, with its middle at `at`; it nods by `turn` degrees."""
    block.blob(look.skin, at, size / 100, _HEAD, flip, turn, rim)
    for shape in _HAIR[look.hair]:
        block.blob(look.crown, at, size / 100, shape, flip, turn)


def arm(block: Block, points: list[Point], width: float, look: Look, rim: int = 3) -> None:
    """Lay an arm along shoulder, elbow and hand."""
    block.disc(look.skin, *points[-1], width * 0.5, 1.0, rim)
    (ax, ay), (bx, by) = points[-2:]
    cuff = (ax + (bx - ax) * 0.86, ay + (by - ay) * 0.86)
    block.line(look.coat, [*points[:-1], cuff], width, rim)


def stand(
    block: Block, x: float, foot: float, height: float, look: Look, flip: int = 1, hand: Point = (9, -50),
    nod: float = 0, stride: bool = False, rim: int = 3,
) -> None:  # fmt: skip
    """Stand a figure seen from the side; its `hand` is given in hundredths of `height`, from the foot."""
    s, at = height / 100, (x, foot)
    for leg in _STRIDE if stride else _LEGS:
        block.blob(look.dark, at, s, leg, flip, 0, rim)
    head(block, *(placed([(2, -92)], at, s, flip)), 15 * s, look, flip, nod, rim)
    block.blob(look.coat, at, s, _COAT, flip, 0, rim)
    block.blob(look.dark, at, s, [(-6, -85), (6, -86), (8, -82), (-2, -79), (-9, -80)], flip)
    reach = placed([(-2, -76), (-3 + hand[0] * 0.15, -61), hand], at, s, flip)
    arm(block, reach, 7.4 * s, look, rim)


def stand_back(block: Block, x: float, foot: float, height: float, look: Look, rim: int = 3) -> None:
    """Stand a figure seen from the back."""
    s, at = height / 100, (x, foot)
    for side in (-1, 1):
        block.blob(
            look.dark, at, s, [(1, -34), (11, -34), (10, -4), (12, 0), (12, 0), (1, 0), (1, 0)], side, 0, rim
        )
    block.blob(look.coat, at, s, _BROAD, 1, 0, rim)
    for side in (-1, 1):
        block.line("", placed([(11 * side, -68), (12 * side, -50), (11 * side, -42)], at, s), 0.8 * s)
    block.box(look.skin, x - 3.4 * s, foot - 91 * s, 6.8 * s, 8 * s, rim)
    block.blob(look.crown, (x, foot - 93 * s), 0.15 * s, _BACK[look.hair], 1, 0, rim)


def sit(
    block: Block, x: float, seat: float, height: float, look: Look, flip: int = 1, lean: float = 0,
    hand: Point = (20, -12), nod: float = 0, rim: int = 3,
) -> None:  # fmt: skip
    """Seat a figure with its hip at (x, seat), its height that of one standing; `lean` bends it forward."""
    s, at = height / 100, (x, seat)
    block.blob(look.dark, at, s, _LAP, flip, 0, rim)
    head(block, placed([(1, -49)], at, s, flip, lean)[0], 15 * s, look, flip, lean + nod, rim)
    block.blob(look.coat, at, s, _TORSO, flip, lean, rim)
    shoulder = placed([(-2, -33)], at, s, flip, lean)[0]
    end = placed([hand], at, s, flip)[0]
    elbow = ((shoulder[0] * 0.6 + end[0] * 0.4) - flip * 3 * s, (shoulder[1] + end[1]) / 2 + 6 * s)
    arm(block, [shoulder, elbow, end], 7 * s, look, rim)


def sit_front(
    block: Block, x: float, seat: float, height: float, look: Look, flip: int = 1, nod: float = 0,
    rim: int = 3,
) -> None:  # fmt: skip
    """Seat a figure that faces us, hands in its lap, its head turned to one side."""
    s, at = height / 100, (x, seat)
    for side in (-1, 1):
        block.blob(
            look.dark, at, s, [(2, 2), (13, 2), (12, 26), (14, 31), (14, 31), (2, 31), (2, 31)], side, 0, rim
        )
    head(block, placed([(1, -51)], at, s, flip)[0], 15 * s, look, flip, nod, rim)
    block.blob(look.coat, at, s, [(-5, -45), (-14, -40), (-17, -30), (-15, -8), (-17, 8), (-14, 14),
        (-14, 14), (14, 14), (14, 14), (17, 8), (15, -8), (17, -30), (14, -40), (5, -45)], 1, 0,
        rim)  # fmt: skip
    block.blob(look.dark, at, s, [(-6, -45), (6, -45), (8, -40), (0, -37), (-8, -40)])
    block.line("", placed([(0, -4), (0, 13)], at, s), 0.8 * s)
    for side in (-1, 1):
        arm(block, placed([(14.5, -36), (18, -16), (4, -6)], at, s, side), 6.6 * s, look, rim)
