"""Tokens: made, shown once, looked up by their hash, counted, revoked.

A token is `sf_` and 256 random bits, so that people and scanners of secrets know one when they see it. Its
plain SHA-256 is enough to keep: nobody guesses 256 bits, slow hashes are for what people think up.
"""

from __future__ import annotations

import hashlib
import hmac
import math
import re
import secrets
from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.db.models import F, Q

from standfirst.kit import instants
from standfirst.wire.api_v1.rows import Token

SCOPES = {
    "items:read": "read items, drafts included",
    "items:write": "write drafts and change its own",
    "items:publish": "publish, change and undo any item, and take it back",
    "items:kill": "withdraw an item everywhere, for good",
}
"""What a token may do, by name."""

LONGEST_NAME = 60
LONGEST_DAYS = 365
PER_MINUTE = 120
"""Calls that one token may make in a minute."""

_FORM = re.compile(r"sf_[A-Za-z0-9_-]{43}")
_MINUTE = timedelta(seconds=60)


class TokenRefused(ValueError):
    """A token that cannot be made so. `field` names what is wrong."""

    def __init__(self, message: str, field: str) -> None:
        super().__init__(message)
        self.field = field


@transaction.atomic
def issue(name: str, scopes: Iterable[str], *, days: int = LONGEST_DAYS, actor: str) -> tuple[Token, str]:
    """Make a token; return its row and the token itself, which cannot be had again. Raises TokenRefused."""
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise TokenRefused(f"A name has 1 to {LONGEST_NAME} characters that can be printed.", "name")
    chosen = set(scopes)
    if wrong := sorted(chosen - set(SCOPES)):
        raise TokenRefused(f"There is no scope {wrong[0]}; there are {', '.join(SCOPES)}.", "scopes")
    if not chosen:
        raise TokenRefused("Choose what the token may do.", "scopes")
    if not 1 <= days <= LONGEST_DAYS:
        raise TokenRefused(f"A token is good for 1 to {LONGEST_DAYS} days.", "days")
    secret, now = "sf_" + secrets.token_urlsafe(32), instants.now()
    token = Token.objects.create(
        name=name,
        scopes=" ".join(scope for scope in SCOPES if scope in chosen),
        digest=_digest(secret),
        hint=secret[-4:],
        created_by=actor,
        minute_at=now,
        expires_at=now + timedelta(days=days),
    )
    return token, secret


def revoke(token: Token, *, actor: str) -> bool:
    """Let a token in no more, from now on; return whether it was not revoked before."""
    live = Token.objects.filter(pk=token.pk, revoked_at=None)
    return bool(live.update(revoked_at=instants.now(), revoked_by=actor))


def admit(secret: str) -> Token | None:
    """Return the token that lets in now, or None: for unknown, expired and revoked ones alike."""
    if not _FORM.fullmatch(secret):
        return None
    digest = _digest(secret)
    token = Token.objects.filter(digest=digest).first()
    if token is None or not hmac.compare_digest(token.digest, digest):
        return None
    return token if token.counts(instants.now()) else None


def spend(token: Token) -> int:
    """Count a call. Return 0, or the seconds after which the token may call again.

    Each update is one statement of its own, so all processes count together.
    """
    now = instants.now()
    row = Token.objects.filter(pk=token.pk)
    running = Q(minute_at__gt=now - _MINUTE, minute_at__lt=now + _MINUTE)  # not: a clock that was set back
    if row.filter(running, calls__lt=PER_MINUTE).update(calls=F("calls") + 1, last_used_at=now):
        return 0
    if row.exclude(running).update(minute_at=now, calls=1, last_used_at=now):
        return 0
    began = row.values_list("minute_at", flat=True).get()
    return max(1, math.ceil((began + _MINUTE - now).total_seconds()))


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
