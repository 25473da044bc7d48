"""Browsers ask for alerts, change what they ask for, and stop. We keep where to send, and about what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal
from urllib.parse import urlsplit

from django.db import transaction
from django.utils.crypto import salted_hmac

from standfirst.edge.rates import own_network
from standfirst.editions import api as editions
from standfirst.editions.documents import Topic
from standfirst.kit import addresses, fetch, instants, p256
from standfirst.wire.channels.models import Asking, Channel, Subscription

SERVICES = (
    "fcm.googleapis.com", "push.services.mozilla.com", "push.apple.com", "notify.windows.com",
)  # fmt: skip
"""The push services of the browsers that are used. Others may be named too, by a few."""
MOST_AT_A_DOMAIN = 50
"""Subscriptions at any one domain that is none of these: nobody shall aim our alerts at somebody else."""
MOST_ELSEWHERE = 500
"""Subscriptions at all of those together: nobody shall have us call hosts that were made up."""
MOST_A_MINUTE = 600
"""New subscriptions of the whole site in a minute."""
MOST_FROM_A_NETWORK = 100
"""New subscriptions of one network (IPv4 /24, IPv6 /48) within WINDOW."""
WINDOW = timedelta(minutes=10)
MOST = 1_000_000
"""Subscriptions of a site."""
NEARLY = 0.9
"""The part of them from which on the desk says so."""
MOST_TOPICS = 20
LONGEST = 1000  # characters of an endpoint


class NotTaken(ValueError):
    """A request that is no subscription, or one too many.

    `code` says so to programs, `status` is the HTTP status; `wait` is after how many seconds it may be taken.
    """

    def __init__(self, code: str, status: int = 400, wait: int = 0) -> None:
        self.code, self.status, self.wait = code, status, wait
        super().__init__(code)


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
    except NotTaken:
        raise
    except (KeyError, TypeError, AttributeError, ValueError):
        raise NotTaken("no_subscription") from None
    if len(p256.decoded(asked.auth)) != 16 or len(asked.topics) > MOST_TOPICS:
        raise NotTaken("no_subscription")
    return asked


@transaction.atomic
def subscribe(asked: Asked, address: str) -> None:
    """Keep a subscription, a row an endpoint, asked for from an IP address. Raises NotTaken."""
    if not Channel.objects.filter(kind=Channel.Kind.WEBPUSH, active=True).exists():
        raise NotTaken("no_alerts", 404)
    before = Subscription.objects.filter(endpoint=asked.instead_of).first() if asked.instead_of else None
    language = before.language if before else asked.language
    topics = tuple(before.topics) if before else asked.topics
    if language not in editions.site().languages:
        raise NotTaken("no_such_language")
    if not all(isinstance(editions.current(f"topic:{topic}"), Topic) for topic in topics):
        raise NotTaken("no_such_topic")
    if before is not None and before.endpoint != asked.endpoint:
        before.delete()
    domain = elsewhere(asked.host)
    if not Subscription.objects.filter(endpoint=asked.endpoint).exists():
        _count(address)
        _check_room(domain)
    wanted = {"host": asked.host, "key": asked.key, "auth": asked.auth, "language": language}
    Subscription.objects.update_or_create(
        endpoint=asked.endpoint, defaults={**wanted, "elsewhere": domain, "topics": list(topics)}
    )


def unsubscribe(endpoint: object) -> None:
    """Forget a browser; who knows its endpoint may. Nothing happens where it is not known."""
    if isinstance(endpoint, str) and 0 < len(endpoint) <= LONGEST:
        Subscription.objects.filter(endpoint=endpoint).delete()


def elsewhere(host: str) -> str:
    """Return the domain of a push service that we do not know, "" for one that we do.

    The last two labels of its name: whoever has a domain makes up as many names below it as they like. Below
    a public suffix of two labels (`co.uk`) different owners count together.
    """
    if any(host == name or host.endswith(f".{name}") for name in SERVICES):
        return ""
    return ".".join(host.split(".")[-2:])


def room(browsers: int) -> Literal["", "little", "none"]:
    """Return how much room is left for more than so many browsers, "" for enough."""
    if browsers >= MOST:
        return "none"
    return "little" if browsers >= MOST * NEARLY else ""


def forget() -> None:
    """Forget from which networks browsers asked, once that does not count any more."""
    Asking.objects.filter(at__lt=instants.now() - WINDOW).delete()


def _count(address: str) -> None:
    """Count a new subscription. Raises NotTaken where its network, or the site, has had too many."""
    forget()
    place = _place(address)
    wait = int(WINDOW.total_seconds())
    if place and Asking.objects.filter(place=place).count() >= MOST_FROM_A_NETWORK:
        raise NotTaken("too_many_from_there", 429, wait)
    minute = instants.now() - timedelta(minutes=1)
    if Asking.objects.filter(at__gt=minute).count() >= MOST_A_MINUTE:
        raise NotTaken("too_many_at_once", 429, 60)
    Asking.objects.create(place=place, at=instants.now())


def _check_room(domain: str) -> None:
    """Raise NotTaken where no more subscriptions are kept: of a domain, of all unknown ones, of the site."""
    if domain:
        others = Subscription.objects.exclude(elsewhere="")
        if (
            others.filter(elsewhere=domain).count() >= MOST_AT_A_DOMAIN
            or others.count() >= MOST_ELSEWHERE
        ):  # fmt: skip
            raise NotTaken("too_many_at_this_push_service", 429)
    if Subscription.objects.count() >= MOST:
        raise NotTaken("too_many", 503)


def _place(address: str) -> str:
    """Return a keyed hash of the network of an address, "" where it is not a reader's own."""
    network = own_network(address, 24, 48)
    said = salted_hmac("standfirst.wire.subscribing", network, algorithm="sha256").hexdigest()[:32]
    return said if network else ""


def _host(endpoint: str) -> str:
    """Return the host of an endpoint. Raises NotTaken for one that we would not go to."""
    try:
        target = fetch.check(endpoint)
    except fetch.FetchRefused:
        raise NotTaken("no_push_service") from None
    named = addresses.literal(target.host) is None  # an address alone belongs to no domain
    if target.scheme != "https" or urlsplit(endpoint).fragment or not named:
        raise NotTaken("no_push_service")
    return target.host


def _text(value: object, most: int) -> str:
    if not isinstance(value, str) or len(value) > most:
        raise ValueError
    return value
