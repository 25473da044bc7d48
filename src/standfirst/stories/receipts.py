"""What a publish made: which editions, in which order. The desk shows from it what readers have by now."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from contextvars import ContextVar

from standfirst.editions.api import Published

_made: ContextVar[list[Published] | None] = ContextVar("made", default=None)


@contextlib.contextmanager
def collecting() -> Iterator[list[Published]]:
    """Collect the editions that are made inside a `with` block, also by Wagtail's signals."""
    made: list[Published] = []
    token = _made.set(made)
    try:
        yield made
    finally:
        _made.reset(token)


def note(published: Published) -> Published:
    """Add an edition to what is being collected, if it changed anything; return it."""
    made = _made.get()
    if made is not None and published.changed:
        made.append(published)
    return published
