"""The worker's chore: sends what is due, each channel in a thread of its own.

One that hangs holds up no other, nor a story that is due. What goes wrong is logged without the words of an
exception: they could hold an address with a token in it.
"""

from __future__ import annotations

import logging
import threading
import traceback
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

from django.db import close_old_connections
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from standfirst.kit.sitefolder import SiteFolder
from standfirst.kit.words import Words
from standfirst.wire.channels import browsers, secrets
from standfirst.wire.channels.claiming import Claimed, claim, due_channels
from standfirst.wire.channels.failing import Ended, LeftAlone, NotSent, Refused, Unsure
from standfirst.wire.channels.models import Channel, Delivery
from standfirst.wire.channels.sending import Deletes, Edits, Sender, Tests, kinds
from standfirst.wire.channels.settling import Outcome, settle

State = Delivery.State

THREADS = 8  # for a channel that sends several at once

MISTAKE = gettext_noop("a mistake in the program (%(name)s)")

log = logging.getLogger(__name__)


class Outgoing:
    """The chore. Keeps a sender a channel, with its session, for as long as the row is as it was."""

    def __init__(self) -> None:
        self._threads: dict[int, threading.Thread] = {}
        self._senders: dict[int, tuple[datetime, Sender]] = {}

    def __call__(self, site: SiteFolder) -> None:
        """Begin to send what is due on each channel, unless that is being done."""
        for channel in due_channels():
            running = self._threads.get(channel)
            if running is None or not running.is_alive():
                thread = threading.Thread(
                    target=self._send, args=(channel,), name=f"channel {channel}", daemon=True
                )
                self._threads[channel] = thread
                thread.start()

    def _send(self, channel: int) -> None:
        try:
            while self.send(channel):
                pass
        except Exception as problem:  # noqa: BLE001 - the rows are the truth and are still there
            _log(channel, problem)
        close_old_connections()

    def send(self, channel_id: int) -> int:
        """Send what is due on a channel now, as much as goes at once; return how much that was."""
        channel = Channel.objects.filter(pk=channel_id).first()
        if channel is None:
            return 0
        sender = self._sender(channel)
        claimed = claim(channel_id, sender, sender.at_once)
        if not claimed:
            return 0
        settle(channel_id, _deliver_all(channel, sender, claimed))
        return len(claimed)

    def _sender(self, channel: Channel) -> Sender:
        known = self._senders.get(channel.pk)
        if known is not None and known[0] == channel.changed_at:
            return known[1]
        sender = sender_of(channel)
        self._senders[channel.pk] = (channel.changed_at, sender)
        return sender


class _Broken:
    """Stands for a sender that cannot be made: its secret does not open, its settings are none."""

    at_once = 1

    def __init__(self, why: Words) -> None:
        self._why = why

    def may_repeat(self, deed: str) -> bool:
        return True

    def publish(self, sending: object) -> str:
        raise NotSent(self._why, ours=True)

    edit = publish

    def delete(self, sending: object) -> None:
        raise NotSent(self._why, ours=True)

    def test(self, sending: object, words: str) -> None:
        raise Refused(self._why, ours=True)

    def check(self) -> str:
        raise Refused(self._why, ours=True)


def sender_of(channel: Channel) -> Sender:
    """Return what sends for a channel; one that always says why not, where none can be made."""
    try:
        return kinds.get(channel.kind)(channel, secrets.unseal(channel))
    except Refused as problem:
        return _Broken(problem.why)


def _deliver_all(channel: Channel, sender: Sender, claimed: list[Claimed]) -> list[tuple[Claimed, Outcome]]:
    """Send several: to browsers in threads, which touch no database."""
    alone = [one for one in claimed if one.sending.browser is None]
    done = [(one, _deliver(channel, sender, one)) for one in alone]
    others = [one for one in claimed if one.sending.browser is not None]
    if others:
        with ThreadPoolExecutor(min(THREADS, len(others))) as pool:
            sent = list(pool.map(lambda one: _deliver(channel, sender, one), others))
        done += zip(others, sent, strict=True)
    return done


def _deliver(channel: Channel, sender: Sender, claimed: Claimed) -> Outcome:
    """Send one; return what came of it. Raises nothing."""
    sending = claimed.sending
    try:
        if channel.kind == Channel.Kind.WEBPUSH and sending.browser is None:
            browsers.spread(channel.pk, claimed)
            return Outcome(State.DONE)
        return Outcome(State.DONE, remote_id=_send(sender, claimed))
    except LeftAlone as problem:
        return Outcome(State.SKIPPED, problem.why)
    except Refused as problem:
        return Outcome(State.FAILED, problem.why, ended=isinstance(problem, Ended), ours=problem.ours)
    except Unsure as problem:
        return _unsure(sender, claimed, problem)
    except NotSent as problem:
        state = State.FAILED if sending.deed == "test" else State.WAITING
        return Outcome(state, problem.why, wait=problem.wait, rests=problem.rests, ours=problem.ours)
    except Exception as problem:  # noqa: BLE001 - a mistake of ours must not lose what is known
        _log(channel.pk, problem)
        why = Words(MISTAKE, {"name": type(problem).__name__})
        return _unsure(sender, claimed, Unsure(why, ours=True))


def _unsure(sender: Sender, claimed: Claimed, problem: Unsure) -> Outcome:
    if claimed.sending.deed == "test":
        return Outcome(State.FAILED, problem.why)
    state = State.WAITING if sender.may_repeat(claimed.sending.deed) else State.UNKNOWN
    return Outcome(
        state, problem.why, wait=problem.wait, rests=problem.rests, may_be_there=True, ours=problem.ours
    )


def _send(sender: Sender, claimed: Claimed) -> str:
    sending = claimed.sending
    if sending.deed == "publish":
        return sender.publish(sending)
    if sending.deed == "edit" and isinstance(sender, Edits):
        return sender.edit(sending)
    if sending.deed == "gone" and isinstance(sender, Deletes):
        sender.delete(sending)
        return ""
    if sending.deed == "test" and isinstance(sender, Tests):
        with translation.override(sending.language):
            words = _("This is a test of the channel. There is no news in it.")
        sender.test(sending, words)
        return ""
    raise LeftAlone(gettext_noop("this channel cannot do that"))


def _log(channel: int, problem: BaseException) -> None:
    where = "".join(traceback.format_tb(problem.__traceback__))
    log.error("channel %d: %s\n%s", channel, type(problem).__name__, where)
