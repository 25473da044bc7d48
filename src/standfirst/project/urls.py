"""Addresses by role: the desk's process answers the desk, the public one only `/-/`, others nothing."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, include, path
from wagtail.admin import urls as wagtail_urls

from standfirst.kit.redirects import redirect
from standfirst.readers.urls import desk_urlpatterns as account_urls
from standfirst.stories.handoff import urls as handoff_urls
from standfirst.stories.urls import desk_urlpatterns as story_urls


def to_the_desk(request: HttpRequest) -> HttpResponse:
    """Send who opens the desk's bare address to the desk."""
    return redirect("/desk/")


urlpatterns: list[URLPattern | URLResolver] = []

if settings.STANDFIRST_ROLE == "public":
    urlpatterns += [path("-/", include(handoff_urls))]
else:
    urlpatterns += [
        path("", to_the_desk, name="to_the_desk"),
        *story_urls,
        *account_urls,
        path("desk/", include(wagtail_urls)),
    ]
