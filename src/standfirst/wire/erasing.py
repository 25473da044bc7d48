"""What the desk holds of an item, a post or a live story that is being erased by law."""

from __future__ import annotations

from standfirst.editions import api as editions
from standfirst.editions import documents as public
from standfirst.editions.api import Erasure
from standfirst.wire.models import Item, Post


def erase_from_desk(erasure: Erasure) -> list[str]:
    """Delete the desk's row of an item or post; for the editions' registry of erasers.

    Posts of a story are records of their own: they are killed with it, and a person is told to erase them.
    """
    kind, _, public_id = erasure.record.partition(":")
    if kind == "item":
        Item.objects.filter(public_id=public_id).delete()
    if kind == "post":
        Post.objects.filter(public_id=public_id).delete()
    return _posts_of(public_id) if kind == "story" else []


def _posts_of(story: str) -> list[str]:
    posts = [
        post
        for post in map(editions.current, editions.users_of(f"story:{story}"))
        if isinstance(post, public.Post) and post.story == story
    ]
    for post in posts:
        editions.kill(post.record, actor="system:erasing", why=f"was in story:{story}")
    records = ", ".join(post.record for post in posts)
    return [f"Its posts were withdrawn; erase each that must not be kept: {records}."] if posts else []


def tables_of_words() -> tuple[str, ...]:
    """Return the tables that erasing deletes rows with words from."""
    return (Item._meta.db_table, Post._meta.db_table)
