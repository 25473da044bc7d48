"""The text edition: what its pages share. Under 10 kB each, so that a story comes through any connection."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from standfirst.editions.documents import Block, Story
from standfirst.editions.documents.base import Part
from standfirst.theme.assets import assets
from standfirst.theme.parts.context import Context, Time
from standfirst.theme.parts.frame import FormLink, NavLink, full_url
from standfirst.theme.text import url

ROOM = 7_000
"""Bytes of text on a page; with what stands around it a page stays under 10 kB."""

_AROUND = {"image": 200, "embed": 300, "related_story": 400}
"""Bytes that a block takes beside its own words: a credit, a link, a headline that is read elsewhere."""


_LINE = 80
"""Bytes that a line of a list takes beside its own words: marks, and what quotes and the like become."""


@dataclass(frozen=True, slots=True)
class TextFrame:
    """What stands around a page of the text edition. Its navigation comes after the text."""

    language: str
    direction: str
    title: str
    description: str
    canonical: str
    style: str
    site_name: str
    home: str
    whole: str  # the ordinary page
    nav: tuple[NavLink, ...]


def text_path(path: str) -> str:
    """Return where the text edition has what stands at `path`."""
    return f"/text{path}"


def text_form(context: Context, path: str) -> tuple[FormLink, ...]:
    """Return what the head of a page says of its text edition."""
    return (FormLink("text/html", context.words.text("text.title"), url(text_path(path))),)


def text_frame(
    context: Context, title: str, path: str, *, description: str = "", nav: Iterable[NavLink] = ()
) -> TextFrame:
    """Return the frame of the text edition of the page at `path`."""
    return TextFrame(
        language=context.language,
        direction=context.formats.direction,
        title=title,
        description=description,
        canonical=full_url(context, path),
        style=assets().text_style,
        site_name=context.name,
        home=url(text_path(context.prefix)),
        whole=url(path),
        nav=tuple(nav),
    )


def text_parts(story: Story) -> tuple[tuple[Block, ...], ...]:
    """Return the blocks of each page that a story takes; what stands at its foot is on the last.

    From the document alone: publishing claims an address for each. The first of a live coverage holds posts.
    """
    notes = sum(map(_bytes, (*story.claims, *story.corrections)))
    parts: list[list[Block]] = [[]]
    left = ROOM - _head(story)
    if story.live and (story.body or notes):
        parts.append([])
        left = ROOM
    for block in story.body:
        size = _bytes(block) + _AROUND.get(block.type, 0)
        if size > left and parts[-1]:
            parts.append([])
            left = ROOM
        parts[-1].append(block)
        left -= size
    if notes > left:
        parts.append([])
    return tuple(tuple(part) for part in parts)


def part_path(story_path: str, number: int) -> str:
    """Return the address of a part, the first of which is 1."""
    return text_path(story_path) if number == 1 else f"{text_path(story_path)}{number}/"


@dataclass(frozen=True, slots=True)
class Listed:
    """A story in a list: its headline as a link, and when it was published."""

    label: str
    url: str
    published: Time


def fitting(items: Iterable[Listed]) -> Iterator[Listed]:
    """Yield the items of a list for which a page has room."""
    left = ROOM
    for item in items:
        words = (item.url, item.label, item.published.machine, item.published.shown)
        left -= sum(len(word.encode()) for word in words) + _LINE
        if left < 0:
            return
        yield item


def _head(story: Story) -> int:
    words = len(f"{story.headline}{story.standfirst}{story.retraction}".encode())
    return words + (_bytes(story.hero) if story.hero else 0)


def _bytes(part: Part) -> int:
    return len(part.model_dump_json(exclude={"id", "type"}).encode())
