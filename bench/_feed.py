"""What an item of the news feed costs a site, and how soon those who watch have it."""

from __future__ import annotations

import logging
import socket
import statistics
import threading
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import Any, Self

import httpx
from bs4 import BeautifulSoup
from tests.newsroom.system import EDITOR, PASSWORD, Newsroom

COUNT = 100


class Watcher(threading.Thread):
    """A reader with an open stream, who notes when each change came."""

    def __init__(self, port: int) -> None:
        super().__init__(daemon=True)
        self.came: dict[int, float] = {}
        self.connection = socket.create_connection(("127.0.0.1", port), timeout=30)
        self.connection.sendall(b"GET /-/events HTTP/1.1\r\nhost: x\r\n\r\n")
        self.ready = threading.Event()

    def run(self) -> None:
        with self.connection.makefile("rb") as lines:
            for line in lines:
                if line.startswith(b"id:"):
                    self.came.setdefault(int(line[3:]), time.perf_counter())
                    self.ready.set()

    def wait_beyond(self, seq: int, seconds: float = 20.0) -> float:
        """Return when the first change after edition `seq` came. Raises TimeoutError."""
        deadline = time.perf_counter() + seconds
        while not (newer := [one for one in list(self.came) if one > seq]):
            if time.perf_counter() > deadline:
                raise TimeoutError(f"nothing came after edition {seq}")
            time.sleep(0.0005)
        return self.came[min(newer)]


class Desk:
    """An editor's browser at the desk, without the drawing: the form is fetched, filled in and sent."""

    def __init__(self, room: Newsroom) -> None:
        logging.getLogger("httpx").setLevel(logging.WARNING)
        self._http = httpx.Client(base_url=room.desk, follow_redirects=True, timeout=30)
        self._send("/desk/login/", {"username": EDITOR, "password": PASSWORD})

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def publish(self, **fields: str) -> float:
        """Write an item and press Publish; return when it was pressed. Raises RuntimeError."""
        form = self._form("/desk/feed/")
        pressed = time.perf_counter()
        answer = self._http.post(
            "/desk/feed/", data=form | fields | {"do": "publish"}, follow_redirects=False
        )
        if answer.status_code != HTTPStatus.FOUND:
            raise RuntimeError(f"the desk answered {answer.status_code}: {answer.text[:300]}")
        return pressed

    def _send(self, path: str, fields: dict[str, str]) -> None:
        self._http.post(path, data=self._form(path) | fields).raise_for_status()

    def _form(self, path: str) -> dict[str, str]:
        """Return what the first form of a page that is sent by POST already has in it."""
        page = BeautifulSoup(self._http.get(path).raise_for_status().text, "html.parser")
        form = next(
            one for one in page.select("form[method=post i]") if one.select("[name=csrfmiddlewaretoken]")
        )
        filled = {
            str(one["name"]): str(one.get("value", "")) for one in form.select("input[name][type=hidden]")
        }
        chosen = {
            str(one["name"]): str(option["value"])
            for one in form.select("select[name]")
            if (option := one.select_one("option[selected]") or one.select_one("option"))
        }
        return filled | chosen


def feed(room: Newsroom) -> dict[str, Any]:
    """Publish COUNT items at the desk; return milliseconds to the screen, and the files that items bake.

    `screen` goes from the press of the button, the request to the desk, the saving and the commit included,
    until the bytes are at a client. `files` is the most that an item bakes: also one that is breaking, has
    two topics and is the first of its month; `edit` the most of an edit, which may take an item out of two
    topics, put it into two others and end its flag.
    """
    from standfirst.bake import api
    from standfirst.stories import api as stories

    topics = [
        stories.save_topic(stories.SectionDraft(name=f"Wire {number}"), actor="bench").public_id
        for number in range(4)
    ]
    _settle(api)
    baked = _files(room, api, topics)  # first, since each of these is the newest, and the first of its month
    room.start("desk")
    room.until(f"{room.desk}/desk/login/")
    watcher = Watcher(room.port)
    watcher.start()
    watcher.ready.wait(10)
    screen = []
    with Desk(room) as desk:
        for turn in range(-5, COUNT):
            last = max(watcher.came)
            pressed = desk.publish(
                headline=f"Item {turn}", body="What there is to say of it, in a sentence.",
                topic=topics[turn % 3], breaking="60" if turn % 10 == 9 else "",
            )  # fmt: skip
            arrived = watcher.wait_beyond(last)
            _settle(api)
            if turn >= 0:
                screen.append((arrived - pressed) * 1000)
    room.stop("desk")
    return {"screen": statistics.quantiles(screen, n=100)[98], **baked}


def _files(room: Newsroom, api: Any, topics: Sequence[str]) -> dict[str, int]:
    """Return the most files that an item bakes when it is published, and when it is edited."""
    from standfirst.bake import segments
    from standfirst.edge import manifest
    from standfirst.kit import instants
    from standfirst.wire import api as wire

    root = room.folder / "store"
    fields: dict[str, Any] = {"language": "en", "body": ("What there is.",)}

    def baked(draft: wire.ItemDraft, item: wire.Item | None = None, at: datetime | None = None) -> Any:
        before = segments.last(root)
        done = wire.publish_item(wire.save_item(draft, actor="bench", item=item), actor="bench", at=at).item
        _settle(api)
        names = map(manifest.segment_name, range(before + 1, segments.last(root) + 1))
        return done, len({entry.path for name in names for entry in segments.read(root, name)})

    for number in range(35):  # more than a topic's page shows at once
        for own in (topics[:2], topics[2:]):
            told = wire.ItemDraft(headline=f"Older {number}", topics=tuple(own), **fields)
            at = datetime(2023, 1, 1, 12, number, tzinfo=UTC)
            wire.publish_item(wire.save_item(told, actor="bench"), actor="bench", at=at)
    _settle(api)
    new, edits = [], []
    for turn in range(21):
        first = wire.ItemDraft(
            headline=f"First {turn}",
            topics=tuple(topics[:2]),
            breaking_until=instants.now() + timedelta(hours=1),
            **fields,
        )
        item, files = baked(first, at=datetime(2024 + turn // 12, 1 + turn % 12, 1, 12, tzinfo=UTC))
        new.append(files)
        other = wire.ItemDraft(headline=f"Second {turn}", topics=tuple(topics[2:]), **fields)
        edits.append(baked(other, item)[1])
    # The very first item of a site bakes its front and the pages of new topics as well, once for ever.
    return {"files": max(new[1:]), "edit": max(edits[1:])}


def _settle(api: Any) -> None:
    while api.waiting():
        time.sleep(0.01)
