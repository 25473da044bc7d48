"""Django hears who asks from the edge, or from a trusted front; from nobody else."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from standfirst.project.config import Config
from standfirst.project.forwarded import ForwardedMiddleware


def heard(settings: Any, role: str, trusted: tuple[str, ...], peer: str) -> tuple[str, str | None]:
    """Return the address and the scheme that a view sees."""
    settings.STANDFIRST_ROLE = role
    settings.STANDFIRST = Config(trusted_proxies=trusted)
    seen: list[HttpRequest] = []

    def view(request: HttpRequest) -> HttpResponse:
        seen.append(request)
        return HttpResponse()

    told = {"x-forwarded-for": "203.0.113.9", "x-forwarded-proto": "https"}
    ForwardedMiddleware(view)(RequestFactory().get("/", headers=told, REMOTE_ADDR=peer))
    return seen[0].META["REMOTE_ADDR"], seen[0].scheme


def test_the_public_process_takes_the_edges_word(settings: Any) -> None:
    assert heard(settings, "public", (), "") == ("203.0.113.9", "https")


def test_the_desk_takes_the_word_of_trusted_fronts_alone(settings: Any) -> None:
    assert heard(settings, "desk", ("127.0.0.1",), "127.0.0.1") == ("203.0.113.9", "https")
    assert heard(settings, "desk", (), "127.0.0.1") == ("127.0.0.1", "http")
    assert heard(settings, "desk", ("127.0.0.1",), "198.51.100.7") == ("198.51.100.7", "http")


def test_a_proxy_that_is_no_address_is_refused_when_the_site_is_read() -> None:
    with pytest.raises(ValueError, match="trusted_proxies"):
        Config(trusted_proxies=("nginx",))
