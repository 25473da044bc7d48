"""Issuing tokens, exchanging them for passes, asking who holds one."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction

from standfirst.kit import instants
from standfirst.stories.handoff.models import HandoffToken, StaffPass

TOKEN_LIFE = timedelta(minutes=10)
PASS_LIFE = timedelta(days=7)


def issue(user: Any, onward: str) -> str:
    """Return a new one-time token for `user`, to go on to the path `onward` afterwards."""
    token = secrets.token_urlsafe(32)
    HandoffToken.objects.filter(expires_at__lt=instants.now()).delete()
    HandoffToken.objects.create(
        key_hash=_hash(token), user=user, onward=onward, expires_at=instants.now() + TOKEN_LIFE
    )
    return token


@transaction.atomic
def exchange(token: str) -> tuple[str, str] | None:
    """Return (key of a new pass, path to go on to) for a token that is fresh and unused, else None."""
    now = instants.now()
    rows = HandoffToken.objects.filter(key_hash=_hash(token))
    # One statement decides: of two that come at once, one finds nothing left to mark.
    if not rows.filter(used_at=None, expires_at__gt=now).update(used_at=now):
        return None
    row = rows.select_related("user").get()
    if not _may(row.user):
        return None
    key = secrets.token_urlsafe(32)
    StaffPass.objects.filter(expires_at__lt=now).delete()
    StaffPass.objects.create(key_hash=_hash(key), user=row.user, expires_at=now + PASS_LIFE)
    return key, row.onward


def holder(key: str) -> Any | None:
    """Return the staff account a pass belongs to, or None."""
    if not key:
        return None
    row = StaffPass.objects.select_related("user").filter(
        key_hash=_hash(key), expires_at__gt=instants.now()
    ).first()  # fmt: skip
    return row.user if row and _may(row.user) else None


def revoke(key: str) -> None:
    """End one pass."""
    StaffPass.objects.filter(key_hash=_hash(key)).delete()


def revoke_all(user: Any) -> None:
    """End all passes of an account, and the tokens on their way."""
    if isinstance(user, get_user_model()):
        StaffPass.objects.filter(user=user).delete()
        HandoffToken.objects.filter(user=user).delete()


def _may(user: Any) -> bool:
    return bool(user.is_active and user.is_staff)


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
