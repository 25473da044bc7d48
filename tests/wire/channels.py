"""Channels that lead to doubles, a clock that tests move, and the worker's rounds."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.conf import settings

from standfirst.kit import instants, p256, sealing
from standfirst.wire.channels import secrets
from standfirst.wire.channels.claiming import due_channels
from standfirst.wire.channels.models import Channel, Delivery, Subscription
from standfirst.wire.channels.sending import kinds
from standfirst.wire.channels.worker import Outgoing
from tests.wire.peers import (
    PASSWORD,
    SECRET,
    TOKEN,
    BlueskyDouble,
    FakeBrowser,
    PushService,
    Receiver,
    TelegramDouble,
    running,
)

SOON = timedelta(hours=2)


@dataclass
class Clock:
    """Now, and what tests add to it."""

    ahead: timedelta = timedelta()
    real: Any = instants.now

    def __call__(self) -> datetime:
        now: datetime = self.real()
        return now + self.ahead

    def pass_by(self, **time: float) -> None:
        self.ahead += timedelta(**time)


@dataclass
class World:
    """The four doubles, the four channels, and the one worker."""

    clock: Clock
    telegram: TelegramDouble
    bluesky: BlueskyDouble
    receiver: Receiver
    push: PushService
    key: str
    channels: dict[str, Channel] = field(default_factory=dict)
    worker: Outgoing = field(default_factory=Outgoing)

    def work(self, *, rounds: int = 1) -> None:
        """Let the worker come round: everything that is due on every channel."""
        for _ in range(rounds):
            for channel in due_channels():
                while self.worker.send(channel):
                    pass

    def rows(self, kind: str, **more: Any) -> list[Delivery]:
        return list(self.channels[kind].deliveries.filter(**more).order_by("seq", "pk"))

    def states(self, kind: str) -> list[tuple[str, str]]:
        return [(row.what, row.state) for row in self.rows(kind, subscription=None)]

    def browser(self, name: str, language: str = "en", topics: tuple[str, ...] = ()) -> FakeBrowser:
        """A reader's browser asks for alerts."""
        browser = FakeBrowser(name)
        self.push.browsers[f"/push/{name}"] = browser
        Subscription.objects.create(
            endpoint=f"{self.push.url}/push/{name}", host="127.0.0.1", key=browser.public,
            auth=base64.urlsafe_b64encode(browser.auth).rstrip(b"=").decode(), language=language,
            topics=list(topics),
        )  # fmt: skip
        return browser

    def add(self, kind: str, **more: Any) -> Channel:
        secret = {"telegram": TOKEN, "bluesky": PASSWORD, "webhook": SECRET}.get(kind, "")
        channel = Channel(kind=kind, name=kind.title(), **{"breaking_only": kind == "webpush", **more})
        if secret:
            secrets.seal(channel, secret)
        channel.save()
        self.channels[kind] = channel
        return channel


@pytest.fixture
def world(newsroom: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    key, spool = p256.new_private_key(), sealing.new_private_key()
    monkeypatch.setattr(settings, "STANDFIRST_VAPID_KEY", key, raising=False)
    monkeypatch.setattr(settings, "STANDFIRST_SPOOL_KEY", spool)
    settings.STANDFIRST_SITE.spool_key.write_text(sealing.public_key(spool) + "\n")
    clock = Clock()
    monkeypatch.setattr(instants, "now", clock)
    monkeypatch.setattr("standfirst.wire.channels.sending.ask.__kwdefaults__", {"timeout": 0.6})
    with ExitStack() as stack:
        doubles = [stack.enter_context(running(one()))
                   for one in (TelegramDouble, BlueskyDouble, Receiver, PushService)]  # fmt: skip
        made = World(clock, *doubles, key=key)
        made.push.server_key = p256.public_text(key)
        senders = {"telegram": made.telegram.sender, "bluesky": made.bluesky.sender,
                   "webhook": made.receiver.sender, "webpush": lambda: made.push.sender(key)}  # fmt: skip
        for kind, sender in senders.items():
            stack.enter_context(kinds.temporarily(kind, lambda row, secret, make=sender: make()))  # type: ignore[misc]
            made.add(kind)
        yield made
    settings.STANDFIRST_SITE.spool_key.unlink(missing_ok=True)
