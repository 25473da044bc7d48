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
    """`send` with the deed it comes to; `skip` and `fail` with words; `hold` until others are settled."""

    do: Literal["send", "skip", "fail", "hold"]
    deed: Deed = "publish"
    held: Held | None = None
    why: str = ""


def decide(row: Delivery, others: Sequence[Delivery], digest: str | None, *, wanted: bool) -> Decision:
    """Return what comes of `row`. `others` are the record's other rows on the channel (for one browser).

    `digest` is of the words that would go out now, None when there are none any more. `wanted` is whether
    the channel would take it if it has nothing of it yet.
    """
    if any(other.seq > row.seq for other in others):
        return Decision("skip", why=NEWER)
    if any(other.state == State.CLAIMED for other in others):
        return Decision("hold")
    if any(other.state == State.UNKNOWN for other in others):
        return Decision("fail", why=LOOK) if row.what == What.GONE else Decision("hold")
    last = _last_done(others)
    if row.what == What.GONE:
        return Decision("send", "gone", _held(last)) if last else Decision("skip", why=NEVER_SENT)
    if digest is None:
        return Decision("skip", why=NEVER_SENT)
    if last is None:
        return Decision("send", "publish") if wanted else Decision("skip", why=NO_MORE_BREAKING)
    if last.digest == digest:
        return Decision("skip", why=NOTHING_NEW)
    return Decision("send", "edit", _held(last))


def _last_done(others: Sequence[Delivery]) -> Delivery | None:
    """Return the row by which the channel has what it has of the record, None when it has nothing."""
    done = [other for other in others if other.state == State.DONE]
    last = max(done, key=lambda other: other.seq, default=None)
    return None if last is None or last.what == What.GONE else last


def _held(last: Delivery) -> Held:
    return Held(last.remote_id, last.done_at or last.made_at)
