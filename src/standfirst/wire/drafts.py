"""What an item should say: from the desk's form, a program's request, or an imported file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from standfirst.kit import html

Verification = Literal["verified", "unverified", "disputed", "retracted"]

LONGEST_HEADLINE = 300
LONGEST_TEXT = 4000
"""Characters, markup included. What needs more is a story."""


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


def paragraphs(text: str) -> tuple[str, ...]:
    """Return plain text or HTML of a form as clean inline HTML, a piece a paragraph."""
    parts = text.replace("\r\n", "\n").replace("</p>", "\n").split("\n")
    return tuple(clean for clean in map(html.inline, parts) if clean)
