"""Live coverage: opened with its story, closed and opened again, what is pinned. Readers get each at once.

What goes out is the story as readers have it, with its coverage changed: a draft in the editor stays one.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from standfirst.editions import api as editions
from standfirst.editions.documents import Story
from standfirst.kit import html, instants
from standfirst.stories import receipts
from standfirst.stories.coverage import Coverage
from standfirst.stories.errors import CannotPublish
from standfirst.stories.pages import StoryPage

LONGEST_SUMMARY = 4000
"""Characters, markup included."""


@transaction.atomic
def close_coverage(page: StoryPage, *, actor: str) -> editions.Published:
    """Say that no more posts will come. Raises CannotPublish for a story that readers do not have."""
    coverage = _of(page)
    coverage.closed_at = coverage.closed_at or instants.now()
    return _publish(page, coverage, actor)


@transaction.atomic
def reopen_coverage(page: StoryPage, *, actor: str) -> editions.Published:
    """Go on with a coverage that was closed. Raises CannotPublish."""
    coverage = _of(page)
    coverage.closed_at = None
    return _publish(page, coverage, actor)


@transaction.atomic
def pin_summary(page: StoryPage, points: Iterable[str], *, actor: str) -> editions.Published:
    """Pin what is known above the posts, HTML a point; none takes it away. Raises CannotPublish."""
    coverage = _of(page)
    coverage.summary = "\n".join(clean for clean in map(html.inline, points) if clean)
    if len(coverage.summary) > LONGEST_SUMMARY:
        message = _("The summary is longer than %(most)s characters: that is a post.")
        raise CannotPublish(message % {"most": LONGEST_SUMMARY}, "summary")
    return _publish(page, coverage, actor)


def _of(page: StoryPage) -> Coverage:
    coverage = Coverage.objects.select_for_update().filter(story=page.pk).first()
    if coverage is None:
        raise CannotPublish(_("Publish the story as live coverage first."))
    return coverage


def _publish(page: StoryPage, coverage: Coverage, actor: str) -> editions.Published:
    editions.hold()  # what is published meanwhile stays
    current = editions.current(page.record)
    if not isinstance(current, Story) or current.live is None:
        raise CannotPublish(_("Publish the story as live coverage first."))
    coverage.save()
    document = current.model_copy(update={"live": coverage.document()})
    return receipts.note(editions.publish(document, reason="updated", actor=actor))
