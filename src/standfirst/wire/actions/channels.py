"""What a person does with channels: add, change, pause, test, and decide what nobody else knows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from standfirst.kit import instants
from standfirst.stories.filing import Topic
from standfirst.wire.channels import rows, secrets
from standfirst.wire.channels.models import Channel, Delivery
from standfirst.wire.errors import ChannelRefused

State, What = Delivery.State, Delivery.What

PAUSED = gettext_noop("the channel was paused")
LEFT = gettext_noop("left as it is")
TEST = "test"


@dataclass(frozen=True, slots=True)
class ChannelDraft:
    """A channel as it should be. `secret` is "" where the one it has stays; `topics` are public ids."""

    name: str
    settings: Mapping[str, str]
    secret: str = ""
    breaking_only: bool = True
    language: str = ""
    topics: Sequence[str] = ()


@transaction.atomic
def save_channel(draft: ChannelDraft, kind: str, *, actor: str, channel: Channel | None = None) -> Channel:
    """Keep a channel, its secret sealed. Raises ChannelRefused."""
    kept = Channel.objects.select_for_update().get(pk=channel.pk) if channel else Channel(kind=kind)
    push = kept.kind == Channel.Kind.WEBPUSH
    if push and Channel.objects.filter(kind=kind).exclude(pk=kept.pk).exists():
        raise ChannelRefused(_("There is one channel for readers’ browsers already."))
    kept.name, kept.settings = draft.name, dict(draft.settings)
    kept.breaking_only, kept.language = draft.breaking_only or push, draft.language
    if draft.secret:
        try:
            secrets.seal(kept, draft.secret)
        except secrets.CannotSeal:
            raise ChannelRefused(
                _("This site’s key is not there yet: start the worker once, then try again.")
            ) from None
    _touch(kept, actor)
    kept.topics.set(Topic.objects.filter(public_id__in=draft.topics))
    return kept


@transaction.atomic
def set_active(channel: Channel, *, active: bool, actor: str) -> None:
    """Pause a channel, or let it go on. What waited is not told later: by then it is old."""
    kept = Channel.objects.select_for_update().get(pk=channel.pk)
    kept.active = active
    kept.trouble, kept.rests_until = "", None
    _touch(kept, actor)
    waiting = kept.deliveries.filter(state=State.WAITING, what__in=[What.PUBLISH, What.EDIT])
    if not active:
        waiting.update(state=State.SKIPPED, error=PAUSED)
    rows.wake()


@transaction.atomic
def test_channel(channel: Channel) -> Delivery:
    """Have the worker send a message that is no news, now."""
    kept = Channel.objects.select_for_update().get(pk=channel.pk)
    last = kept.deliveries.filter(what=What.TEST).aggregate(Max("seq"))["seq__max"] or 0
    made = Delivery.objects.create(channel=kept, record=TEST, seq=last + 1, what=What.TEST)
    rows.wake()
    return made


@transaction.atomic
def send_again(delivery: Delivery) -> None:
    """Try again what failed, or what somebody has seen not to stand there. Raises ChannelRefused."""
    kept = _undecided(delivery)
    Delivery.objects.filter(pk=kept.pk).update(
        state=State.WAITING, attempts=0, next_try_at=instants.now(), error="",
        may_be_there=kept.may_be_there and kept.state != State.UNKNOWN,
    )  # fmt: skip
    rows.wake()


@transaction.atomic
def leave(delivery: Delivery) -> None:
    """Take it that a message whose answer was lost stands there; do nothing more about what failed.

    Of one whose name nobody knows no later change can be made there. Raises ChannelRefused.
    """
    kept = _undecided(delivery)
    state = State.DONE if kept.state == State.UNKNOWN else State.SKIPPED
    Delivery.objects.filter(pk=kept.pk).update(state=state, done_at=instants.now(), error=LEFT)
    rows.wake()


def _undecided(delivery: Delivery) -> Delivery:
    kept = Delivery.objects.select_for_update().get(pk=delivery.pk)
    if kept.state not in (State.UNKNOWN, State.FAILED):
        raise ChannelRefused(_("That is settled already."))
    return kept


def _touch(channel: Channel, actor: str) -> None:
    channel.changed_at, channel.changed_by = instants.now(), actor
    channel.save()
