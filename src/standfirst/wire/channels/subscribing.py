"""Browsers ask for alerts, change what they ask for, and stop. We keep where to send, and about what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from django.db import transaction

from standfirst.editions import api as editions
from standfirst.editions.documents import Topic
from standfirst.kit import fetch, instants, p256
from standfirst.wire.channels.models import Channel, Subscription

SERVICES = (
    "fcm.googleapis.com", "push.services.mozilla.com", "push.apple.com", "notify.windows.com",
)  # fmt: skip
"""The push services of the browsers that are used. Others may be named too, by a few."""
MOST_ELSEWHERE = 50
"""Subscriptions at any one host that is none of these: nobody shall aim our alerts at somebody else."""
MOST_A_MINUTE = 600
"""New subscriptions of the whole site in a minute."""
MOST_TOPICS = 20
LONGEST = 1000  # characters of an endpoint


class NotTaken(ValueError):
    """A request that is no subscription, or one too many. `status` is the HTTP status that says so."""

    def __init__(self, why: str, status: int = 400) -> None:
        self.status = status
        super().__init__(why)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a browser sends. `instead_of` names the endpoint that the browser had before."""

    endpoint: str
    host: str
    key: str
    auth: str
    language: str
    topics: tuple[str, ...]
    instead_of: str


def read(data: Any) -> Asked:
    """Return what a request asks for. Raises NotTaken."""
    try:
        keys = data["keys"]
        asked = Asked(
            endpoint=_text(data["endpoint"], LONGEST),
            host=_host(_text(data["endpoint"], LONGEST)),
            key=_text(keys["p256dh"], 100),
            auth=_text(keys["auth"], 30),
            language=_text(data.get("language", ""), 35),
            topics=tuple(dict.fromkeys(_text(topic, 26) for topic in data.get("topics") or ())),
            instead_of=_text(data.get("instead_of", ""), LONGEST),
        )
        p256.public_key(asked.key)
    except (KeyError, TypeError, AttributeError, ValueError):
        raise NotTaken("this is no subscription") from None
    if len(p256.decoded(asked.auth)) != 16 or len(asked.topics) > MOST_TOPICS:
        raise NotTaken("this is no subscription")
    return asked


@transaction.atomic
def subscribe(asked: Asked) -> None:
    """Keep a subscription, a row an endpoint. Raises NotTaken."""
    if not Channel.objects.filter(kind=Channel.Kind.WEBPUSH, active=True).exists():
        raise NotTaken("there are no alerts", 404)
    before = Subscription.objects.filter(endpoint=asked.instead_of).first() if asked.instead_of else None
    language = before.language if before else asked.language
    topics = tuple(before.topics) if before else asked.topics
    if language not in editions.site().languages:
        raise NotTaken("no such language")
    if not all(isinstance(editions.current(f"topic:{topic}"), Topic) for topic in topics):
        raise NotTaken("no such topic")
    known = Subscription.objects.filter(endpoint=asked.endpoint)
    if not known.exists():
        _check_room(asked)
    if before is not None and before.endpoint != asked.endpoint:
        before.delete()
    wanted = {"host": asked.host, "key": asked.key, "auth": asked.auth, "language": language}
    Subscription.objects.update_or_create(
        endpoint=asked.endpoint, defaults={**wanted, "topics": list(topics)}
    )


def unsubscribe(endpoint: object) -> None:
    """Forget a browser; who knows its endpoint may. Nothing happens where it is not known."""
    if isinstance(endpoint, str) and 0 < len(endpoint) <= LONGEST:
        Subscription.objects.filter(endpoint=endpoint).delete()


def _check_room(asked: Asked) -> None:
    recent = Subscription.objects.filter(made_at__gt=instants.now() - timedelta(minutes=1))
    if recent.count() >= MOST_A_MINUTE:
        raise NotTaken("too many at once", 429)
    usual = any(asked.host == name or asked.host.endswith(f".{name}") for name in SERVICES)
    if not usual and Subscription.objects.filter(host=asked.host).count() >= MOST_ELSEWHERE:
        raise NotTaken("too many at this push service", 429)


def _host(endpoint: str) -> str:
    """Return the host of an endpoint. Raises NotTaken for one that we would not go to."""
    try:
        target = fetch.check(endpoint)
    except fetch.FetchRefused as error:
        raise NotTaken(error.why) from None
    if target.scheme != "https" or urlsplit(endpoint).fragment:
        raise NotTaken("an endpoint begins with https")
    return target.host


def _text(value: object, most: int) -> str:
    if not isinstance(value, str) or len(value) > most:
        raise ValueError
    return value
