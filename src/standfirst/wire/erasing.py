"""What the desk holds of an item that is being erased by law."""

from __future__ import annotations

from standfirst.editions.api import Erasure
from standfirst.wire.models import Item


def erase_from_desk(erasure: Erasure) -> list[str]:
    """Delete the desk's row of an item; for the editions' registry of erasers."""
    kind, _, public_id = erasure.record.partition(":")
    if kind == "item":
        Item.objects.filter(public_id=public_id).delete()
    return []


def tables_of_words() -> tuple[str, ...]:
    """Return the tables that erasing an item deletes rows with words from."""
    return (Item._meta.db_table,)
