"""Noting what came of rows that were claimed, and of those whose worker never came back."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_noop

from standfirst.kit import instants
from standfirst.kit.words import NONE, Words
from standfirst.wire.channels.failing import kept
from standfirst.wire.channels.models import Channel, Delivery, Subscription
from standfirst.wire.channels.sending import Browser, Deed, Sender

if TYPE_CHECKING:
    from standfirst.wire.channels.claiming import Claimed

State, What = Delivery.State, Delivery.What

LEASE = timedelta(seconds=75)
"""How long a claim stands; longer than all calls of one delivery may take together."""
WAITS = (5, 15, 60, 180, 600, 1800, 3600, 5400, 9600)
"""Seconds after each failed try: ten tries within about six hours."""

FAILURES, FAILING_FOR = 5, timedelta(days=14)
"""A browser is forgotten that took none of so many alerts in a row, over so long: of a site that is cut off
itself for a day, no reader is lost."""

DIED = gettext_noop("the worker ended while it was being sent")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it. `wait` in seconds, for one that is tried again; `rests` holds for the whole channel.

    `ended`: whoever listened there does not listen any more. `may_be_there`: it got no answer. `ours`: the
    other side had no part in it.
    """

    state: str
    why: Words = NONE
    remote_id: str = ""
    wait: float = 0.0
    rests: bool = False
    ended: bool = False
    may_be_there: bool = False
    ours: bool = False


def settle(channel_id: int, done: Sequence[tuple[Claimed, Outcome]]) -> None:
    """Note what came of claimed rows. One that somebody else has taken over meanwhile is left alone."""
    with transaction.atomic():
        for claimed, outcome in done:
            state = _note(claimed, outcome)
            if claimed.sending.browser is not None and not outcome.ours:
                _count(claimed.sending.browser, state)
            if outcome.ended:
                _end(channel_id, claimed, outcome)
        rest = max((outcome.wait for _, outcome in done if outcome.rests), default=0.0)
        if rest:
            until = instants.now() + timedelta(seconds=rest)
            Channel.objects.filter(pk=channel_id).update(rests_until=until)


def recover(channel: Channel, sender: Sender, now: datetime) -> None:
    """Settle what a worker left behind that died while sending: again where that shows once, else unknown."""
    left = channel.deliveries.filter(state=State.CLAIMED, claimed_at__lt=now - LEASE)
    for row in left:
        deed: Deed = row.what  # type: ignore[assignment]
        if sender.may_repeat(deed):
            state = State.WAITING if row.attempts <= len(WAITS) else State.FAILED
        else:
            state = State.FAILED if row.what == What.TEST else State.UNKNOWN
        left.filter(pk=row.pk, claim=row.claim).update(
            state=state, next_try_at=now, error=DIED, may_be_there=True
        )


def _note(claimed: Claimed, outcome: Outcome) -> str:
    """Write an outcome; return the state it led to, "" where the row is not ours any more.

    Who sent it knows better than who found the claim too old: that is corrected.
    """
    ours = Delivery.objects.filter(
        pk=claimed.row, claim=claimed.claim, state__in=[State.CLAIMED, State.UNKNOWN]
    )
    why, now = kept(outcome.why), instants.now()
    if outcome.may_be_there:
        ours.update(may_be_there=True)
    if outcome.state == State.DONE:
        remote, digest = outcome.remote_id[:300], claimed.digest
        known = ours.update(state=State.DONE, done_at=now, remote_id=remote, digest=digest, **kept(NONE))
        return State.DONE if known else ""
    tries = ours.values_list("attempts", flat=True).first()
    if outcome.state == State.WAITING and tries is not None and tries <= len(WAITS):
        wait = max(outcome.wait, WAITS[max(0, tries - 1)] * random.uniform(0.8, 1.0))  # noqa: S311 (no secret)
        ours.update(state=State.WAITING, next_try_at=now + timedelta(seconds=wait), **why)
        return State.WAITING
    state = State.FAILED if outcome.state == State.WAITING else outcome.state
    return state if ours.update(state=state, **why) else ""


def _count(browser: Browser, state: str) -> None:
    """Count what failed for good at a browser; forget one that has taken nothing for long."""
    known, now = Subscription.objects.filter(endpoint=browser.endpoint), instants.now()
    if state == State.DONE:
        known.filter(failures__gt=0).update(failures=0, failing_since=None)
    elif state == State.FAILED:
        known.update(failures=F("failures") + 1, failing_since=Coalesce(F("failing_since"), now))
        known.filter(failures__gte=FAILURES, failing_since__lte=now - FAILING_FOR).delete()


def _end(channel_id: int, claimed: Claimed, outcome: Outcome) -> None:
    """Forget a browser that does not listen any more; pause a channel whose receiver says so."""
    browser = claimed.sending.browser
    if browser is not None:
        Subscription.objects.filter(endpoint=browser.endpoint).delete()
    else:
        Channel.objects.filter(pk=channel_id).update(active=False, **kept(outcome.why, "trouble"))
