"""A site with one form, people who send it, and a hand that kills the edge under them."""

from __future__ import annotations

import contextlib
import http.client
import json
import random
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from urllib.parse import urlencode

from standfirst.edge import forms, spool
from standfirst.edge.forms import Book, Field, Form, Known, Pages
from standfirst.edge.spool import Record
from standfirst.kit import sealing
from standfirst.kit.sitefolder import SiteFolder
from tests.edge.site import Server, Store, edge

FORM = Form(
    (
        Field("subject", 20, required=True, choices=("tip", "other")),
        Field("message", 400, required=True, lines=True),
        Field("name", 40),
    ),
    "website",
)
SEND = forms.address("contact", "en")
AGAIN = """<!doctype html><title>Not sent</title><p data-error="full" hidden>Full</p>
<p data-error="often" hidden>Often</p><p data-error="large" hidden>Large</p>
<p data-error="message.missing" hidden>Missing</p><p data-error="message.long" hidden>Long</p>
<p data-error="subject.missing" hidden>Subject</p><p data-error="subject.wrong" hidden>Wrong</p>
<input type="radio" value="tip" data-fill="subject=tip"><textarea data-fill="message"></textarea>
<input data-fill="name" value="">"""
TEXT = "The harbour gate stood open all night."

FORGETFUL = "from standfirst.edge import keeping; keeping.Spool.write = lambda self, data: None"
"""The mistake of an edge that says it has kept what it has not written."""
HASTY = """
import threading
from standfirst.edge import keeping
right = keeping.Spool.write
keeping.Spool.write = lambda self, data: threading.Timer(0.1, right, [self, data]).start()
"""
"""The mistake of an edge that acknowledges first and writes a moment later."""


def furnish(store: Store) -> str:
    """Give a site its form, its pages and its public key; return the private one."""
    book = Book("https://example.org", {"contact": Known(FORM, {"en": Pages("/form/", "/again/", "/sent/")})})
    store.base(
        [
            store.page("/", "front"), store.page("/form/", "<form>"), store.page("/again/", AGAIN),
            store.page("/sent/", "We have it"), store.page("/_e/404/", "none", status=404),
            store.page(forms.PATH, forms.encode(book), content_type="application/json"),
        ]
    )  # fmt: skip
    private = sealing.new_private_key()
    store.site.spool_key.write_text(sealing.public_key(private))
    return private


def body(**values: str) -> bytes:
    """Return what a browser sends, with values replaced."""
    return urlencode({"subject": "tip", "message": TEXT, "name": "", "website": "", **values}).encode()


def post(server: Server, sent: bytes, headers: dict[str, str] | None = None, *, source: str = "") -> int:
    """Send a form as a browser does, from an address of this machine if one is named; return the status."""
    own = {"content-type": "application/x-www-form-urlencoded", "origin": f"http://127.0.0.1:{server.port}"}
    place = (source, 0) if source else None
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20, source_address=place)
    try:
        connection.request("POST", SEND, sent, {**own, **(headers or {})})
        answer = connection.getresponse()
        answer.read()
        return answer.status
    finally:
        connection.close()


def records(site: SiteFolder) -> list[Record]:
    """Return every record in the spool, of finished segments."""
    return [
        kept.record
        for segment in sorted(site.spool.glob(f"*{spool.SUFFIX}"))
        for kept in spool.scan(segment.read_bytes(), 0, finished=True)
        if kept.record is not None
    ]


def letter(private: str, record: Record) -> dict[str, str]:
    """Return the values of a record, opened."""
    read = json.loads(sealing.unseal(private, record.sealed, record.about))
    values: dict[str, str] = read["values"]
    return values


@dataclass
class Killing:
    """Sends from several threads while the edge that `start` starts is killed again and again."""

    start: Callable[[], AbstractContextManager[Server]]
    acknowledged: set[str] = field(default_factory=set)
    sent: int = 0

    def run(self, kills: int, *, senders: int = 6, seed: int = 1) -> None:
        """Kill the edge `kills` times at random moments under `senders` people who send one after another."""
        chance = random.Random(seed)
        for _ in range(kills):
            with self.start() as server:
                stop = threading.Event()
                threads = [
                    threading.Thread(target=self._send, args=(server, stop, who)) for who in range(senders)
                ]
                for thread in threads:
                    thread.start()
                time.sleep(chance.uniform(0.02, 0.4))
                assert server.process is not None
                server.process.send_signal(signal.SIGKILL)
                server.process.wait()
                stop.set()
                for thread in threads:
                    thread.join()

    def _send(self, server: Server, stop: threading.Event, who: int) -> None:
        while not stop.is_set():
            self.sent += 1
            words = f"{who}-{time.monotonic_ns()} {TEXT}"
            with contextlib.suppress(OSError, http.client.HTTPException):
                if post(server, body(message=words), source=_somebody()) == 303:
                    self.acknowledged.add(words)

    def lost_and_doubled(self, kept: Iterable[str]) -> tuple[int, int]:
        """Return how many acknowledged letters are not among those kept, and how many are there twice."""
        found = Counter(kept)
        return len(self.acknowledged - found.keys()), sum(times - 1 for times in found.values())


def killing(store: Store, kills: int, mistake: str = "") -> tuple[Killing, tuple[int, int]]:
    """Kill an edge of its own at `store`; return what happened, and what its spool lost and doubled."""
    private = furnish(store)
    done = Killing(lambda: edge(store.site, mistake=mistake))
    done.run(kills)
    return done, done.lost_and_doubled(letter(private, record)["message"] for record in records(store.site))


def _somebody() -> str:
    """Return an address of this machine that hardly anybody sent from: 16 million are its own."""
    return ".".join(["127", *(str(random.randrange(1, 255)) for _ in range(3))])
