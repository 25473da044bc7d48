"""Setting text: lines of a width, left to right and right to left, in the faces of the site."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from PIL import ImageDraw, ImageFont

from standfirst.theme.drawn.faces import SHAPED, Face
from standfirst.theme.text import ELLIPSIS

_RIGHT_TO_LEFT = frozenset(("R", "AL"))
_LEFT_TO_RIGHT = frozenset(("L", "EN", "AN"))


@dataclass(frozen=True, slots=True)
class Piece:
    """Letters of one font that run one way."""

    text: str
    font: ImageFont.FreeTypeFont
    direction: str | None
    width: float


@lru_cache(4_000)
def pieces(text: str, face: Face, direction: str) -> tuple[Piece, ...]:
    """Return a line's pieces from left to right. Words come again and again, and measuring takes longest.

    The Unicode bidirectional algorithm (UAX #9) for lines without embeddings: runs against the line's
    direction stay whole, and what is neither goes with its neighbours where those agree.
    """
    found = []
    marked = zip(text, _backward(text, direction), strict=True)
    for backward, letters in groupby(marked, lambda pair: pair[1]):
        runs = list(face.runs("".join(letter for letter, _ in letters)))
        found.append([_piece(run, font, backward) for font, run in (reversed(runs) if backward else runs)])
    if direction == "rtl":
        found.reverse()
    return tuple(piece for run in found for piece in run)


def _piece(text: str, font: ImageFont.FreeTypeFont, backward: bool) -> Piece:
    direction = ("rtl" if backward else "ltr") if SHAPED else None
    return Piece(text, font, direction, font.getlength(text, direction=direction))


def width(text: str, face: Face, direction: str) -> float:
    """Return a line's width in pixels."""
    return sum(piece.width for piece in pieces(text, face, direction))


def wrapped(text: str, face: Face, room: int, direction: str) -> list[str]:
    """Return `text` in as few lines as `room` pixels need, about equally long."""
    words = _units(text)
    widths = [width(word, face, direction) for word in words]
    space = width(" ", face, direction)
    lines = _filled(words, widths, space, room)
    narrow, wide = room // 2, room
    while wide - narrow > 8:
        middle = (narrow + wide) // 2
        if max(widths, default=0) <= middle and len(_filled(words, widths, space, middle)) == len(lines):
            wide = middle
        else:
            narrow = middle
    return _filled(words, widths, space, wide)


def shortened(lines: list[str], most: int) -> list[str]:
    """Return at most `most` lines, with an ellipsis where words are missing."""
    if len(lines) <= most:
        return lines
    return [*lines[: most - 1], lines[most - 1].rstrip(" ,;:–—-") + ELLIPSIS]


def write(
    canvas: ImageDraw.ImageDraw, at: tuple[float, float], text: str, face: Face, ink: str, direction: str
) -> float:
    """Write a line whose baseline begins at `at`: its left end, or its right end from right to left.

    Returns the line's width.
    """
    line = pieces(text, face, direction)
    length = sum(piece.width for piece in line)
    x = at[0] - length if direction == "rtl" else at[0]
    for piece in line:
        canvas.text((x, at[1]), piece.text, fill=ink, font=piece.font, anchor="ls", direction=piece.direction)
        x += piece.width
    return length


def _units(text: str) -> list[str]:
    """Return what a line may not part: words, each with a word of one letter before it."""
    units: list[str] = []
    for word in text.split():
        if units and len(units[-1].rsplit(" ", 1)[-1]) == 1:
            units[-1] += f" {word}"
        else:
            units.append(word)
    return units


def _filled(words: list[str], widths: list[float], space: float, room: float) -> list[str]:
    lines: list[str] = []
    left = 0.0
    for word, wide in zip(words, widths, strict=True):
        if lines and wide + space <= left:
            lines[-1] += f" {word}"
            left -= wide + space
        else:
            lines.append(word)
            left = room - wide
    return lines


def _backward(text: str, direction: str) -> Iterator[bool]:
    """Yield for each character whether it runs from right to left."""
    strong = [_strong(character) for character in text]
    base = direction == "rtl"
    before = base
    for place, own in enumerate(strong):
        if own is not None:
            before = own
            yield own
            continue
        after = next((one for one in strong[place:] if one is not None), base)
        yield before if before == after else base


def _strong(character: str) -> bool | None:
    kind = unicodedata.bidirectional(character)
    if kind in _RIGHT_TO_LEFT:
        return True
    return False if kind in _LEFT_TO_RIGHT else None
