"""Who the API lets in: scopes, expiry, revoking, counting; and that a token is kept and written nowhere."""

from __future__ import annotations

import hashlib
import logging
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import connections

from standfirst.kit import instants
from standfirst.wire import api as wire
from standfirst.wire.api_v1 import tokens
from standfirst.wire.api_v1.rows import Token
from tests.wire.api import ACTOR, Bot, item, token
from tests.wire.conftest import published

pytestmark = [
    pytest.mark.django_db(databases=["default", "bake"]),
    pytest.mark.usefixtures("newsroom"),
    pytest.mark.urls("tests.stories.public_urls"),
]

CALLS: dict[str, tuple[str, str, Any, str]] = {
    "list": ("get", "/items", None, "items:read"),
    "read": ("get", "/items/{own}", None, "items:read"),
    "draft": ("post", "/items", item(), "items:write"),
    "change": ("patch", "/items/{own}", {"version": 1, "headline": "New"}, "items:write"),
    "publish": ("post", "/items/{own}/publish", None, "items:publish"),
    "undo": ("post", "/items/{live}/undo", None, "items:publish"),
    "take back": ("post", "/items/{live}/take-back", None, "items:publish"),
    "kill": ("post", "/items/{live}/kill", {"why": "x"}, "items:kill"),
}
"""What can be asked, and the scope it needs."""


def call(bot: Bot, name: str, ids: dict[str, str]) -> int:
    method, path, body, _scope = CALLS[name]
    sent = () if method == "get" else (body,)
    return int(getattr(bot, method)(path.format(**ids), *sent).status_code)


@pytest.fixture
def ids(newsroom: None) -> dict[str, str]:
    own = wire.save_item(wire.ItemDraft(headline="Own", language="en"), actor="api:bot")
    return {"own": own.public_id, "live": published().public_id}


@pytest.mark.parametrize("scope", tokens.SCOPES)
@pytest.mark.parametrize("name", CALLS)
def test_a_scope_opens_what_it_names_and_nothing_else(name: str, scope: str, ids: dict[str, str]) -> None:
    status = call(Bot(token(scope)), name, ids)
    assert (status < 300) == (scope == CALLS[name][3]), status
    assert status in (200, 201, 403)


def test_publishing_while_writing_needs_the_scope_for_both(ids: dict[str, str]) -> None:
    writer = Bot(token("items:write"))
    refused = writer.post("/items", item(publish=True))
    assert refused.status_code == 403
    assert 'error="insufficient_scope", scope="items:publish"' in refused["WWW-Authenticate"]
    assert writer.patch(f"/items/{ids['own']}", {"version": 1, "publish": True}).status_code == 403
    assert wire.Item.objects.filter(state="live").count() == 1


def test_who_only_writes_changes_own_drafts_alone(ids: dict[str, str]) -> None:
    writer = Bot(token("items:write"))
    other = wire.save_item(wire.ItemDraft(headline="Desk's", language="en"), actor=ACTOR)
    live = wire.publish_item(
        wire.save_item(wire.ItemDraft(headline="Bot's", language="en"), actor="api:bot"), actor=ACTOR
    ).item
    for each in (other, live):
        refused = writer.patch(f"/items/{each.public_id}", {"version": 1, "headline": "New"})
        assert refused.status_code == 403
    publisher = Bot(token("items:write", "items:publish"))
    assert publisher.patch(f"/items/{other.public_id}", {"version": 1, "headline": "New"}).status_code == 200


def test_unknown_expired_and_revoked_tokens_get_the_same_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    row, secret = tokens.issue("bot", ["items:read"], days=1, actor=ACTOR)
    gone, revoked = tokens.issue("bot", ["items:read"], actor=ACTOR)
    assert tokens.revoke(gone, actor=ACTOR)
    assert not tokens.revoke(gone, actor="other@example.org")
    assert Bot(secret).get("/items").status_code == 200
    now = instants.now()
    monkeypatch.setattr(instants, "now", lambda: now + timedelta(days=1, seconds=1))
    shown = [secret, revoked, "sf_" + "A" * 43, "sf_short", "nothing of ours", "sf_" + "ш" * 43]
    answers = [Bot("").get("/items", Authorization=f"Bearer {one}") for one in shown]
    said = {(one.status_code, one.content, one["WWW-Authenticate"]) for one in answers}
    assert len(said) == 1
    status, _body, challenge = said.pop()
    assert (status, challenge) == (401, 'Bearer realm="standfirst", error="invalid_token"')
    row.refresh_from_db()
    assert row.last_used_at is not None


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Basic c2Y6eA==", "{secret}", "Token {secret}"])
def test_without_a_bearer_token_nobody_gets_in(header: str) -> None:
    answer = Bot("").get("/items", Authorization=header.format(secret=token()))
    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, 'Bearer realm="standfirst"')
    assert answer["Content-Type"] == "application/problem+json"


