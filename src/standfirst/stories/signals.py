"""Wagtail's and Django's signals: each calls one action, in the transaction it was sent from."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.signals import user_logged_out
from django.db.models.signals import post_delete, post_save, pre_delete
from django.utils.translation import gettext as _
from modelsearch.index import remove_object
from wagtail.signals import page_published, page_unpublished

from standfirst.stories import bookkeeping, wordless
from standfirst.stories.actions import filing, publishing
from standfirst.stories.actors import at_the_desk, current_actor
from standfirst.stories.errors import CannotPublish
from standfirst.stories.handoff import passes
from standfirst.stories.models import (
    Author,
    HomePage,
    Picture,
    PlainPage,
    Section,
    SiteSettings,
    StoryPage,
    Topic,
)
from standfirst.stories.pictures.api import picture_saved


def _published(instance: Any, **_kwargs: Any) -> None:
    """A page that is scheduled sends this too, with `live` false: nothing of it may leave the desk."""
    if isinstance(instance, StoryPage) and at_the_desk():
        wordless.check(instance)
    if not instance.live:
        return
    if isinstance(instance, StoryPage):
        publishing.publish_story(instance)
    elif isinstance(instance, PlainPage):
        publishing.publish_plain_page(instance)
    elif isinstance(instance, HomePage):
        publishing.publish_front(instance)


def _unpublished(instance: Any, **_kwargs: Any) -> None:
    if isinstance(instance, HomePage):
        raise CannotPublish(_("The front of a language stays; a site without it has no start."))
    if isinstance(instance, StoryPage | PlainPage):
        publishing.withdraw(instance.record)


def _saved(instance: Any, raw: bool = False, **_kwargs: Any) -> None:
    if not raw:
        _SAVED[type(instance)](instance)


def _about_to_be_deleted(instance: Any, **_kwargs: Any) -> None:
    filing.refuse_when_drafts_name(instance)


def _deleted(instance: Any, **_kwargs: Any) -> None:
    if isinstance(instance, Section):
        filing.withdraw_section(instance)
    else:
        publishing.withdraw(f"{type(instance).__name__.lower()}:{instance.public_id}")


def _picture_saved(instance: Picture, raw: bool = False, **_kwargs: Any) -> None:
    if not raw:
        picture_saved(instance, actor=current_actor())


def _unindex(instance: StoryPage, **_kwargs: Any) -> None:
    remove_object(instance)


def _signed_out(user: Any, **_kwargs: Any) -> None:
    """Who leaves the desk leaves the readers' site as staff too."""
    passes.revoke_all(user)


_SAVED: dict[type, Any] = {
    Section: filing.publish_section,
    Topic: filing.publish_topic,
    Author: filing.publish_author,
    SiteSettings: filing.publish_site,
}


def connect() -> None:
    """Listen. Called once, when the program starts."""
    page_published.connect(_published, dispatch_uid="standfirst.published")
    page_unpublished.connect(_unpublished, dispatch_uid="standfirst.unpublished")
    for model in _SAVED:
        post_save.connect(_saved, sender=model, dispatch_uid=f"standfirst.saved.{model.__name__}")
    post_save.connect(_picture_saved, sender=Picture, dispatch_uid="standfirst.saved.Picture")
    post_save.connect(bookkeeping.saved, sender=StoryPage, dispatch_uid="standfirst.search.saved")
    post_delete.connect(_unindex, sender=StoryPage, dispatch_uid="standfirst.search.deleted")
    user_logged_out.connect(_signed_out, dispatch_uid="standfirst.signed_out")
    for model in (Section, Author):
        name = f"standfirst.deleting.{model.__name__}"
        pre_delete.connect(_about_to_be_deleted, sender=model, dispatch_uid=name)
    for model in (Section, Topic, Author):
        post_delete.connect(_deleted, sender=model, dispatch_uid=f"standfirst.deleted.{model.__name__}")
