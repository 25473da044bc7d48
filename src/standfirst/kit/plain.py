"""Plain text from elsewhere as paragraphs: blank lines, indents, hard wraps, whatever the sender used."""

from __future__ import annotations

import re
from collections.abc import Iterator

from standfirst.kit.html import escaped
from standfirst.kit.pieces import Piece, Pieces, Rule, Text

_RULE = re.compile(r"^\s*(?:([*_#=~•·–—-])\s*(?:\1\s*){2,}|[*⁂]\s*)$")
_NEWLINES = re.compile("\r\n?|[\u2028\x0b]|(?:\x0c|\u2029)")
_INDENT = re.compile(r"^(?: {2,}|\t| |\u3000)\s*\S")
_WRAPPED_AT = range(45, 101)  # characters a line, where senders wrap by hand


def plain_pieces(text: str) -> Pieces:
    """Return the paragraphs of plain `text`; rows of dashes or stars become breaks."""
    pieces: list[Piece] = []
    for chunk in _chunks(text):
        for paragraph in _paragraphs(chunk):
            html = escaped(paragraph)
            if is_rule(paragraph):
                pieces.append(Rule())
            elif html:
                pieces.append(Text(html))
    return Pieces(tuple(pieces))


def is_rule(text: str) -> bool:
    """Return whether `text` is a row of dashes or stars that parts two texts."""
    return len(text) < 200 and bool(_RULE.match(text))


def _chunks(text: str) -> Iterator[list[str]]:
    """Yield runs of lines between blank lines."""
    lines: list[str] = []
    for line in [*_NEWLINES.sub("\n", text).split("\n"), ""]:
        if line.strip():
            lines.append(line.rstrip())
        elif lines:
            yield lines
            lines = []


def _paragraphs(lines: list[str]) -> list[str]:
    """Return the paragraphs of a run of lines."""
    if len(lines) < 2:
        return [line.strip() for line in lines]
    if sum(bool(_INDENT.match(line)) for line in lines) not in (0, len(lines)):
        return _joined(lines)
    full = [len(line.strip()) for line in lines[:-1]]
    if all(length in _WRAPPED_AT for length in full) and max(full) - min(full) < 25:
        return [" ".join(line.strip() for line in lines)]
    return [line.strip() for line in lines]


def _joined(lines: list[str]) -> list[str]:
    """An indented line starts a paragraph; the others go on with it."""
    paragraphs: list[str] = []
    for line in lines:
        if _INDENT.match(line) or not paragraphs:
            paragraphs.append(line.strip())
        else:
            paragraphs[-1] += " " + line.strip()
    return paragraphs
