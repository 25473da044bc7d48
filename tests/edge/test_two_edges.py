"""Two edges on one store, each a machine of its own as far as it knows, with the bus over Redis."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from standfirst.kit import bus
from standfirst.kit.sitefolder import SiteFolder
from tests.edge.conftest import fill
from tests.edge.site import Server, Store, edge, until
from tests.edge.test_events import listening
from tests.edge.wire import Wire
from tests.redis import Server as Redis

POLL = 2.5


@pytest.fixture
def elsewhere(store: Store) -> Iterator[SiteFolder]:
    """The same store mounted in another machine's site folder."""
    folder = Path(tempfile.mkdtemp(prefix="edge-"))
    store.site.store.mkdir(parents=True, exist_ok=True)
    (folder / "store").symlink_to(store.site.store)
    yield SiteFolder(folder)
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(autouse=True)
def _sockets_again() -> Iterator[None]:
    yield
    bus.use("")


def joined(redis: Redis) -> str:
    """Return what makes an edge use the bus, and look by itself so rarely that the bus is seen to work."""
    return (
        "from standfirst.edge import server; from standfirst.kit import bus; "
        f"server.POLL_SECONDS = {POLL}; "
        f"bus.use({redis.url!r}, password={redis.password!r}, site='https://example.org')"
    )


def test_a_change_is_seen_at_both_with_and_without_redis(
    store: Store, elsewhere: SiteFolder, redis: Redis
) -> None:
    fill(store)
    wire = Wire(store)
    bus.use(redis.url, password=redis.password, site="https://example.org")

    def told(listeners: list[object]) -> float:
        """Publish; return how many seconds it took until all clients had been told."""
        began = time.monotonic()
        number = wire.publish()
        assert [listener.next().seq for listener in listeners] == [number] * len(listeners)  # type: ignore[attr-defined]
        return time.monotonic() - began

    def at_its_best() -> float:
        return min(told(listeners) for _ in range(3))

    with (
        edge(store.site, mistake=joined(redis)) as one,
        edge(elsewhere, mistake=joined(redis)) as other,
        contextlib.ExitStack() as stack,
    ):
        listeners: list[object] = [
            stack.enter_context(listening(server)) for server in (one, other) for _ in range(3)
        ]
        for listener in listeners:
            assert listener.next().name == "hello"  # type: ignore[attr-defined]
        assert at_its_best() < 0.5
        redis.kill()
        assert told(listeners) < POLL + 1.5, "a lost message costs at most a poll"
        redis.start()
        deadline = time.monotonic() + 20
        while at_its_best() > 0.5:
            assert time.monotonic() < deadline, "the bus does not carry messages again"


def test_who_moves_from_one_edge_to_the_other_hears_each_change_once(
    store: Store, elsewhere: SiteFolder
) -> None:
    fill(store)
    wire = Wire(store)
    with edge(store.site) as one, edge(elsewhere) as other:
        servers: list[Server] = [one, other]
        got: list[int] = []
        last = 0
        for turn in range(12):
            with listening(servers[turn % 2], last) as listener:
                for _ in range(2):
                    wire.publish()
                    last = listener.next().seq
                    got.append(last)
            for site in (store.site, elsewhere):
                until(site, store.number)  # browsers stay away for seconds, edges are a poll behind at most
        assert got == [event["seq"] for event in wire.events]
