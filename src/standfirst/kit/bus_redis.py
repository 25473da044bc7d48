"""The bus over Redis or Valkey: one channel a site, which everybody publishes to and listens at.

Nobody waits for Redis. What is sent goes through a thread of its own, and what comes in is passed on by
another to a socket that stays the same when the connection does not. While Redis is away nothing is heard
and everybody's poll does the work; when it is back, listeners look once, for what they may have missed.
"""

from __future__ import annotations

import atexit
import contextlib
import hashlib
import logging
import os
import queue
import random
import socket
import threading
import time
from collections.abc import Callable
from urllib.parse import urlsplit

from redis.backoff import NoBackoff
from redis.client import PubSub
from redis.retry import Retry

import redis
from standfirst.kit import bus
from standfirst.kit.sitefolder import SiteFolder

log = logging.getLogger("standfirst.bus")

CONNECT_SECONDS = 1.0
ANSWER_SECONDS = 1.0
SILENT_SECONDS = 1.0  # after a failure nothing is sent for so long
QUIET_SECONDS = 3.0  # after which a listener asks whether Redis is still there
DEAF_SECONDS = 8.0  # after which it connects anew
FIRST_PAUSE, LONGEST_PAUSE = 0.1, 3.0  # between tries to connect
WAITING = 256  # messages; what comes on top is left out
FLUSH_SECONDS = 0.5  # a command that ends lets its last message go

_TROUBLE = (redis.RedisError, OSError)


class Redis:
    """The bus on several machines. `site` is what they share; its channel is named by a hash of it."""

    def __init__(self, url: str, password: str, site: str) -> None:
        self._client = redis.Redis.from_url(
            url, **({"password": password} if password else {}),
            socket_connect_timeout=CONNECT_SECONDS, socket_timeout=ANSWER_SECONDS, socket_keepalive=True,
            retry=Retry(NoBackoff(), 1),  # a connection that Redis dropped is opened again, once
        )  # fmt: skip
        self._place = urlsplit(url).netloc.rpartition("@")[2]
        self._channel = f"standfirst:{hashlib.sha256(site.encode()).hexdigest()[:16]}"
        self._outbox = _Outbox(self._publish, self._place)

    def send(self, site: SiteFolder, message: bytes) -> None:
        self._outbox.put(message)

    def ear(self, site: SiteFolder, name: str) -> bus.Ear:
        return _Ear(self._subscribed, self._place)

    def check(self, site: SiteFolder) -> str:
        asked = os.urandom(8).hex().encode()
        try:
            with self._subscribed() as heard:
                self._publish(asked)
                end = time.monotonic() + ANSWER_SECONDS
                while time.monotonic() < end:
                    message = heard.get_message(timeout=0.1)
                    if message and message["data"] == asked:
                        return f"Redis at {self._place}"
        except _TROUBLE as problem:
            raise bus.BusError(f"Redis at {self._place}: {problem}") from None
        raise bus.BusError(f"Redis at {self._place} takes messages and passes none on")

    def _publish(self, message: bytes) -> None:
        self._client.publish(self._channel, message)

    def _subscribed(self) -> PubSub:
        """Return a subscription that Redis has confirmed. Raises what the library raises."""
        heard: PubSub = self._client.pubsub()  # type: ignore[no-untyped-call]
        try:
            heard.subscribe(self._channel)
            answer = heard.get_message(timeout=ANSWER_SECONDS)
            if answer is None or answer["type"] != "subscribe":
                raise redis.ConnectionError("no answer")
        except BaseException:
            heard.close()
            raise
        return heard


class _Outbox:
    """What is to be sent. A thread sends it, so that nobody waits for a Redis that does not answer."""

    def __init__(self, publish: Callable[[bytes], None], place: str) -> None:
        self._publish, self._place = publish, place
        self._waiting: queue.Queue[bytes] = queue.Queue(WAITING)
        self._process = 0
        self._trouble = False

    def put(self, message: bytes) -> None:
        """Let `message` be sent. Never raises, never waits."""
        if self._process != os.getpid():
            self._start()
        with contextlib.suppress(queue.Full):
            self._waiting.put_nowait(message)

    def _start(self) -> None:
        """Begin the thread; in a forked process anew, because threads are not handed down."""
        self._waiting, self._trouble = queue.Queue(WAITING), False
        self._process = os.getpid()
        threading.Thread(target=self._work, args=(self._waiting,), name="bus", daemon=True).start()
        atexit.register(self._flush)

    def _work(self, waiting: queue.Queue[bytes]) -> None:
        while True:
            message = waiting.get()
            try:
                self._publish(message)
                self._trouble = False
            except _TROUBLE as problem:
                if not self._trouble:
                    log.warning("Redis at %s: %s; everybody polls until it is back", self._place, problem)
                self._trouble = True
                time.sleep(SILENT_SECONDS)
                _empty(waiting)  # late calls wake nobody who has not looked by now
            finally:
                waiting.task_done()

    def _flush(self) -> None:
        end = time.monotonic() + FLUSH_SECONDS
        while self._waiting.unfinished_tasks and not self._trouble and time.monotonic() < end:
            time.sleep(0.005)


def _empty(waiting: queue.Queue[bytes]) -> None:
    with contextlib.suppress(queue.Empty):
        while True:
            waiting.get_nowait()
            waiting.task_done()


class _Ear:
    """Passes on what Redis says to a pair of sockets, over every connection there has to be."""

    def __init__(self, subscribed: Callable[[], PubSub], place: str) -> None:
        self._subscribed, self._place = subscribed, place
        self.socket, self._inside = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.setblocking(False)
        self._inside.setblocking(False)
        self._closed = threading.Event()
        threading.Thread(target=self._listen, name="bus ear", daemon=True).start()

    def wake(self) -> None:
        self._pass_on(b"stop")

    def close(self) -> None:
        self._closed.set()  # the thread sees it within a second, and ends
        self.socket.close()
        self._inside.close()

    def _pass_on(self, message: bytes) -> None:
        with contextlib.suppress(OSError):  # a full socket means the listener has been woken already
            self._inside.send(message)

    def _listen(self) -> None:
        pause = FIRST_PAUSE
        while not self._closed.is_set():
            try:
                with self._subscribed() as heard:
                    pause = FIRST_PAUSE
                    for topic in (bus.MOVED, bus.SEGMENT, bus.WORK):
                        self._pass_on(f"{topic} ".encode())
                    self._hear(heard)
            except _TROUBLE as problem:
                if pause == FIRST_PAUSE and not self._closed.is_set():
                    log.warning("Redis at %s: %s; nothing is heard until it is back", self._place, problem)
            self._closed.wait(pause * random.uniform(0.5, 1.0))  # noqa: S311 - not all at once, no secret
            pause = min(LONGEST_PAUSE, pause * 2)

    def _hear(self, heard: PubSub) -> None:
        """Pass on messages until the listener is closed. Raises when Redis is gone or says nothing."""
        last = time.monotonic()
        while not self._closed.is_set():
            message = heard.get_message(timeout=1.0)
            silence = time.monotonic() - last
            if message is not None:
                last += silence
                if message["type"] == "message":
                    self._pass_on(message["data"])
            elif silence > DEAF_SECONDS:
                raise redis.ConnectionError("it does not answer any more")
            elif silence > QUIET_SECONDS:
                heard.ping()
