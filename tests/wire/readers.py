"""A small newsroom with a feed: real pages in a real store, served by a real edge, changed while people read.

Nothing of the desk is here: an item is published by drawing again what shows it, as bakers do. Between
browsers and the edge stands a front that counts, delays, holds back and cuts, as networks do.
"""

from __future__ import annotations

import contextlib
import re
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from standfirst.bake.reading import Page, RecordingReader
from standfirst.edge.manifest import Entry
from standfirst.editions.documents import Document, FeedItem, Front, Navigation, Post, Story
from standfirst.kit.sitefolder import SiteFolder
from standfirst.theme import colours
from standfirst.theme.assets import assets
from standfirst.theme.parts.live import part_path
from tests.edge.site import Store, edge, until
from tests.theme.formats import arabic
from tests.theme.samples import SITE, item, long_story, post, site_documents, strike
from tests.theme.source import RENDERERS, MemorySource

EVENTS = "/-/events"
NOW = datetime.now(UTC).replace(microsecond=0)
LANGUAGES = ("en", "ar")
PREFIX = {"en": "/", "ar": "/ar/"}


@dataclass
class Feed:
    """The newsroom. Items are published, edited and killed; readers' pages are those of the edge."""

    store: Store
    items: dict[str, FeedItem] = field(default_factory=dict)
    posts: dict[str, Post] = field(default_factory=dict)
    changes: list[str] = field(default_factory=list)  # newest first
    seq: int = 100
    written: dict[str, bytes] = field(default_factory=dict)
    strike: Story = field(default_factory=strike)
    frozen: set[str] = field(default_factory=set)  # addresses that are not baked again

    def add(self, item_id: str, *, at: datetime | None = None, bake: bool = True, **more: Any) -> FeedItem:
        """Publish an item, or a newer edition of it."""
        known = self.items.get(item_id)
        when = at or (known.published_at if known else datetime.now(UTC))
        fields: dict[str, Any] = {"headline": f"Headline of {item_id}", "published_at": when} | more
        self.items[item_id] = item(item_id, **fields)
        self._changed(f"item:{item_id}", bake)
        return self.items[item_id]

    def post(self, number: int, *, bake: bool = True, **more: Any) -> Post:
        """Publish a post of the strike, or a newer edition of it."""
        one = post(number, **more)
        self.posts[one.id] = one
        self._changed(one.record, bake)
        return one

    def cover(self, **more: Any) -> None:
        """Change what stands above the posts of the strike."""
        assert self.strike.live
        self.strike = self.strike.model_copy(update={"live": self.strike.live.model_copy(update=more)})
        self._changed(self.strike.record, True)

    def many(self, count: int, *, every: timedelta = timedelta(minutes=7), start: datetime = NOW) -> None:
        """Publish older items, `n00` the newest of them, and bake once."""
        for number in reversed(range(count)):
            self.add(f"n{number:02}", at=start - every * (number + 1), bake=False)
        self.bake()

    def kill(self, item_id: str) -> None:
        """Withdraw an item."""
        del self.items[item_id]
        self._changed(f"item:{item_id}", True)

    def kill_post(self, post_id: str) -> None:
        """Withdraw a post."""
        del self.posts[post_id]
        self._changed(f"post:{post_id}", True)

    def forget(self) -> None:
        """Let so much change that the file of changes no longer says what changed until now."""
        self.seq += 200
        self.changes = [f"{self.seq - number} item:elsewhere-{number}" for number in range(61)]

    def _changed(self, record: str, bake: bool) -> None:
        self.seq += 3
        others = [line for line in self.changes if line.split(" ", 1)[1] != record]
        self.changes = [f"{self.seq} {record}", *others][:61]
        if bake:
            self.bake()

    def bake(self) -> None:
        """Draw every page; write those that changed as one segment, and wait until the edge has it."""
        source = MemorySource([*_documents(), self.strike, *self.items.values(), *self.posts.values()])
        source.values["list:changes/tail"] = tuple(self.changes)
        entries = []
        for renderer, owner, path, language in self._pages(source):
            if path in self.frozen:
                continue
            reader = RecordingReader(source, datetime.now(UTC))
            drawn = RENDERERS[renderer].render(Page(path, owner, renderer, "live", language=language), reader)
            if self.written.get(path) != drawn.body:
                self.written[path] = drawn.body
                more = {"status": drawn.status, "seq": self.seq, "content_type": drawn.content_type}
                entries.append(self.store.page(path, drawn.body, **more))
        number = (
            self.store.segment(entries)
            if self.store.number
            else self.store.base([*entries, *_assets(self.store)])
        )
        with contextlib.suppress(TimeoutError):
            until(self.store.site, number, 3 if self.store.number > 1 else 0)

    def _pages(self, source: MemorySource) -> Iterator[tuple[str, str, str, str]]:
        """Yield renderer, owner, path and language of all that is drawn."""
        yield "wire-changes", "site:main", "/_f/wire/", ""
        yield "site-colours", "site:main", colours.style_path(SITE), ""
        yield "site-icon", "site:main", colours.icon_path(SITE), ""
        yield "story-page", "story:long", "/long/", "en"
        yield "story-page", "story:tide", "/ar/tide/", "ar"
        yield "story-page", "story:strike", "/strike/", "en"
        yield "archive-page", "front:en", "/archive/", "en"
        for language in LANGUAGES:
            for renderer, path in (
                ("front-page", ""), ("feed-page", "feed/"), ("latest-fragment", "_f/latest/"),
                ("picks-fragment", "_f/picks/"),
            ):  # fmt: skip
                yield renderer, f"front:{language}", PREFIX[language] + path, language
        for shown in self.posts.values():
            yield "post-page", shown.record, shown.path, shown.language
        for one in self.items.values():
            yield "item-page", one.record, one.path, one.language
        for key in list(source.values):
            if found := re.match(r"list:(postpart/(\w+)/(\d+))/", key):
                yield "post-part", f"list:{found[1]}", part_path(found[2], int(found[3])), "en"
            if found := re.match(r"list:(feed(day|days|topic)/([a-z]+)/([\w-]+))/", key):
                renderer = {"day": "feed-day", "days": "feed-month", "topic": "feed-topic"}[found[2]]
                path = f"topic/{found[4]}" if found[2] == "topic" else found[4].replace("-", "/")
                yield renderer, f"list:{found[1]}", f"{PREFIX[found[3]]}feed/{path}/", found[3]


