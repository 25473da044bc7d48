"""The newest changes of feeds and live coverage: what bakers bake, and what streams make of it.

`/_f/wire/` is one JSON file:

    {"since": 1180, "events": [{"seq": 1184, …}, {"seq": 1190, …}]}

Its events ascend by `seq`, the number of the edition that made the change. Every change with a number above
`since` is among them; of a record that changed more than once only the last change is. Of an event only
`seq` means anything here, the rest is passed on as it is.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

PATH = "/_f/wire/"
LARGEST = 32_000
"""Bytes sent to one client at once. Who needs more is told to load the file: it is compressed and cached."""


class ChangesError(ValueError):
    """A file of changes that cannot be read. The message says why."""


@dataclass(frozen=True, slots=True)
class Changes:
    """A file of changes: its events as they go over a stream, with their numbers."""

    since: int = 0
    last: int = 0
    """The number of the newest change; where nothing is in the file, `since`."""
    frames: tuple[tuple[int, bytes], ...] = ()

    def after(self, seq: int) -> bytes | None:
        """Return what a client has to be sent that has all changes up to `seq`.

        None when that cannot be said: changes may be missing here, it is too much to send, or the client
        knows of changes that never were (the site was put back from a backup).
        """
        if not self.since <= seq <= self.last:
            return None
        data = b"".join(frame for number, frame in self.frames if number > seq)
        return data if len(data) <= LARGEST else None

    def hello(self) -> bytes:
        """Return what tells a client where it stands."""
        return _frame("hello", self.last, "{}")

    def reload(self) -> bytes:
        """Return what tells a client to load the file, up to this change at least."""
        return _frame("reload", self.last, "{}")


def decode(data: bytes) -> Changes:
    """Read a file of changes. Raises ChangesError."""
    try:
        file = json.loads(data)
        events = [(event["seq"], event) for event in file["events"]]
        numbers = [number for number, _ in events]
        since = file.get("since", numbers[0] - 1 if numbers else 0)
        if not all(type(number) is int and number >= 0 for number in (since, *numbers)):
            raise ChangesError("a number is none")
        if numbers != sorted(set(numbers)):
            raise ChangesError("its events do not ascend")
        frames = tuple((number, _frame("change", number, _line(event))) for number, event in events)
    except (LookupError, TypeError, AttributeError, ValueError) as problem:
        raise ChangesError(f"{PATH}: {type(problem).__name__}: {problem}") from None
    return Changes(since, max([since, *numbers]), frames)


def _line(event: object) -> str:
    return json.dumps(event, ensure_ascii=False, separators=(",", ":"))


def _frame(name: str, seq: int, data: str) -> bytes:
    """Return one event of a stream (HTML standard, 9.2.6)."""
    return f"id: {seq}\nevent: {name}\ndata: {data}\n\n".encode()
