"""Paths as they go into addresses."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import quote


@lru_cache(20_000)
def url(path: str) -> str:
    """Return a path as it goes into an address, percent-encoded (RFC 3986); full addresses stay."""
    if not path.startswith("/"):
        return path
    return quote(path, safe="/~:@!$&'()*+,;=%")
