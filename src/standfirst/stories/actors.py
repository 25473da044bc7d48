"""Who acts: an address or `system:NAME`, kept with each edition's private header.

Wagtail's signals do not say who pressed the button; whoever starts a change says it here.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from contextvars import ContextVar

from wagtail.log_actions import get_active_log_context

_actor: ContextVar[str] = ContextVar("actor", default="")

UNKNOWN = "system:unknown"


@contextlib.contextmanager
def acting(actor: str) -> Iterator[None]:
    """Say who acts, for the length of a `with` block."""
    token = _actor.set(actor)
    try:
        yield
    finally:
        _actor.reset(token)


def at_the_desk() -> bool:
    """Return whether a person acts on a screen of the desk: no import, archive or timetable does."""
    return not _actor.get()


def current_actor() -> str:
    """Return who acts: as said by `acting`, else the person signed in at the desk."""
    if actor := _actor.get():
        return actor
    user = get_active_log_context().user
    return str(getattr(user, "email", "")) or UNKNOWN
