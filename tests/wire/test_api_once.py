"""A call with an idempotency key is carried out once: sent again, at once, after a crash, after a week."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from standfirst.editions import api as editions
from standfirst.kit import instants
from standfirst.kit.chores import chores
from standfirst.wire import api as wire
from standfirst.wire.api_v1.rows import Answered
from tests.postgres import ROOT, Server, environment
from tests.wire.api import Bot, item, token

THREADS = 20

of_the_desk = [
    pytest.mark.django_db(databases=["default", "bake"]),
    pytest.mark.usefixtures("newsroom"),
    pytest.mark.urls("tests.stories.public_urls"),
]


def marked(test: Any) -> Any:
    for mark in of_the_desk:
        test = mark(test)
    return test


@marked
def test_sent_again_it_gets_the_same_answer_and_nothing_is_done() -> None:
    bot = Bot(token())
    first = bot.post("/items", item(publish=True), key="a")
    for key in ("a", '"a"'):
        again = bot.post("/items", item(publish=True), key=key)
        assert (again.status_code, again.content) == (201, first.content)
        assert (again["Location"], again["Idempotency-Replayed"]) == (first["Location"], "true")
    assert "Idempotency-Replayed" not in first
    assert wire.Item.objects.count() == 1
    reordered = json.dumps(dict(reversed(item(publish=True).items()))).encode()
    assert bot.post("/items", reordered, key="a").content == first.content
    assert bot.post("/items", item(publish=True), key="b").json()["id"] != first.json()["id"]


@marked
def test_an_undo_that_is_sent_again_undoes_once() -> None:
    bot = Bot(token())
    made = bot.post("/items", item("One", publish=True)).json()
    path = f"/items/{made['id']}"
    bot.patch(path, {"version": 1, "headline": "Two", "publish": True})
    for _ in range(3):
        assert bot.post(f"{path}/undo", key="undo").status_code == 200
    assert editions.current(f"item:{made['id']}").headline == "One"  # type: ignore[union-attr]


@marked
def test_another_request_with_the_same_key_is_refused() -> None:
    bot = Bot(token())
    made = bot.post("/items", item(), key="a").json()
    for path, body in (("/items", item("Other")), (f"/items/{made['id']}/publish", None)):
        answer = bot.post(path, body, key="a")
        assert (answer.status_code, answer.json()["type"].rpartition(":")[2]) == (422, "key-reused")
    assert wire.Item.objects.get().state == "draft"
    assert Bot(token()).post("/items", item("Other"), key="a").status_code == 201, "keys are a token's own"


@marked
def test_a_key_is_needed_where_sending_twice_would_do_twice() -> None:
    bot = Bot(token())
    made = bot.post("/items", item()).json()
    for path, body in (("/items", item()), (f"/items/{made['id']}/undo", None)):
        answer = bot.post(path, body, key="")
        assert (answer.status_code, answer.json()["type"].rpartition(":")[2]) == (400, "key-missing")
    assert bot.post(f"/items/{made['id']}/publish", key="").status_code == 200


@marked
@pytest.mark.parametrize("key", ["x" * 256, 'a"b', "a b", "ключ", '"', '""', "a\\"])
def test_a_key_that_cannot_be_used(key: str) -> None:
    answer = Bot(token()).post("/items", item(), key=key)
    assert (answer.status_code, answer.json()["type"].rpartition(":")[2]) == (400, "key-malformed")


@marked
def test_what_was_refused_may_be_mended_and_sent_with_its_key() -> None:
    bot = Bot(token())
    assert bot.post("/items", item(language="fr"), key="a").status_code == 422
    assert not Answered.objects.exists()
    assert bot.post("/items", item(), key="a").status_code == 201


@marked
def test_a_key_is_forgotten_after_a_week_and_not_before(monkeypatch: pytest.MonkeyPatch) -> None:
    bot = Bot(token())
    bot.post("/items", item(), key="a")
    sweep, now = chores.get("idempotency keys").do, instants.now()
    for days, left in ((6.9, 1), (7.1, 0)):
        monkeypatch.setattr(instants, "now", lambda later=days: now + timedelta(days=later))
        sweep(settings.STANDFIRST_SITE)
        assert Answered.objects.count() == left


@marked
def test_what_is_kept_of_a_call_holds_no_words() -> None:
    bot = Bot(token())
    bot.post("/items", item("A telling headline", publish=True))
    row = Answered.objects.values().get()
    assert "telling" not in str(row)


def race(site: Path, how: str) -> dict[str, Any]:
    result = subprocess.run(
        [sys.executable, "-m", "tests.wire.racing", str(THREADS), how],
        cwd=ROOT, env=environment(site, "public"), capture_output=True, text=True, check=False, timeout=200,
    )  # fmt: skip
    assert result.returncode == 0, result.stderr[-3000:]
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def site_of(database: str, request: pytest.FixtureRequest, parent: Path) -> Path:
    if database == "sqlite":
        site: Path = request.getfixturevalue("site_folder")
        return site
    server: Server = request.getfixturevalue("postgres")
    return server.site(parent, server.database())


@pytest.mark.timeout(400)
@pytest.mark.parametrize("database", ["sqlite", "postgres"])
def test_twenty_at_once_do_it_once(database: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    found = race(site_of(database, request, tmp_path), "plain")
    assert (found["items"], found["live"]) == (1, 1)
    assert {status for status, _id, _again in found["told"]} == {201}
    assert len({public_id for _status, public_id, _again in found["told"]}) == 1
    assert sum(again for _status, _id, again in found["told"]) == THREADS - 1


@pytest.mark.timeout(400)
@pytest.mark.parametrize("database", ["sqlite", "postgres"])
def test_without_the_unique_row_it_is_done_twice(
    database: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    """The control: the race above does find doubles."""
    assert race(site_of(database, request, tmp_path), "control")["items"] > 1


def test_a_crash_before_the_commit_leaves_neither_item_nor_key(site_folder: Path) -> None:
    found = race(site_folder, "die")
    assert (found["ended"], found["left"]) == (9, [0, 0])
    assert found["again"][0] == 201
