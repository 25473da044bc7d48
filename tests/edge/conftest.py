"""A site folder for each test, and one server with a bit of everything for the tests that only read."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from standfirst.edge.manifest import Entry
from standfirst.kit.sitefolder import SiteFolder
from tests.edge.front import fronted
from tests.edge.site import Server, Store, edge

TEXT = "<!doctype html><title>Річка</title><p>" + "The river rose again overnight. " * 400
PICTURE = bytes(range(256)) * 80
RECORDING = os.urandom(1_500_000)


@pytest.fixture
def store() -> Iterator[Store]:
    """An empty site. Its path is short, because sockets lie there."""
    folder = Path(tempfile.mkdtemp(prefix="edge-"))
    yield Store(SiteFolder(folder))
    shutil.rmtree(folder, ignore_errors=True)


def fill(store: Store) -> None:
    """Write a small site: pages, redirects, what is gone, media, fragments, error pages."""
    story = store.page("/river/", TEXT, keys=("story:41", "section:7"))
    store.base(
        [
            store.page("/", "<!doctype html><title>Front</title>" + "<p>News. " * 200),
            story,
            store.page("/uk/річка/", TEXT + "<p>українською"),
            store.page("/uk/їжа/", "<p>Про їжу"),
            store.page("/_f/latest/", "<p>latest"),
            store.page("/uk/_f/latest/", "<p>останні"),
            store.page("/feed.xml", "<rss/>" * 100, content_type="application/rss+xml"),
            store.page("/_a/0123.css", "body{color:black}" * 100, content_type="text/css", cache="immutable"),
            store.media("/_m/picture.jpg", PICTURE),
            store.media("/_m/recording.mp3", RECORDING, "audio/mpeg"),
            store.media("/_m/empty.bin", b"", "application/octet-stream"),
            Entry("/old/", 301, location="/river/"),
            Entry("/old-uk/", 301, location="/uk/річка/"),
            Entry("/elsewhere/", 301, location="//evil.example/"),
            store.page("/gone/", "<p>This story was withdrawn.", status=410),
            Entry("/gone-without-a-page/", 410),
            store.page("/_e/404/", "<h1>Nothing here</h1>" * 20, status=404),
            store.page("/uk/_e/404/", "<h1>Тут нічого немає</h1>" * 20, status=404),
            store.page("/_e/410/", "<h1>Withdrawn</h1>" * 20, status=410),
            store.page("/_e/503/", "<h1>One moment</h1>" * 20, status=503),
        ]
    )


@pytest.fixture(scope="session")
def edge_server() -> Iterator[Server]:
    """One edge for all tests that change nothing."""
    folder = Path(tempfile.mkdtemp(prefix="edge-"))
    store = Store(SiteFolder(folder))
    fill(store)
    with edge(store.site) as server:
        yield server
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def fronted_server() -> Iterator[Server]:
    """One edge with nginx in front of it, for all tests that change nothing."""
    folder = Path(tempfile.mkdtemp(prefix="edge-"))
    store = Store(SiteFolder(folder))
    fill(store)
    with fronted(store.site) as server:
        yield server
    shutil.rmtree(folder, ignore_errors=True)
