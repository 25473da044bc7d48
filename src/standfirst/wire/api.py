"""What other rooms may ask of the wire. Every write names its actor and is one transaction."""

from __future__ import annotations

from standfirst.wire.actions.developing import develop, draft_of_story
from standfirst.wire.actions.items import (
    Done,
    delete_draft,
    end_breaking,
    kill_item,
    publish_item,
    save_item,
    take_back,
    undo,
)
from standfirst.wire.drafts import LONGEST_HEADLINE, LONGEST_TEXT, ItemDraft, paragraphs
from standfirst.wire.errors import ItemChanged, ItemRefused
from standfirst.wire.followups import Change, followups
from standfirst.wire.models import Item

__all__ = [
    "LONGEST_HEADLINE", "LONGEST_TEXT", "Change", "Done", "Item", "ItemChanged", "ItemDraft", "ItemRefused",
    "delete_draft", "develop", "draft_of_story", "end_breaking", "find_item", "followups", "kill_item",
    "paragraphs", "publish_item", "save_item", "take_back", "undo",
]  # fmt: skip


def find_item(public_id: str) -> Item | None:
    """Return the desk's item of a record's id, or None."""
    return Item.objects.filter(public_id=public_id).first()
