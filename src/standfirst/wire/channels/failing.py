"""In which words a sender says that something was not done, and how they are kept and shown.

A row keeps the English message of the catalogues and what stands at its places; the desk translates.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext, gettext_noop

from standfirst.kit.words import Words, filled
from standfirst.wire.channels.models import LONGEST_ERROR

LONGEST_WAIT = 86_400.0
"""Seconds that anybody is left alone, whatever they ask for."""
TOLD = 200
"""Characters of what the other side says went wrong."""


class NotSent(Exception):
    """It was not done; trying again may help. `wait` is for how many seconds it asks to be left alone.

    With `rests` it asks that for everything on this channel. `ours`: the other side had no part in it.
    """

    def __init__(
        self, why: str | Words, wait: float = 0.0, *, rests: bool = False, ours: bool = False
    ) -> None:
        self.why = why if isinstance(why, Words) else Words(why)
        self.wait = wait if 0 <= wait <= LONGEST_WAIT else LONGEST_WAIT * (wait > 0)
        self.rests, self.ours = rests, ours
        super().__init__(str(self.why))


class Unsure(NotSent):
    """Nobody knows whether it was done: it was asked, and the answer never came."""


class Refused(NotSent):
    """It was not done, and will not be however often it is tried."""


class Ended(Refused):
    """Whoever listened there does not listen any more, for good."""


class LeftAlone(NotSent):
    """The channel allows nothing of the kind any more: what stands there stays as it is."""


def told(status: int, reason: object) -> Words:
    """Return in words what was answered; the reason is the other side's own, in its language."""
    said = " ".join(str(reason or "").split())[:TOLD]
    if said:
        return Words(gettext_noop("answered %(status)d: %(said)s"), {"status": status, "said": said})
    return Words(gettext_noop("answered %(status)d"), {"status": status})


def kept(why: Words, name: str = "error") -> dict[str, Any]:
    """Return the columns of a row that keep words: the message, and the values beside it."""
    values = {
        key: value[:LONGEST_ERROR] if isinstance(value, str) else value for key, value in why.values.items()
    }
    return {name: why.template[:LONGEST_ERROR], f"{name}_values": values}


def shown(template: str, values: dict[str, Any]) -> str:
    """Return the words of a row in the language of the desk."""
    return filled(gettext(template), values) if template else ""
