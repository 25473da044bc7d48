"""What every request at the desk gets: the newsroom's time zone, and refusals told in words."""

from __future__ import annotations

import zoneinfo
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from wagtail.admin import messages

from standfirst.kit.redirects import redirect
from standfirst.stories.errors import CannotPublish
from standfirst.stories.sitesettings import SiteSettings


class DeskMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer in the newsroom's time zone, for staff who have not chosen one of their own."""
        with timezone.override(_zone()):
            return self.get_response(request)

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        """Tell a refusal that no screen of ours has caught. Its transaction is rolled back by now."""
        if not isinstance(problem, CannotPublish):
            return None
        if "application/json" in request.headers.get("Accept", "") or "/api/" in request.path:
            return JsonResponse({"success": False, "error_message": problem.message}, status=409)
        messages.error(request, problem.message)
        return redirect(request.path if request.method == "POST" else reverse("wagtailadmin_home"))


def _zone() -> zoneinfo.ZoneInfo:
    try:
        return zoneinfo.ZoneInfo(SiteSettings.load().time_zone)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        return zoneinfo.ZoneInfo("UTC")
