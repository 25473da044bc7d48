"""What the readers' host answers below `/-/push/`: a browser asks for alerts, or for no more of them."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from standfirst.edge.intake import own
from standfirst.wire.channels import subscribing

LARGEST = 4096  # bytes


@csrf_exempt
@require_http_methods(["POST", "DELETE"])
def push_view(request: HttpRequest) -> HttpResponse:
    """Keep a subscription, or forget it: 204. No cookie says who asks; only our own pages may.

    What is not taken is answered with `{"error": …}`, a code; Retry-After says when asking again may help.
    """
    if not _from_our_pages(request):
        return _refuse(403, "not_our_page")
    if request.content_type != "application/json":
        return _refuse(415, "no_json")
    if len(request.body) > LARGEST:
        return _refuse(413, "too_long")
    try:
        data: Any = json.loads(request.body)
        if request.method == "DELETE":
            subscribing.unsubscribe(data.get("endpoint"))
        else:
            subscribing.subscribe(subscribing.read(data), str(request.META.get("REMOTE_ADDR", "")))
    except subscribing.NotTaken as problem:
        return _refuse(problem.status, problem.code, problem.wait)
    except (ValueError, AttributeError, RecursionError):
        return _refuse(400, "no_subscription")
    return _uncached(HttpResponse(status=204))


def _from_our_pages(request: HttpRequest) -> bool:
    headers = {name.lower(): value for name, value in request.headers.items()}
    return bool(headers.get("origin") or headers.get("sec-fetch-site")) and own(
        headers, settings.STANDFIRST.base_url
    )


def _refuse(status: int, code: str, wait: int = 0) -> HttpResponse:
    response = JsonResponse({"error": code}, status=status)
    if wait:
        response["Retry-After"] = str(wait)
    return _uncached(response)


def _uncached(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    return response
