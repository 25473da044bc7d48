"""The bus over a real Redis: the same behind the same door, and nobody ever waits for it or falls with it."""

from __future__ import annotations

import contextlib
import logging
import os
import select
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from standfirst.kit import bus
from standfirst.kit.sitefolder import SiteFolder
from tests.newsroom.system import ROOT
from tests.redis import Server

SITE = SiteFolder(Path("/nowhere"))
"""Another machine: no folder is shared."""


@pytest.fixture(autouse=True)
def _sockets_again() -> Iterator[None]:
    yield
    bus.use("")


def use(redis: Server, site: str = "https://example.org", **changed: str) -> None:
    bus.use(redis.url, **{"password": redis.password, "site": site, **changed})


def heard(ear: bus.Listener, topic: str, detail: str, seconds: float = 3.0) -> bool:
    """Return whether a message comes; others, as after a new connection, may come too."""
    deadline = time.monotonic() + seconds
    while (left := deadline - time.monotonic()) > 0:
        if (topic, detail) in ear.wait(left):
            return True
    return False


def ready(ear: bus.Listener) -> None:
    assert heard(ear, bus.WORK, ""), "it looks once when it is connected"


def carries(ear: bus.Listener, seconds: float = 10.0) -> bool:
    """Return whether messages come through again."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        bus.send(SITE, bus.SEGMENT, "again")
        if heard(ear, bus.SEGMENT, "again", 0.3):
            return True
    return False


def test_every_listener_hears_what_is_sent(redis: Server) -> None:
    use(redis)
    with bus.Listener(SITE, "edge") as one, bus.Listener(SITE, "baker") as other:
        ready(one)
        ready(other)
        for number in range(50):
            bus.send(SITE, bus.SEGMENT, str(number))
        for ear in (one, other):
            got: list[str] = []
            deadline = time.monotonic() + 3
            while len(got) < 50 and time.monotonic() < deadline:
                got += [detail for topic, detail in ear.wait(0.5) if topic == bus.SEGMENT and detail]
            assert got == [str(number) for number in range(50)]


def test_another_process_is_heard(redis: Server) -> None:
    """One that ends at once, too: its last message goes first."""
    use(redis)
    code = (
        "import sys; from pathlib import Path; from standfirst.kit import bus; "
        "from standfirst.kit.sitefolder import SiteFolder; "
        "bus.use(sys.argv[1], password=sys.argv[2], site='https://example.org'); "
        "bus.send(SiteFolder(Path('/else')), bus.MOVED, '7')"
    )
    with bus.Listener(SITE, "baker") as ear:
        ready(ear)
        subprocess.run(
            [sys.executable, "-c", code, redis.url, redis.password], check=True,
            env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        )  # fmt: skip
        assert heard(ear, bus.MOVED, "7")


def test_a_forked_process_is_heard(redis: Server) -> None:
    use(redis)
    with bus.Listener(SITE, "baker") as ear:
        ready(ear)
        bus.send(SITE, bus.MOVED, "parent")
        assert heard(ear, bus.MOVED, "parent")
        child = os.fork()
        if not child:
            bus.send(SITE, bus.MOVED, "child")
            time.sleep(0.5)
            os._exit(0)
        assert heard(ear, bus.MOVED, "child")
        os.waitpid(child, 0)


def test_two_sites_share_a_server_and_hear_nothing_of_each_other(redis: Server) -> None:
    use(redis, "https://one.example")
    with bus.Listener(SITE, "edge") as one:
        ready(one)
        use(redis, "https://two.example")
        with bus.Listener(SITE, "edge") as two:
            ready(two)
            bus.send(SITE, bus.SEGMENT, "5")
            assert heard(two, bus.SEGMENT, "5")
            assert not heard(one, bus.SEGMENT, "5", 0.3)


def test_a_server_that_was_killed_and_is_back_is_heard_again_at_the_same_socket(redis: Server) -> None:
    use(redis)
    with bus.Listener(SITE, "edge") as ear:
        ready(ear)
        file = ear.fileno()
        for _ in range(2):
            redis.kill()
            for _ in range(20):
                bus.send(SITE, bus.SEGMENT, "lost")
            assert not heard(ear, bus.SEGMENT, "lost", 0.5)
            redis.start()
            assert heard(ear, bus.SEGMENT, "", 10), "what may have been missed is looked for"
            assert carries(ear)
            assert ear.fileno() == file


def test_a_server_that_is_not_there_yet_is_found(redis: Server) -> None:
    redis.kill()
    use(redis)
    with bus.Listener(SITE, "edge") as ear:
        assert not ear.wait(0.3)
        redis.start()
        assert carries(ear)


def test_the_listener_wakes_a_loop(redis: Server) -> None:
    use(redis)
    with bus.Listener(SITE, "edge") as ear:
        ready(ear)
        assert not list(ear.drain())
        assert not select.select([ear.fileno()], [], [], 0.1)[0]
        bus.send(SITE, bus.SEGMENT, "1")
        assert select.select([ear.fileno()], [], [], 3)[0]
        assert list(ear.drain()) == [(bus.SEGMENT, "1")]
        ear.wake()
        assert ear.wait(1) == [("stop", "")]


@contextlib.contextmanager
def black_hole() -> Iterator[str]:
    """A server that takes connections and never says anything."""
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen(64)
        yield f"redis://127.0.0.1:{silent.getsockname()[1]}/0"


@pytest.mark.parametrize("kind", ["refuses", "is silent", "has no address"])
def test_sending_takes_no_time_whatever_the_server_does(kind: str) -> None:
    with black_hole() as silent:
        urls = {
            "refuses": "redis://127.0.0.1:1/0", "is silent": silent,
            "has no address": "redis://none.invalid:6379/0",
        }  # fmt: skip
        bus.use(urls[kind], site="x")
        began = time.monotonic()
        for _ in range(1000):
            bus.send(SITE, bus.MOVED, "1")
        with bus.Listener(SITE, "edge") as ear:
            assert ear.wait(0) == []
        assert time.monotonic() - began < 0.9, "one that is waited for takes a second"


def test_a_server_that_falls_silent_is_left(redis: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine that went away without a word closes no connection."""
    from standfirst.kit import bus_redis

    monkeypatch.setattr(bus_redis, "QUIET_SECONDS", 0.2)
    monkeypatch.setattr(bus_redis, "DEAF_SECONDS", 1.5)
    use(redis)
    with bus.Listener(SITE, "edge") as ear:
        ready(ear)
        assert redis.process
        redis.process.send_signal(19)  # SIGSTOP
        time.sleep(4)
        redis.process.send_signal(18)  # SIGCONT
        assert heard(ear, bus.WORK, "", 10), "it has connected anew"
        assert carries(ear)


