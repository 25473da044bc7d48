"""The house on the quay that takes sailors in."""

from __future__ import annotations

from PIL import Image

from tools.draw.block import Block, placed
from tools.draw.folk import SKIN, Look, stand
from tools.draw.press import DUSK, INK, OCHRE, RUST, Print, smooth
from tools.draw.scenes.figures import write


def seafarers_mission() -> Image.Image:
    """A small house, its door open on a quay, a bow above it, crew on the way; a portrait format."""
    sheet = Print((1280, 1600), "seafarers mission")
    rng = sheet.random
    block = Block(sheet, dusk=DUSK, ochre=OCHRE, rust=RUST, skin=SKIN, key=INK)
    block.box("dusk", 0, 0, 1280, 1600)
    for _ in range(50):
        block.disc("", rng.uniform(0, 700), rng.uniform(0, 700), rng.choice((3, 3, 4, 6)))
    block.over("key", sheet.tone(lambda y: 0.6 - 1.3 * y, 26))
    _bow(block)
    block.box("key", 0, 1230, 1280, 370, 6)
    block.polygon("ochre", [(262, 1230), (398, 1230), (640, 1600), (130, 1600)])
    for _ in range(44):
        block.gouge(
            "dusk", rng.uniform(520, 1280), rng.uniform(1260, 1590), rng.uniform(60, 220), rng.uniform(4, 9)
        )
    for _ in range(18):
        block.gouge(
            "key", rng.uniform(110, 500), rng.uniform(1260, 1590), rng.uniform(60, 170), rng.uniform(4, 9)
        )
    _mission(block, 70, 1240)
    _bollard(block, 1224, 1320)
    for x, foot, height, ink, bag in (
        (560, 1470, 400, "rust", "dusk"),
        (800, 1500, 420, "ochre", "rust"),
        (1024, 1530, 440, "dusk", "ochre"),
    ):
        _sailor(block, x, foot, height, Look(ink, "wool" if ink != "ochre" else "cap"), bag)
    block.press()
    return sheet.finish()


def _bow(block: Block) -> None:
    """Let the bow of a ship stand over the quay: the stem, the flare, an anchor, the marks of its draught."""
    stem = smooth([(560, 150), (640, 420), (690, 700), (700, 960), (700, 1240)])
    block.polygon("key", [(380, 120), (560, 150), *stem, (640, 1240), (560, 900), (470, 520)], 7)
    block.polygon("rust", [*stem, (1290, 1240), (1290, 60), (900, 96)], 7)
    foot = block.area((640, 1090), (700, 1090), (1290, 1060), (1290, 1240), (600, 1240))
    water = block.sheet.plate()
    water.add(foot)
    block.over("key", block.sheet.tone(lambda _: 0.5, 22), water)
    block.line("", [(702, 1088), (1290, 1056)], 8)
    block.polygon(
        "", [(380, 112), (562, 146), (900, 90), (1290, 54), (1290, 82), (900, 122), (566, 182), (384, 146)]
    )
    for n in range(7):
        block.line("", [(610 + n * 110, 136 - n * 12), (610 + n * 110, 66 - n * 12)], 7)
    block.line("", [(400, 40), (560, 74), (900, 30), (1290, -10)], 8)
    for n in range(6):
        mark = block.sheet.plate()
        write(mark, 760 - n * 1, 660 + n * 72, str(18 - n * 2), 44, "mm")
        block.lay("", mark)
    for y in range(5):
        block.line("key", [(760 + y * 8, 300 + y * 170), (1290, 262 + y * 168)], 4)
    block.blob("key", (900, 330), 1, [(-54, -40), (40, -52), (62, 0), (44, 50), (-40, 50), (-62, 6)], 1, 0, 5)
    block.line("key", [(900, 330), (904, 560)], 26, 6)
    block.line("key", smooth([(800, 490), (830, 570), (904, 600), (980, 566), (1004, 484)]), 28, 6)
    block.box("key", 850, 400, 108, 20, 5)


def _mission(block: Block, x: float, foot: float) -> None:
    block.box("key", x + 330, foot - 560, 60, 150, 5)
    block.polygon(
        "key",
        [
            (x - 40, foot - 330),
            (x + 220, foot - 560),
            (x + 480, foot - 330),
            (x + 480, foot - 306),
            (x - 40, foot - 306),
        ],
        7,
    )
    block.box("", x, foot - 310, 440, 310, 6)
    for n in range(12):
        block.line("dusk", [(x + 6, foot - 296 + n * 26), (x + 434, foot - 296 + n * 26)], 4)
    block.box("key", x + 180, foot - 230, 160, 232, 4)
    block.box("ochre", x + 192, foot - 218, 136, 218)
    block.polygon(
        "rust", [(x + 328, foot - 218), (x + 386, foot - 196), (x + 386, foot + 22), (x + 328, foot)], 4
    )
    for wx in (x + 40,):
        block.box("key", wx, foot - 220, 104, 120, 4)
        block.box("ochre", wx + 10, foot - 210, 84, 100)
        block.box("key", wx + 47, foot - 210, 9, 100)
        block.box("key", wx + 10, foot - 166, 84, 8)
    cx, cy = x + 220, foot - 410
    block.line("ochre", [(cx, cy - 44), (cx, cy + 48)], 11)
    block.line("ochre", [(cx - 26, cy - 22), (cx + 26, cy - 22)], 10)
    block.line(
        "ochre",
        smooth(
            [(cx - 46, cy + 14), (cx - 30, cy + 46), (cx, cy + 54), (cx + 30, cy + 46), (cx + 46, cy + 14)]
        ),
        11,
    )
    block.disc("ochre", cx, cy - 54, 15)
    block.disc("key", cx, cy - 54, 6)
    block.blob(
        "key",
        (x + 262, foot),
        1,
        [(-36, 0), (-38, -90), (-28, -122), (0, -134), (28, -122), (38, -90), (36, 0)],
    )
    block.disc("key", x + 262, foot - 160, 24, 1.15)


def _bollard(block: Block, x: float, foot: float) -> None:
    block.line("ochre", smooth([(912, 316), (1010, 640), (1130, 960), (x - 10, foot - 60)]), 9, 4)
    block.blob(
        "key",
        (x, foot),
        1,
        [
            (-40, 0),
            (-40, 0),
            (-30, -60),
            (-46, -74),
            (-40, -96),
            (40, -96),
            (46, -74),
            (30, -60),
            (40, 0),
            (40, 0),
        ],
        1,
        0,
        6,
    )
    for k in range(3):
        block.line("ochre", [(x - 32, foot - 54 + k * 13), (x + 32, foot - 58 + k * 13)], 8, 2)


def _sailor(block: Block, x: float, foot: float, height: float, look: Look, bag: str) -> None:
    """Walk a sailor to the left with a kitbag on the far shoulder."""
    s, at = height / 100, (x, foot)
    block.blob(
        bag,
        at,
        s,
        [(-6, -92), (-16, -93), (-27, -76), (-29, -54), (-22, -46), (-12, -50), (-6, -70)],
        -1,
        0,
        5,
    )
    block.line("key", placed([(-15, -92), (-9, -86)], at, s, -1), 1.4 * s)
    stand(block, x, foot, height, look, -1, (6, -81), 0, True, 5)
    block.line(bag, placed([(5, -84), (-9, -89)], at, s, -1), 1.6 * s, 2)


SCENES = {"seafarers-mission": seafarers_mission}
