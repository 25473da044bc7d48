"""The pictures, by name: each function draws one on a fresh sheet."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from PIL import Image

from tools.draw.scenes import (
    benches,
    bridges,
    city,
    figures,
    harbour,
    mission,
    music,
    people,
    plant,
    portraits,
    quarter,
    river,
    roads,
    school,
)

Scene: TypeAlias = Callable[[], Image.Image]

SCENES: dict[str, Scene] = {
    name: scene
    for room in (
        harbour,
        city,
        bridges,
        river,
        people,
        portraits,
        figures,
        school,
        music,
        quarter,
        benches,
        roads,
        mission,
        plant,
    )
    for name, scene in room.SCENES.items()
}
