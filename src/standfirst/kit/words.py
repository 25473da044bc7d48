"""Words for people that are translated where they are shown: kit itself knows no language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


def gettext_noop(text: str) -> str:
    """Mark a message for the catalogues; the room that shows it translates it."""
    return text


@dataclass(frozen=True, slots=True)
class Words:
    """A message of the catalogues, in English, and what stands at its places (`%(name)s`).

    As text it is the English one, for logs and consoles.
    """

    template: str = ""
    values: Mapping[str, str | int] = field(default_factory=dict)

    def __str__(self) -> str:
        return filled(self.template, self.values)


NONE = Words()


def filled(text: str, values: Mapping[str, str | int]) -> str:
    """Return a message, translated or not, with what stands at its places; one without values as it is."""
    return text % values if values else text
