"""What the format of a story does to its body: the order of an explainer, the numbers of a gallery."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby

from standfirst.editions.documents import Story
from standfirst.theme.parts.blocks import Blocks, BlockView, ParagraphView
from standfirst.theme.parts.context import Context
from standfirst.theme.parts.frame import NavLink
from standfirst.theme.trusted import NOTHING

ALONE = ("long_read", "gallery")
"""Formats that have the page to themselves; what stands beside other stories comes after them."""

CONTENTS_FROM = 4  # headings: with fewer a reader sees the whole without a list of them


def shaped(context: Context, story: Story, views: Blocks) -> Blocks:
    """Return the body in the order and the groups that the story's format is read in."""
    if story.format == "explainer":
        return _explained(views)
    if story.format == "gallery":
        return tuple(_strips(context, views))
    if story.format == "long_read":
        return _opened(views)
    return views


def contents(views: Blocks) -> tuple[NavLink, ...]:
    """Return links to the headings of a body; none where there are too few to need a list."""
    headings = [view for view in views if isinstance(view, BlockView) and view.kind == "heading"]
    tops = [view for view in headings if view.level == 2]
    if len(tops) < CONTENTS_FROM:
        return ()
    return tuple(NavLink(view.html.striptags(), f"#{view.anchor}") for view in tops)


def _explained(views: Blocks) -> Blocks:
    """Return the body with its first key facts in front, for those who read no more, then what it holds."""
    facts = [view for view in views if view.kind == "key_facts"][:1]
    links = contents(views)
    listed = [BlockView("contents", links=links)] if links else []
    return (*facts, *listed, *(view for view in views if view not in facts))


def _opened(views: Blocks) -> Blocks:
    """Return the body with its dateline on a line of its own: the text begins with a large letter."""
    if views and isinstance(views[0], ParagraphView) and views[0].text:
        return (ParagraphView(NOTHING, views[0].text), replace(views[0], text=""), *views[1:])
    return views


def _strips(context: Context, views: Blocks) -> Iterator[ParagraphView | BlockView]:
    """Yield the body with its pictures numbered, those that follow each other as one strip."""
    total = sum(view.kind == "image" for view in views)
    number = 0
    for is_picture, run in groupby(views, key=lambda view: view.kind == "image"):
        if not is_picture:
            yield from run
            continue
        plates = _numbered(context, run, number, total)
        number += len(plates)
        yield BlockView("strip", strip=plates)


def _numbered(
    context: Context, run: Iterable[ParagraphView | BlockView], after: int, total: int
) -> tuple[BlockView, ...]:
    pictures = [view for view in run if isinstance(view, BlockView)]
    write = context.formats.number
    return tuple(
        replace(view, plate=context.words.text("gallery.plate", number=write(number), total=write(total)))
        for number, view in enumerate(pictures, start=after + 1)
    )
