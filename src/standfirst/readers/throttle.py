"""How many sign-ins may fail: counted in the database, so that all processes count together.

Addresses are kept as keyed hashes and for minutes only.
"""

from __future__ import annotations

from datetime import timedelta

from django.utils.crypto import salted_hmac

from standfirst.kit import instants
from standfirst.readers.models import FailedSignIn

MINUTES = 15
PER_ACCOUNT = 8
"""Failures for one e-mail address from one place, within MINUTES."""
PER_PLACE = 40
"""Failures from one place, whatever the address."""
PER_ACCOUNT_ANYWHERE = 100
"""Failures for one address from anywhere: a botnet is slowed down, its victim can still sign in."""


def closed(email: str, where: str) -> bool:
    """Return whether this address, from this place, has to wait."""
    since = instants.now() - timedelta(minutes=MINUTES)
    recent = FailedSignIn.objects.filter(at__gt=since)
    account, place = _hash(email.lower()), _hash(where)
    return (
        recent.filter(account=account, place=place).count() >= PER_ACCOUNT
        or recent.filter(place=place).count() >= PER_PLACE
        or recent.filter(account=account).count() >= PER_ACCOUNT_ANYWHERE
    )


def failed(email: str, where: str) -> None:
    """Count a failure, and forget old ones."""
    FailedSignIn.objects.filter(at__lt=instants.now() - timedelta(minutes=MINUTES)).delete()
    FailedSignIn.objects.create(account=_hash(email.lower()), place=_hash(where))


def passed(email: str, where: str) -> None:
    """Forget the failures of somebody who got it right."""
    FailedSignIn.objects.filter(account=_hash(email.lower()), place=_hash(where)).delete()


def _hash(value: str) -> str:
    return salted_hmac("standfirst.readers.throttle", value, algorithm="sha256").hexdigest()[:32]
