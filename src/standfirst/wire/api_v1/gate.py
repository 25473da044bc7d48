"""Who may call: a bearer token (RFC 6750) that counts now, has the scope and has not called too often.

No cookie is looked at, so there is nothing that another site could make a browser send.
"""

from __future__ import annotations

from django.http import HttpRequest
from ninja.security.base import AuthBase

from standfirst.wire.api_v1 import tokens
from standfirst.wire.api_v1.problems import Problem
from standfirst.wire.api_v1.rows import Token

_REALM = 'Bearer realm="standfirst"'


class Bearer(AuthBase):
    """Lets in whose token has `scope`; "" is any token."""

    openapi_type = "http"
    openapi_scheme = "bearer"
    openapi_bearerFormat = "sf_ and 43 characters"  # noqa: N815  # OpenAPI's name

    def __init__(self, scope: str) -> None:
        super().__init__()
        self.scope = scope

    def __call__(self, request: HttpRequest) -> Token:
        """Return the token, counted. Raises Problem: the same for unknown, expired and revoked ones."""
        token = _shown(request)
        if wait := tokens.spend(token):
            raise Problem(
                "too-many", f"A token may call {tokens.PER_MINUTE} times a minute.",
                headers={"Retry-After": str(wait)},
            )  # fmt: skip
        if self.scope:
            demand(token, self.scope)
        return token


def demand(token: Token, scope: str) -> None:
    """Raise Problem unless a token has a scope."""
    if scope not in token.scope_names:
        raise Problem(
            "forbidden", f"This needs the scope {scope}; the token has {token.scopes}.",
            headers={"WWW-Authenticate": f'{_REALM}, error="insufficient_scope", scope="{scope}"'},
        )  # fmt: skip


def _shown(request: HttpRequest) -> Token:
    scheme, _, secret = request.headers.get("Authorization", "").strip().partition(" ")
    if not secret or scheme.lower() != "bearer":
        raise Problem(
            "unauthorized", "Send a token: Authorization: Bearer sf_…", headers={"WWW-Authenticate": _REALM}
        )
    token = tokens.admit(secret.strip())
    if token is None:
        raise Problem(
            "unauthorized", "The token is unknown, has expired or was revoked.",
            headers={"WWW-Authenticate": f'{_REALM}, error="invalid_token"'},
        )  # fmt: skip
    return token
