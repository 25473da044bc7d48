"""The check that every piece of HTML in a document has passed the one sanitiser.

Callers clean (`standfirst.kit.html.inline`) when text comes in; publishing refuses what was not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import Annotated, Any, get_args, get_origin, get_type_hints

from standfirst.editions.documents.base import IS_HTML, Part
from standfirst.kit import html

_WORDS = r"[^<>&\x00-\x1f\x7f-\xa0\u1680\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
_PLAIN = re.compile(rf"{_WORDS}*")
_URL = r"(?:https?://[A-Za-z0-9]|/[A-Za-z0-9])(?:[A-Za-z0-9._~:/?#@!$()*+,;=%-]|&amp;)*"
_OPEN = rf"<(?:em|strong|sup|sub|cite|code|a href=\"{_URL}\")>"
# Possessive (`++`, `*+`): no text makes it try twice.
_PLAIN_MARKUP = re.compile(rf"(?:{_WORDS}++|&(?:amp|lt|gt);|{_OPEN}|</[a-z]+>)*+")
_TAG = re.compile(r"<(/?)([a-z]+)")
_EMPTY = re.compile(r"<[a-z][^>]*></")


def check(document: Part, more: Sequence[Part] = ()) -> None:
    """Raise ValueError, naming the block or field, when HTML in a document is not clean."""
    for part in (document, *more):
        for where, text in fragments(part):
            if not _clean(text):
                raise ValueError(
                    f"{where}: this HTML is not clean; pass it through standfirst.kit.html.inline first: "
                    f"{text[:80]!r}"
                )


def fragments(part: Part, where: str = "") -> Iterator[tuple[str, str]]:
    """Yield (place, text) of every piece of HTML in a document; a block's place is `block ID`."""
    if hasattr(part, "type") and hasattr(part, "id"):
        where = f"block {part.id}"
    for name, is_html in fields(type(part)):
        value = getattr(part, name)
        place = where or name
        if is_html:
            for text in _texts(value):
                yield place, text
        else:
            for inner in _parts(value):
                yield from fragments(inner, where if where else ("" if hasattr(inner, "type") else name))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _texts(item)


def _parts(value: Any) -> Iterator[Part]:
    if isinstance(value, Part):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _parts(item)


@cache
def fields(cls: type[Part]) -> tuple[tuple[str, bool], ...]:
    """Return the fields of a document or part, in order, and whether each holds HTML."""
    hints = get_type_hints(cls, include_extras=True)
    return tuple((name, _marked(hints[name])) for name in cls.model_fields)


def _marked(annotation: Any) -> bool:
    if get_origin(annotation) is Annotated:
        return IS_HTML in annotation.__metadata__ or _marked(get_args(annotation)[0])
    return any(_marked(inner) for inner in get_args(annotation))


@lru_cache(maxsize=16384)
def _clean(text: str) -> bool:
    """Return whether the sanitiser leaves `text` as it is. What is plainly so needs no parser."""
    return plainly_clean(text) or html.inline(text) == text


def plainly_clean(text: str) -> bool:
    """Return True for words with a few well-nested tags, where no parser could read anything else.

    Parsing 60 new paragraphs takes 25 ms, this less than 1 ms. False only means: ask the parser.
    """
    if text != text.strip() or "  " in text:
        return False
    if _PLAIN.fullmatch(text):
        return True
    return bool(_PLAIN_MARKUP.fullmatch(text)) and not _EMPTY.search(text) and _well_nested(text)


def _well_nested(text: str) -> bool:
    opened: list[str] = []
    for close, name in _TAG.findall(text):
        if not close:
            if name in opened:
                return False
            opened.append(name)
        elif not opened or opened.pop() != name:
            return False
    return not opened
