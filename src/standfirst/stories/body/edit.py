"""From public blocks to the editor's body: how imported and archived stories become editable."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from standfirst.editions.documents import (
    Block,
    Divider,
    Embed,
    Heading,
    ImageBlock,
    KeyFacts,
    ListBlock,
    Paragraph,
    PictureUse,
    PullQuote,
    Quote,
    RelatedStory,
    Table,
)
from standfirst.kit.html import inline
from standfirst.kit.instants import to_text

Raw = dict[str, Any]


def stream(blocks: Iterable[Block], pictures: Mapping[str, int], stories: Mapping[str, int]) -> list[Raw]:
    """Return stream data for `StoryPage.body`.

    `pictures` and `stories` give primary keys by record id; a block whose picture or story is not there is
    left out. Paragraphs, headings and lists that follow each other become one block of running text.
    """
    made: list[Raw] = []
    for block in blocks:
        if isinstance(block, Paragraph | Heading | ListBlock):
            html = _running(block)
            if made and made[-1]["type"] == "text":
                made[-1]["value"] += html
            else:
                made.append({"type": "text", "id": f"{_key(block.id)}t", "value": html})
        elif (value := _value(block, pictures, stories)) is not None:
            made.append({"type": block.type, "id": block.id, "value": value})
    return made


def _key(block_id: str) -> str:
    """Return a key the text editor can keep: it takes a dash for the end of a key."""
    return re.sub(r"[^0-9A-Za-z]", "", block_id)


def _running(block: Paragraph | Heading | ListBlock) -> str:
    key = _key(block.id)
    if isinstance(block, Paragraph):
        return f'<p data-block-key="{key}">{inline(block.html)}</p>'
    if isinstance(block, Heading):
        return f'<h{block.level} data-block-key="{key}">{inline(block.html)}</h{block.level}>'
    tag = "ol" if block.ordered else "ul"
    lines = "".join(
        f'<li data-block-key="{key}{number or ""}">{inline(item)}</li>'
        for number, item in enumerate(block.items)
    )
    return f"<{tag}>{lines}</{tag}>"


def _paragraph(html: str) -> str:
    return f"<p>{inline(html)}</p>" if html else ""


def use(picture: PictureUse, pictures: Mapping[str, int]) -> Raw:
    """Return the editor's value of a picture in its place."""
    return {
        "picture": pictures[picture.media],
        "alt": picture.alt,
        "decorative": not picture.alt,
        "caption": _paragraph(picture.caption),
    }


def _value(block: Block, pictures: Mapping[str, int], stories: Mapping[str, int]) -> Any:
    match block:
        case ImageBlock():
            known = block.picture.media in pictures
            return {**use(block.picture, pictures), "width": block.width} if known else None
        case Quote():
            return {"text": _paragraph(block.html), "attribution": block.attribution}
        case PullQuote():
            return {"text": block.text, "attribution": block.attribution}
        case KeyFacts():
            facts = [
                {"type": "item", "id": f"{block.id}-{number}", "value": _paragraph(item)}
                for number, item in enumerate(block.items)
            ]
            return {"title": block.title, "items": facts}
        case RelatedStory():
            return stories.get(block.story)
        case Embed():
            return _embed(block, pictures)
        case Table():
            return _table(block)
        case Divider():
            return ""
        case _:
            return None


def _embed(block: Embed, pictures: Mapping[str, int]) -> Raw:
    return {
        **block.model_dump(include={"provider", "url", "title", "author", "text"}),
        "posted_at": to_text(block.posted_at) if block.posted_at else None,
        "picture": pictures.get(block.picture.media) if block.picture else None,
    }


def _table(block: Table) -> Raw:
    headers = {
        (True, True): "both", (True, False): "row", (False, True): "column", (False, False): "neither",
    }[block.header_row, block.header_column]  # fmt: skip
    return {
        "data": [list(row) for row in block.rows],
        "cell": [],
        "mergeCells": [],
        "first_row_is_table_header": block.header_row,
        "first_col_is_header": block.header_column,
        "table_header_choice": headers,
        "table_caption": block.caption,
    }
