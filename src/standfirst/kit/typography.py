"""Small typographic services: where a text may end."""

from __future__ import annotations

import re

_SENTENCE_END = re.compile(r"[.!?…؟。]+[\"'”’»)\]]*(?=\s|$)")
# A dot after one of these ends no sentence.
_ABBREVIATIONS = """
mr mrs ms dr prof st no vol vs etc e.g i.e a.m p.m u.s u.k u.n gen lt sgt sen rep gov jan feb mar apr jun jul
aug sep sept oct nov dec inc ltd co ст р м вул ім див т.д т.п тис млн млрд
""".split()


def excerpt(text: str, limit: int) -> str:
    """Return at most `limit` characters of `text`, ending at a sentence where one ends late enough.

    Otherwise it ends after a whole word with an ellipsis. White space is put in order.
    """
    words = " ".join(text.split())
    if len(words) <= limit:
        return words
    if limit < 2:
        return "…"[:limit]
    ends = [
        m.end() for m in _SENTENCE_END.finditer(words, 0, limit + 1) if m.end() <= limit and _ends(words, m)
    ]
    if ends and ends[-1] >= limit // 2:
        return words[: ends[-1]]
    cut = words[:limit]
    if words[limit] != " ":
        whole = cut.rpartition(" ")[0]
        cut = whole or cut[:-1]
    return cut[: limit - 1].rstrip(" ,;:–—-([“«\"'") + "…"


def _ends(words: str, match: re.Match[str]) -> bool:
    before = words[: match.start()].rpartition(" ")[2].lstrip("([“«\"'").lower()
    if match[0].startswith(".") and (before in _ABBREVIATIONS or len(before) == 1):
        return False
    return match.end() == len(words) or not words[match.end() + 1 : match.end() + 2].islower()
