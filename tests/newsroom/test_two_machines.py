"""Two machines with an edge and an application each, on one Postgres, one Redis and one store."""

from __future__ import annotations

import contextlib
import shutil
import time
import uuid
from collections.abc import Iterator, Sequence
from pathlib import Path

import httpx
import pytest

from tests.edge.test_events import Listener, listening
from tests.newsroom.system import EDITOR, PASSWORD, Newsroom, free_port
from tests.postgres import Server as Postgres
from tests.redis import Server as Redis

pytestmark = [pytest.mark.newsroom, pytest.mark.django_db(databases=[])]

AT_ONCE = 0.9
"""Seconds within which a message goes all the way: without one, the baker looks only once a second."""
POLLS = 5.0
"""Seconds that lost messages may cost: the baker's look at the database, the edges' at the manifest."""


@pytest.fixture
def machines(postgres: Postgres, redis: Redis, tmp_path: Path) -> Iterator[tuple[Newsroom, Newsroom]]:
    """The first with baker and worker too. The second knows what several-machines.md says it must."""
    one, other = (Newsroom(tmp_path / name, free_port(), free_port()) for name in ("one", "other"))
    one.run(
        "init", str(one.folder), "--name", "The Test Courier", "--admin", EDITOR, "--password", PASSWORD,
        "--base-url", one.readers, "--desk-url", one.desk, "--database-url", postgres.database(),
    )  # fmt: skip
    bus = {"standfirst": f'bus = "{redis.url}"', "secrets": f'bus_password = "{redis.password}"'}
    for name, line in bus.items():
        with (one.folder / f"{name}.toml").open("a") as file:
            file.write(line + "\n")
    other.folder.mkdir()
    for name in ("standfirst.toml", "secrets.toml"):
        shutil.copy2(one.folder / name, other.folder / name)
    for name in ("store", "uploads"):
        (one.folder / name).mkdir(exist_ok=True)
        (other.folder / name).symlink_to(one.folder / name)
    try:
        one.start("edge", "app", "baker", "worker")
        other.start("edge", "app")
        for machine in (one, other):
            machine.until(f"{machine.readers}/")
        yield one, other
    finally:
        one.stop()
        other.stop()


_SCOPES = ("--scope", "items:write", "--scope", "items:publish")


class Bot:
    """Posts through the edge and application of one machine or the other."""

    def __init__(self, one: Newsroom) -> None:
        self.token = one.run("token", "create", "bot", *_SCOPES).stdout.strip()
        self.host = f"localhost:{one.port}"

    def post(self, machine: Newsroom, headline: str) -> str:
        """Publish an item there; return its id."""
        answer = httpx.post(
            f"http://127.0.0.1:{machine.port}/-/api/v1/items",
            json={"headline": headline, "language": "en", "publish": True},
            headers={
                "Host": self.host, "Authorization": f"Bearer {self.token}",
                "Idempotency-Key": str(uuid.uuid4()),
            },
            timeout=30,
        )  # fmt: skip
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])


def heard(listeners: Sequence[Listener], item: str) -> float:
    """Return how many seconds it takes until every listener has been told of `item`, and of nothing else."""
    began = time.monotonic()
    for listener in listeners:
        assert listener.next().data["id"] == item
    return time.monotonic() - began


def test_an_item_published_on_one_is_seen_by_readers_of_both_with_and_without_redis(
    machines: tuple[Newsroom, Newsroom], redis: Redis
) -> None:
    bot = Bot(machines[0])

    def fastest(listeners: Sequence[Listener]) -> float:
        """Return the better of two turns, on whichever machine it took longer."""
        turns = [
            [heard(listeners, bot.post(machine, f"Post {turn}")) for turn in range(2)] for machine in machines
        ]
        return max(map(min, turns))

    with contextlib.ExitStack() as stack:
        listeners = [stack.enter_context(listening(machine)) for machine in machines for _ in range(2)]
        for listener in listeners:
            assert listener.next().name == "hello"
        heard(listeners, bot.post(machines[0], "The first finds everything cold"))
        assert fastest(listeners) < AT_ONCE
        redis.kill()
        for machine in machines:
            assert heard(listeners, bot.post(machine, "While Redis is away")) < POLLS
        redis.start()
        deadline = time.monotonic() + 20
        while fastest(listeners) > AT_ONCE:
            assert time.monotonic() < deadline, "the bus does not carry messages again"
    for machine in machines:
        page = httpx.get(f"http://127.0.0.1:{machine.port}/feed/", headers={"Host": bot.host}, timeout=30)
        assert page.text.count("While Redis is away") >= 2
