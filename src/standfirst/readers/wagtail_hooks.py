"""What this room adds to the desk: the screen for messages from readers."""

from __future__ import annotations

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
from wagtail.admin.ui.components import Component

from standfirst.readers.inbox import count_waiting, delete_view, list_view, message_view


@hooks.register("register_admin_urls")
def _urls() -> list[URLPattern]:
    return [
        path("messages/", list_view, name="standfirst_messages"),
        path("messages/<int:pk>/", message_view, name="standfirst_message"),
        path("messages/<int:pk>/delete/", delete_view, name="standfirst_delete_message"),
    ]


class _MessagesItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("readers.view_message"))


@hooks.register("register_admin_menu_item")
def _menu() -> MenuItem:
    return _MessagesItem(
        _("Messages"), reverse("standfirst_messages"), name="messages", icon_name="mail", order=145
    )


class WaitingPanel(Component):
    """Says at the start of the desk how many messages wait; nothing when none does."""

    name = "standfirst_waiting_messages"
    template_name = "readers/desk/waiting_panel.html"
    order = 5  # in front of the welcome

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {"waiting": count_waiting()}


@hooks.register("construct_homepage_panels")
def _home(request: HttpRequest, panels: list[Any]) -> None:
    if request.user.has_perm("readers.view_message"):
        panels.append(WaitingPanel())


@hooks.register("insert_global_admin_css")
def _styles() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("readers/desk.css"))


@hooks.register("register_permissions")
def _permissions() -> QuerySet[Permission]:
    return Permission.objects.filter(content_type__app_label="readers", content_type__model="message")