def _documents() -> list[Document]:
    site = SITE.model_copy(update={"languages": LANGUAGES})
    return [
        site, *site_documents()[1:], Front(id="ar", language="ar", path="/ar/"),
        Navigation(id="ar", language="ar", sections=()), long_story(), arabic(),
    ]  # fmt: skip


def _assets(store: Store) -> Iterator[Entry]:
    for asset in assets().files.values():
        yield store.media(asset.path, asset.body, asset.content_type)


@dataclass
class Network:
    """The front. One request a connection, so that each can be seen: `asked` has paths, `open` streams."""

    port: int = 0
    behind: int = 0
    asked: list[str] = field(default_factory=list)
    resumed: list[str] = field(default_factory=list)  # what streams said they had, "" for nothing
    open: list[socket.socket] = field(default_factory=list)
    most_open: int = 0
    held: bool = False  # streams are answered, but nothing of them comes through
    refused: bool = False  # streams are not answered
    down: bool = False  # nothing is
    delay: float = 0.0  # seconds before each answer

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    def cut(self) -> None:
        """Break off every stream."""
        for one in list(self.open):
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)

    def count(self, path: str) -> int:
        return self.asked.count(path)

    def serve(self, listening: socket.socket) -> None:
        while True:
            try:
                client, _ = listening.accept()
            except OSError:
                return
            threading.Thread(target=self._one, args=(client,), daemon=True).start()

    def _one(self, client: socket.socket) -> None:
        with client, contextlib.suppress(OSError):
            head = b""
            while b"\r\n\r\n" not in head:
                got = client.recv(65536)
                if not got:
                    return
                head += got
            path = head.split(b" ", 2)[1].decode()
            self.asked.append(path)
            if path == EVENTS:
                had = re.search(rb"(?i)last-event-id: (\d+)", head)
                self.resumed.append(had[1].decode() if had else "")
            if self.down or (self.refused and path == EVENTS):
                return
            time.sleep(self.delay)
            self._pass_on(client, head, path)

    def _pass_on(self, client: socket.socket, head: bytes, path: str) -> None:
        with socket.create_connection(("127.0.0.1", self.behind)) as server:
            server.sendall(re.sub(rb"(?i)\r\nconnection: [^\r]*", b"\r\nConnection: close", head))
            stream = path == EVENTS
            if stream:
                self.open.append(server)
                self.most_open = max(self.most_open, len(self.open))
                threading.Thread(target=self._until_gone, args=(client, server), daemon=True).start()
            try:
                while data := server.recv(65536):
                    if not (stream and self.held):
                        client.sendall(data)
            finally:
                if stream:
                    self.open.remove(server)
                    client.shutdown(socket.SHUT_RDWR)  # another thread still reads from it

    @staticmethod
    def _until_gone(client: socket.socket, server: socket.socket) -> None:
        """End a stream at the edge when the browser lets go of it."""
        with contextlib.suppress(OSError):
            while client.recv(1024):
                pass
        with contextlib.suppress(OSError):
            server.shutdown(socket.SHUT_RDWR)


@contextlib.contextmanager
def serving(site: SiteFolder, **options: object) -> Iterator[tuple[Feed, Network]]:
    """Run the newsroom's edge and the front for a `with` block. `options` are those of the edge."""
    feed = Feed(Store(site))
    feed.bake()
    with edge(site, **options) as server, socket.create_server(("127.0.0.1", 0)) as listening:  # type: ignore[arg-type]
        network = Network(listening.getsockname()[1], server.port)
        threading.Thread(target=network.serve, args=(listening,), daemon=True).start()
        yield feed, network
        listening.shutdown(socket.SHUT_RDWR)
