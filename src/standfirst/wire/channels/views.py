"""What the readers' host answers below `/-/push/`: a browser asks for alerts, or for no more of them."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from standfirst.edge.intake import own
from standfirst.wire.channels import subscribing

LARGEST = 4096  # bytes


@csrf_exempt
@require_http_methods(["POST", "DELETE"])
def push_view(request: HttpRequest) -> HttpResponse:
    """Keep a subscription, or forget it: 204. No cookie says who asks; only our own pages may."""
    if not _from_our_pages(request):
        return _answer(403)
    if request.content_type != "application/json":
        return _answer(415)
    if len(request.body) > LARGEST:
        return _answer(413)
    try:
        data: Any = json.loads(request.body)
        if request.method == "DELETE":
            subscribing.unsubscribe(data.get("endpoint"))
        else:
            subscribing.subscribe(subscribing.read(data))
    except subscribing.NotTaken as problem:
        return _answer(problem.status)
    except (ValueError, AttributeError, RecursionError):
        return _answer(400)
    return _answer(204)


def _from_our_pages(request: HttpRequest) -> bool:
    headers = {name.lower(): value for name, value in request.headers.items()}
    return bool(headers.get("origin") or headers.get("sec-fetch-site")) and own(
        headers, settings.STANDFIRST.base_url
    )


def _answer(status: int) -> HttpResponse:
    response = HttpResponse(status=status)
    response["Cache-Control"] = "no-store"
    return response
