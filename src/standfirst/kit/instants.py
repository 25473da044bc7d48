"""Instants are aware and in UTC, everywhere; a zone is applied only where a person reads."""

from __future__ import annotations

from datetime import UTC, datetime


def now() -> datetime:
    """Return the present instant, aware, in UTC."""
    return datetime.now(UTC)


def utc(value: datetime) -> datetime:
    """Return `value` in UTC.

    Raises ValueError for a naive datetime: guessing its zone is how stories appear hours early.
    """
    if value.tzinfo is None or value.utcoffset() is None:
        raise ValueError(f"{value!r} has no time zone; give an offset, for example +00:00")
    return value.astimezone(UTC)


def to_text(value: datetime) -> str:
    """Return RFC 3339 text in UTC with `Z`, with microseconds only when there are any."""
    return utc(value).isoformat().replace("+00:00", "Z")


def from_text(text: str) -> datetime:
    """Read RFC 3339 text into an aware UTC datetime. Raises ValueError when the offset is missing."""
    return utc(datetime.fromisoformat(text))
