"""How long a story takes to read."""

from __future__ import annotations

import math
from collections.abc import Iterable

from standfirst.editions.documents import (
    Block,
    Embed,
    Heading,
    ImageBlock,
    KeyFacts,
    ListBlock,
    Paragraph,
    Quote,
    Table,
)
from standfirst.kit.html import text

WORDS_A_MINUTE = {"en": 228, "uk": 184, "ru": 184, "ar": 138, "de": 179, "fr": 195, "es": 218, "pl": 166}
"""Silent reading, after Trauzettel-Klosinski and Dietz 2012 (IReST); Ukrainian as Russian there."""
ELSEWHERE = 190
SECONDS_A_PICTURE = 10


def minutes(blocks: Iterable[Block], language: str) -> int:
    """Return the reading time in whole minutes, rounded up, at least 1."""
    words = pictures = 0
    for block in blocks:
        words += sum(len(text(piece).split()) for piece in _texts(block))
        pictures += isinstance(block, ImageBlock)
    pace = WORDS_A_MINUTE.get(language.split("-")[0], ELSEWHERE)
    return max(1, math.ceil(words / pace + pictures * SECONDS_A_PICTURE / 60))


def _texts(block: Block) -> tuple[str, ...]:
    """Return what is read of a block; a pull quote is read once, where it stands in the text."""
    match block:
        case Paragraph() | Heading() | Quote():
            return (block.html,)
        case ListBlock() | KeyFacts():
            return block.items
        case Table():
            return tuple(cell for row in block.rows for cell in row)
        case Embed():
            return (block.text,)
        case _:
            return ()
