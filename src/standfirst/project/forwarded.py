"""Who asks, for Django: what stands in front says it, where that is ours or trusted."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from standfirst.edge.peers import Peers

Answer = Callable[[HttpRequest], HttpResponseBase]


class ForwardedMiddleware:
    """Sets REMOTE_ADDR and the scheme of each request, so that everything above need not know of proxies.

    The public process is reached by the edge alone, over a Unix socket: its word is taken. The desk takes the
    word of `trusted_proxies`.
    """

    def __init__(self, get_response: Answer) -> None:
        self._answer = get_response
        self._peers = Peers(settings.STANDFIRST.trusted_proxies)
        self._behind_edge = settings.STANDFIRST_ROLE == "public"

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        peer = "" if self._behind_edge else str(request.META.get("REMOTE_ADDR", ""))
        said = str(request.META.get("HTTP_X_FORWARDED_FOR", ""))
        scheme = self._peers.scheme(
            peer, str(request.META.get("HTTP_X_FORWARDED_PROTO", "")), str(request.META["wsgi.url_scheme"])
        )
        request.META["REMOTE_ADDR"] = self._peers.reader(peer, [said])
        request.META["wsgi.url_scheme"] = scheme
        return self._answer(request)
