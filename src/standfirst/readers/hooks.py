"""What this room hands down: the forms readers may send, and the worker's chore that takes them in."""

from __future__ import annotations

from standfirst.bake.registry import reader_forms
from standfirst.kit.chores import Chore, chores
from standfirst.readers import contact, messages
from standfirst.readers.received import handlers
from standfirst.readers.taking import take


def register() -> None:
    """Register everything; a second call is an error, as for every registry."""
    reader_forms.add(contact.NAME, contact.FORM)
    handlers.add(contact.NAME, messages.receive)
    chores.add("spool", Chore(0.0, take))
