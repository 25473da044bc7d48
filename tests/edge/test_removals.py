"""A flag or a licence ends by itself at its instant, with everything but the edge switched off."""

from __future__ import annotations

import time

from standfirst.edge.manifest import Entry, Removal
from tests.edge.site import Server, Store, edge, until


def wait_until(instant: float) -> None:
    time.sleep(max(0.0, instant - time.time()) + 0.02)


def both(store: Store, at: float) -> list[Entry]:
    after = store.blob(b"<p>The story without its flag")
    return [
        store.page("/", "front"),
        store.page("/flag/", "<p>Breaking: the story", removal=Removal(at, 200, after)),
        store.media("/_m/licensed.jpg", b"\xff\xd8picture" * 50, removal=Removal(at, 410, "")),
        store.page("/_e/410/", "<p>withdrawn", status=410),
    ]


def seconds(server: Server, path: str, word: str) -> int:
    control = dict(
        part.strip().partition("=")[::2] for part in server.get(path).headers["cache-control"].split(",")
    )
    return int(control[word])


def test_at_its_instant_the_successor_is_served_with_its_own_etag(store: Store) -> None:
    at = time.time() + 1.5
    store.base(both(store, at))
    with edge(store.site) as server:
        before = server.get("/flag/")
        assert before.body == b"<p>Breaking: the story"
        assert server.get("/_m/licensed.jpg").status == 200
        assert time.time() < at, "this machine is too slow for this test"
        wait_until(at)
        after = server.get("/flag/", {"if-none-match": before.headers["etag"]})
        assert (after.status, after.body) == (200, b"<p>The story without its flag")
        assert after.headers["etag"] != before.headers["etag"]
        assert server.get("/flag/", {"if-none-match": after.headers["etag"]}).status == 304
        picture = server.get("/_m/licensed.jpg")
        assert (picture.status, picture.body) == (410, b"<p>withdrawn")
        assert picture.headers["content-type"].startswith("text/html")
        assert "immutable" not in picture.headers["cache-control"]


def test_a_removal_that_is_past_at_the_start_is_done_at_once(store: Store) -> None:
    store.base(both(store, time.time() - 5))
    with edge(store.site) as server:
        assert server.get("/flag/").body == b"<p>The story without its flag"


def test_a_removal_may_be_moved_or_called_off(store: Store) -> None:
    at = time.time() + 1.2
    store.base(both(store, at))
    with edge(store.site) as server:
        until(store.site, store.segment([store.page("/flag/", "<p>Breaking: for longer", seq=2)]))
        wait_until(at)
        assert server.get("/flag/").body == b"<p>Breaking: for longer"


def test_caches_in_front_are_not_told_to_keep_it_beyond_its_instant(store: Store) -> None:
    store.base(both(store, time.time() + 500))
    with edge(store.site) as server:
        assert 490 <= seconds(server, "/_m/licensed.jpg", "max-age") <= 500
        assert 490 <= seconds(server, "/flag/", "stale-if-error") <= 500
        assert "immutable" not in server.get("/_m/licensed.jpg").headers["cache-control"]


def test_a_successor_without_a_body_is_the_page_of_its_status(store: Store) -> None:
    entry = store.page("/flag/", "x", removal=Removal(time.time() - 1, 410, ""))
    store.base([store.page("/", "front"), entry])
    with edge(store.site) as server:
        answer = server.get("/flag/")
        assert answer.status == 410
        assert b"withdrawn" in answer.body, "the built-in page, when none is baked"
