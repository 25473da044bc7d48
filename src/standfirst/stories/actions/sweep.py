"""Comparing what the desk holds as live with what readers have, and mending what differs.

It finds nothing unless something went round the actions: a restored backup, a row changed by hand.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from standfirst.editions import api as editions
from standfirst.editions.models import Head
from standfirst.stories.actions import publishing
from standfirst.stories.actors import acting
from standfirst.stories.errors import CannotPublish
from standfirst.stories.pages import StoryPage
from standfirst.stories.plainpages import PlainPage

logger = logging.getLogger(__name__)

ACTOR = "system:sweep"


_PUBLISH: dict[str, tuple[Any, Callable[[Any], object]]] = {
    "story": (StoryPage, publishing.publish_story),
    "page": (PlainPage, publishing.publish_plain_page),
}
"""By kind of record: what stands for it at the desk, and what publishes that."""


@dataclass(frozen=True)
class Finding:
    """A story or page that was live on one side only, and whether that was mended."""

    record: str
    problem: str
    mended: bool


def sweep(*, mend: bool = True) -> list[Finding]:
    """Return what differed between the desk and the public record; mended unless `mend` is false."""
    findings = [finding for kind in _PUBLISH for finding in _differing(kind, mend=mend)]
    for finding in findings:
        logger.warning("%s: %s%s", finding.record, finding.problem, " (mended)" if finding.mended else "")
    return findings


def _differing(kind: str, *, mend: bool) -> Iterator[Finding]:
    model, _publish = _PUBLISH[kind]
    for page in model.objects.filter(live=True).iterator(chunk_size=200):
        head = editions.head(page.record)
        if head is not None and head.state == "live":
            continue
        state = head.reason if head else "missing"
        problem = f"live at the desk, {state} in the public record"
        yield Finding(page.record, problem, mend and _mend(page, kind, state))
    for record in list(Head.objects.filter(kind=kind, state="live").values_list("record", flat=True)):
        if not model.objects.filter(public_id=record.partition(":")[2], live=True).exists():
            yield Finding(record, "readers have it, the desk does not", mend and _withdraw(record))


@transaction.atomic
def _mend(page: Any, kind: str, state: str) -> bool:
    """Publish what should be public; take off the desk's live list what was withdrawn."""
    model, publish = _PUBLISH[kind]
    if state in ("killed", "expunged", "unpublished"):
        model.objects.filter(pk=page.pk).update(live=False, has_unpublished_changes=True)
        return True
    with acting(ACTOR):
        try:
            publish(page)
        except CannotPublish as refusal:
            logger.warning("%s cannot be published: %s", page.record, refusal.message)
            return False
    return True


def _withdraw(record: str) -> bool:
    with acting(ACTOR):
        return publishing.withdraw(record) is not None
