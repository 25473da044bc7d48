"""What a request's headers ask for: an encoding, a part, nothing new. Pure functions (RFC 9110)."""

from __future__ import annotations

import itertools
import re
from typing import Final

PLAIN, GZIP, BROTLI = 0, 1, 2
CODINGS: Final = ("", "gzip", "br")
_FORM_OF = {"identity": PLAIN, "gzip": GZIP, "x-gzip": GZIP, "br": BROTLI}
_OURS = (BROTLI, GZIP, PLAIN)  # what we send when a client does not care

ORDERS: Final[tuple[tuple[int, ...], ...]] = tuple(
    order for length in range(4) for order in itertools.permutations(range(3), length)
)
"""Every order of preference a client can have. A request is then a number into this list."""

_ORDER_NUMBER = {order: number for number, order in enumerate(ORDERS)}

PICKS: Final[tuple[tuple[int, ...], ...]] = tuple(
    tuple(next((form for form in order if form == PLAIN or mask >> form & 1), PLAIN) for order in ORDERS)
    for mask in range(8)
)
"""`PICKS[mask][order]` is the form to send; `mask` has a bit for each compressed form that exists."""


def order_number(accept_encoding: str | None) -> int:
    """Return the number of the client's order of preference (RFC 9110, 12.5.3).

    Without the header we send the plain form. A coding that is refused is not in the order; when nothing we
    have is in it, we send the plain form rather than an error, as the standard allows.
    """
    if accept_encoding is None:
        return _ORDER_NUMBER[(PLAIN,)]
    weights: dict[int, float] = {}
    others: float | None = None
    for item in accept_encoding.split(","):
        name, _, parameters = item.strip().partition(";")
        weight = _weight(parameters)
        coding = name.strip().lower()
        if coding == "*":
            others = weight
        elif coding in _FORM_OF:
            weights[_FORM_OF[coding]] = weight
    if others is not None:
        for form in (GZIP, BROTLI, PLAIN):
            weights.setdefault(form, others)
    weights.setdefault(PLAIN, 0.0001)  # not named and not refused: last, but there
    liked = [form for form in _OURS if weights.get(form, 0) > 0]
    return _ORDER_NUMBER[tuple(sorted(liked, key=lambda form: -weights[form]))]


def _weight(parameters: str) -> float:
    """Return a quality value between 0 and 1; what cannot be read counts as a refusal."""
    for parameter in parameters.split(";"):
        name, _, value = parameter.strip().partition("=")
        if name.strip().lower() == "q":
            try:
                return min(1.0, max(0.0, float(value)))
            except ValueError:
                return 0.0
    return 1.0


_TAG = re.compile(r'(?:W/)?("[^"]*")')


def none_match(header: str, etag: str) -> bool:
    """Return whether If-None-Match names `etag`, so that the answer is 304 (weak comparison)."""
    return header == etag or header.strip() == "*" or etag in _TAG.findall(header)


_RANGE = re.compile(r"^\s*bytes\s*=\s*(\d*)\s*-\s*(\d*)\s*$", re.IGNORECASE)


class UnsatisfiableError(ValueError):
    """A range that lies outside the body: answer 416."""


def byte_range(header: str, size: int) -> tuple[int, int] | None:
    """Return (first, last) of a single byte range, or None when the whole body is to be sent.

    Several ranges and what cannot be read count as none, as RFC 9110, 14.2 allows. Raises UnsatisfiableError.
    """
    match = _RANGE.match(header)
    if match is None or len(header) > 64 or not (match[1] or match[2]):
        return None
    if not match[1]:
        length = int(match[2])
        if length == 0 or size == 0:
            raise UnsatisfiableError
        return max(0, size - length), size - 1
    first = int(match[1])
    last = min(int(match[2]), size - 1) if match[2] else size - 1
    if match[2] and int(match[2]) < first:
        return None
    if first >= size:
        raise UnsatisfiableError
    return first, last
