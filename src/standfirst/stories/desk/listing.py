"""The list of stories: headline, state, section, last change."""

from __future__ import annotations

from typing import Any

from django.forms import RadioSelect
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.ui.tables.pages import BulkActionsColumn, PageStatusColumn, PageTitleColumn
from wagtail.admin.views.pages.listing import PageFilterSet
from wagtail.admin.viewsets.pages import PageListingViewSet

from standfirst.kit.tongues import own_name
from standfirst.stories.pages import StoryPage
from standfirst.stories.plainpages import PlainPage
from standfirst.stories.sitesettings import SiteSettings

LANGUAGE = Column(
    "language", label=_("Language"), sort_key="language", width="12%",
    accessor=lambda row: own_name(row.language),
)  # fmt: skip
"""The column that says in which language something is."""


def _languages() -> list[tuple[str, str]]:
    return [(tag, own_name(tag)) for tag in SiteSettings.load().language_tags]


class _StoryFilters(PageFilterSet):
    language = ChoiceFilter(label=_("Language"), choices=_languages, widget=RadioSelect, empty_label=_("All"))

    class Meta:
        model = StoryPage
        fields = ("section", "format", "language")


class _PlainPageFilters(PageFilterSet):
    language = ChoiceFilter(label=_("Language"), choices=_languages, widget=RadioSelect, empty_label=_("All"))

    class Meta:
        model = PlainPage
        fields = ("language",)


class StoryListingViewSet(PageListingViewSet):
    model = StoryPage
    icon = "doc-full"
    menu_label = _("Stories")
    menu_order = 100
    add_to_admin_menu = True
    ordering = "-latest_revision_created_at"
    filterset_class = _StoryFilters
    columns: Any = [
        BulkActionsColumn("bulk_actions"),
        PageTitleColumn("title", label=_("Headline"), sort_key="title", classname="title"),
        PageStatusColumn("status", label=_("State"), sort_key="live", width="14%"),
        Column("section", label=_("Section"), accessor="section", sort_key="section__name", width="16%"),
        LANGUAGE,
        DateColumn(
            "latest_revision_created_at",
            label=_("Changed"),
            sort_key="latest_revision_created_at",
            width="14%",
        ),
    ]


class PlainPageListingViewSet(PageListingViewSet):
    """The pages of the site itself."""

    model = PlainPage
    icon = "info-circle"
    menu_label = _("Pages")
    menu_order = 107
    add_to_admin_menu = True
    ordering = "title"
    filterset_class = _PlainPageFilters
    columns: Any = [
        BulkActionsColumn("bulk_actions"),
        PageTitleColumn("title", label=_("Title"), sort_key="title", classname="title"),
        PageStatusColumn("status", label=_("State"), sort_key="live", width="14%"),
        LANGUAGE,
        DateColumn(
            "latest_revision_created_at",
            label=_("Changed"),
            sort_key="latest_revision_created_at",
            width="14%",
        ),
    ]
