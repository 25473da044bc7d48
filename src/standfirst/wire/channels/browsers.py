"""From one change to the browsers that are to hear of it: a row each, made by the worker."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from standfirst.kit import instants
from standfirst.wire.channels.claiming import Claimed
from standfirst.wire.channels.models import Delivery, Subscription

AT_ONCE, READ_AT_ONCE = 500, 5000  # rows in one statement
KEPT = timedelta(days=7)
"""How long rows for single browsers stay: an alert is not changed after that."""


def spread(channel_id: int, claimed: Claimed) -> None:
    """Make a row for each browser that is to hear of a change. Doing it again makes none twice."""
    sending = claimed.sending
    batch: list[Delivery] = []
    for browser, language in _hearers(channel_id, claimed):
        batch.append(
            Delivery(
                channel_id=channel_id, subscription_id=browser, record=sending.record, seq=sending.seq,
                what=sending.deed, language=language,
            )
        )  # fmt: skip
        if len(batch) == AT_ONCE:
            Delivery.objects.bulk_create(batch, ignore_conflicts=True)
            batch = []
    Delivery.objects.bulk_create(batch, ignore_conflicts=True)


def tidy() -> None:
    """Delete rows for single browsers that are old."""
    Delivery.objects.filter(made_at__lt=instants.now() - KEPT).exclude(subscription=None).delete()


def _hearers(channel_id: int, claimed: Claimed) -> Iterator[tuple[int, str]]:
    """Yield the browsers that asked for such news; of a change, those that were told of it before."""
    sending = claimed.sending
    if sending.deed == "publish":
        item = sending.said.item
        for pk, language, topics in _asked(item.language):
            if not topics or set(topics) & set(item.topics):
                yield pk, language
        return
    told = Delivery.objects.filter(channel=channel_id, record=sending.record).exclude(subscription=None)
    found = told.order_by("subscription").values_list("subscription", "subscription__language").distinct()
    for pk, language in list(found):
        yield int(pk or 0), str(language)


def _asked(language: str) -> Iterator[tuple[int, str, list[str]]]:
    """Yield who asked in a language, a part at a time: there may be very many."""
    asked, last = Subscription.objects.filter(language=language).order_by("pk"), 0
    while found := list(asked.filter(pk__gt=last).values_list("pk", "language", "topics")[:READ_AT_ONCE]):
        yield from found
        last = found[-1][0]
