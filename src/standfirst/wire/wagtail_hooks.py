"""What this room adds to the desk: the news feed and live coverage."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button

from standfirst.stories.pages import StoryPage
from standfirst.wire.desk.feed import feed_view, item_view, kill_view
from standfirst.wire.desk.posts import coverage_view, coverages_view, post_kill_view, post_view, posts_view


@hooks.register("register_admin_urls")
def _urls() -> list[URLPattern]:
    return [
        path("feed/", feed_view, name="standfirst_feed"),
        path("feed/<int:pk>/", item_view, name="standfirst_feed_item"),
        path("feed/<int:pk>/kill/", kill_view, name="standfirst_feed_kill"),
        path("live/", coverages_view, name="standfirst_coverages"),
        path("live/<int:page_id>/", posts_view, name="standfirst_posts"),
        path("live/<int:page_id>/coverage/", coverage_view, name="standfirst_coverage"),
        path("live/posts/<int:pk>/", post_view, name="standfirst_post"),
        path("live/posts/<int:pk>/kill/", post_kill_view, name="standfirst_post_kill"),
    ]


class _FeedItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("wire.add_item"))


@hooks.register("register_admin_menu_item")
def _menu() -> MenuItem:
    return _FeedItem(_("News feed"), reverse("standfirst_feed"), name="feed", icon_name="list-ul", order=101)


class _LiveItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        live = StoryPage.objects.filter(format=StoryPage.Format.LIVE)
        return bool(request.user.has_perm("wire.add_item")) and live.exists()


@hooks.register("register_admin_menu_item")
def _live() -> MenuItem:
    address = reverse("standfirst_coverages")
    return _LiveItem(_("Live coverage"), address, name="live", icon_name="list-ol", order=102)


@hooks.register("register_page_header_buttons")
def _posts(page: Any, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    is_live = isinstance(page, StoryPage) and page.pk and page.format == StoryPage.Format.LIVE
    if is_live and user.has_perm("wire.add_item"):
        address = reverse("standfirst_posts", args=(page.pk,))
        yield Button(_("Posts"), address, icon_name="list-ol", priority=5)


@hooks.register("insert_global_admin_css")
def _styles() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("wire/desk.css"))


@hooks.register("register_permissions")
def _permissions() -> QuerySet[Permission]:
    return Permission.objects.filter(content_type__app_label="wire", content_type__model="item")
