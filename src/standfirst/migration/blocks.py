"""Neutral pieces of a body as blocks of a story, with ids that stay the same while their words do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

from standfirst.editions.documents import (
    Block,
    Divider,
    Embed,
    Heading,
    ImageBlock,
    ListBlock,
    Paragraph,
    PictureUse,
    Quote,
    Table,
)
from standfirst.kit.canonical import digest
from standfirst.kit.html import escaped
from standfirst.kit.pieces import Card, Grid, Image, Items, Piece, Quoted, Rule, Text, Title


def blocks(pieces: Iterable[Piece], pictures: Mapping[str, PictureUse]) -> tuple[Block, ...]:
    """Return the blocks of `pieces`; `pictures` gives the use of a picture by its `src`.

    A picture that is not among them is left out; its caption stays as a paragraph.
    """
    seen: Counter[str] = Counter()
    made: list[Block] = []
    for piece in pieces:
        name = digest(repr(piece).encode())[:16]
        seen[name] += 1
        block = _block(piece, f"{name}{seen[name]}" if seen[name] > 1 else name, pictures)
        if block is not None:
            made.append(block)
    return tuple(made)


def _block(piece: Piece, name: str, pictures: Mapping[str, PictureUse]) -> Block | None:
    match piece:
        case Text(html):
            return Paragraph(id=name, html=html)
        case Title(html, level):
            return Heading(id=name, html=html, level=3 if level == 3 else 2)
        case Items(items, ordered):
            return ListBlock(id=name, items=items, ordered=ordered)
        case Quoted(html, attribution):
            return Quote(id=name, html=html, attribution=attribution)
        case Rule():
            return Divider(id=name)
        case Grid():
            return Table(
                id=name,
                rows=piece.rows,
                header_row=piece.header_row,
                header_column=piece.header_column,
                caption=piece.caption,
            )
        case Card():
            return _embed(piece, name)
        case Image():
            return _image(piece, name, pictures)


def _image(piece: Image, name: str, pictures: Mapping[str, PictureUse]) -> Block | None:
    use = pictures.get(piece.src)
    if use is None:
        return Paragraph(id=name, html=piece.caption) if piece.caption else None
    return ImageBlock(
        id=name,
        picture=PictureUse(media=use.media, caption=piece.caption or use.caption, alt=piece.alt or use.alt),
    )


def _embed(piece: Card, name: str) -> Block | None:
    if len(piece.url) > 2000:
        return (
            Paragraph(id=name, html=escaped(piece.text or piece.title)) if piece.text or piece.title else None
        )
    host = (urlsplit(piece.url).hostname or "").removeprefix("www.")
    return Embed(id=name, provider=host, url=piece.url, title=piece.title, text=piece.text)
