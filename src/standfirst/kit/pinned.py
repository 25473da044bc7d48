"""Connections to addresses that were checked, with one deadline for all that happens on them."""

from __future__ import annotations

import ipaddress
import queue
import ssl
import threading
import time
from collections.abc import Iterable
from typing import Any

import httpcore

from standfirst.kit.addresses import literal
from standfirst.kit.targets import NOT_PUBLIC, FetchRefused, NotReached, Policy, Target
from standfirst.kit.words import gettext_noop

NOT_IN_TIME = gettext_noop("no answer in time")
NO_HOST = gettext_noop("no such host")


class PinnedBackend(httpcore.NetworkBackend):
    """Connects to addresses that were checked, and to nothing else; keeps the deadline."""

    def __init__(self, target: Target, policy: Policy, deadline: float) -> None:
        self._target, self._policy, self._deadline = target, policy, deadline
        self._inner = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first checked address that answers."""
        error: Exception | None = None
        addresses = self._addresses(port)
        for others, address in zip(range(len(addresses), 0, -1), addresses, strict=True):
            try:
                share = _left(self._deadline) / others  # one that swallows all leaves time for the next
                stream = self._inner.connect_tcp(address, port, share, None, socket_options)
            except TimeoutError as failed:
                raise NotReached(self._target.url, NOT_IN_TIME) from failed
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as failed:
                error = failed
                continue
            peer = ipaddress.ip_address(str(stream.get_extra_info("server_addr")[0]))
            if not self._policy.allows(peer):  # cannot be; were it so, not a byte is sent
                stream.close()
                raise FetchRefused(self._target.url, NOT_PUBLIC)
            return _TimedStream(stream, self._deadline)
        raise error or NotReached(self._target.url, NO_HOST)

    def _addresses(self, port: int) -> list[str]:
        host = self._target.host
        known = literal(host)
        found = [str(known)] if known is not None else self._resolve(host, port)
        try:
            addresses = [ipaddress.ip_address(text) for text in found]
        except ValueError as error:
            raise FetchRefused(self._target.url, NOT_PUBLIC) from error
        if not all(self._policy.allows(address) for address in addresses):
            raise FetchRefused(self._target.url, NOT_PUBLIC)
        return [str(address) for address in addresses[:4]]

    def _resolve(self, host: str, port: int) -> list[str]:
        """Look a name up, in a thread because the system's own call knows no time limit."""
        answer: queue.SimpleQueue[list[str] | Exception] = queue.SimpleQueue()

        def look_up() -> None:
            try:
                answer.put(self._policy.resolve(host, port))
            except (OSError, UnicodeError) as error:
                answer.put(error)

        threading.Thread(target=look_up, daemon=True).start()
        try:
            found = answer.get(timeout=_left(self._deadline))
        except queue.Empty:
            raise NotReached(self._target.url, gettext_noop("its name was not found in time")) from None
        if isinstance(found, Exception) or not found:
            raise NotReached(self._target.url, NO_HOST)
        return found


class _TimedStream(httpcore.NetworkStream):
    """A connection on which every wait ends at the one deadline: a trickle does not prolong it."""

    def __init__(self, inner: httpcore.NetworkStream, deadline: float) -> None:
        self._inner, self._deadline = inner, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, _left(self._deadline))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, _left(self._deadline))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        inner = self._inner.start_tls(ssl_context, server_hostname, _left(self._deadline))
        return _TimedStream(inner, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


def _left(deadline: float) -> float:
    """Return the seconds that are left. Raises TimeoutError when none are."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left
