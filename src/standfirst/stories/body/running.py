"""Cutting running text into its elements.

The text is what Wagtail's editor, or `body.edit`, wrote: flat, well-formed HTML. Anything else is cut as
well as may be; every piece goes through the sanitiser afterwards in any case.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_TAG = re.compile(r"<(/?)(p|h[1-6]|blockquote|ul|ol|hr)\b([^>]*)>", re.IGNORECASE)
_LINE = re.compile(r"<li\b([^>]*)>(.*?)(?=<li\b|</li>|<[uo]l\b|</[uo]l>|$)", re.IGNORECASE | re.DOTALL)
_KEY = re.compile(r"""data-block-key=["']([^"']*)["']""")


@dataclass(frozen=True, slots=True)
class Element:
    """A piece of running text: its tag, the key it has in the editor ("" without one), what is inside."""

    name: str
    key: str
    inner: str


def elements(html: str) -> Iterator[Element]:
    """Yield the top-level elements of `html`; text between them as paragraphs."""
    depth, start, opened = 0, 0, Element("p", "", "")
    for tag in _TAG.finditer(html):
        closing, name = bool(tag[1]), tag[2].lower()
        if depth == 0 and not closing:
            yield from _loose(html[start : tag.start()])
            start, opened = tag.end(), Element(name, _key(tag[3]), "")
            depth = 1
        elif name != "hr":
            depth += -1 if closing else 1
        if depth <= 0 or (depth == 1 and opened.name == "hr"):
            inner = "" if opened.name == "hr" else html[start : tag.start()]
            yield Element(opened.name, opened.key, inner)
            depth, start, opened = 0, tag.end(), Element("p", "", "")
    if depth:
        yield Element(opened.name, opened.key, html[start:])
    else:
        yield from _loose(html[start:])


def lines(html: str) -> Iterator[Element]:
    """Yield the lines of a list; those of lists inside it follow where they stand."""
    for line in _LINE.finditer(html):
        yield Element("li", _key(line[1]), line[2])


def _loose(text: str) -> Iterator[Element]:
    if text.strip():
        yield Element("p", "", text)


def _key(attributes: str) -> str:
    found = _KEY.search(attributes)
    return found[1] if found else ""