def test_a_token_elsewhere_than_in_its_header_is_no_token() -> None:
    secret = token()
    assert Bot("").get(f"/items?access_token={secret}").status_code == 401


def test_a_token_may_call_so_often_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokens, "PER_MINUTE", 3)
    now = instants.now()
    monkeypatch.setattr(instants, "now", lambda: now)
    bot, other = Bot(token()), Bot(token())
    assert [bot.get("/topics").status_code for _ in range(4)] == [200, 200, 200, 429]
    assert other.get("/topics").status_code == 200
    now += timedelta(seconds=20)
    late = bot.get("/topics")
    assert (late.status_code, late["Retry-After"]) == (429, "40")
    now += timedelta(seconds=40)
    assert bot.get("/topics").status_code == 200


@pytest.mark.parametrize(
    ("made", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "x" * 61}, "name"),
        ({"name": "a\nb\x00"}, "name"),
        ({"scopes": []}, "scopes"),
        ({"scopes": ["items:all"]}, "scopes"),
        ({"days": 0}, "days"),
        ({"days": 366}, "days"),
    ],
)
def test_tokens_that_cannot_be_made(made: dict[str, Any], field: str) -> None:
    with pytest.raises(tokens.TokenRefused) as refused:
        tokens.issue(**{"name": "bot", "scopes": ["items:read"], "actor": ACTOR, **made})
    assert refused.value.field == field


def test_a_token_lives_a_year_at_most_and_looks_like_one() -> None:
    row, secret = tokens.issue("bot", ["items:kill", "items:read"], actor=ACTOR)
    assert row.expires_at - row.created_at <= timedelta(days=365, seconds=1)
    assert (secret[:3], len(secret), row.hint) == ("sf_", 46, secret[-4:])
    assert row.scopes == "items:read items:kill"


def test_a_token_is_in_no_table_and_no_log(caplog: pytest.LogCaptureFixture, monkeypatch: Any) -> None:
    caplog.set_level(logging.DEBUG)
    bot = Bot(token())
    monkeypatch.setattr(settings, "DEBUG", True)
    made = bot.post("/items", item("Canary headline", publish=True)).json()
    bot.post("/items", b"{")
    bot.post("/items", item(), Authorization=f"Basic {bot.secret}")
    bot.get("/items", Authorization=f"Bearer {bot.secret}x")
    bot.post(f"/items/{made['id']}/kill", {"why": "x"})
    monkeypatch.setattr(wire, "save_item", lambda *_args, **_more: 1 / 0)
    bot.post("/items", item())
    assert "ZeroDivisionError" in caplog.text
    held = everything()
    assert "Canary headline" in held, "the search sees what is there"
    assert hashlib.sha256(bot.secret.encode()).hexdigest() in held
    for secret in (bot.secret, bot.secret[3:]):
        assert secret not in held
        assert secret not in caplog.text


def everything() -> str:
    """Return all that both databases hold, as text."""
    found = []
    for name in connections.databases:
        with connections[name].cursor() as cursor:
            for table in connections[name].introspection.table_names(cursor):
                cursor.execute(f'SELECT * FROM "{table}"')
                found += [str(row) for row in cursor.fetchall()]
    return "\n".join(found)


def test_rows_of_tokens_stay_for_whoever_asks_who_it_was() -> None:
    row, _secret = tokens.issue("bot", ["items:read"], actor=ACTOR)
    tokens.revoke(row, actor="b@example.org")
    kept = Token.objects.get()
    assert (kept.created_by, kept.revoked_by, kept.actor) == (ACTOR, "b@example.org", "api:bot")
