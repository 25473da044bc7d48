"""Whether channels would take something now, asked of each one itself; for `doctor`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from standfirst.wire.channels.failing import NotSent
from standfirst.wire.channels.models import Channel, Delivery
from standfirst.wire.channels.rows import history
from standfirst.wire.channels.worker import sender_of

State = Delivery.State


@dataclass(frozen=True, slots=True)
class Examined:
    """What a channel says of itself: `problem`, or what is `well`. `undecided` waits for a person."""

    name: str
    well: str
    problem: str
    undecided: int


def examine() -> Iterator[Examined]:
    """Yield what each channel that is not paused says. Asks outside, and sends nothing."""
    for channel in Channel.objects.filter(active=True):
        undecided = history(channel).filter(state__in=[State.FAILED, State.UNKNOWN]).count()
        try:
            well, problem = sender_of(channel).check(), ""
        except NotSent as error:
            well, problem = "", str(error.why)
        yield Examined(channel.name, well, problem, undecided)
