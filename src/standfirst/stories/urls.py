"""Addresses of the desk beside Wagtail's own: what is off, and what a preview is drawn with."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from wagtail.admin.auth import require_admin_access

from standfirst.stories import preview, uploads


def off(request: HttpRequest, **kwargs: object) -> HttpResponse:
    """Answer 404.

    Who may read a story is not decided by Wagtail's page privacy, nor by its mirrors; and its embeds would
    fetch from outside, past our gate.
    """
    raise Http404


desk_urlpatterns = [
    path("desk/pages/<int:page_id>/privacy/", off, name="privacy_off"),
    path("desk/pages/<int:page_id>/convert_alias/", off, name="aliases_off"),
    path("desk/failwhale/", off, name="failing_off"),
    path("desk/embeds/chooser/", off, name="embeds_off"),
    path("desk/embeds/chooser/upload/", off, name="embed_fetching_off"),
    path("_a/<path:name>", require_admin_access(preview.asset_view), name="preview_asset"),
    path("_f/<path:name>", require_admin_access(preview.drawn_view), name="preview_fragment"),
    path("uploads/<path:name>", require_admin_access(uploads.picture_view), name="uploaded_picture"),
    path("_m/<str:name>", require_admin_access(preview.media_view), name="preview_media"),
]
