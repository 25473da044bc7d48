"""The pictures, by name: each function draws one on a fresh sheet."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from PIL import Image

from tools.draw.scenes import city, figures, harbour, people, river

Scene: TypeAlias = Callable[[], Image.Image]

SCENES: dict[str, Scene] = {**harbour.SCENES, **city.SCENES, **river.SCENES, **people.SCENES, **figures.SCENES}
