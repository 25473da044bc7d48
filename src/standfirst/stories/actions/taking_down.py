"""Taking stories down: unpublish (gone, may return), kill (withdrawn for good), expunge (erased, by two)."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _
from wagtail.admin.models import FormState
from wagtail.log_actions import log
from wagtail.models import Page, PageLogEntry, Revision
from wagtail.search.models import IndexEntry

from standfirst.editions import api as editions
from standfirst.stories import followups, receipts
from standfirst.stories.actors import acting
from standfirst.stories.coverage import Coverage
from standfirst.stories.errors import CannotPublish
from standfirst.stories.pages import StoryByline, StoryCorrection, StoryPage
from standfirst.stories.pictures.models import Picture


@transaction.atomic
def unpublish_story(page: StoryPage, *, actor: str, user: Any = None) -> None:
    """Take a story down; its address answers 410 until it is published again."""
    with acting(actor):
        page.unpublish(user=user)


@transaction.atomic
def kill_story(page: StoryPage, *, actor: str, why: str, user: Any = None) -> editions.Published:
    """Withdraw a story at once, everywhere, for good. Raises CannotPublish when readers never had it."""
    if not why.strip():
        raise CannotPublish(_("Say why: whoever asks later needs to know."), "why")
    if editions.head(page.record) is None:
        raise CannotPublish(_("This story was never published; delete the draft instead."))
    published = receipts.note(editions.kill(page.record, actor=actor, why=why))
    _off(page, actor, user)
    followups.tell(page, "killed", actor)
    log(instance=page, action="standfirst.kill", user=user, data={"why": why})
    return published


def erase_from_desk(erasure: editions.Erasure) -> list[str]:
    """Delete what the desk holds of a story that is being erased: page, versions, previews, log.

    Called by `editions.approve_expunge`, in its transaction.
    """
    kind, _colon, public_id = erasure.record.partition(":")
    page = StoryPage.objects.filter(public_id=public_id).first() if kind == "story" else None
    if page is None:
        return []
    StoryPage.objects.filter(pk=page.pk).update(live=False)  # the record is withdrawn by who called us
    FormState.objects.filter(
        content_type=ContentType.objects.get_for_model(page), object_id=str(page.pk)
    ).delete()
    PageLogEntry.objects.filter(page=page.pk).delete()
    Revision.objects.for_instance(page).delete()
    StoryPage.objects.get(pk=page.pk).delete()
    PageLogEntry.objects.filter(page=page.pk).delete()  # deleting leaves a line with the headline
    return []


def _off(page: StoryPage, actor: str, user: Any) -> None:
    Revision.objects.for_instance(page).update(approved_go_live_at=None)
    if page.live:
        with acting(actor):
            page.unpublish(user=user)


def tables_of_words() -> tuple[str, ...]:
    """Return the tables that erasing a story deletes rows with words from."""
    models: tuple[type[Model], ...] = (
        StoryPage, StoryByline, StoryCorrection, Coverage, Page, Revision, PageLogEntry, FormState,
        IndexEntry, Picture,
    )  # fmt: skip
    return tuple(model._meta.db_table for model in models)
