"""The chain of agencies a picture came through, written as newsrooms write it: `AP via Reuters`."""

from __future__ import annotations

import re

_VIA = re.compile(r"\s+via\s+|\s*/\s*", re.IGNORECASE)


def parse_agencies(text: str) -> tuple[str, ...]:
    """Return the agencies, nearest to the photographer first; `AP / Reuters` reads as `AP via Reuters`."""
    names = (" ".join(name.split()) for name in _VIA.split(f" {text} "))
    return tuple(dict.fromkeys(name for name in names if name))


def format_agencies(agencies: tuple[str, ...]) -> str:
    """Return the chain as it is shown and stored: `AP via Reuters`."""
    return " via ".join(agencies)
