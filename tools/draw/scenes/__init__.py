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
    gallery,
    harbour,
    laundry,
    lofts,
    mission,
    music,
    people,
    plant,
    portraits,
    quarter,
    river,
    roads,
    school,
    streets,
    town,
    valley,
    works,
)

Scene: TypeAlias = Callable[[], Image.Image]

_ROOMS = (
    harbour, city, bridges, river, people, portraits, figures, town, streets, valley, works, gallery, lofts,
    laundry, school, music, quarter, benches, roads, mission, plant,
)  # fmt: skip
SCENES: dict[str, Scene] = {name: scene for room in _ROOMS for name, scene in room.SCENES.items()}
