"""The list of stories: headline, state, section, last change."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.ui.tables.pages import BulkActionsColumn, PageStatusColumn, PageTitleColumn
from wagtail.admin.viewsets.pages import PageListingViewSet

from standfirst.stories.pages import StoryPage
from standfirst.stories.plainpages import PlainPage


class StoryListingViewSet(PageListingViewSet):
    model = StoryPage
    icon = "doc-full"
    menu_label = _("Stories")
    menu_order = 100
    add_to_admin_menu = True
    ordering = "-latest_revision_created_at"
    list_filter = ["section", "format", "language"]
    columns: Any = [
        BulkActionsColumn("bulk_actions"),
        PageTitleColumn("title", label=_("Headline"), sort_key="title", classname="title"),
        PageStatusColumn("status", label=_("State"), sort_key="live", width="14%"),
        Column("section", label=_("Section"), accessor="section", sort_key="section__name", width="16%"),
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
    list_filter = ["language"]
    columns: Any = [
        BulkActionsColumn("bulk_actions"),
        PageTitleColumn("title", label=_("Title"), sort_key="title", classname="title"),
        PageStatusColumn("status", label=_("State"), sort_key="live", width="14%"),
        Column("language", label=_("Language"), accessor="language", sort_key="language", width="12%"),
        DateColumn(
            "latest_revision_created_at",
            label=_("Changed"),
            sort_key="latest_revision_created_at",
            width="14%",
        ),
    ]
