"""Addresses by role: the desk's process answers the desk, the public one only `/-/`."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, include, path

from standfirst.kit.redirects import redirect


def to_the_desk(request: HttpRequest) -> HttpResponse:
    """Send who opens the desk's bare address to the desk."""
    return redirect("/desk/")


def public_urls() -> list[URLPattern | URLResolver]:
    """Return what the readers' host hands on to the application."""
    from standfirst.stories.handoff import urls as handoff
    from standfirst.wire.api_v1 import urls as wire_api
    from standfirst.wire.urls import public_urlpatterns as wire

    return [path("-/", include(handoff)), path("-/api/v1/", include(wire_api)), path("-/", include(wire))]


def desk_urls() -> list[URLPattern | URLResolver]:
    """Return what the desk's host answers."""
    from wagtail.admin import urls as wagtail

    from standfirst.readers.urls import desk_urlpatterns as accounts
    from standfirst.stories.urls import desk_urlpatterns as stories

    return [
        path("", to_the_desk, name="to_the_desk"),
        *stories,
        *accounts,
        path("desk/", include(wagtail)),
    ]


urlpatterns = public_urls() if settings.STANDFIRST_ROLE == "public" else desk_urls()
