"""Opaque ids: 26 characters, sortable by the millisecond they were made in (ULID, lower case)."""

from __future__ import annotations

import re
import secrets
import time

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's base 32
_PATTERN = re.compile(r"^[0-9a-hjkmnp-tv-z]{26}$")


def new_id() -> str:
    """Return a new id: 48 bits of Unix milliseconds, then 80 random bits (ULID specification)."""
    value = (time.time_ns() // 1_000_000) << 80 | secrets.randbits(80)
    return "".join(_ALPHABET[(value >> shift) & 31] for shift in range(125, -1, -5))


def is_id(text: str) -> bool:
    """Return whether `text` has the form of an id."""
    return bool(_PATTERN.match(text))
