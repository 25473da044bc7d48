"""What the desk holds of a live coverage beside the story's own text.

Apart from the page and its versions: an old draft that goes out must not open again what was closed.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from standfirst.editions import documents as public


class Coverage(models.Model):
    """A live coverage: since when, until when, and what is pinned above its posts."""

    story = models.OneToOneField("stories.StoryPage", on_delete=models.CASCADE, related_name="coverage")
    opened_at = models.DateTimeField(_("opened"))
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    summary = models.TextField(_("summary"), blank=True)  # clean inline HTML, a point a line

    class Meta:
        verbose_name = _("live coverage")
        verbose_name_plural = _("live coverages")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.story)

    @property
    def points(self) -> tuple[str, ...]:
        """Return what is pinned, a piece of clean inline HTML a point."""
        return tuple(line for line in self.summary.split("\n") if line)

    def document(self) -> public.Coverage:
        """Return what readers have of it."""
        return public.Coverage(opened_at=self.opened_at, closed_at=self.closed_at, summary=self.points)
