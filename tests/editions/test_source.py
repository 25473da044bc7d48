"""Snapshots: one state for all reads, kept between bakes exactly as long as it is true."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest
from django.db import connection, transaction

from standfirst.editions import api
from standfirst.editions.documents import Story
from standfirst.editions.source import EditionSource
from tests.editions import newsroom as room

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def source() -> Iterator[EditionSource]:
    one = EditionSource()
    yield one
    one.close()


def test_a_snapshot_does_not_see_what_is_published_after_it_began(source: EditionSource) -> None:
    story = room.story()
    room.publish(story)
    with source.snapshot() as seq:
        room.publish(room.change(story, headline="Later"))
        other = room.story("other")
        room.publish(other)
        read = source.read(f"{story.record}/body")
        assert seq == 1
        assert read == story
        assert source.read("list:front/en/head") == (story.id,)
        assert source.page("/other/") is None
    with source.snapshot() as seq:
        read = source.read(f"{story.record}/body")
        assert seq == 3
        assert isinstance(read, Story)
        assert read.headline == "Later"
        assert source.page("/other/") is not None


def test_a_snapshot_never_makes_a_writer_wait(source: EditionSource) -> None:
    room.publish(room.story("a"))
    with source.snapshot():
        source.read("list:front/en/head")
        started = time.monotonic()
        room.publish(room.story("b"))
        assert time.monotonic() - started < 5


def test_a_snapshot_opens_while_a_writer_is_at_it(source: EditionSource) -> None:
    room.publish(room.story("a"))
    found = []

    def bake() -> None:
        with source.snapshot() as seq:
            found.append((seq, source.page("/b/")))
        source.close()

    with transaction.atomic():
        api.publish(room.story("b"), reason="published", actor=room.ACTOR)
        thread = threading.Thread(target=bake)
        thread.start()
        thread.join(10)
    assert found == [(1, None)]


def test_everything_read_is_what_a_fresh_reader_reads(source: EditionSource) -> None:
    stories = [room.story(f"s{n}", section="s1", published_at=room.later(n)) for n in range(6)]
    keys = ["list:front/en/head", "list:section/s1/head", "list:month/en/2026-11/all", "list:months/en/all",
            "site:main/body"]  # fmt: skip
    keys += [f"{story.record}/{facet}" for story in stories for facet in ("card", "body")]
    steps = [lambda s=story: room.publish(s) for story in stories]
    steps += [lambda: room.publish(room.change(stories[2], headline="New", section="s2")),
              lambda: api.unpublish(stories[5].record, actor=room.ACTOR),
              lambda: room.publish(room.site(time_zone="Asia/Tokyo")),
              lambda: room.publish(room.change(stories[0], path="/moved/")),
              lambda: api.kill(stories[1].record, actor=room.ACTOR, why="x")]  # fmt: skip
    paths = ["/moved/", *(story.path for story in stories), "/archive/2026/11/", "/_e/404/"]
    for step in steps:
        step()
        fresh = EditionSource()
        with source.snapshot() as seq, fresh.snapshot() as other:
            assert seq == other
            for key in keys:
                assert source.read(key) == fresh.read(key), key
            for path in paths:
                assert source.page(path) == fresh.page(path), path
        fresh.close()


def test_what_moved_is_all_that_is_read_anew(
    source: EditionSource, django_assert_num_queries: object
) -> None:
    stories = [room.story(f"s{n}") for n in range(20)]
    for story in stories:
        room.publish(story)
    keys = [f"{story.record}/card" for story in stories]
    with source.snapshot():
        first = [source.read(key) for key in keys]
    room.publish(room.change(stories[0], headline="New"))
    with source.snapshot():
        again = [source.read(key) for key in keys]
    assert [one is two for one, two in zip(first, again, strict=True)] == [False] + [True] * 19


def test_another_history_of_the_same_length_is_noticed(source: EditionSource) -> None:
    room.publish(room.site(name="One"))
    with source.snapshot():
        assert source.read("site:main/body").name == "One"  # type: ignore[union-attr]
    _start_over()
    room.publish(room.site(name="Two"))
    with source.snapshot() as seq:
        assert seq == 1
        assert source.read("site:main/body").name == "Two"  # type: ignore[union-attr]


def test_inside_a_transaction_it_sees_what_is_not_committed_and_forgets_it(source: EditionSource) -> None:
    room.publish(room.site(name="Before"))
    with transaction.atomic():
        api.publish(room.site(name="Draft"), reason="updated", actor=room.ACTOR)
        with source.snapshot() as seq:
            assert seq == 2
            assert source.read("site:main/body").name == "Draft"  # type: ignore[union-attr]
        transaction.set_rollback(True)
    with source.snapshot() as seq:
        assert seq == 1
        assert source.read("site:main/body").name == "Before"  # type: ignore[union-attr]


def test_reading_outside_a_snapshot_is_an_error(source: EditionSource) -> None:
    with pytest.raises(RuntimeError, match="snapshot"):
        source.read("site:main/body")


def _start_over() -> None:
    """Empty every table, as restoring another database would."""
    from django.core.management import call_command

    call_command("flush", verbosity=0, interactive=False)
    connection.close()
