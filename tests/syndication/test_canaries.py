"""Promise 1 for the channels: gated and withdrawn words are in nothing that is drawn at any address."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import transaction

from standfirst.bake.drawing import render
from standfirst.bake.reading import RecordingReader
from standfirst.bake.registry import source
from standfirst.editions import api
from standfirst.editions.documents import Byline, Front
from tests.editions import newsroom as room
from tests.editions.examples import BODY
from tests.editions.test_canaries import canaries

pytestmark = pytest.mark.django_db


def everything() -> Iterator[tuple[str, int, bytes]]:
    """Yield address, status and bytes of all that the rules of every room draw."""
    paths = [row[0] for row in room.sql("SELECT path FROM editions_address WHERE state <> 'moved'")]
    with source().snapshot():
        for path in sorted(paths):
            page = source().page(path)
            assert page is not None
            rendered, _ = render(page, RecordingReader(source(), room.START + timedelta(hours=1)))
            yield path, 410 if page.state == "gone" else rendered.status, rendered.body


@pytest.fixture
def newsroom() -> None:
    with transaction.atomic():
        for document in (room.site(languages=("en",)), Front(id="en", language="en", path="/")):
            api.publish(document, reason="published", actor=room.ACTOR)
    section, author = room.section(), room.author(language="en")
    room.publish(section)
    room.publish(author)
    filed = {"section": section.id, "bylines": (Byline(author=author.id), Byline(name="G"))}
    members = room.story("members", access="members", gated_blocks=len(BODY), **filed)
    room.publish(members, gated=canaries("GATED"), note="PRIVATE0x")
    room.publish(room.story("open", body=canaries("PUBLIC"), **filed))
    gone = room.story(
        "gone", body=canaries("WITHDRAWN"), headline="WITHDRAWN-head", standfirst="WITHDRAWN-s", **filed
    )
    room.publish(gone)
    api.unpublish(gone.record, actor=room.ACTOR, note="PRIVATE1x")
    killed = room.story("killed", body=canaries("KILLED"), headline="KILLED-head", **filed)
    room.publish(killed)
    api.kill(killed.record, actor=room.ACTOR, why="PRIVATE2x")


def test_gated_withdrawn_and_private_words_are_in_no_channel(newsroom: None) -> None:
    drawn = list(everything())
    for mark in ("GATED", "WITHDRAWN", "KILLED", "PRIVATE", room.ACTOR):
        assert [path for path, _, body in drawn if mark.encode() in body] == [], mark


def test_the_search_finds_what_is_public_in_every_channel(newsroom: None) -> None:
    holding = {path for path, _, body in everything() if b"PUBLIC" in body}
    assert {
        "/open/", "/feed/rss.xml", "/feed/feed.json", "/section/world/feed.xml", "/section/world/feed.json",
        "/author/ada/feed.xml", "/author/ada/feed.json", "/text/open/",
    } <= holding  # fmt: skip


def test_every_form_of_a_withdrawn_story_is_gone(newsroom: None) -> None:
    statuses = {path: status for path, status, _ in everything()}
    for slug in ("gone", "killed"):
        assert (statuses[f"/{slug}/"], statuses[f"/text/{slug}/"]) == (410, 410)
    assert sorted(s for path, s in statuses.items() if path.startswith("/_c/")) == [200, 200, 410, 410]
    listed = [body for path, _, body in everything() if path.startswith(("/sitemap", "/feed", "/text"))]
    assert listed
    assert not [body for body in listed if b"/killed/" in body or b"/gone/" in body]
