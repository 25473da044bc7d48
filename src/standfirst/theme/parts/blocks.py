"""The blocks of a story's body, each as the template shows it. Embeds are cards of our own."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from markupsafe import Markup

from standfirst.editions.documents import (
    Divider,
    Embed,
    Heading,
    ImageBlock,
    KeyFacts,
    ListBlock,
    PlainPage,
    Post,
    PullQuote,
    Quote,
    RelatedStory,
    Story,
    Table,
)
from standfirst.theme.parts.card import Card, card
from standfirst.theme.parts.context import Context, Time
from standfirst.theme.parts.frame import NavLink
from standfirst.theme.parts.picture import Picture, picture
from standfirst.theme.parts.sizes import Place
from standfirst.theme.text import url
from standfirst.theme.trusted import NOTHING, trusted

BESIDE: tuple[Place, Place] = ("column", "wide")
OPEN: tuple[Place, Place] = ("open_column", "open_wide")
PLACES: dict[str, tuple[Place, Place]] = {"long_read": OPEN, "gallery": ("plate", "plate")}
"""Format to the places of its pictures, those as wide as the text and the wide ones."""

_NOT_IN_AN_ID = re.compile(r"[^A-Za-z0-9_-]")


@dataclass(frozen=True, slots=True)
class Row:
    """A table row; `heads` cells from the start are headings of it."""

    cells: tuple[Markup, ...]
    heads: int


@dataclass(frozen=True, slots=True)
class ParagraphView:
    """A paragraph; most of a body is made of these, so they carry nothing else. `text` is a dateline."""

    html: Markup
    text: str = ""
    kind: str = "paragraph"


@dataclass(frozen=True, slots=True)
class BlockView:
    """Any other block. `kind` names its partial; the fields that this kind has no use for are empty."""

    kind: str
    anchor: str = ""
    html: Markup = NOTHING
    text: str = ""
    attribution: str = ""
    level: int = 2
    ordered: bool = False
    wide: bool = False
    plate: str = ""  # of a picture in a gallery: “3 of 8”
    strip: tuple[BlockView, ...] = ()  # pictures of a gallery that follow each other
    items: tuple[Markup, ...] = ()
    picture: Picture | None = None
    links: tuple[NavLink, ...] = ()
    card: Card | None = None
    time: Time | None = None
    title: str = ""
    author: str = ""
    provider: str = ""
    url: str = ""
    head: Row | None = None
    rows: tuple[Row, ...] = ()


Blocks = tuple[ParagraphView | BlockView, ...]


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a block stands: on which page, in whose text and of when, under which anchor."""

    context: Context
    told_by: str  # id of the story or page
    told_at: datetime
    anchor: str
    column: Place  # of pictures as wide as the text
    wide: Place


def block_views(context: Context, told: Story | PlainPage | Post) -> Blocks:
    """Return the blocks that have something to show, with anchors that are unique on the page."""
    views: list[ParagraphView | BlockView] = []
    taken: set[str] = set()
    at = told.changed_at if isinstance(told, PlainPage) else told.published_at
    told_by, before = (told.story, f"{told.id[-8:]}-") if isinstance(told, Post) else (told.id, "")
    column, wide = PLACES.get(told.format, BESIDE) if isinstance(told, Story) else OPEN
    for number, block in enumerate(told.body):
        if block.type == "paragraph":  # the most there are; not linked to, so without an anchor
            if block.html.strip():
                views.append(ParagraphView(trusted(block.html)))
            continue
        spot = Spot(context, told_by, at, _anchor(before + block.id, number, taken), column, wide)
        view = _BUILDERS[block.type](block, spot)
        if view is not None:
            views.append(view)
    return _with_dateline(told.dateline if isinstance(told, Story) else "", views)


def _anchor(block_id: str, number: int, taken: set[str]) -> str:
    anchor = "b-" + _NOT_IN_AN_ID.sub("", block_id)
    while anchor in taken or anchor == "b-":
        anchor = f"{anchor}n{number}"
    taken.add(anchor)
    return anchor


def _with_dateline(dateline: str, views: list[ParagraphView | BlockView]) -> Blocks:
    if not dateline:
        return tuple(views)
    first = views[0] if views else None
    if isinstance(first, ParagraphView):
        return (ParagraphView(first.html, dateline), *views[1:])
    return (ParagraphView(NOTHING, dateline), *views)


def _heading(block: Heading, at: Spot) -> BlockView | None:
    return (
        BlockView("heading", at.anchor, html=trusted(block.html), level=block.level)
        if block.html.strip()
        else None
    )


def _list(block: ListBlock, at: Spot) -> BlockView | None:
    items = _items(block.items)
    return BlockView("list", at.anchor, items=items, ordered=block.ordered) if items else None


def _quote(block: Quote, at: Spot) -> BlockView:
    return BlockView("quote", at.anchor, html=trusted(block.html), attribution=block.attribution)


def _pull_quote(block: PullQuote, at: Spot) -> BlockView:
    return BlockView("pull_quote", at.anchor, text=block.text, attribution=block.attribution)


def _image(block: ImageBlock, at: Spot) -> BlockView | None:
    wide = block.width == "wide"
    found = picture(at.context, block.picture, at.wide if wide else at.column, told_at=at.told_at, words=True)
    return BlockView("image", at.anchor, picture=found, wide=wide) if found else None


def _embed(block: Embed, at: Spot) -> BlockView:
    return BlockView(
        "embed",
        at.anchor,
        provider=block.provider,
        url=url(block.url),
        title=block.title,
        author=block.author,
        text=block.text,
        time=at.context.day(block.posted_at) if block.posted_at else None,
        picture=picture(at.context, block.picture, at.column, told_at=at.told_at, words=True),
    )


def _related(block: RelatedStory, at: Spot) -> BlockView | None:
    if block.story == at.told_by:  # a story is not its own further reading
        return None
    found = card(at.context, block.story, place="related")
    return BlockView("related_story", at.anchor, card=found) if found else None


def _divider(_block: Divider, at: Spot) -> BlockView:
    return BlockView("divider", at.anchor)


def _table(block: Table, at: Spot) -> BlockView | None:
    heads = 1 if block.header_column else 0
    rows = [Row(tuple(trusted(cell) for cell in row), heads) for row in block.rows if row]
    if not rows:
        return None
    head = replace(rows.pop(0), heads=len(block.rows[0])) if block.header_row else None
    return BlockView("table", at.anchor, title=block.caption, head=head, rows=tuple(rows))


def _key_facts(block: KeyFacts, at: Spot) -> BlockView | None:
    items = _items(block.items)
    title = block.title or at.context.words.text("block.facts")
    return BlockView("key_facts", at.anchor, title=title, items=items) if items else None


def _items(items: tuple[str, ...]) -> tuple[Markup, ...]:
    return tuple(trusted(item) for item in items if item.strip())


_BUILDERS: dict[str, Callable[[Any, Spot], BlockView | None]] = {
    "heading": _heading,
    "list": _list,
    "quote": _quote,
    "pull_quote": _pull_quote,
    "image": _image,
    "embed": _embed,
    "related_story": _related,
    "divider": _divider,
    "table": _table,
    "key_facts": _key_facts,
}
