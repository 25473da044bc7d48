"""What a channel must be able to do.

A sender is one small object for one channel row: no database, no clock of its own, secrets never shown.
It reaches outside through `standfirst.kit.fetch` alone, and raises what `failing.py` has and nothing else.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, Protocol, runtime_checkable

from standfirst.kit import fetch
from standfirst.kit.fetch import Answered, Policy
from standfirst.kit.registry import Registry
from standfirst.wire.channels.failing import NotSent, Refused, Unsure
from standfirst.wire.channels.message import Message
from standfirst.wire.channels.models import Channel

Deed = Literal["publish", "edit", "gone", "test"]

SECONDS = 10.0
"""How long one call may take. A delivery makes five at most, and all of them fit into a claim."""


@dataclass(frozen=True, slots=True)
class Held:
    """What the channel has of the record already, or may have: what it calls it, the newest first.

    A name is "" where nobody knows it. `at` is when the newest came there.
    """

    remote_ids: tuple[str, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class Browser:
    """A browser that asked for alerts (RFC 8030, RFC 8291)."""

    endpoint: str
    key: str
    auth: str


@dataclass(frozen=True, slots=True)
class Sending:
    """One delivery. `key` is the same at every try of it, and no other has it.

    `message` is None for what is gone: of that nothing may be said but `withdrawn`.
    """

    key: str
    deed: Deed
    record: str
    seq: int
    made_at: datetime
    language: str
    withdrawn: str
    message: Message | None
    held: Held | None = None
    browser: Browser | None = None

    @property
    def said(self) -> Message:
        """Return the message of a delivery that has one."""
        assert self.message is not None
        return self.message


class Sender(Protocol):
    """One channel. All of it may raise what `failing.py` has."""

    @property
    def at_once(self) -> int:
        """Return how many deliveries may be on their way at the same time."""
        ...

    def may_repeat(self, deed: Deed) -> bool:
        """Return whether doing it twice shows once: the other side knows it again by its key or place."""
        ...

    def publish(self, sending: Sending) -> str:
        """Put it there; return what the channel calls it."""
        ...

    def check(self) -> str:
        """Ask whether the channel would take something, without sending; return what is well in words."""
        ...


@runtime_checkable
class Names(Protocol):
    """A channel whose name for a message is known before it is sent, so that one that got lost is found."""

    def name(self, sending: Sending) -> str:
        """Return what the channel will call it."""
        ...


@runtime_checkable
class Edits(Protocol):
    """A channel whose messages can be changed."""

    def edit(self, sending: Sending) -> str:
        """Change what is held; return what the channel calls it now."""
        ...


@runtime_checkable
class Deletes(Protocol):
    """A channel that can be told that something is gone."""

    def delete(self, sending: Sending) -> None:
        """Take away what is held."""
        ...


@runtime_checkable
class Tests(Protocol):
    """A channel to which a message can be sent that is no news."""

    def test(self, sending: Sending, words: str) -> None:
        """Send `words`."""
        ...


kinds: Registry[Callable[[Channel, str], Sender]] = Registry("kind of channel")
"""How a sender is made of a row and its secret. Raises Refused for settings it cannot work with."""


def ask(
    url: str, body: bytes, headers: Mapping[str, str], policy: Policy, *, timeout: float = SECONDS
) -> Answered:
    """POST; return the answer. Raises NotSent when nothing went out, Unsure when no answer came.

    What is raised never holds the address, which may hold a token, and hides what it came from.
    """
    try:
        return fetch.post(url, body, headers=headers, timeout=timeout, policy=policy)
    except fetch.FetchRefused as error:
        raise Refused(error.words) from None
    except fetch.NotReached as error:
        raise NotSent(error.words) from None
    except fetch.FetchError as error:
        raise Unsure(error.words) from None


def ask_json(
    url: str, data: Mapping[str, object], policy: Policy, *, token: str = ""
) -> tuple[Answered, dict[str, Any]]:
    """POST JSON, with a bearer's token; return the answer and the JSON in it. Raises as `ask`."""
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    answer = ask(url, json.dumps(data).encode(), headers, policy)
    return answer, read(answer.body)


def read(body: bytes) -> dict[str, Any]:
    """Return the JSON object of an answer, {} where it is none."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
