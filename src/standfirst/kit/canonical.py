"""Canonical bytes of JSON values, so that equal values have equal bytes and one hash.

The form is that of RFC 8785 (JSON Canonicalization Scheme) for the values we allow: objects, arrays,
strings, booleans, null and integers. Floats are refused: they are the part of that RFC that goes wrong.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any


def canonical_bytes(value: Any) -> bytes:
    """Return `value` as UTF-8 JSON with sorted keys and no white space.

    Raises TypeError for a float, or for anything JSON has no form for.
    """
    _refuse_floats(value)
    return json.dumps(
        value, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
    ).encode()


def digest(data: bytes) -> str:
    """Return the SHA-256 of `data` as 64 lower-case hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def _refuse_floats(value: Any) -> None:
    if isinstance(value, float):
        raise TypeError(f"{value!r} is a float; a record holds integers and strings")
    if isinstance(value, dict):
        for key, item in value.items():
            if not isinstance(key, str):
                raise TypeError(f"key {key!r} is not a string")
            _refuse_floats(item)
    elif isinstance(value, list | tuple):
        for item in value:
            _refuse_floats(item)
