"""A site whose application is away: what readers still can do, measured and looked at."""

from __future__ import annotations

import contextlib
import hashlib
import http.client
import os
import re
import signal
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlsplit

import httpx
from playwright.sync_api import Browser, expect

from tests.edge.senders import Killing
from tests.edge.site import Server
from tests.newsroom import desk
from tests.newsroom.system import Newsroom

WORDS = "The gauge at the north lock has read the same height since Friday."
_LOCATION = re.compile(r"<loc>([^<]+)</loc>")


@dataclass
class Load:
    """What a load met: answers that were no 200, and bodies that were not as before."""

    asked: int = 0
    failures: int = 0
    differing: int = 0
    slowest_ms: float = 0.0


def paths(room: Newsroom) -> list[str]:
    """Return every path of the site's sitemaps, and the sitemaps themselves."""
    found, waiting = ["/", "/robots.txt", "/contact/form/"], ["/sitemap.xml"]
    while waiting:
        path = waiting.pop()
        if path in found:
            continue
        found.append(path)
        if path.endswith(".xml"):
            text = httpx.get(room.readers + path).raise_for_status().text
            waiting += [urlsplit(place).path for place in _LOCATION.findall(text)]
    return found


def contents(room: Newsroom) -> dict[str, str]:
    """Return the hash of what each path answers now."""
    with httpx.Client(base_url=room.readers) as client:
        return {path: _hash(client.get(path).raise_for_status().content) for path in paths(room)}


def load(room: Newsroom, before: dict[str, str], *, seconds: float, rate: int) -> Load:
    """Ask for every path in turn, `rate` times a second, and compare each body with that of before."""
    found, order, askers = Load(), list(before), 8
    started, counting = time.monotonic(), threading.Lock()

    def ask(asker: int) -> None:
        with _Reader(room.port) as reader:
            for number in range(asker, int(rate * seconds), askers):
                time.sleep(max(0.0, started + number / rate - time.monotonic()))
                path, asked = order[number % len(order)], time.monotonic()
                body = reader.get(path)
                with counting:
                    found.asked += 1
                    found.failures += body is None
                    found.differing += body is not None and _hash(body) != before[path]
                    found.slowest_ms = max(found.slowest_ms, (time.monotonic() - asked) * 1000)

    threads = [threading.Thread(target=ask, args=(asker,)) for asker in range(askers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


class _Reader:
    """One connection that is kept; a broken one is opened anew and counts as a failure."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)

    def __enter__(self) -> _Reader:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def get(self, path: str) -> bytes | None:
        """Return the body of an answer that is 200; None for any other, or none."""
        try:
            self._connection.request("GET", quote(path, safe="/%"))
            answer = self._connection.getresponse()
            body = answer.read()
        except (OSError, http.client.HTTPException):
            self._connection.close()
            return None
        return body if answer.status == 200 else None


def _hash(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


@contextmanager
def hanging(room: Newsroom, *names: str) -> Iterator[None]:
    """Let processes hang (SIGSTOP), with their children, for the length of a `with` block."""
    groups = [room.processes[name].pid for name in names]
    for group in groups:
        os.killpg(group, signal.SIGSTOP)
    try:
        yield
    finally:
        for group in groups:
            os.killpg(group, signal.SIGCONT)


def read_and_write(browser: Browser, room: Newsroom, *, seconds: float, words: str = WORDS) -> None:
    """Read the site for a while, as people do, then send a message by its form. Raises AssertionError."""
    context = browser.new_context()
    reader = context.new_page()
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        for path in ("/", "/archive/", "/contact/form/"):
            answer = reader.goto(room.readers + path)
            assert answer is not None
            assert answer.status == 200, path
            reader.wait_for_timeout(min(500, seconds * 50))
    reader.goto(f"{room.readers}/")
    reader.get_by_role("link", name="Tips and contact").click()
    reader.get_by_label("A mistake in a story").check()
    reader.get_by_label("Your message").fill(words)
    reader.get_by_label("Your name").fill("Odile Marsh")
    reader.get_by_role("button", name="Send").click()
    expect(reader).to_have_url(f"{room.readers}/contact/sent/")
    expect(reader.get_by_role("heading", level=1)).to_have_text("We have your message")
    context.close()


def clear_words(folder: Path, words: str = WORDS) -> list[str]:
    """Return the files of the spool and the logs in which a message can be read; there should be none."""
    files = [file for place in ("spool", "log") for file in (folder / place).rglob("*") if file.is_file()]
    assert any(file.suffix == ".spool" for file in files), "the message is in no spool"
    return [file.name for file in files if words.encode() in file.read_bytes()]


def messages_at_the_desk(browser: Browser, room: Newsroom, words: str = WORDS) -> int:
    """Sign in at the desk; return how often the message is on its screen, once it is there."""
    room.until(f"{room.desk}/desk/login/")
    context = browser.new_context()
    page = context.new_page()
    desk.sign_in(page, room)
    page.get_by_role("link", name="Messages", exact=True).click()
    line = page.get_by_role("link", name=words[:40])
    for _ in range(40):
        if line.count():
            break
        page.wait_for_timeout(250)
        page.reload()
    found = line.count()
    line.first.click()
    expect(page.get_by_text(words)).to_be_visible()
    expect(page.get_by_text("Odile Marsh")).to_be_visible()
    context.close()
    return found


def kill_under_senders(room: Newsroom, kills: int) -> tuple[Killing, tuple[int, int]]:
    """Kill the edge, and after it the worker, again and again under people who send.

    Return what happened, and how many acknowledged messages the database lacks and has twice when all is
    taken in. The worker runs; the edge runs again afterwards.
    """

    @contextmanager
    def started() -> Iterator[Server]:
        room.start("edge")
        server = Server(room.port, room.processes["edge"])
        server.wait()
        yield server
        room.processes.pop("edge")
        room.stop("worker", hard=True)
        room.start("worker")

    room.stop("edge")
    done = Killing(started)
    done.run(kills)
    room.start("edge")
    deadline = time.monotonic() + 60
    while any((room.folder / "spool").glob("*.spool")) and time.monotonic() < deadline:
        time.sleep(0.2)
    with contextlib.closing(sqlite3.connect(room.folder / "db" / "main.sqlite3")) as database:
        kept = [text for (text,) in database.execute("SELECT text FROM readers_message WHERE NOT broken")]
        (broken,) = database.execute("SELECT count(*) FROM readers_message WHERE broken").fetchone()
    lost, doubled = done.lost_and_doubled(kept)
    return done, (lost + broken, doubled)
