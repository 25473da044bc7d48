"""The pictures, by name: each function draws one on a fresh sheet."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from PIL import Image

from tools.draw.scenes import (
    bridges,
    city,
    figures,
    gallery,
    harbour,
    laundry,
    lofts,
    people,
    portraits,
    river,
    streets,
    town,
    valley,
    works,
)

Scene: TypeAlias = Callable[[], Image.Image]

_NEWS = (harbour, city, bridges, river, people, portraits, figures)
_PLACES = (town, streets, valley, works, gallery, lofts, laundry)
SCENES: dict[str, Scene] = {name: scene for room in (*_NEWS, *_PLACES) for name, scene in room.SCENES.items()}
