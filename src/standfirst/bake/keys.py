"""Keys as the index stores them: 64 bits of their hash, so that millions of dependencies stay small."""

from __future__ import annotations

from functools import lru_cache
from hashlib import blake2b

ADDRESS = "address:"


@lru_cache(maxsize=65536)
def number(key: str) -> int:
    """Return the signed 64-bit number of a key.

    Two keys of one number would cost a bake too many, never one too few.
    """
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), "big", signed=True)


def address(path: str) -> str:
    """Return the key that moves when what `path` holds changes."""
    return f"{ADDRESS}{path}"
