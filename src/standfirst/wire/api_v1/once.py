"""A call with an idempotency key is carried out once, however often and however close together it comes.

After draft-ietf-httpapi-idempotency-key-header: the same key with the same request gets the same answer, with
another request 422. The row with the key is made first and in the transaction of the write, so a crash leaves
both or neither, and of two at once the second waits at the unique row, then finds what was answered. What is
refused leaves no row: it may be mended and sent again with its key.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import timedelta

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from standfirst.kit import instants
from standfirst.kit.sitefolder import SiteFolder
from standfirst.wire.api_v1.problems import Problem
from standfirst.wire.api_v1.rows import Answered, Token
from standfirst.wire.api_v1.shapes import Receipt

HEADER = "Idempotency-Key"
KEPT = timedelta(days=7)
SWEEP_EVERY = 3600.0  # seconds

_KEY = re.compile(r'"([\x20\x21\x23-\x5b\x5d-\x7e]{1,255})"|([\x21\x23-\x5b\x5d-\x7e]{1,255})')
"""The draft's form is a string of RFC 9651, in quotes; most programs send it without."""


def once(
    request: HttpRequest,
    token: Token,
    work: Callable[[], Receipt],
    *,
    status: int = 200,
    needed: bool = False,
) -> HttpResponse:
    """Carry `work` out in one transaction and return its answer, or the answer it had before.

    Raises Problem, and what `work` raises; then nothing is kept.
    """
    key = _key(request, needed=needed)
    with transaction.atomic():
        if not key:
            return answer(work().model_dump_json(), status)
        asked = _hash(request)
        row, new = Answered.objects.get_or_create(token=token, key=key, defaults={"request": asked})
        if not new:
            return _again(row, asked)
        row.response, row.status = work().model_dump_json(), status
        row.save(update_fields=["response", "status"])
        return answer(row.response, row.status)


def answer(text: str, status: int = 200) -> HttpResponse:
    """Return a JSON answer."""
    return HttpResponse(text, status=status, content_type="application/json")


def sweep(_site: SiteFolder) -> int:
    """Forget the keys that are old enough; return how many."""
    return Answered.objects.filter(at__lt=instants.now() - KEPT).delete()[0]


def _again(row: Answered, asked: str) -> HttpResponse:
    if row.request != asked:
        raise Problem(
            "key-reused", "This key came with another request before; use a new one.",
            errors=[(HEADER, "was used for another request")],
        )  # fmt: skip
    response = answer(row.response, row.status)
    response["Idempotency-Replayed"] = "true"
    return response


def _key(request: HttpRequest, *, needed: bool) -> str:
    said = request.headers.get(HEADER, "").strip()
    if not said:
        if needed:
            raise Problem(
                "key-missing", f"Send the header {HEADER} with a new key for each thing done.",
                errors=[(HEADER, "is missing")],
            )  # fmt: skip
        return ""
    found = _KEY.fullmatch(said)
    if found is None:
        raise Problem(
            "key-malformed", "A key is 1 to 255 printable ASCII characters, in quotes or without.",
            errors=[(HEADER, "cannot be used")],
        )  # fmt: skip
    return found[1] or found[2]


def _hash(request: HttpRequest) -> str:
    """Return a keyed hash of a request: without the key of the site nobody can try words against it."""
    body = json.dumps(json.loads(request.body or b"null"), sort_keys=True)
    text = f"{request.method} {request.path}\n{body}"
    return salted_hmac("standfirst.wire.api", text, algorithm="sha256").hexdigest()
