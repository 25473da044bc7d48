"""What is due: revisions to go live, stories to come down. Each once, at its instant, as a normal publish."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Min
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page, Revision

from standfirst.kit import bus, instants
from standfirst.stories import languages
from standfirst.stories.actors import acting
from standfirst.stories.errors import CannotPublish
from standfirst.stories.pages import StoryPage

logger = logging.getLogger(__name__)

ACTOR = "system:timetable"


@dataclass(frozen=True)
class Done:
    """What a tick did, by primary key of the page."""

    published: tuple[int, ...] = ()
    taken_down: tuple[int, ...] = ()
    refused: tuple[tuple[int, str], ...] = ()
    failed: int = 0  # entries that a fault of ours kept from being done; they are still due


@transaction.atomic
def schedule_story(page: StoryPage, *, at: datetime, actor: str) -> None:
    """Publish the story's present draft at an instant. Raises ValueError for one that has passed."""
    if at <= instants.now():
        raise ValueError(_("This instant has passed; publish now instead."))
    page.go_live_at = instants.utc(at)
    with acting(actor):
        page.save_revision().publish(skip_permission_checks=True)
    wake()


@transaction.atomic
def unschedule_story(page: StoryPage, *, actor: str) -> bool:
    """Take a story off the timetable: nothing of it goes live by itself. Returns whether it was on it."""
    waiting = Revision.objects.for_instance(page).filter(approved_go_live_at__isnull=False)
    was_on_it = bool(waiting.update(approved_go_live_at=None))
    draft = page.get_latest_revision_as_object()
    if draft.go_live_at is not None:
        draft.go_live_at = None
        with acting(actor):
            draft.save_revision(log_action=False)
        StoryPage.objects.filter(pk=page.pk).update(go_live_at=None)
    return was_on_it


def wake() -> None:
    """Have the worker look at the timetable again, once this transaction is committed."""
    transaction.on_commit(lambda: bus.send(settings.STANDFIRST_SITE, bus.WORK))


def next_due() -> datetime | None:
    """Return the instant of the next entry, which may have passed; None for an empty timetable."""
    going_up = Revision.objects.aggregate(at=Min("approved_go_live_at"))["at"]
    coming_down = Page.objects.filter(live=True).aggregate(at=Min("expire_at"))["at"]
    return min((at for at in (going_up, coming_down) if at), default=None)


def run_due(now: datetime | None = None) -> Done:
    """Do what is due, each entry in a transaction of its own; one that fails does not hold up the others.

    Any number of workers may do this at once: who comes second finds the entry gone.
    """
    now = now or instants.now()
    published, refused, failed = [], [], 0
    due = Revision.objects.filter(approved_go_live_at__lte=now).order_by("approved_go_live_at", "pk")
    for pk in list(due.values_list("pk", flat=True)):
        try:
            page = _publish(pk, now)
        except CannotPublish as refusal:
            refused.append((_refuse(pk, refusal.message), refusal.message))
        except Exception:
            failed += 1  # the others go on
            logger.exception("entry %s of the timetable failed; it is tried again", pk)
        else:
            published += [page] if page else []
    ended = Page.objects.filter(live=True, expire_at__lte=now).order_by("expire_at", "pk")
    taken_down = [pk for pk in list(ended.values_list("pk", flat=True)) if _take_down(pk, now)]
    return Done(tuple(published), tuple(taken_down), tuple(refused), failed)


@transaction.atomic
def _publish(pk: int, now: datetime) -> int | None:
    locked = Revision.objects.select_for_update(of=("self",)).filter(pk=pk, approved_go_live_at__lte=now)
    revision = locked.first()
    if revision is None:
        return None
    # A refusal is kept in words, for whoever comes to the desk next.
    with acting(ACTOR), translation.override(languages.of_newsroom()):
        revision.publish(log_action="wagtail.publish.scheduled", skip_permission_checks=True)
    logger.info("published on time: page %s", revision.object_id)
    return int(revision.object_id)


@transaction.atomic
def _take_down(pk: int, now: datetime) -> bool:
    page = Page.objects.select_for_update().filter(pk=pk, live=True, expire_at__lte=now).first()
    if page is None:
        return False
    with acting(ACTOR):
        page.specific.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
    return True


@transaction.atomic
def _refuse(pk: int, why: str) -> int:
    """Take an entry that cannot be published off the timetable, and leave word for its editors."""
    revision = Revision.objects.get(pk=pk)
    Revision.objects.filter(pk=pk).update(approved_go_live_at=None)
    page = revision.content_object
    log(instance=page, action="standfirst.schedule_refused", revision=revision, data={"why": why})
    logger.warning("could not publish page %s on time: %s", revision.object_id, why)
    return int(revision.object_id)
