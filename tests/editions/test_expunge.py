"""Erasing by law: two people, nothing left but the chain and a tombstone."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from standfirst.bake import api as bake
from standfirst.bake import segments
from standfirst.edge import blobs
from standfirst.edge.manifest import Entry
from standfirst.editions import api, expunging
from standfirst.editions.documents import Byline, Paragraph
from standfirst.editions.models import ExpungeApproval, GatedPayload, Payload, Tombstone
from tests.editions import newsroom as room

CANARY = "Canary Zanzibar Quetzal"
ASKS, AGREES = "asks@example.org", "agrees@example.org"


@pytest.fixture(autouse=True)
def _log() -> Iterator[None]:
    yield
    expunging.log_file().unlink(missing_ok=True)


def plant() -> str:
    media = room.picture("d" * 64, place=CANARY + " of a picture place")
    room.publish(media)
    story = room.with_picture(media, "canary")
    room.publish(room.story("neighbour"))
    room.publish(room.change(story, headline=CANARY), note=CANARY)
    gated = (Paragraph(id="g", html=f"{CANARY} gated"),)
    room.publish(room.change(story, headline="Mild", standfirst=CANARY), gated=gated)
    return story.record


def erase(record: str) -> api.ExpungeReport:
    request = api.request_expunge(record, actor=ASKS, why="A court says so")
    return api.approve_expunge(request.pk, actor=AGREES)


def database_files() -> list[Path]:
    return sorted(settings.STANDFIRST_SITE.main_db.parent.glob("main.sqlite3*"))


def test_who_asked_may_not_approve(db: None) -> None:
    record = plant()
    request = api.request_expunge(record, actor=ASKS, why="why")
    with pytest.raises(PermissionError, match="another person"):
        api.approve_expunge(request.pk, actor=ASKS.upper())
    with pytest.raises(DatabaseError), transaction.atomic():
        ExpungeApproval.objects.create(request=request, record=record, actor=ASKS, at="x")
    assert api.current(record) is not None


def test_requests_that_do_not_fit_are_refused(db: None) -> None:
    with pytest.raises(LookupError):
        api.request_expunge("story:none", actor=ASKS, why="why")
    with pytest.raises(LookupError):
        api.approve_expunge(999, actor=AGREES)
    record = plant()
    request = api.request_expunge(record, actor=ASKS, why="why")
    api.approve_expunge(request.pk, actor=AGREES)
    with pytest.raises(ValueError, match="already"):
        api.approve_expunge(request.pk, actor=AGREES)


def test_text_and_salts_go_and_the_chain_still_verifies(db: None) -> None:
    record = plant()
    report = erase(record)
    assert api.current(record) is None
    assert Payload.objects.filter(record=record).count() == 1  # the edition that says it is gone
    assert not GatedPayload.objects.exists()
    assert [info.erased for info in api.history(record)] == [True, True, False]
    assert api.verify_chain() == []
    assert report.editions == 3
    assert len(report.records) == 2
    assert "Beyond our reach" in str(report)
    assert Tombstone.objects.get(record=record).editions == 2
    with pytest.raises(api.Refused):
        room.publish(room.story("again", id=record.split(":")[1]), "published")


@pytest.mark.sqlite
def test_no_byte_of_it_stays_in_the_database_file(transactional_db: None) -> None:
    record = plant()
    assert any(CANARY.encode() in file.read_bytes() for file in database_files()), "the control"
    erase(record)
    for file in database_files():
        assert CANARY.encode() not in file.read_bytes(), file.name


def test_rooms_above_erase_their_copies_and_say_what_they_cannot(db: None) -> None:
    seen: list[api.Erasure] = []

    def eraser(erasure: api.Erasure) -> list[str]:
        seen.append(erasure)
        return [f"a newsletter that carried {erasure.record}"]

    with api.erasers.temporarily("letters", eraser):
        record = plant()
        report = erase(record)
    assert [one.record for one in seen] == list(report.records)
    assert seen[0].paths == ("/canary/",)
    assert f"{CANARY} gated" in seen[0].texts
    assert seen[1].blobs == ("d" * 64,)
    assert f"a newsletter that carried {record}" in report.beyond_recall


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_files_that_hold_its_words_go_once_no_address_answers_with_them() -> None:
    store = settings.STANDFIRST_SITE.store
    shutil.rmtree(store, ignore_errors=True)  # what tests of other rooms baked
    record = plant()
    served = bake.store_blob(f"<h1>{CANARY} & more, gated: {CANARY} gated</h1>".encode(), "text/html")
    other = bake.store_blob(b"<h1>Nothing of it</h1>", "text/html")
    named = bake.store_blob(f"<p>{CANARY} gated</p>".encode(), "text/html")
    segments.write(store, "segment", 1, [Entry("/canary/", 200, named, "text/html")])
    erase(record)
    assert api.erase_files() == 1, "what an address still answers with stays"
    assert not blobs.blob_path(store, served).exists()
    assert blobs.blob_path(store, other).exists()
    segments.write(store, "segment", 2, [Entry("/canary/", 410, other, "text/html")])
    assert api.erase_files() == 0
    assert not blobs.blob_path(store, named).exists()
    shutil.rmtree(store)


def test_short_headlines_and_names_are_looked_for_too_and_bare_words_are_not(db: None) -> None:
    seen: list[api.Erasure] = []
    story = room.story("brief")
    guest = (Byline(name="Jan Ek"),)
    room.publish(room.change(story, headline="Mayor out", bylines=guest, dateline="RIGA"))
    with api.erasers.temporarily("letters", lambda one: seen.append(one) or ()):
        erase(story.record)
    assert {"Mayor out", "Jan Ek"} <= set(seen[0].texts)
    assert {"RIGA", "paragraph", "author", "news"}.isdisjoint(seen[0].texts)


@pytest.mark.parametrize("record", ["site:main", "front:en", "navigation:en"])
def test_what_the_site_stands_on_is_neither_killed_nor_erased(db: None, record: str) -> None:
    with pytest.raises(api.Refused, match="cannot be withdrawn"):
        api.kill(record, actor=ASKS, why="a slip of the pen: kill /")
    with pytest.raises(api.Refused, match="cannot be withdrawn"):
        api.request_expunge(record, actor=ASKS, why="the same")


def test_a_picture_that_another_story_shows_stays(db: None) -> None:
    media = room.picture()
    room.publish(media)
    bad, good = room.with_picture(media, "bad"), room.with_picture(media, "good")
    room.publish(bad)
    room.publish(good)
    assert erase(bad.record).records == (bad.record,)
    assert api.current(media.record) == media


def test_pictures_go_even_when_the_story_was_killed_before(db: None) -> None:
    record = plant()
    api.kill(record, actor=room.ACTOR, why="at once")
    assert len(erase(record).records) == 2


@pytest.mark.sqlite
def test_a_restored_database_is_erased_again(transactional_db: None) -> None:
    record = plant()
    backup = sqlite3.connect(":memory:")
    connection.connection.backup(backup)
    expunging.log_file().write_text("{torn by a power cut")
    erase(record)
    connection.close()
    with sqlite3.connect(settings.STANDFIRST_SITE.main_db) as file:
        backup.backup(file)
    assert api.current(record) is not None, "the control"
    assert api.reapply_expunges() == 2
    assert api.current(record) is None
    assert api.reapply_expunges() == 0
    for file in database_files():
        assert CANARY.encode() not in file.read_bytes(), file.name
    assert api.verify_chain() == []


def test_what_was_erased_is_noted_outside_the_database(transactional_db: None) -> None:
    record = plant()
    erase(record)
    lines = [json.loads(line) for line in expunging.log_file().read_text().splitlines()]
    assert {line["record"] for line in lines} >= {record}
    assert {line["approved_by"] for line in lines} == {AGREES}
    assert expunging.log_file().stat().st_mode & 0o077 == 0
    assert CANARY not in expunging.log_file().read_text()
