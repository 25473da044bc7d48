"""Which language the desk speaks: the one a user has chosen (Wagtail sees to that), else the newsroom's."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language_from_request, get_supported_language_variant
from wagtail.users.models import UserProfile

from standfirst.stories.sitesettings import SiteSettings


def of_newsroom() -> str:
    """Return the site's main language if the desk has words in it, else English."""
    return _main() or settings.LANGUAGE_CODE


def of_request(request: HttpRequest) -> str:
    """Return the newsroom's language; the browser's only where the desk has no words in that."""
    return _main() or get_language_from_request(request)


def of_user(user: Any) -> str:
    """Return the language somebody has chosen in their account, else the one that is spoken now."""
    profile = UserProfile.objects.filter(user=user).first() or UserProfile(user=user)
    return str(profile.get_preferred_language())


def _main() -> str:
    try:
        return get_supported_language_variant(SiteSettings.load().language_tags[0])
    except LookupError:
        return ""
