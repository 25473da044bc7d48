"""What this room hands down: the forms readers may send, and the worker's chore that takes them in."""

from __future__ import annotations

from standfirst.bake.registry import reader_forms
from standfirst.kit.chores import Chore, chores
from standfirst.readers import contact, messages
from standfirst.readers.received import handlers
from standfirst.readers.taking import open_again, take

OPEN_AGAIN_EVERY = 600.0  # seconds


def register() -> None:
    """Register everything; a second call is an error, as for every registry."""
    reader_forms.add(contact.NAME, contact.FORM)
    handlers.add(contact.NAME, messages.receive)
    chores.add("spool", Chore(0.0, take))
    chores.add("unread", Chore(OPEN_AGAIN_EVERY, open_again))
