"""Taking rows to work on. Between a claim and its settling, outside any transaction, it is sent.

A row is `claimed` in a transaction of its own before anything goes out: so what a worker that dies leaves
behind is seen (`settling.recover`).
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from standfirst.editions import api as editions
from standfirst.editions.documents import FeedItem, Site
from standfirst.kit import instants
from standfirst.kit.ids import new_id
from standfirst.kit.words import NONE, Words
from standfirst.wire.channels.deciding import Decision, decide
from standfirst.wire.channels.failing import kept
from standfirst.wire.channels.message import Message, compose, is_breaking, withdrawn
from standfirst.wire.channels.models import Channel, Delivery
from standfirst.wire.channels.sending import Browser, Names, Sender, Sending
from standfirst.wire.channels.settling import LEASE, recover

State, What = Delivery.State, Delivery.What

LOOKED_AT = 200  # rows, at most, to find those that may go
HELD_FOR = timedelta(seconds=15)
"""How long a row is not looked at held until a person decides on another: such rows crowd out nothing."""


@dataclass(frozen=True, slots=True)
class Claimed:
    """A row that is ours for now, and what is to be sent for it."""

    row: int
    claim: str
    sending: Sending
    digest: str


def due_channels() -> list[int]:
    """Return the channels that have something to do now. Quick: the worker asks whenever it comes round."""
    now = instants.now()
    due = Q(state=State.WAITING, next_try_at__lte=now) & (
        Q(channel__active=True) | Q(what__in=[What.GONE, What.TEST])
    ) & (Q(channel__rests_until=None) | Q(channel__rests_until__lte=now))  # fmt: skip
    left = Q(state=State.CLAIMED, claimed_at__lt=now - LEASE)
    return list(Delivery.objects.filter(due | left).order_by().values_list("channel", flat=True).distinct())


@transaction.atomic
def claim(channel_id: int, sender: Sender, most: int) -> list[Claimed]:
    """Take at most `most` rows of a channel that are due, what is gone first.

    Rows that come to nothing are settled at once.
    """
    channel = Channel.objects.select_for_update().filter(pk=channel_id).first()
    now = instants.now()
    if channel is None:
        return []
    recover(channel, sender, now)
    if channel.rests_until is not None and channel.rests_until > now:
        return []
    due = _due(channel, now)
    look = _Look(channel, sender, due, now)
    taken: list[Claimed] = []
    for row in due:
        if len(taken) == most:
            break
        found = look.take(row)
        if found is not None:
            taken.append(found)
    return taken


def _due(channel: Channel, now: datetime) -> list[Delivery]:
    """Return the rows to look at: what is gone first, then edits, each kind in the order of an index.

    Hosts that we do not know come after all others: were they slow, the others would wait for them. A paused
    channel says nothing new; what is withdrawn is withdrawn there too.
    """
    kinds = (What.GONE, What.TEST, *((What.EDIT, What.PUBLISH) if channel.active else ()))
    known = Q(subscription=None) | Q(subscription__elsewhere="")
    found: list[Delivery] = []
    for hosts, what in itertools.product((known, ~known), kinds):
        waiting = channel.deliveries.filter(hosts, state=State.WAITING, what=what, next_try_at__lte=now)
        left = LOOKED_AT - len(found)
        found += waiting.select_related("subscription").order_by("seq", "pk")[:left] if left else ()
    return found


class _Look:
    """One look at a channel's rows, in the transaction that claims some of them."""

    def __init__(self, channel: Channel, sender: Sender, due: Sequence[Delivery], now: datetime) -> None:
        self._channel, self._sender, self._now = channel, sender, now
        self._site: Site = editions.site()
        self._said: dict[str, Message | None] = {}
        self._others = _others(channel, due)

    def take(self, row: Delivery) -> Claimed | None:
        """Claim a row, or settle it without sending; None where nothing is to be sent now."""
        decision = self._decide(row)
        waiting = Delivery.objects.filter(pk=row.pk, state=State.WAITING)
        if decision.do in ("skip", "fail"):
            state = State.SKIPPED if decision.do == "skip" else State.FAILED
            waiting.update(state=state, **kept(Words(decision.why)))
        if decision.do == "hold":
            waiting.update(next_try_at=self._now + (HELD_FOR if decision.unsure else timedelta(seconds=1)))
        if decision.do != "send":
            return None
        mark, sending = new_id(), self._sending(row, decision)
        name = self._sender.name(sending) if isinstance(self._sender, Names) else ""
        changed = waiting.update(
            state=State.CLAIMED, claim=mark, claimed_at=self._now, attempts=row.attempts + 1,
            what=decision.deed, remote_id=name, **kept(NONE),
        )  # fmt: skip
        if not changed:
            return None  # a newer change took its place in this moment
        row.state = State.CLAIMED
        return Claimed(row.pk, mark, sending, sending.message.digest if sending.message else "")

    def _decide(self, row: Delivery) -> Decision:
        if row.what == What.TEST:
            return Decision("send", "test")
        said = self._message(row)
        wanted = said is not None and (not self._channel.breaking_only or is_breaking(said.item, self._now))
        same = [one for one in self._others[row.record, row.subscription_id] if one.pk != row.pk]
        return decide(row, same, said.digest if said else None, wanted=wanted)

    def _message(self, row: Delivery) -> Message | None:
        """Return what readers have of a record now: what is gone by now is never sent."""
        if row.what in (What.GONE, What.TEST):
            return None
        if row.record not in self._said:
            item = editions.current(row.record)
            self._said[row.record] = compose(item, self._site) if isinstance(item, FeedItem) else None
        return self._said[row.record]

    def _sending(self, row: Delivery, decision: Decision) -> Sending:
        browser = row.subscription
        language = (browser.language if browser else row.language) or self._site.language
        return Sending(
            key=f"msg_{self._channel.public_id}_{row.record.replace(':', '-')}_{row.seq}",
            deed=decision.deed,
            record=row.record,
            seq=row.seq,
            made_at=row.made_at,
            language=language,
            withdrawn=withdrawn(self._site, language),
            message=self._message(row),
            held=decision.held,
            browser=Browser(browser.endpoint, browser.key, browser.auth) if browser else None,
        )


def _others(channel: Channel, due: Sequence[Delivery]) -> dict[tuple[str, int | None], list[Delivery]]:
    """Return the rows of the same records on the channel, by record and browser, that anything came of."""
    records, browsers = {row.record for row in due}, {row.subscription_id for row in due}
    where = Q(subscription__in=[one for one in browsers if one is not None])
    if None in browsers:
        where |= Q(subscription=None)
    found: dict[tuple[str, int | None], list[Delivery]] = {
        (row.record, row.subscription_id): [] for row in due
    }
    rows = channel.deliveries.filter(where, record__in=records)
    for row in rows.exclude(state=State.SKIPPED, may_be_there=False):
        found.setdefault((row.record, row.subscription_id), []).append(row)
    return found
