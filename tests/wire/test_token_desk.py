"""The desk's screen of API tokens: who may, shown once, revoked at once; and the same at the command line."""

from __future__ import annotations

import json
import re
import sqlite3
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from standfirst.kit import instants
from standfirst.wire.api_v1 import tokens
from standfirst.wire.api_v1.rows import Token
from tests.newsroom.system import newsroom as running
from tests.stories.conftest import signed_in, staff
from tests.wire.api import ACTOR

ADDRESS = "/desk/api-tokens/"
FORM: dict[str, Any] = {"name": "chat bot", "scopes": ["items:write", "items:publish"], "days": "90"}

at_the_desk = pytest.mark.django_db(databases=["default", "bake"])


@pytest.fixture
def publisher(newsroom: None) -> Client:
    return signed_in(staff(ACTOR, "Publishers"))


@at_the_desk
def test_a_token_is_shown_once_and_lets_in(publisher: Client) -> None:
    answer = publisher.post(ADDRESS, FORM)
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    (secret,) = re.findall(r'value="(sf_[\w-]{43})"', answer.content.decode())
    row = tokens.admit(secret)
    assert row is not None
    assert (row.name, row.scopes, row.created_by) == ("chat bot", "items:write items:publish", ACTOR)
    assert timedelta(days=89) < row.expires_at - instants.now() <= timedelta(days=90)
    page = publisher.get(ADDRESS).content.decode()
    assert secret not in page
    assert f"sf_…{secret[-4:]}" in page


@at_the_desk
def test_a_revoked_token_lets_in_no_more_and_stays_in_the_list(publisher: Client) -> None:
    row, secret = tokens.issue("chat bot", ["items:read"], actor=ACTOR)
    address = f"{ADDRESS}{row.pk}/revoke/"
    assert publisher.get(address).status_code == 200
    assert tokens.admit(secret) is not None, "asking revokes nothing"
    assert publisher.post(address).status_code == 302
    assert tokens.admit(secret) is None
    assert "Revoked" in publisher.get(ADDRESS).content.decode()


@at_the_desk
@pytest.mark.parametrize(
    "wrong", [{"name": ""}, {"name": "x" * 61}, {"scopes": []}, {"scopes": ["items:all"]}, {"days": "366"}]
)
def test_a_form_that_cannot_stand_makes_no_token(publisher: Client, wrong: dict[str, Any]) -> None:
    assert publisher.post(ADDRESS, {**FORM, **wrong}).status_code == 422
    assert not Token.objects.exists()


@at_the_desk
def test_editors_make_none(newsroom: None) -> None:
    editor = signed_in(staff("e@example.org", "Editors"))
    for answer in (editor.get(ADDRESS), editor.post(ADDRESS, FORM)):
        assert answer.status_code in (302, 403)
    assert not Token.objects.exists()
    assert "API tokens" not in editor.get("/desk/").content.decode()


@at_the_desk
def test_nobody_gives_a_program_more_than_they_may_do(newsroom: None) -> None:
    person = staff("e@example.org", "Editors")
    person.user_permissions.add(Permission.objects.get(codename="manage_tokens"))
    client = signed_in(person)
    assert client.post(ADDRESS, {**FORM, "scopes": ["items:kill"]}).status_code == 422
    assert not Token.objects.exists()
    assert client.post(ADDRESS, FORM).status_code == 200


def test_the_command_line_makes_lists_and_revokes(tmp_path: Path) -> None:
    with running(tmp_path) as room:
        made = json.loads(
            room.run("token", "create", "chat bot", "--scope", "items:write", "--days", "7", "--json").stdout
        )
        assert re.fullmatch(r"sf_[\w-]{43}", made["token"])
        plain = room.run("token", "create", "other", "--scope", "items:read")
        assert re.fullmatch(r"sf_[\w-]{43}\n", plain.stdout), "nothing but the token, for a pipe"
        assert plain.stdout.strip() not in plain.stderr
        for wrong in (("--scope", "items:all"), ("--scope", "items:read", "--days", "366"), ()):
            assert room.run("token", "create", "x", *wrong, check=False).returncode == 64
        assert room.run("token", "revoke", "99", check=False).returncode == 1
        assert json.loads(room.run("token", "revoke", str(made["id"]), "--json").stdout)["revoked"]
        listed = [json.loads(line) for line in room.run("token", "list", "--json").stdout.splitlines()]
        assert {one["name"]: one["state"] for one in listed} == {"chat bot": "revoked", "other": "counts"}
        with sqlite3.connect(room.folder / "db" / "main.sqlite3") as database:
            dump = "\n".join(database.iterdump())
        assert made["token"] not in dump
        assert "chat bot" in dump
