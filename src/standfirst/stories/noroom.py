"""What an editor sees when the disk is full: words, and the text, kept in the page for the next try."""

from __future__ import annotations

import logging

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

logger = logging.getLogger(__name__)

STATUS = 507  # Insufficient Storage, RFC 4918, section 11.5


def answer(request: HttpRequest, problem: Exception, *, as_json: bool) -> HttpResponse:
    """Tell that nothing was saved; keep what was sent in the page, to be sent again. Files are not kept."""
    logger.error(
        "no room on the disk (%s): %s %s was refused whole. Make room below %s or where the database lies; "
        "nothing else has to be done",
        problem, request.method, request.path, settings.STANDFIRST_SITE.root,
    )  # fmt: skip
    title = _("The server's disk is full")
    if as_json:
        message = _("The server's disk is full: nothing was saved. Your text is still in this page.")
        return JsonResponse({"success": False, "error_message": message}, status=STATUS)
    fields = [(name, value) for name, values in request.POST.lists() for value in values]
    context = {
        "title": title, "address": request.get_full_path(), "files": bool(request.FILES),
        "fields": [(name, value) for name, value in fields if name != "csrfmiddlewaretoken"],
    }  # fmt: skip
    return render(request, "stories/desk/no_room.html", context, status=STATUS)
