"""The site's faces for drawing: which file has which letter is read from the style sheet, as browsers do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Literal

from PIL import ImageFont, features

THEME = Path(__file__).resolve().parents[1]
SHAPED = bool(features.check("raqm"))
"""Whether letters that join, and lines from right to left, can be drawn here."""

Family = Literal["serif", "sans"]

_FAMILIES: dict[Family, tuple[str, ...]] = {
    "serif": ("Literata", "Noto Naskh Arabic"),
    "sans": ("Standfirst Sans", "Noto Sans Arabic", "Noto Naskh Arabic"),
}
_RULE = re.compile(r'@font-face \{ font-family: "([^"]+)"; src: url\(([a-z0-9-]+\.woff2)\)([^}]*)\}')
_SAME = "size-adjust: 100%"
_SCALE = re.compile(r"size-adjust: (\d+)%")
_RANGE = re.compile(r"U\+([0-9A-F]+)(?:-([0-9A-F]+))?")


@dataclass(frozen=True, slots=True)
class FontFile:
    """A file of a family, and the characters it is for."""

    name: str
    family: str
    ranges: tuple[tuple[int, int], ...]
    scale: int  # per cent, by which it is set larger than the others (CSS size-adjust)

    def has(self, character: str) -> bool:
        return any(first <= ord(character) <= last for first, last in self.ranges)


@dataclass(frozen=True, slots=True)
class Face:
    """A family at one size (pixels) and weight."""

    family: Family
    size: int
    weight: int

    def runs(self, text: str) -> Iterator[tuple[ImageFont.FreeTypeFont, str]]:
        """Yield pieces of `text`, in its own order, with the font for each; what no font has is left out."""
        run, current = "", None
        for character in text:
            file = current if current and current.has(character) else _file(self.family, character)
            if file is None:
                continue
            if file != current and current is not None and run:
                yield self._font(current), run
                run = ""
            run, current = run + character, file
        if run and current is not None:
            yield self._font(current), run

    def _font(self, file: FontFile) -> ImageFont.FreeTypeFont:
        return _font(file.name, self.size * file.scale // 100, self.weight)


def writable(text: str) -> bool:
    """Return whether every letter of `text` can be drawn as its readers would write it."""
    letters = [character for character in text if character.isalpha()]
    joined = any("\u0590" <= letter <= "\u08ff" for letter in letters)
    return (SHAPED or not joined) and all(_file("serif", letter) is not None for letter in letters)


def font_files() -> tuple[str, ...]:
    """Return the names of the files that are drawn with."""
    return tuple(sorted({file.name for family in _FAMILIES for file in _files(family)}))


@cache
def _files(family: Family) -> tuple[FontFile, ...]:
    sheet = (THEME / "styles" / "tokens.css").read_text()
    found = [
        FontFile(name, said, tuple(_ranges(rest)), int(_SCALE.findall(rest + _SAME)[0]))
        for said, name, rest in _RULE.findall(sheet)
        if said in _FAMILIES[family] and "italic" not in rest
    ]
    return tuple(sorted(found, key=lambda file: _FAMILIES[family].index(file.family)))


def _ranges(rule: str) -> Iterator[tuple[int, int]]:
    for first, last in _RANGE.findall(rule):
        yield int(first, 16), int(last or first, 16)


@lru_cache(5_000)
def _file(family: Family, character: str) -> FontFile | None:
    return next((file for file in _files(family) if file.has(character)), None)


@lru_cache(200)
def _font(name: str, size: int, weight: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(str(THEME / "fonts" / name), size)
    wanted = {b"Weight": weight, b"Optical size": size}
    font.set_variation_by_axes([_within(axis, wanted) for axis in font.get_variation_axes()])
    return font


def _within(axis: Any, wanted: dict[bytes, int]) -> float:
    value: float = wanted.get(axis["name"], axis["default"])
    return float(min(max(value, axis["minimum"]), axis["maximum"]))
