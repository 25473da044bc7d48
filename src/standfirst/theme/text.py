"""Cutting text where a reader would, and keeping apart what runs the other way."""

from __future__ import annotations

import re
import unicodedata

from standfirst.kit.urls import url as url

ELLIPSIS = "…"
_ISOLATE, _END = "\u2068", "\u2069"
# A full stop and its kin, closing quotes or brackets after it, then white space or the end.
_SENTENCE_END = re.compile(r"[.!?…。！？؟۔]+[\"'”’»)\]]*(?=\s|$)")
_ENDED = re.compile(r"[.!?…。！？؟۔]+[\"'”’»)\]]*$")
_TAG = re.compile(r"<[^>]*>")


def excerpt(text: str, limit: int) -> str:
    """Return at most `limit` characters of `text`, ending with a sentence or with an ellipsis.

    Whole sentences when they fill at least half of the room; else whole words and `…`.
    """
    text = " ".join(text.split())
    if len(text) <= limit:
        return text if not text or _ENDED.search(text) else _closed(text, limit)
    end = 0
    for match in _SENTENCE_END.finditer(text):
        if match.end() > limit:
            break
        end = match.end()
    if end * 2 >= limit:
        return text[:end]
    return _closed(text[:limit], limit, cut=text[limit : limit + 1].isspace() is False)


def _closed(text: str, limit: int, *, cut: bool = False) -> str:
    """Return `text` with an ellipsis, whole words where that leaves any, within `limit`."""
    if cut or len(text) >= limit:
        head, space, _ = text[: limit - 1].rpartition(" ")
        text = head if space else text[: limit - 1]
    return text.rstrip(" ,;:–—-") + ELLIPSIS


def isolated(text: str, direction: str) -> str:
    """Return `text` to stand among words that run in `direction`; between isolates if it runs the other way.

    The marks (FSI and PDI of UAX #9) cannot be seen. A text runs as its first letter does; one that holds
    marks already was put together in these words, and runs with them.
    """
    if _ISOLATE in text:
        return text
    first = next((b for b in map(unicodedata.bidirectional, text) if b in ("L", "R", "AL")), "")
    if not first or (first == "L") == (direction == "ltr"):
        return text
    return f"{_ISOLATE}{text}{_END}"


def plain(html: str) -> str:
    """Return sanitised inline HTML without its tags; entities stay, so mark it safe or unescape it."""
    return _TAG.sub("", html)
