"""What a draft names by record ids, found at the desk."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from django.db.models import Model

from standfirst.editions.documents import Block, Embed, ImageBlock, PictureUse, RelatedStory
from standfirst.stories.pages import StoryPage
from standfirst.stories.pictures.models import Picture

M = TypeVar("M", bound=Model)


def pictures(body: Iterable[Block], *others: PictureUse | None) -> dict[str, int]:
    """Return primary keys of the pictures that a body and other places use, by record id."""
    used = [*others, *(block.picture for block in body if isinstance(block, ImageBlock | Embed))]
    ids = {use.media for use in used if use}
    return dict(Picture.objects.filter(public_id__in=ids).values_list("public_id", "pk")) if ids else {}


def stories(body: Iterable[Block]) -> dict[str, int]:
    """Return primary keys of the stories that a body shows cards of, by record id."""
    ids = {block.story for block in body if isinstance(block, RelatedStory)}
    rows = StoryPage.objects.filter(public_id__in=ids).values_list("public_id", "pk") if ids else ()
    return dict(rows)


def original(model: type[M], record_id: str) -> M | None:
    """Return what a draft is a translation of, None without one. Raises LookupError when it is not there."""
    if not record_id:
        return None
    found: M | None = model._default_manager.filter(public_id=record_id).first()
    if found is None:
        raise LookupError(f"there is no {model._meta.verbose_name} {record_id!r} to be a translation of")
    return found
