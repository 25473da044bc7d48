"""What an item or post should say: from the desk's form, a program's request, or an imported file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from standfirst.editions.documents import Block
from standfirst.editions.documents.base import LONGEST_LINK
from standfirst.kit import html

Verification = Literal["verified", "unverified", "disputed", "retracted"]

_SPACE = re.compile(r"[ \t\r\n]+")
LONGEST_HEADLINE = 300
LONGEST_TEXT = 4000
"""Characters, markup included. What needs more is a story."""
LONGEST_ADDRESS = LONGEST_LINK
"""Characters of the address of a source, as it is kept: `//host` gets its scheme first."""


@dataclass(frozen=True, slots=True)
class ItemDraft:
    """An item before it is kept. `topics` and `story` are public ids; `body` HTML, cleaned when kept."""

    headline: str
    language: str
    body: tuple[str, ...] = ()
    source_name: str = ""
    source_url: str = ""
    source_status: Verification = "verified"
    topics: tuple[str, ...] = ()
    breaking_until: datetime | None = None
    story: str | None = None
    source_uri: str = ""
    id: str = ""  # of a new item, where the sender names it: sent twice, it is one item


LONGEST_POST = 20_000
"""Characters of a post, markup included. Break out what needs more."""


@dataclass(frozen=True, slots=True)
class PostDraft:
    """A post before it is kept. `story` and `authors` are public ids; `body` public blocks.

    `stream` is the body as the desk's editor has it, which stands for `body` where it is given. A new post
    takes `id` where that is given, as those of an archive have theirs.
    """

    story: str
    headline: str = ""
    body: tuple[Block, ...] = ()
    authors: tuple[str, ...] = ()
    key: bool = False
    stream: list[dict[str, Any]] | None = None
    id: str = ""


def one_line(text: str) -> str:
    """Return a first line without white space that it does not need; no-break spaces stay."""
    return _SPACE.sub(" ", text).strip()


def paragraphs(text: str) -> tuple[str, ...]:
    """Return plain text or HTML of a form as clean inline HTML, a piece a paragraph."""
    parts = text.replace("\r\n", "\n").replace("</p>", "\n").split("\n")
    return tuple(clean for clean in map(html.inline, parts) if clean)
