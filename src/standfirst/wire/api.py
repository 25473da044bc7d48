"""What other rooms may ask of the wire. Every write names its actor and is one transaction."""

from __future__ import annotations

from standfirst.wire.actions.changes import Done, delete_draft, take_back
from standfirst.wire.actions.changes import kill as kill_item
from standfirst.wire.actions.changes import kill as kill_post
from standfirst.wire.actions.developing import develop, draft_of_story
from standfirst.wire.actions.items import end_breaking, publish_item, save_item, start_breaking
from standfirst.wire.actions.items import undo_item as undo
from standfirst.wire.actions.posts import break_out, mark_key, publish_post, save_post, undo_post
from standfirst.wire.drafts import LONGEST_HEADLINE, LONGEST_TEXT, ItemDraft, PostDraft, paragraphs
from standfirst.wire.errors import ItemChanged, ItemRefused
from standfirst.wire.followups import Change, followups
from standfirst.wire.models import Item, Post

__all__ = [
    "LONGEST_HEADLINE", "LONGEST_TEXT", "Change", "Done", "Item", "ItemChanged", "ItemDraft", "ItemRefused",
    "Post", "PostDraft", "break_out", "delete_draft", "develop", "draft_of_story", "end_breaking",
    "find_item", "find_post", "followups", "kill_item", "kill_post", "mark_key", "paragraphs",
    "publish_item", "publish_post", "save_item", "save_post", "start_breaking", "take_back", "undo",
    "undo_post",
]  # fmt: skip


def find_item(public_id: str) -> Item | None:
    """Return the desk's item of a record's id, or None."""
    return Item.objects.filter(public_id=public_id).first()


def find_post(public_id: str) -> Post | None:
    """Return the desk's post of a record's id, or None."""
    return Post.objects.filter(public_id=public_id).first()
