"""What a path means when no entry has it: a slip of the pen that has one right form, or nothing."""

from __future__ import annotations

import unicodedata
from collections.abc import Container
from urllib.parse import quote

MAX_BYTES = 2048
_SAFE = "/:@!$&'()*+,;=-._~"


def quoted(path: str) -> str:
    """Return `path` as it stands in a Location header. It begins with one slash, so it stays on this host."""
    return "/" + quote(path.lstrip("/"), safe=_SAFE)


def corrected(path: str, known: Container[str]) -> str | None:
    """Return the path that was meant, if `known` has it, else None. Never a path that is not known.

    Tried in this order: composed letters (NFC), no doubled slashes or dot segments, a slash at the end.
    """
    if not clean(path):
        return None
    tidy = _tidy(unicodedata.normalize("NFC", path))
    for candidate in (tidy, tidy + "/"):
        if candidate != path and candidate.startswith("/") and candidate in known:
            return candidate
    return None


def clean(path: str) -> bool:
    """Return whether a path is free of control characters, bytes that are not UTF-8, and backslashes."""
    return path.isprintable() and "\ufffd" not in path and "\\" not in path


def _tidy(path: str) -> str:
    kept: list[str] = []
    for segment in path.split("/"):
        if segment == "..":
            if kept:
                kept.pop()
        elif segment not in ("", "."):
            kept.append(segment)
    end = "/" if path.endswith(("/", "/.", "/..")) and kept else ""
    return "/" + "/".join(kept) + end


def error_paths(path: str, status: int) -> tuple[str, ...]:
    """Return where the page for `status` may lie, the one in the language of `path` first."""
    first = path.split("/", 2)[1] if path.startswith("/") else ""
    plain = f"/_e/{status}/"
    return (f"/{first}/_e/{status}/", plain) if 2 <= len(first) <= 8 and first.isascii() else (plain,)
