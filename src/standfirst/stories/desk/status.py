"""A story's state in a word, and its side panel in the editor: what readers have, and since when."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.side_panels import BaseSidePanel

from standfirst.editions import api as editions
from standfirst.stories.pages import StoryPage

HISTORY = 12


def state_of(page: StoryPage, head: editions.HeadInfo | None) -> tuple[str, Any]:
    """Return a story's state as (name, words): draft, scheduled, live, changed, killed, expunged, gone."""
    if head is not None and head.reason == "killed":
        return "killed", _("Killed")
    if head is not None and head.reason == "expunged":
        return "expunged", _("Erased")
    if page.live:
        if page.scheduled_revision:
            return "scheduled", _("Live, next version scheduled")
        return ("changed", _("Live with changes")) if page.has_unpublished_changes else ("live", _("Live"))
    if page.scheduled_revision:
        return "scheduled", _("Scheduled")
    return ("gone", _("Unpublished")) if head is not None else ("draft", _("Draft"))


REASONS = {
    "published": _("Published"),
    "updated": _("Updated"),
    "corrected": _("Corrected"),
    "retracted": _("Retracted"),
    "unpublished": _("Unpublished"),
    "killed": _("Killed"),
    "expunged": _("Erased"),
}


def _history(record: str) -> list[dict[str, Any]]:
    """Return the latest editions, newest first, with their reasons in words."""
    latest = list(reversed(editions.history(record)))[:HISTORY]
    return [
        {"number": one.number, "what": REASONS[one.reason], "at": one.at, "actor": one.actor}
        for one in latest
    ]


class StorySidePanel(BaseSidePanel):
    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        aria_label = _("Toggle what readers have")
        icon_name = "site"
        has_counter = False

    name = "readers"
    title = _("What readers have")
    template_name = "stories/desk/side_panel.html"
    order = 150

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(parent_context)
        head = editions.head(self.object.record) if self.object.pk else None
        state, words = state_of(self.object, head)
        context |= {
            "state": state,
            "words": words,
            "head": head,
            "csrf_token": parent_context.get("csrf_token", ""),
            "url": self.object.url if self.object.live else "",
            "history": _history(self.object.record) if head else [],
            "scheduled": self.object.scheduled_revision,
            "may_kill": head is not None
            and head.reason not in ("killed", "expunged")
            and self.request.user.has_perm("editions.kill"),
            "may_expunge": head is not None
            and head.reason != "expunged"
            and self.request.user.has_perm("editions.expunge"),
        }
        return context
