"""What went wrong, as `application/problem+json` (RFC 9457): what, where, and what to do."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse

MEDIA_TYPE = "application/problem+json"
_TYPE = "urn:problem-type:standfirst:"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of problem. `advice` is for the reference: what whoever calls should do."""

    status: int
    title: str
    advice: str


KINDS: dict[str, Kind] = {
    "malformed": Kind(400, "The body is no JSON", "Mend what sends it; trying again will not help."),
    "key-missing": Kind(
        400, "An Idempotency-Key is needed", "Send one: a new one for each thing done, the same for each try."
    ),
    "key-malformed": Kind(
        400,
        "The Idempotency-Key cannot be used",
        "Use 1 to 255 printable ASCII characters, a UUID does well.",
    ),
    "unauthorized": Kind(
        401, "No valid token", "Send `Authorization: Bearer sf_…`; ask the newsroom for a new token."
    ),
    "forbidden": Kind(403, "The token may not do this", "Ask the newsroom for a token with the scope named."),
    "not-found": Kind(404, "There is no such thing here", "Check the address and the id."),
    "method": Kind(405, "The address does not take this method", "See the header Allow."),
    "changed-meanwhile": Kind(
        409, "Somebody saved this meanwhile", "Read it again, decide again, send the new version."
    ),
    "state": Kind(409, "That cannot be done with it as it is", "Read the item; its state says what can be."),
    "too-large": Kind(413, "The body is too large", "Send less; what needs more is a story."),
    "not-json": Kind(415, "The body must be JSON", "Send `Content-Type: application/json`."),
    "invalid": Kind(422, "Something in it is wrong", "`errors` says what and where; mend it."),
    "key-reused": Kind(
        422, "The Idempotency-Key was used for another request", "Use a new key for each thing done."
    ),
    "too-many": Kind(429, "Too many calls", "Wait for the seconds in Retry-After."),
    "broken": Kind(
        500, "It went wrong here", "Nothing was done. Try again with the same key; tell the newsroom."
    ),
    "busy": Kind(503, "It cannot be done just now", "Nothing was done. Try again, with the same key."),
}
"""Every kind, by the last part of its `type`."""


class Problem(Exception):
    """An answer that is a problem. `errors` are (place, words): a JSON pointer, a parameter or a header."""

    def __init__(
        self,
        kind: str,
        detail: str,
        *,
        errors: Sequence[tuple[str, str]] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.kind, self.detail, self.errors, self.headers = kind, detail, errors, headers or {}

    def response(self) -> HttpResponse:
        """Return the answer."""
        known = KINDS[self.kind]
        said: dict[str, Any] = {
            "type": _TYPE + self.kind, "title": known.title, "status": known.status, "detail": self.detail,
        }  # fmt: skip
        if self.errors:
            said["errors"] = [{"at": at, "detail": words} for at, words in self.errors]
        text = json.dumps(said, ensure_ascii=False)
        return HttpResponse(text, status=known.status, content_type=MEDIA_TYPE, headers=dict(self.headers))
