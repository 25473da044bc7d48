"""The fronts: one page for each language of the site."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, PageChooserPanel
from wagtail.models import Orderable, Page

from standfirst.stories import paths
from standfirst.stories.filing import Section
from standfirst.stories.pages import StoryPage
from standfirst.stories.publishable import Publishable
from standfirst.stories.sitesettings import SiteSettings


class HomePage(Publishable, Page):  # type: ignore[django-manager-missing]  # modelcluster is untyped
    """The front of one language. What is not chosen by hand fills itself, newest first."""

    language = models.CharField(_("language"), max_length=35, unique=True, default="en", editable=False)
    lead = models.ForeignKey(
        StoryPage, verbose_name=_("lead story"), null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+", help_text=_("The newest story where empty."),
    )  # fmt: skip

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["stories.StoryPage", "stories.PlainPage"]
    page_description = _("A front page. There is one for each language of the site.")
    content_panels = [
        FieldPanel("title"),
        PageChooserPanel("lead", "stories.StoryPage"),
        InlinePanel("second_row", heading=_("Second row"), label=_("story"), max_num=6),
        InlinePanel("sections", heading=_("Sections, in order"), label=_("section")),
    ]
    promote_panels: ClassVar[list[Any]] = []
    settings_panels: ClassVar[list[Any]] = []

    class Meta:
        verbose_name = _("front")
        verbose_name_plural = _("fronts")

    @classmethod
    def can_create_at(cls, parent: Page) -> bool:  # noqa: ARG003
        return False  # the site settings make one for each language

    @property
    def record(self) -> str:
        return f"front:{self.language}"

    @property
    def public_path(self) -> str:
        return paths.prefix(self.language, SiteSettings.load().language_tags)


class FrontStory(Orderable):
    home = ParentalKey(HomePage, on_delete=models.CASCADE, related_name="second_row")
    story = models.ForeignKey(StoryPage, verbose_name=_("story"), on_delete=models.CASCADE, related_name="+")

    panels = [PageChooserPanel("story", "stories.StoryPage")]

    class Meta(Orderable.Meta):
        pass


class FrontSection(Orderable):
    home = ParentalKey(HomePage, on_delete=models.CASCADE, related_name="sections")
    section = models.ForeignKey(
        Section, verbose_name=_("section"), on_delete=models.CASCADE, related_name="+"
    )

    class Meta(Orderable.Meta):
        pass


def may_add_story(user: Any, language: str) -> bool:
    """Return whether somebody at the desk may begin a story in a language: add a page below its front."""
    front = HomePage.objects.filter(language=language).first()
    return front is not None and bool(front.permissions_for_user(user).can_add_subpage())
