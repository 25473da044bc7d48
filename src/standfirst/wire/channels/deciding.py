"""What is to be done with a row that is due, from all that happened on its channel to the same record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext_noop

from standfirst.wire.channels.models import Delivery
from standfirst.wire.channels.rows import NEWER
from standfirst.wire.channels.sending import Deed, Held

State, What = Delivery.State, Delivery.What

NEVER_SENT = gettext_noop("it was withdrawn before it was sent")
NOTHING_NEW = gettext_noop("nothing that is sent has changed")
NO_MORE_BREAKING = gettext_noop("it was not breaking any more")
LOOK = gettext_noop("nobody knows whether it was sent: look there, and take it away by hand")


@dataclass(frozen=True, slots=True)
class Decision:
    """`send` with the deed it comes to; `skip` and `fail` with words; `hold` until others are settled.

    `unsure`: it is held until a person says whether something else was sent.
    """

    do: Literal["send", "skip", "fail", "hold"]
    deed: Deed = "publish"
    held: Held | None = None
    why: str = ""
    unsure: bool = False


def decide(row: Delivery, others: Sequence[Delivery], digest: str | None, *, wanted: bool) -> Decision:
    """Return what comes of `row`. `others` are the record's other rows on the channel (for one browser).

    `digest` is of the words that would go out now, None when there are none any more. `wanted` is whether
    the channel would take it if it has nothing of it yet.
    """
    gone = row.what == What.GONE
    if not gone and any(other.seq > row.seq and other.state != State.SKIPPED for other in others):
        return Decision("skip", why=NEWER)
    if any(_goes_first(other, row) for other in others):
        return Decision("hold")
    if any(other.state == State.UNKNOWN for other in others):
        return Decision("fail", why=LOOK) if gone else Decision("hold", unsure=True)
    there = _there(others)
    held = (
        Held(tuple(one.remote_id for one in there), there[0].done_at or there[0].made_at) if there else None
    )
    if gone:
        return Decision("send", "gone", held) if held else Decision("skip", why=NEVER_SENT)
    if digest is None:
        return Decision("skip", why=NEVER_SENT)
    if not any(one.state == State.DONE for one in there):  # at most a try that got no answer
        return Decision("send", "publish", held) if wanted else Decision("skip", why=NO_MORE_BREAKING)
    if there[0].state == State.DONE and there[0].digest == digest:
        return Decision("skip", why=NOTHING_NEW)
    return Decision("send", "edit", held)


def _goes_first(other: Delivery, row: Delivery) -> bool:
    """Return whether `row` waits for another: one that is being sent, or an older one that takes away."""
    takes_away = other.what == What.GONE and other.state == State.WAITING and other.seq < row.seq
    return takes_away or other.state == State.CLAIMED


def _there(others: Sequence[Delivery]) -> list[Delivery]:
    """Return the rows by which the channel has something of the record, or may have, the newest first."""
    told = [one for one in others if one.state == State.DONE or one.may_be_there]
    taken = max((one.seq for one in told if one.what == What.GONE and one.state == State.DONE), default=0)
    shown = [one for one in told if one.what != What.GONE and one.seq > taken]
    return sorted(shown, key=lambda one: one.seq, reverse=True)
