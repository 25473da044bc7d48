"""Items and posts as an archive tells them: who they are, when they were published and changed.

Nobody is told of them: what is loaded is no news, and a thousand alerts would be none either.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from standfirst.editions import api as editions
from standfirst.stories import api as stories
from standfirst.wire.actions import changes, items, posts
from standfirst.wire.drafts import ItemDraft, PostDraft
from standfirst.wire.errors import ItemRefused
from standfirst.wire.models import Item, Post, Written

W = TypeVar("W", bound=Written)


@transaction.atomic
def place_item(
    draft: ItemDraft, *, actor: str, published_at: datetime | None, updated_at: datetime | None = None
) -> Item:
    """Let readers have an item exactly as it is told; without `published_at` it is kept as a draft.

    `draft.id` says which: the one that is here already, or a new one. Raises ItemRefused, and for one that
    was withdrawn for good or erased.
    """
    kept = items.save_item(draft, actor=actor, item=_here(Item, draft.id))
    if published_at:
        _let_out(items.ITEMS, kept, actor, published_at, updated_at)
    return kept


@transaction.atomic
def place_post(
    draft: PostDraft,
    *,
    actor: str,
    published_at: datetime | None,
    updated_at: datetime | None = None,
    number: int | None = None,
    became: str | None = None,
) -> Post:
    """Let readers have a post of a live coverage, open or closed, exactly as it is told; as `place_item`.

    A new one takes `number`, or the next one when that is taken or not given. `became` is the id of the
    story that was made of it. Raises ItemRefused, CannotPublish, LookupError when that story is not there.
    """
    kept = posts.save_post(draft, actor=actor, post=_here(Post, draft.id))
    kept.became = _story(became)
    if kept.number is None and (published_at or number):
        next_one = posts.free_number(kept.story_id)
        taken = Post.objects.filter(story=kept.story_id, number=number).exists()
        kept.number = number if number and not taken else next_one
    kept.save(update_fields=["became", "number"])
    if published_at:
        _let_out(posts.POSTS, kept, actor, published_at, updated_at)
    return kept


def _here(model: type[W], public_id: str) -> W | None:
    """Return the desk's row of an id. Raises ItemRefused for what was withdrawn for good or erased."""
    head = editions.head(f"{model.kind}:{public_id}")
    if head is not None and head.reason in ("killed", "expunged"):
        raise ItemRefused(_("This was withdrawn for good; write a new one."))
    rows: Any = model
    row: W | None = rows.objects.filter(public_id=public_id).first()
    return row


def _let_out(
    craft: changes.Craft[W, Any], kept: W, actor: str, published_at: datetime, updated_at: datetime | None
) -> None:
    before: Any = editions.current(kept.record)
    kept.published_at, kept.updated_at = published_at, updated_at
    craft.ready(kept)
    changes.make_edition(craft, kept, before, actor)
    kept.state = kept.State.LIVE
    kept.save(update_fields=["published_at", "updated_at", "state"])


def _story(public_id: str | None) -> Any:
    if public_id is None:
        return None
    page = stories.find_story(public_id)
    if page is None:
        raise LookupError(f"there is no story {public_id!r}")
    return page
