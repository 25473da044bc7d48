"""Addresses by role: the desk's process answers the desk, the public one only `/-/`, others nothing."""

from __future__ import annotations

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path
from wagtail.admin import urls as wagtail_urls

urlpatterns: list[URLPattern | URLResolver] = []

if settings.STANDFIRST_ROLE != "public":
    urlpatterns += [path("desk/", include(wagtail_urls))]
