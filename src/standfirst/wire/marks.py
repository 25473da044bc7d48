"""How an item's text is typed: a line a paragraph, **bold**, *italic*, [words](https://address).

Other inline tags (`<sub>`) may stand in it as they are, so that what was imported is not lost by an edit.
"""

from __future__ import annotations

import html as entities
import re

from standfirst.kit import html

_LINK = re.compile(r"\[([^\[\]\n]+)\]\(((?:https?://|mailto:|/)[^\s()]+)\)")
_BOLD = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
_ITALIC = re.compile(r"\*(?=\S)(.+?)(?<=\S)\*")
_LOOSE = re.compile(r"<(?!/?(?:sup|sub|code|abbr|q|cite|span|mark|bdi|strong|em|a)\b)")
_TAGS = (
    (re.compile(r"</?strong>"), "**"),
    (re.compile(r"</?em>"), "*"),
    (re.compile(r'<a href="([^"]*)">(.*?)</a>'), r"[\2](\1)"),
)


def to_html(text: str) -> tuple[str, ...]:
    """Return what was typed as clean inline HTML, a piece a paragraph."""
    lines = (_line(line.strip()) for line in text.replace("\r\n", "\n").split("\n"))
    return tuple(line for line in lines if line)


def to_text(paragraphs: tuple[str, ...]) -> str:
    """Return clean inline HTML as it would be typed."""
    return "\n".join(map(_typed, paragraphs))


def _line(line: str) -> str:
    source = _LOOSE.sub("&lt;", line)
    source = _LINK.sub(lambda found: f'<a href="{entities.escape(found[2])}">{found[1]}</a>', source)
    source = _BOLD.sub(r"<strong>\1</strong>", source)
    return html.inline(_ITALIC.sub(r"<em>\1</em>", source))


def _typed(paragraph: str) -> str:
    for tag, mark in _TAGS:
        paragraph = tag.sub(mark, paragraph)
    return entities.unescape(paragraph)
