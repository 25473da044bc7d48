"""The stories that every peer gets: paragraphs of the demo's English stories, put together anew, the same
every time.
"""

from __future__ import annotations

import json
import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from html import escape
from pathlib import Path

from bs4 import BeautifulSoup

NEWSROOM = Path(__file__).resolve().parents[2] / "newsroom"
COUNT = 500
PARAGRAPHS = 14
PICTURED = 2
"""One story in so many has a picture."""
_APART = timedelta(hours=4)


@dataclass(frozen=True)
class Picture:
    """One of the demo's pictures."""

    key: str
    file: Path
    alt: str
    caption: str


@dataclass(frozen=True)
class Piece:
    """A story in words that every system can take: plain text, one picture at most."""

    number: int
    headline: str
    standfirst: str
    section: str
    paragraphs: tuple[str, ...]
    picture: Picture | None
    published: datetime

    @property
    def slug(self) -> str:
        return f"story-{self.number:04d}"

    @property
    def html(self) -> str:
        """Return the body."""
        return "".join(f"<p>{escape(text, quote=False)}</p>" for text in self.paragraphs)


def pieces(until: datetime, count: int = COUNT) -> list[Piece]:
    """Return `count` stories, the oldest first, the newest four hours before `until`."""
    return [_piece(number, until - _APART * (count - number)) for number in range(count)]


def fresh(number: int, at: datetime) -> Piece:
    """Return a story to be published in the measurement, with words in its headline that no other has."""
    piece = _piece(number, at)
    return Piece(
        number, f"Just in {number:05d}: {piece.headline}", piece.standfirst, piece.section,
        piece.paragraphs, None, at,
    )  # fmt: skip


def _piece(number: int, published: datetime) -> Piece:
    heads, paragraphs, pictures = _source()
    chance = random.Random(number)
    headline, standfirst, section = heads[number % len(heads)]
    return Piece(
        number=number,
        headline=f"{headline}, part {number // len(heads) + 1}",
        standfirst=standfirst,
        section=section,
        paragraphs=tuple(chance.sample(paragraphs, PARAGRAPHS)),
        picture=pictures[number // PICTURED % len(pictures)] if number % PICTURED == 0 else None,
        published=published,
    )


@cache
def _source() -> tuple[list[tuple[str, str, str]], list[str], list[Picture]]:
    """Return (headline, standfirst, section) of the English stories, their paragraphs, the pictures."""
    found = [json.loads(file.read_text("utf-8")) for file in sorted((NEWSROOM / "stories").glob("*.json"))]
    stories = [story for story in found if story["language"] == "en"]
    heads = [(story["headline"], story["standfirst"], story["section"]) for story in stories]
    paragraphs = [
        BeautifulSoup(block["html"], "html.parser").get_text()
        for story in stories
        for block in story["body"]
        if block["type"] == "paragraph"
    ]
    return heads, paragraphs, _pictures()


def _pictures() -> list[Picture]:
    """Return the pictures that are no portraits."""
    found = []
    for file in sorted((NEWSROOM / "media").glob("*.json")):
        words = json.loads(file.read_text("utf-8"))
        if not file.stem.startswith("portrait-"):
            caption = BeautifulSoup(words.get("caption", ""), "html.parser").get_text()
            found.append(Picture(file.stem, file.with_name(words["file"]), words["alt"], caption))
    return found


def sections() -> dict[str, str]:
    """Return the sections' names by key, as the stories use them."""
    items = json.loads((NEWSROOM / "sections.json").read_text("utf-8"))["items"]
    used = {head[2] for head in _source()[0]}
    return {item["key"]: item["name"] for item in items if item["key"] in used}
