"""How long a publish takes to be with readers: on the story's own page and at the head of the site."""

from __future__ import annotations

import datetime
import http.client
import threading
import time
from urllib.parse import urlsplit

from bench.peers import stories
from bench.peers.peer import Peer

_LONGEST = 60.0
_PAUSE = 0.01


def seconds(peer: Peer, number: int) -> float:
    """Publish a story; return the seconds from the call until home and article both show its headline.

    Raises TimeoutError after a minute, and what the publishing itself raised.
    """
    piece = stories.fresh(number, datetime.datetime.now(datetime.UTC).replace(microsecond=0))
    addresses = peer.addresses()
    words = piece.headline.partition(":")[0].encode()
    failed: list[Exception] = []

    def publish() -> None:
        try:
            peer.publish(piece)
        except Exception as error:  # noqa: BLE001 (told to the thread that waits)
            failed.append(error)

    caller = threading.Thread(target=publish)
    began = time.perf_counter()
    caller.start()
    try:
        for path in (addresses.article.format(slug=piece.slug), addresses.home):
            _wait(addresses.origin, path, words, failed)
        return time.perf_counter() - began
    finally:
        caller.join()


def _wait(origin: str, path: str, words: bytes, failed: list[Exception]) -> None:
    connection = http.client.HTTPConnection(urlsplit(origin).netloc, timeout=_LONGEST)
    deadline = time.monotonic() + _LONGEST
    while time.monotonic() < deadline:
        connection.request("GET", path)
        answer = connection.getresponse()
        if words in answer.read() and answer.status == 200:
            connection.close()
            return
        if failed:
            raise failed[0]
        time.sleep(_PAUSE)
    raise TimeoutError(f"{origin}{path} does not show {words.decode()} after {_LONGEST:.0f} s")