def test_a_quiet_bus_is_not_taken_for_a_dead_one(redis: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    from standfirst.kit import bus_redis

    monkeypatch.setattr(bus_redis, "QUIET_SECONDS", 0.2)
    monkeypatch.setattr(bus_redis, "DEAF_SECONDS", 1.5)
    use(redis)
    with bus.Listener(SITE, "edge") as ear:
        ready(ear)
        assert not heard(ear, bus.WORK, "", 4), "it has not connected anew"


def test_the_check_says_what_is_wrong(redis: Server) -> None:
    use(redis)
    assert bus.check(SITE) == f"Redis at 127.0.0.1:{redis.port}"
    use(redis, password="wrong")
    with pytest.raises(bus.BusError, match="password"):
        bus.check(SITE)
    redis.kill()
    use(redis)
    with pytest.raises(bus.BusError, match="refused"):
        bus.check(SITE)


def test_the_password_is_nowhere_in_the_log(redis: Server, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        use(redis, password="open sesame")
        with bus.Listener(SITE, "edge"), contextlib.suppress(bus.BusError):
            bus.send(SITE, bus.MOVED)
            time.sleep(0.5)
            bus.check(SITE)
        redis.kill()
        time.sleep(0.3)
    assert "Redis at 127.0.0.1" in caplog.text
    assert "sesame" not in caplog.text
    assert redis.password not in caplog.text
