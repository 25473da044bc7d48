"""Contact sheets: all pictures of one page type beside each other."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

from PIL import Image

from tools.look.shots import Shot

SCALE = 3  # a picture is this much smaller on the sheet
TALLEST = 800  # pixels on the sheet; more of a page than that says nothing new
GAP = 16
GROUND = (128, 128, 128)


def sheets(shots: Sequence[Shot], folder: Path) -> list[Path]:
    """Write a sheet a page type to `folder`: a row for each language and scheme, a column for each width."""
    written = []
    for kind, group in groupby(sorted(shots, key=_kind), key=_kind):
        file = folder / f"{kind}.png"
        _sheet(list(group)).save(file, optimize=True)
        written.append(file)
    return written


def _kind(shot: Shot) -> str:
    return shot.page.kind


def _sheet(shots: list[Shot]) -> Image.Image:
    rows: dict[tuple[str, str], list[Image.Image]] = {}
    for shot in sorted(shots, key=lambda shot: shot.width):
        rows.setdefault((shot.page.language, shot.scheme), []).append(_small(shot.file))
    width = max(sum(picture.width + GAP for picture in row) for row in rows.values()) + GAP
    sheet = Image.new("RGB", (width, sum(_height(row) + GAP for row in rows.values()) + GAP), GROUND)
    top = GAP
    for row in rows.values():
        left = GAP
        for picture in row:
            sheet.paste(picture, (left, top))
            left += picture.width + GAP
        top += _height(row) + GAP
    return sheet


def _height(row: list[Image.Image]) -> int:
    return max(picture.height for picture in row)


def _small(file: Path) -> Image.Image:
    with Image.open(file) as picture:
        shown = picture.convert("RGB").crop((0, 0, picture.width, min(picture.height, TALLEST * SCALE)))
    return shown.resize((shown.width // SCALE, shown.height // SCALE), Image.Resampling.LANCZOS)
