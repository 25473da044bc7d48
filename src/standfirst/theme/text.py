"""Cutting text where a reader would."""

from __future__ import annotations

import re

from standfirst.kit.urls import url as url

ELLIPSIS = "…"
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


def plain(html: str) -> str:
    """Return sanitised inline HTML without its tags; entities stay, so mark it safe or unescape it."""
    return _TAG.sub("", html)
