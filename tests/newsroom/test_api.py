"""A bot posts through the edge and readers have it; the token is in no file of the site."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.newsroom.system import Newsroom

pytestmark = pytest.mark.newsroom

HEADLINE = "Night ferry stays, board says"


@pytest.fixture(scope="module")
def secret(room: Newsroom) -> str:
    scopes = [part for name in ("read", "write", "publish", "kill") for part in ("--scope", f"items:{name}")]
    return room.run("token", "create", "harbour-bot", *scopes).stdout.strip()


@pytest.fixture
def bot(room: Newsroom, secret: str) -> Iterator[httpx.Client]:
    headers = {"Authorization": f"Bearer {secret}"}
    with httpx.Client(base_url=f"{room.readers}/-/api/v1", headers=headers, timeout=40) as client:
        yield client


def post(bot: httpx.Client, path: str, body: Any = None, key: str = "") -> httpx.Response:
    return bot.post(path, json=body, headers={"Idempotency-Key": key or str(uuid.uuid4())})


def test_what_a_bot_posts_readers_have_and_what_it_kills_is_gone(room: Newsroom, bot: httpx.Client) -> None:
    sent = {"headline": HEADLINE, "language": "en", "text": "Seven to two.", "publish": True}
    made = post(bot, "/items", sent, key="first")
    assert made.status_code == 201, made.text
    receipt = made.json()
    page = room.until(receipt["url"])
    assert HEADLINE in page.text
    assert HEADLINE in room.until(f"{room.readers}/feed/").text
    again = post(bot, "/items", sent, key="first")
    assert (again.content, again.headers["idempotency-replayed"]) == (made.content, "true")
    killed = post(bot, f"/items/{receipt['id']}/kill", {"why": "A test."})
    assert killed.json()["state"] == "killed"
    room.until(receipt["url"], status=410)


def test_nothing_of_it_is_kept_by_a_cache_and_no_cookie_is_set(bot: httpx.Client) -> None:
    for answer in (bot.get("/items"), bot.get("/topics"), bot.get("/openapi.json"), bot.get("/nothing")):
        assert answer.headers["cache-control"] == "no-store"
        assert "set-cookie" not in answer.headers
        assert "cookie" not in answer.headers.get("vary", "").lower()


def test_the_edge_hands_on_the_challenge_and_bounds_bodies(room: Newsroom, bot: httpx.Client) -> None:
    stranger = httpx.get(f"{room.readers}/-/api/v1/items", timeout=40)
    assert stranger.status_code == 401
    assert stranger.headers["www-authenticate"] == 'Bearer realm="standfirst"'
    assert stranger.headers["content-type"] == "application/problem+json"
    for size in (70_000, 11_000_000):
        large = bot.post("/items", content=b" " * size, headers={"Content-Type": "application/json"})
        assert large.status_code == 413
    assert json.loads(bot.get("/openapi.json").content)["openapi"].startswith("3.1")


def test_a_token_is_in_no_file_of_the_site(room: Newsroom, bot: httpx.Client, secret: str) -> None:
    post(bot, "/items", {"headline": "Canary of the harbour", "language": "en"})
    bot.post("/items", content=b"{")
    room.stop("app", "edge")
    files = {file: file.read_bytes() for file in room.folder.rglob("*") if file.is_file()}
    assert any(b"Canary of the harbour" in held for held in files.values()), "the search sees what is there"
    found = [str(file) for file, held in files.items() if secret.encode() in held]
    room.start("app", "edge")
    room.until(f"{room.readers}/")
    assert found == []
