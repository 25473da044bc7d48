"""A program that calls the API, for tests: it holds a token and speaks JSON."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpResponse
from django.test import Client

from standfirst.wire.api_v1 import tokens

ACTOR = "publisher@example.org"
ALL = tuple(tokens.SCOPES)
BASE = "/-/api/v1"


def token(*scopes: str, name: str = "bot", days: int = 30) -> str:
    """Return a new token."""
    return tokens.issue(name, scopes or ALL, days=days, actor=ACTOR)[1]


@dataclass
class Bot:
    """Calls with a token. `key` is sent with each write, a new one unless it is given."""

    secret: str
    client: Client = field(default_factory=lambda: Client(HTTP_HOST="localhost", enforce_csrf_checks=True))

    def get(self, path: str, **headers: str) -> HttpResponse:
        return self.client.get(BASE + path, headers=self._headers(headers))

    def post(self, path: str, body: Any = None, *, key: str | None = None, **headers: str) -> HttpResponse:
        return self._send("POST", path, body, key, headers)

    def patch(self, path: str, body: Any, *, key: str | None = None, **headers: str) -> HttpResponse:
        return self._send("PATCH", path, body, key, headers)

    def _send(
        self, method: str, path: str, body: Any, key: str | None, headers: dict[str, str]
    ) -> HttpResponse:
        data = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        sent = self._headers(headers)
        key = secrets.token_hex(8) if key is None else key
        if key:
            sent["Idempotency-Key"] = key
        return self.client.generic(method, BASE + path, data, "application/json", headers=sent)

    def _headers(self, more: dict[str, str]) -> dict[str, str]:
        own = {"Authorization": f"Bearer {self.secret}"} if self.secret else {}
        return own | {name.replace("_", "-"): value for name, value in more.items()}


def item(headline: str = "Ferry delayed", **more: Any) -> dict[str, Any]:
    """Return what a bot posts."""
    return {"headline": headline, "language": "en", "text": "By *wind*.", **more}
