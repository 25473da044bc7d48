"""HTML, XHTML and near-HTML of agencies and old systems taken apart into clean pieces.

The markup is parsed by the sanitiser's own parser first, so what is walked here is well-formed and can run
nothing. Every stretch of text leaves through `inline`. Words are never lost without a note.
"""

from __future__ import annotations

import html as entities
import re
from collections import Counter
from collections.abc import Iterable

import nh3
from bs4 import BeautifulSoup

from standfirst.kit.html import DROPPED, bounded, text
from standfirst.kit.html_walk import BLOCKS, EMBEDDED, PHRASING, Walk
from standfirst.kit.pieces import Card, Grid, Image, Items, Piece, Pieces, Quoted, Text, Title
from standfirst.kit.plain import plain_pieces

LONGEST = 1_000_000  # characters of one body: some 150,000 words
_MOST_TAGS = 20_000
_DEEPEST = 80

_GONE = DROPPED - EMBEDDED
_EXPECTED = {"head", "title", "style"}  # parts of every document that are not its text
_VOID = set("area base br col embed hr img input link meta param source track wbr".split())
_ATTRIBUTES = set(
    "lang dir href src alt title rel cite class data width height data-src data-instgrm-permalink data-href"
    " colspan name".split()
)

_PREFIX = re.compile(r"<(/?)(?:xhtml|html|h|x):(?=[a-zA-Z])")
_VALUE = r"""(?:"[^"<]*"|'[^'<]*'|[^\s<>"']+)"""
_CLOSED = re.compile(rf"<([a-zA-Z][\w:.-]*)((?:\s+[^\s<>/=\"']+(?:\s*=\s*{_VALUE})?)*)\s*/>")
_BROKEN_BR = re.compile(r"</\s*br\s*/?>", re.IGNORECASE)
_NAME = re.compile(r"<([a-zA-Z][a-zA-Z0-9:.-]*)")
_ELEMENT = re.compile(r'<(/?)([a-z][^\s<>/"]*)(?:\s+[^\s<>="]+="[^"]*")*\s*>')
_ESCAPED = re.compile(r"&lt;(p|br|div|h[1-6]|ul|strong|em|a)\b[^<&]{0,200}&gt;", re.IGNORECASE)


def html_pieces(html: str) -> Pieces:
    """Return the pieces of `html`, markup of any quality, with notes on what was left out.

    Raises ValueError for more than `LONGEST` characters.
    """
    if len(html) > LONGEST:
        raise ValueError(f"a text of more than {LONGEST:,} characters")
    html, notes = _repaired(html)
    found = [name.lower() for name in _NAME.findall(html)]
    gone = Counter(name for name in found if name in _GONE - _EXPECTED)
    notes += [
        f"left out: <{name}>" + (f" ({count} times)" if count > 1 else "") for name, count in gone.items()
    ]
    unknown = set(found) - PHRASING - BLOCKS - _GONE - _VOID
    if len(found) > _MOST_TAGS or len(unknown) > 200:
        return _only_words(html, notes)
    cleaned = nh3.clean(
        html,
        tags=PHRASING | BLOCKS | {"source"} | unknown,
        clean_content_tags=_GONE,
        attributes={"*": _ATTRIBUTES},
        url_schemes={"http", "https", "mailto", "tel", "data", "cid"},
        link_rel=None,
    )
    if _depth(cleaned) > _DEEPEST:
        return _only_words(cleaned, notes)
    walk = Walk(notes)
    walk.children(BeautifulSoup(cleaned, "html.parser"))
    walk.flush()
    return Pieces(tuple(walk.pieces), tuple(dict.fromkeys(walk.notes)))


def _only_words(html: str, notes: list[str]) -> Pieces:
    note = "the markup is nested or repeated beyond reason; its words were kept"
    return Pieces(plain_pieces(text(html)).pieces, (*notes, note))


def _depth(cleaned: str) -> int:
    """Return how deep the elements of well-formed markup nest."""
    depth = deepest = 0
    for match in _ELEMENT.finditer(cleaned):
        if match[2] not in _VOID:
            depth += -1 if match[1] else 1
            deepest = max(deepest, depth)
    return deepest


def _repaired(html: str) -> tuple[str, list[str]]:
    """Undo what senders do to HTML before they send it. What comes out is cleaned like the rest."""
    notes = []
    if "<" not in html and _ESCAPED.search(html):
        html = entities.unescape(html)
        notes.append("the markup was escaped once too often")
    html = _without_cdata(html)
    html = _PREFIX.sub(r"<\1", html)
    html = _BROKEN_BR.sub("<br>", html)
    # XML's `<script/>` is over at once; an HTML parser would take the rest of the text for its content.
    html = _CLOSED.sub(lambda m: m[0] if m[1].lower() in _VOID else f"<{m[1]}{m[2]}></{m[1]}>", html)
    return bounded(html), notes


def _without_cdata(html: str) -> str:
    """Return `html` with the content of XML's character data as escaped text."""
    parts, place = [], 0
    while (start := html.find("<![CDATA[", place)) >= 0:
        end = html.find("]]>", start)
        if end < 0:
            break
        parts += [html[place:start], entities.escape(html[start + 9 : end], quote=False)]
        place = end + 3
    return "".join([*parts, html[place:]])


def words(pieces: Iterable[Piece]) -> str:
    """Return all words of `pieces` as plain text, in order, one line a piece."""
    lines: list[str] = []
    for piece in pieces:
        if isinstance(piece, Text | Title):
            lines.append(text(piece.html))
        elif isinstance(piece, Quoted):
            lines.append(f"{text(piece.html)} {piece.attribution}")
        elif isinstance(piece, Items):
            lines += [text(item) for item in piece.items]
        elif isinstance(piece, Grid):
            lines += [piece.caption, *(text(cell) for row in piece.rows for cell in row)]
        elif isinstance(piece, Card):
            lines.append(f"{piece.title} {piece.text}")
        elif isinstance(piece, Image):
            lines.append(text(piece.caption))
    return "\n".join(line.strip() for line in lines if line.strip())
