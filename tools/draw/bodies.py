"""Bodies that move, as a knife would cut them: limbs that taper, poses, and a few birds."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from tools.draw.press import Plate, Point, smooth

# Joints in heights of the figure, facing right: x from the foot it stands on, y up from the ground.
Pose: TypeAlias = Mapping[str, Sequence[Point]]

GLIDE: Pose = {  # a skater on one leg, the other behind, hands at the back
    "head": [(0.3, 0.86)], "torso": [(0.2, 0.74), (0.1, 0.63), (0, 0.5)],
    "arms": [(0.18, 0.74), (0.02, 0.72), (-0.04, 0.6)], "arms2": [(0.18, 0.74), (0.02, 0.68), (-0.04, 0.58)],
    "leg": [(0, 0.5), (0.11, 0.28), (0.0, 0.05), (0.1, 0.015)],
    "leg2": [(-0.01, 0.5), (-0.12, 0.3), (-0.4, 0.2), (-0.44, 0.12)],
}  # fmt: skip
STRIDE: Pose = {  # a skater at full stretch, arms swinging
    "head": [(0.28, 0.82)], "torso": [(0.18, 0.71), (0.08, 0.6), (-0.02, 0.48)],
    "arms": [(0.16, 0.71), (0.3, 0.56), (0.42, 0.64)], "arms2": [(0.14, 0.7), (-0.04, 0.66), (-0.2, 0.76)],
    "leg": [(-0.02, 0.48), (0.14, 0.3), (0.06, 0.05), (0.17, 0.015)],
    "leg2": [(-0.04, 0.48), (-0.2, 0.28), (-0.44, 0.08), (-0.4, 0.0)],
}  # fmt: skip
EASY: Pose = {  # upright on skates, one arm out to another
    "head": [(0.05, 0.93)], "torso": [(0.03, 0.8), (0.01, 0.67), (0, 0.5)],
    "arms": [(0.04, 0.8), (0.16, 0.68), (0.29, 0.68)], "arms2": [(0.02, 0.8), (-0.1, 0.68), (-0.04, 0.55)],
    "leg": [(0.01, 0.5), (0.06, 0.27), (0.03, 0.05), (0.13, 0.015)],
    "leg2": [(-0.01, 0.5), (-0.05, 0.27), (-0.2, 0.1), (-0.14, 0.04)],
}  # fmt: skip
LEAD: Pose = {  # who leads a dance: one hand held out, the other round a back
    "head": [(0.03, 0.93)], "torso": [(0.0, 0.8), (-0.01, 0.66), (-0.02, 0.5)],
    "arms": [(0.02, 0.8), (0.17, 0.77), (0.36, 0.87)], "arms2": [(0.01, 0.78), (0.12, 0.64), (0.24, 0.68)],
    "leg": [(0.0, 0.5), (0.05, 0.28), (0.03, 0.05), (0.12, 0.015)],
    "leg2": [(-0.02, 0.5), (-0.09, 0.28), (-0.2, 0.07), (-0.14, 0.01)],
}  # fmt: skip
PEEL: Pose = {  # leaning into a long shovel
    "head": [(0.2, 0.92)], "torso": [(0.12, 0.8), (0.06, 0.67), (-0.02, 0.51)],
    "arms": [(0.12, 0.8), (0.2, 0.62), (0.38, 0.58)], "arms2": [(0.1, 0.79), (-0.02, 0.62), (0.13, 0.54)],
    "leg": [(0.01, 0.51), (0.17, 0.3), (0.14, 0.05), (0.26, 0.015)],
    "leg2": [(-0.03, 0.51), (-0.1, 0.28), (-0.24, 0.05), (-0.13, 0.015)],
}  # fmt: skip
REACH: Pose = {  # standing, one arm up and forward
    "head": [(0.04, 0.94)], "torso": [(0.0, 0.81), (0.0, 0.67), (-0.01, 0.5)],
    "arms": [(0.02, 0.8), (0.15, 0.88), (0.25, 1.02)], "arms2": [(0.0, 0.8), (-0.08, 0.64), (0.06, 0.56)],
    "leg": [(0.02, 0.5), (0.05, 0.27), (0.06, 0.05), (0.15, 0.015)],
    "leg2": [(-0.02, 0.5), (-0.06, 0.27), (-0.09, 0.05), (0.01, 0.015)],
}  # fmt: skip


def limb(plate: Plate, points: Sequence[Point], widths: Sequence[float], fill: int = 255) -> None:
    """Draw a bent bar that tapers: `widths` are its thickness at each point."""
    path = smooth(points, 2)
    spread = [y for _, y in smooth(list(enumerate(widths)), 2)]
    for n, ((ax, ay), (bx, by)) in enumerate(itertools.pairwise(path)):
        length = math.hypot(bx - ax, by - ay) or 1
        ux, uy = -(by - ay) / length / 2, (bx - ax) / length / 2
        a, b = spread[n], spread[n + 1]
        plate.polygon(
            [(ax + ux * a, ay + uy * a), (bx + ux * b, by + uy * b),
             (bx - ux * b, by - uy * b), (ax - ux * a, ay - uy * a)], fill)  # fmt: skip
        plate.disc(ax, ay, a / 2, fill)
    plate.disc(*path[-1], spread[-1] / 2, fill)


def body(
    plate: Plate, x: float, foot: float, height: float, pose: Pose, flip: int = 1, dress: str = "",
    fill: int = 255,
) -> None:  # fmt: skip
    """Stand a figure in `pose` at (x, foot); `dress` names what it wears: skirt, coat, cap, bun, apron."""

    def at(joint: str) -> list[Point]:
        return [(x + flip * u * height, foot - v * height) for u, v in pose[joint]]

    def draw(joint: str, *widths: float) -> None:
        limb(plate, at(joint), [width * height for width in widths], fill)

    draw("leg2", 0.12, 0.088, 0.05, 0.04)
    draw("leg", 0.125, 0.092, 0.052, 0.04)
    draw("arms2", 0.085, 0.062, 0.042)
    draw("torso", 0.165, 0.15, 0.16)
    draw("arms", 0.085, 0.062, 0.042)
    (hx, hy), (sx, sy) = at("head")[0], at("torso")[0]
    limb(plate, [(hx, hy), (sx, sy)], [0.062 * height, 0.085 * height], fill)
    plate.disc(hx, hy, 0.056 * height, fill, 1.2)
    h = height * flip
    if "cap" in dress:
        plate.polygon(
            [(hx - 0.066 * h, hy - 0.01 * height), (hx - 0.05 * h, hy - 0.082 * height),
             (hx + 0.045 * h, hy - 0.085 * height), (hx + 0.062 * h, hy - 0.034 * height),
             (hx + 0.12 * h, hy - 0.014 * height), (hx + 0.05 * h, hy - 0.01 * height)], fill)  # fmt: skip
    if "bun" in dress:
        plate.disc(hx - 0.058 * h, hy - 0.034 * height, 0.036 * height, fill)
    if "skirt" in dress:
        wx, wy = at("torso")[1]
        sway = -0.08 * h if "swing" in dress else 0
        hem = [(wx - 0.21 * h + sway, wy + 0.36 * height), (wx - 0.05 * h, wy + 0.4 * height),
               (wx + 0.17 * h, wy + 0.37 * height)]  # fmt: skip
        plate.polygon(
            smooth([(wx + 0.07 * h, wy - 0.01 * height), (wx - 0.07 * h, wy - 0.01 * height),
                    (wx - 0.11 * h + sway / 3, wy + 0.15 * height), *hem,
                    (wx + 0.1 * h, wy + 0.15 * height), (wx + 0.07 * h, wy - 0.01 * height)], 2),
            fill,
        )  # fmt: skip
    if "coat" in dress:
        limb(plate, at("torso"), [0.18 * height, 0.17 * height, 0.19 * height], fill)
        px, py = at("torso")[2]
        plate.polygon(
            [(px - 0.095 * h, py - 0.04 * height), (px + 0.095 * h, py - 0.04 * height),
             (px + 0.11 * h, py + 0.16 * height), (px - 0.15 * h, py + 0.14 * height)], fill)  # fmt: skip


def heron(plate: Plate, x: float, foot: float, height: float, flip: int = 1, fill: int = 255) -> None:
    """Stand a heron at (x, foot), its beak to the right: two legs, a hunched back, the neck an S."""

    def at(u: float, v: float) -> Point:
        return x + flip * u * height, foot - v * height

    h = height
    plate.polygon(
        smooth([at(-0.3, 0.27), at(-0.2, 0.4), at(-0.08, 0.5), at(0.07, 0.54), at(0.15, 0.5),
                at(0.13, 0.42), at(0.0, 0.36), at(-0.12, 0.34), at(-0.3, 0.27)], 3), fill)  # fmt: skip
    limb(
        plate,
        [at(0.09, 0.47), at(0.2, 0.52), at(0.19, 0.64), at(0.06, 0.7), at(0.06, 0.84), at(0.13, 0.93)],
        [0.12 * h, 0.085 * h, 0.06 * h, 0.05 * h, 0.045 * h, 0.05 * h],
        fill,
    )
    plate.polygon(
        smooth([at(0.07, 0.95), at(0.14, 0.97), at(0.2, 0.93), at(0.38, 0.885), at(0.2, 0.892),
                at(0.1, 0.9), at(0.07, 0.95)], 1), fill)  # fmt: skip
    limb(plate, [at(0.12, 0.945), at(0.02, 0.945), at(-0.08, 0.89)], [0.03 * h, 0.02 * h, 0.006 * h], fill)
    limb(plate, [at(0.14, 0.46), at(0.13, 0.38), at(0.1, 0.3)], [0.04 * h, 0.02 * h, 0.006 * h], fill)
    for u in (-0.005, 0.055):
        limb(plate, [at(u, 0.4), at(u + 0.012, 0.22), at(u, 0.0)], [0.05 * h, 0.016 * h, 0.016 * h], fill)
        limb(plate, [at(u - 0.03, 0.0), at(u + 0.07, 0.0)], [0.01 * h, 0.01 * h], fill)


def pigeon(
    plate: Plate, x: float, y: float, span: float, beat: float, flip: int = 1, fill: int = 255
) -> None:
    """Hang a pigeon in the air; `beat` is where its wings are, from -1 (down) to 1 (up)."""

    def at(u: float, v: float) -> Point:
        return x + flip * u * span, y - v * span

    plate.polygon(
        smooth([at(-0.5, 0.02), at(-0.47, -0.09), at(-0.24, -0.07), at(0.0, -0.13), at(0.2, -0.08),
                at(0.33, 0.03), at(0.37, 0.0), at(0.33, 0.09), at(0.22, 0.09), at(0.05, 0.08),
                at(-0.24, 0.02), at(-0.5, 0.02)], 2), fill)  # fmt: skip
    for root, reach, lift in ((0.12, -0.14, 1.0), (0.04, -0.42, 0.84)):
        tip = at(root + reach, 0.78 * beat * lift)
        plate.polygon(
            smooth([at(root + 0.12, 0.04), at(root + 0.16, 0.36 * beat * lift), tip, tip,
                    at(root - 0.2, 0.3 * beat * lift), at(root - 0.18, 0.0), at(root + 0.12, 0.04)], 2),
            fill,
        )  # fmt: skip


def perched(plate: Plate, x: float, foot: float, size: float, flip: int = 1, fill: int = 255) -> None:
    """Seat a pigeon on a ledge at `foot`, looking right."""
    outline = [(-0.62, 0.16), (-0.3, 0.3), (0.0, 0.5), (0.16, 0.66), (0.2, 0.78), (0.3, 0.84), (0.4, 0.78),
               (0.5, 0.72), (0.39, 0.7), (0.4, 0.5), (0.34, 0.26), (0.14, 0.1), (-0.12, 0.1), (-0.3, 0.16),
               (-0.62, 0.1), (-0.62, 0.16)]  # fmt: skip
    plate.polygon(smooth([(x + flip * u * size, foot - v * size) for u, v in outline], 2), fill)
    for u in (0.0, 0.12):
        plate.box(x + flip * u * size - 4, foot - 0.14 * size, 7, 0.14 * size + 2, fill)
    plate.disc(x + flip * 0.31 * size, foot - 0.765 * size, size * 0.03, 255 - fill)
