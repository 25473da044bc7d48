"""Whose claim a headline is. Another title of it may not turn the claim into a fact (PAGE.md row 3)."""

from __future__ import annotations

import re

_SAYS = (
    r"says?|said|claims?|claimed|alleges?|alleged|reports?|reported|warns?|warned|denies|denied|according to"
    r"|reportedly|allegedly|кажуть|каже|заявля\w+|заяви\w+|повідомля\w+|повідоми\w+|за словами|за даними"
    r"|вважа\w+|стверджу\w+|قال\w*|يقول\w*|تقول\w*|بحسب|وفق\w*|زعم\w*"
)
_VERB = re.compile(rf"(?<!\w)(?:{_SAYS})(?!\w)", re.IGNORECASE)
_SPEAKERS = re.compile(
    r"(?<!\w)(?:police|ministry|minister|court|judge|mayor|president|government|army|military|navy|prosecutors?"
    r"|officials?|council|authority|agency|un|eu|nato|who|study|poll|survey|sources?|witness(?:es)?|unions?"
    r"|lawyers?|experts?|pilots|поліція|міністерство|міністр|суд|мер|президент|уряд|армія|прокуратура|рада|оон"
    r"|єс|нато|дослідження|джерел\w+|експерт\w*|الشرطة|وزارة|وزير|محكمة|رئيس|حكومة|جيش|مصادر)(?!\w)",
    re.IGNORECASE,
)
_BEFORE = re.compile(r"^([^:.!?]{2,40}):\s+(\S)")  # Police: nobody was hurt
_AFTER = re.compile(r"(\S)\s+[–—]\s+([^–—]{2,40})$")  # Nobody was hurt – police
_QUOTES = '“”„«»"‘’'


def attributed(headline: str) -> bool:
    """Return whether a headline says that somebody else says so.

    By a verb; or by who it is, before a colon or after a dash. There only a word for one who speaks, or a
    quotation, counts: “Eleven minutes: a bridge and a lorry” is nobody's claim.
    """
    if _VERB.search(headline):
        return True
    before, after = _BEFORE.search(headline), _AFTER.search(headline)
    return bool(
        (before and (_SPEAKERS.search(before[1]) or before[2] in _QUOTES))
        or (after and (_SPEAKERS.search(after[2]) or after[1] in _QUOTES))
    )


def dropped(headline: str, override: str) -> bool:
    """Return whether `override` tells as a fact what `headline` tells as somebody's claim."""
    return bool(override) and attributed(headline) and not attributed(override)
