"""The desk's own view of its picture library: what readers get is derived, and comes from elsewhere."""

from __future__ import annotations

from pathlib import PurePosixPath

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.static import serve


def picture_view(request: HttpRequest, name: str) -> HttpResponseBase:
    """Answer an uploaded picture or the desk's small copy of one; no other file. For signed-in staff."""
    if PurePosixPath(name).suffix.lower().removeprefix(".") not in settings.WAGTAILIMAGES_EXTENSIONS:
        raise Http404
    response = serve(request, name, document_root=settings.MEDIA_ROOT)
    response["Cache-Control"] = "private, max-age=86400"
    return response
