"""Pages of the site itself: about us, how we work, who owns us, how to reach us."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    ObjectList,
    PageChooserPanel,
    TabbedInterface,
    TitleFieldPanel,
)
from wagtail.admin.widgets import AdminAutoHeightTextInput
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from standfirst.kit.html import text
from standfirst.kit.ids import new_id
from standfirst.stories import paths, translating
from standfirst.stories.body.blocks import StoryBody
from standfirst.stories.body.publish import strings
from standfirst.stories.forms import StoryForm
from standfirst.stories.publishable import Publishable
from standfirst.stories.sitesettings import SiteSettings


class PlainPage(Publishable, Page):  # type: ignore[django-manager-missing]  # modelcluster is untyped
    """A page that is no story: without a byline, in no list, linked from the foot of every page."""

    class Purpose(models.TextChoices):
        ABOUT = "about", _("About the newsroom")
        ETHICS = "ethics", _("How it works: its standards")
        CORRECTIONS = "corrections", _("How it corrects mistakes")
        OWNERSHIP = "ownership", _("Who owns it and who pays")
        CONTACT = "contact", _("How to reach it")
        PRIVACY = "privacy", _("What becomes of readers’ data")

    public_id = models.CharField(max_length=26, unique=True, default=new_id, editable=False)
    language = models.CharField(_("language"), max_length=35, default="en")
    purpose = models.CharField(
        _("what it is for"), max_length=20, blank=True, choices=Purpose.choices,
        help_text=_("Search engines are told where these are."),
    )  # fmt: skip
    body = StreamField(StoryBody(), blank=True, verbose_name=_("text"))
    translation_of = models.ForeignKey(
        "self", verbose_name=_("translation of"), null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+", help_text=_("The same page in another language; the two link to each other."),
    )  # fmt: skip

    parent_page_types = ["stories.HomePage"]
    subpage_types: ClassVar[list[str]] = []
    page_description = _("A page about the newsroom: who you are, how you work, how to reach you.")
    base_form_class = StoryForm
    exclude_fields_in_copy = ["public_id", "translation_of"]
    search_fields = [*Page.search_fields, index.SearchField("search_text"), index.FilterField("language")]
    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    TitleFieldPanel("title", heading=_("Title"), widget=AdminAutoHeightTextInput),
                    FieldPanel("search_description", heading=_("In a sentence")),
                    FieldPanel("body"),
                ],
                heading=_("Page"),
            ),
            ObjectList(
                [
                    FieldRowPanel([FieldPanel("slug", heading=_("Address")), FieldPanel("language")]),
                    FieldPanel("purpose"),
                    PageChooserPanel("translation_of", "stories.PlainPage"),
                ],
                heading=_("Address and language"),
            ),
        ],
        base_form_class=StoryForm,
    )

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")

    @property
    def record(self) -> str:
        return f"page:{self.public_id}"

    @property
    def search_text(self) -> str:
        """Return the words of the page, for the desk's own search."""
        return text("\n".join(strings(self.body.get_prep_value())))

    @property
    def public_path(self) -> str:
        return paths.story(self.slug, self.language, SiteSettings.load().language_tags)

    def clean(self) -> None:
        super().clean()
        translating.check(self)
