"""What every request gets: the newsroom's language and time zone, and refusals told in words."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import translation
from wagtail.admin import messages
from wagtail.users.models import UserProfile

from standfirst.kit import room
from standfirst.kit.redirects import redirect
from standfirst.stories import languages, noroom, receipts
from standfirst.stories.desk.receipts import follow
from standfirst.stories.errors import CannotPublish
from standfirst.stories.sitesettings import SiteSettings


class LanguageMiddleware:
    """Answers in the newsroom's language. At the desk Wagtail puts a user's own choice above it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with translation.override(languages.of_request(request)):
            return self.get_response(request)


class DeskMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; and what a form of Wagtail's own published (a section, the settings) is followed too."""
        if request.method != "POST":
            return self.get_response(request)
        with receipts.collecting() as made:
            response = self.get_response(request)
        if made and response.status_code == HTTPStatus.FOUND:
            follow(request, made)
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        """Have Wagtail show and read times in the newsroom's zone, for who has not chosen another.

        Wagtail takes the zone from the user's profile, or else from the settings file; the newsroom's is
        neither. It is put into the profile for this request, and not saved.
        """
        user: Any = request.user
        if not user.is_authenticated:
            return
        if not hasattr(user, "wagtail_userprofile"):
            user.wagtail_userprofile = UserProfile(user=user)
        profile = user.wagtail_userprofile
        profile.current_time_zone = profile.current_time_zone or SiteSettings.load().time_zone

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        """Tell a refusal that no screen of ours has caught. Its transaction is rolled back by now."""
        as_json = "application/json" in request.headers.get("Accept", "") or "/api/" in request.path
        if room.is_missing(problem):
            return noroom.answer(request, problem, as_json=as_json)
        if not isinstance(problem, CannotPublish):
            return None
        if as_json:
            return JsonResponse({"success": False, "error_message": problem.message}, status=409)
        messages.error(request, problem.message)
        return redirect(request.get_full_path() if request.method == "POST" else reverse("wagtailadmin_home"))
