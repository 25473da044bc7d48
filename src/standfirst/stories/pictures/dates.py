"""When a picture was taken, as far as it is known: a year, a month or a day."""

from __future__ import annotations

import re
from datetime import date

_FORM = re.compile(r"^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$")


def is_taken_on(text: str) -> bool:
    """Return whether `text` is a real YYYY, YYYY-MM or YYYY-MM-DD (ISO 8601), from 1800 on."""
    match = _FORM.match(text)
    if not match:
        return False
    year, month, day = (int(part) if part else 1 for part in match.groups())
    try:
        date(year, month, day)
    except ValueError:
        return False
    return year >= 1800


def taken_year(text: str) -> int | None:
    """Return the year of `taken_on`, or None when it is not known."""
    return int(text[:4]) if is_taken_on(text) else None
