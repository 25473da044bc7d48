"""The chain, and the triggers that guard it."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, models, transaction

from standfirst.editions import api, triggers
from standfirst.editions.models import Edition, GatedPayload, Payload
from tests.editions import newsroom as room

FORBIDDEN = [
    "UPDATE editions_edition SET reason = 'published'",
    "DELETE FROM editions_edition",
    "UPDATE editions_payload SET document = salt",
    "DELETE FROM editions_payload",
    "UPDATE editions_gatedpayload SET blocks = salt",
    "DELETE FROM editions_gatedpayload",
    "TRUNCATE editions_edition",  # no such statement in SQLite, which refuses it too
    "REPLACE INTO editions_edition SELECT * FROM editions_edition",  # and none in Postgres
    "REPLACE INTO editions_payload SELECT * FROM editions_payload",
    "INSERT INTO editions_edition SELECT seq + 5, record, kind, number + 5, reason, at, schema_version,"
    " header, payload_hash, previous, chain FROM editions_edition",
]


@pytest.fixture
def published(db: None) -> str:
    story = room.story()
    room.publish(story, gated=(room.story().body[0],))
    room.publish(room.change(story, headline="Second"), "corrected")
    return story.record


@pytest.mark.parametrize("statement", FORBIDDEN)
def test_the_database_refuses_to_change_the_record(published: str, statement: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        room.sql(statement)
    assert Edition.objects.count() == 2
    assert api.verify_chain() == []


def test_the_orm_is_refused_as_well(published: str) -> None:
    for model in (Edition, Payload, GatedPayload):
        with pytest.raises(DatabaseError), transaction.atomic():
            model.objects.all().delete()
        with pytest.raises(DatabaseError), transaction.atomic():
            model.objects.update(record="story:other")


@pytest.mark.sqlite
def test_a_table_rebuild_drops_the_triggers_and_doctor_is_told(transactional_db: None) -> None:
    room.publish(room.story())
    assert api.missing_triggers() == []
    with connection.constraint_checks_disabled(), connection.schema_editor() as editor:
        editor.alter_field(
            Edition, Edition._meta.get_field("kind"), _field("kind", models.CharField(max_length=50))
        )
    assert set(api.missing_triggers()) == {
        "editions_edition_no_update", "editions_edition_no_delete", "editions_edition_gapless",
    }  # fmt: skip
    assert set(api.install_triggers()) >= {"editions_edition_no_delete"}
    assert api.missing_triggers() == []
    with connection.constraint_checks_disabled(), connection.schema_editor() as editor:
        old = _field("kind", models.CharField(max_length=50))
        editor.alter_field(Edition, old, Edition._meta.get_field("kind"))
    api.install_triggers()
    with pytest.raises(DatabaseError):
        room.sql("DELETE FROM editions_edition")


def _field(name: str, field: models.Field) -> models.Field:
    field.set_attributes_from_name(name)
    field.model = Edition
    return field


def _drop(name: str) -> None:
    with connection.cursor() as cursor:
        triggers.drop(cursor, connection.vendor, name)


def test_migrate_puts_missing_triggers_back(transactional_db: None) -> None:
    from django.core.management import call_command

    _drop("editions_payload_no_delete")
    assert api.missing_triggers() == ["editions_payload_no_delete"]
    call_command("migrate", "editions", verbosity=0)
    assert api.missing_triggers() == []


def test_a_trigger_that_says_something_else_counts_as_missing(db: None) -> None:
    if connection.vendor == "postgresql":
        room.sql("ALTER TABLE editions_edition DISABLE TRIGGER editions_edition_no_update")
    else:
        _drop("editions_edition_no_update")
        room.sql(
            "CREATE TRIGGER editions_edition_no_update BEFORE UPDATE ON editions_edition BEGIN SELECT 1; END"
        )
    assert api.missing_triggers() == ["editions_edition_no_update"]


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("UPDATE editions_edition SET reason = 'updated' WHERE seq = 2", "columns"),
        ("UPDATE editions_edition SET chain = 'ab' WHERE seq = 1", "hash does not follow"),
        ("UPDATE editions_payload SET document = private WHERE seq = 2", "payload part"),
        ("UPDATE editions_payload SET private = document WHERE seq = 1", "private part"),
        ("UPDATE editions_gatedpayload SET blocks = salt", "gated part"),
        ("DELETE FROM editions_payload WHERE seq = 1", "nobody had it erased"),
        ("DELETE FROM editions_edition WHERE seq = 1", "missing"),
        ("DELETE FROM editions_edition WHERE seq = 2", "ends"),
        ("DELETE FROM editions_gatedpayload", "gated part"),
    ],
)  # fmt: skip
def test_a_row_changed_behind_the_triggers_is_found(published: str, statement: str, says: str) -> None:
    triggers.remove()
    room.sql(statement)
    triggers.install()
    problems = api.verify_chain()
    assert any(says in str(problem) for problem in problems), problems


def test_a_chain_that_nobody_touched_verifies(published: str) -> None:
    api.unpublish(published, actor=room.ACTOR)
    assert api.verify_chain() == []
    assert api.last_seq() == 3
