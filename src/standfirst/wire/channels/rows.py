"""A change of an item becomes rows: one a channel, in the transaction of the change. Nothing is sent here.

A newer change takes the place of an older one that still waits.
"""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_noop

from standfirst.editions.api import Erasure, last_seq
from standfirst.editions.documents import FeedItem
from standfirst.kit import bus, instants
from standfirst.wire.channels.message import is_breaking
from standfirst.wire.channels.models import Channel, Delivery
from standfirst.wire.followups import Change

State, What = Delivery.State, Delivery.What

NEWER = gettext_noop("a newer change took its place")

_WHAT = {"published": What.PUBLISH, "updated": What.EDIT, "gone": What.GONE}


def follow(change: Change) -> None:
    """Write what follows of a change; for the wire's registry of follow-ups."""
    if not change.record.startswith("item:"):
        return
    item = change.item if isinstance(change.item, FeedItem) else None
    older = Delivery.objects.filter(record=change.record, seq__lt=change.seq)
    # What takes away is done first, whatever comes after it.
    replaced = older.filter(state=State.WAITING, what__in=[What.PUBLISH, What.EDIT])
    replaced.update(state=State.SKIPPED, error=NEWER)
    known = older.exclude(state=State.SKIPPED, may_be_there=False).filter(subscription=None)
    had = dict(known.order_by("seq").values_list("channel", "language"))
    rows = [
        Delivery(
            channel=channel, record=change.record, seq=change.seq, what=_WHAT[change.kind],
            language=item.language if item else had.get(channel.pk, ""),
        )
        for channel in Channel.objects.prefetch_related("topics")
        if channel.pk in had or (item is not None and wants(channel, item))
    ]  # fmt: skip
    if not rows:
        return
    Delivery.objects.bulk_create(rows)
    wake()


def wants(channel: Channel, item: FeedItem) -> bool:
    """Return whether a channel gets an item that it does not have yet."""
    if not channel.active or channel.language not in ("", item.language):
        return False
    if channel.breaking_only and not is_breaking(item, instants.now()):
        return False
    topics = {topic.public_id for topic in channel.topics.all()}
    return not topics or bool(topics & set(item.topics))


def wake() -> None:
    """Call the worker once the transaction is through."""
    transaction.on_commit(lambda: bus.send(settings.STANDFIRST_SITE, bus.WORK))


def erase_from_channels(erasure: Erasure) -> list[str]:
    """Have an item that is erased by law deleted from channels too; for the editions' registry of erasers."""
    if not erasure.record.startswith("item:"):
        return []
    ours = Delivery.objects.filter(record=erasure.record)
    sent = ours.filter(state__in=[State.DONE, State.UNKNOWN, State.CLAIMED]).exists()
    follow(Change("gone", erasure.record, last_seq() + 1, "", None))
    ours.update(digest="")
    if not sent:
        return []
    return [gettext_noop("what receivers of webhooks, and readers of channels and alerts, have kept of it")]


def history(channel: Channel) -> QuerySet[Delivery]:
    """Return a channel's deliveries that are shown at the desk, newest first: not each browser's own."""
    return channel.deliveries.filter(subscription=None)
