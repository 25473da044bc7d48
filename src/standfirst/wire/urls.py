"""What the readers' host hands to the application for this room, below `/-/`."""

from __future__ import annotations

from django.urls import path

from standfirst.wire.channels.views import push_view

public_urlpatterns = [path("push/", push_view, name="push")]
