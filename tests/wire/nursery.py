"""A process that has Django ready and starts workers by fork, each to be killed.

Lines in: `POINT MUTANT`. POINT is the call at which the worker kills itself, counted over what it sends (once
before, once after the other side has done it) and every commit; below 0, over what it sends alone; 0: never.
MUTANT is `none`, or `late`: rows that say nothing of a claim until it is sent. A line out: the process id.
Ports of the doubles, and the key of push, are arguments.
"""

from __future__ import annotations

import os
import signal
import sys
import time
import traceback
from collections.abc import Callable
from datetime import timedelta
from typing import Any


def main() -> None:
    import django

    django.setup()
    from django.conf import settings
    from django.db import connections

    settings.STANDFIRST_VAPID_KEY = sys.argv[5]
    _connect([int(port) for port in sys.argv[1:5]])
    connections.close_all()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    print("ready", flush=True)
    for line in sys.stdin:
        point, mutant = line.split()
        pid = os.fork()
        if pid == 0:
            try:
                _work(int(point), mutant)
            except BaseException:  # noqa: BLE001
                traceback.print_exc()
            os._exit(0)
        print(pid, flush=True)


def _connect(ports: list[int]) -> None:
    from standfirst.wire.channels import claiming, secrets, settling
    from standfirst.wire.channels.sending import kinds
    from tests.wire.peers import BlueskyDouble, PushService, Receiver, TelegramDouble

    doubles = [one(port=port) for one, port in zip(
        (TelegramDouble, BlueskyDouble, Receiver, PushService), ports, strict=True)]  # fmt: skip
    telegram, bluesky, receiver, push = doubles
    kinds._items |= {
        "telegram": lambda row, secret: telegram.sender(),
        "bluesky": lambda row, secret: bluesky.sender(),
        "webhook": lambda row, secret: receiver.sender(),
        "webpush": lambda row, secret: push.sender(sys.argv[5]),  # type: ignore[attr-defined]
    }
    secrets.unseal = lambda channel: ""
    settling.LEASE = claiming.LEASE = timedelta(seconds=0.4)
    settling.WAITS = (0.05,) * 9


def _work(point: int, mutant: str) -> None:
    from standfirst.wire.channels.claiming import due_channels
    from standfirst.wire.channels.models import Delivery
    from standfirst.wire.channels.worker import Outgoing

    if point:
        _count(point)
    if mutant == "late":
        _late()
    worker = Outgoing()
    while Delivery.objects.filter(state__in=["waiting", "claimed"]).exists():
        for channel in due_channels():
            while worker.send(channel):
                pass
        held = Delivery.objects.filter(state="unknown").values_list("record")
        if not Delivery.objects.filter(state__in=["waiting", "claimed"]).exclude(record__in=held).exists():
            return
        time.sleep(0.02)


def _count(point: int) -> None:
    """Kill this process at the call of that number."""
    from django.db.backends.base.base import BaseDatabaseWrapper

    from standfirst.wire.channels import sending

    left = [abs(point)]

    def step() -> None:
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def counted(real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **named: Any) -> Any:
            step()
            answer = real(*args, **named)
            step()
            return answer

        return call

    sending.fetch.post = counted(sending.fetch.post)
    if point > 0:
        BaseDatabaseWrapper.commit = counted(BaseDatabaseWrapper.commit)  # type: ignore[method-assign]


def _late() -> None:
    """The mistake that claims are there to prevent: the row is written when it has been sent."""
    from django.db import transaction

    from standfirst.wire.channels import worker
    from standfirst.wire.channels.models import Delivery

    claim, settle = worker.claim, worker.settle

    def unseen(*args: Any) -> Any:
        with transaction.atomic():
            claimed = claim(*args)
            transaction.set_rollback(bool(claimed))
        return claimed

    def after(channel: int, done: Any) -> None:
        with transaction.atomic():
            for one, _ in done:
                Delivery.objects.filter(pk=one.row).update(state="claimed", claim=one.claim)
            settle(channel, done)

    worker.claim, worker.settle = unseen, after


if __name__ == "__main__":
    main()
