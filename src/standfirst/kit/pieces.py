"""What a body of text from elsewhere comes apart into. Neutral: no room's blocks, only what HTML can say."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph of clean inline HTML."""

    html: str


@dataclass(frozen=True, slots=True)
class Title:
    """A heading inside the text; `level` 2 or 3."""

    html: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Items:
    """A list; nested lists are flattened in reading order."""

    items: tuple[str, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quotation set apart; `attribution` is plain text."""

    html: str
    attribution: str = ""


@dataclass(frozen=True, slots=True)
class Image:
    """A picture where it stood. `src` is as written, neither checked nor fetched; `caption` is clean HTML."""

    src: str
    alt: str = ""
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; all rows have as many cells. `caption` is plain text."""

    rows: tuple[tuple[str, ...], ...]
    header_row: bool = False
    header_column: bool = False
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """A break between parts."""


@dataclass(frozen=True, slots=True)
class Card:
    """Something embedded from elsewhere, as a link with the words that came with it (plain text)."""

    url: str
    title: str = ""
    text: str = ""


Piece = Text | Title | Items | Quoted | Image | Grid | Rule | Card


@dataclass(frozen=True, slots=True)
class Pieces:
    """The pieces in order, and notes on everything that was left out or changed."""

    pieces: tuple[Piece, ...] = ()
    notes: tuple[str, ...] = ()
