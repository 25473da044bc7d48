"""What the desk adds to Wagtail: its menu, its screens, its words."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet
from wagtail.log_actions import LogActionRegistry
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from standfirst.stories.desk.editing import FrontViewSet, PlainPageViewSet, StoryViewSet
from standfirst.stories.desk.fronts import fronts_view
from standfirst.stories.desk.listing import LANGUAGE, PlainPageListingViewSet, StoryListingViewSet
from standfirst.stories.desk.receipts import backlog_json, receipt_json, receipt_view
from standfirst.stories.desk.translations import translate_view
from standfirst.stories.desk.welcome import WelcomePanel
from standfirst.stories.desk.withdrawing import erasures_view, expunge_view, kill_view
from standfirst.stories.handoff.views import leave_desk
from standfirst.stories.models import Author, HomePage, Section, Topic


class SectionViewSet(SnippetViewSet):
    model = Section
    icon = "folder-open-inverse"
    menu_label = _("Sections")
    menu_order = 110
    add_to_admin_menu = True
    list_display = ["name", "slug", LANGUAGE]
    inspect_view_enabled = False
    copy_view_enabled = False


class TopicViewSet(SnippetViewSet):
    model = Topic
    icon = "tag"
    menu_label = _("Topics")
    menu_order = 120
    add_to_admin_menu = True
    list_display = ["name", "slug", LANGUAGE]
    copy_view_enabled = False


class AuthorViewSet(SnippetViewSet):
    model = Author
    icon = "user"
    menu_label = _("Authors")
    menu_order = 130
    add_to_admin_menu = True
    list_display = ["name", "role", "slug", LANGUAGE]
    copy_view_enabled = False


for _viewset in (SectionViewSet, TopicViewSet, AuthorViewSet):
    register_snippet(_viewset)


@hooks.register("register_admin_viewset")
def _viewsets() -> list[ViewSet]:
    return [
        StoryViewSet(), FrontViewSet(), PlainPageViewSet(),
        StoryListingViewSet("stories", url_prefix="stories"),
        PlainPageListingViewSet("site_pages", url_prefix="site-pages"),
    ]  # fmt: skip


@hooks.register("register_admin_urls")
def _urls() -> list[URLPattern]:
    return [
        path("receipts/<int:first>-<int:last>/", receipt_view, name="standfirst_receipt"),
        path("receipts/<int:first>-<int:last>.json", receipt_json, name="standfirst_receipt_json"),
        path("backlog.json", backlog_json, name="standfirst_backlog_json"),
        path("stories/<int:page_id>/kill/", kill_view, name="standfirst_kill"),
        path("stories/<int:page_id>/erase/", expunge_view, name="standfirst_erase"),
        path("stories/<int:page_id>/translate/<str:language>/", translate_view, name="standfirst_translate"),
        path("erasures/", erasures_view, name="standfirst_erasures"),
        path("fronts/", fronts_view, name="standfirst_fronts"),
        path("to-the-site/", leave_desk, name="standfirst_leave_desk"),
    ]


class _FrontsItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return HomePage.objects.exists()


@hooks.register("register_admin_menu_item")
def _fronts() -> MenuItem:
    return _FrontsItem(_("Fronts"), reverse("standfirst_fronts"), name="fronts", icon_name="home", order=105)


class _ErasuresItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("editions.expunge"))


@hooks.register("register_settings_menu_item")
def _erasures() -> MenuItem:
    return _ErasuresItem(
        _("Requests to erase"), reverse("standfirst_erasures"), name="erasures", icon_name="bin", order=950
    )


HIDDEN = {"explorer", "documents", "snippets", "help"}
"""Wagtail's own entries that ours stand in for, or that say nothing to a newsroom."""


@hooks.register("construct_main_menu")
def _main_menu(request: HttpRequest, items: list[MenuItem]) -> None:
    items[:] = [item for item in items if item.name not in HIDDEN]
    for item in items:
        if item.name == "images":
            item.label, item.order = _("Pictures"), 140


@hooks.register("construct_settings_menu")
def _settings_menu(request: HttpRequest, items: list[MenuItem]) -> None:
    items[:] = [item for item in items if item.name != "sites"]  # our Site settings say what the site is


@hooks.register("construct_homepage_panels")
def _home(request: HttpRequest, panels: list[Any]) -> None:
    panels.insert(0, WelcomePanel(request))
    panels[:] = [panel for panel in panels if getattr(panel, "name", "") != "recent_edits"]


@hooks.register("construct_homepage_summary_items", order=1000)
def _no_summary(request: HttpRequest, items: list[Any]) -> None:
    items.clear()  # the welcome panel says what there is, and since when


@hooks.register("insert_global_admin_js")
def _scripts() -> str:
    names = ("receipt", "typed")
    sources = ((static(f"stories/{name}.js"),) for name in names)
    return format_html_join("", '<script type="module" src="{}"></script>', sources)


@hooks.register("insert_global_admin_css")
def _styles() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("stories/desk.css"))


@hooks.register("register_permissions")
def _permissions() -> QuerySet[Permission]:
    return Permission.objects.filter(content_type__app_label="editions", codename__in=["kill", "expunge"])


@hooks.register("register_log_actions")
def _log_actions(actions: LogActionRegistry) -> None:
    actions.register_action(
        "standfirst.set_aside", _("Set aside"), _("A save came after somebody else's; its text is kept")
    )
    actions.register_action("standfirst.kill", _("Kill"), _("Withdrawn everywhere"))
    actions.register_action(
        "standfirst.schedule_refused", _("Not published"), _("Was due and could not be published")
    )
