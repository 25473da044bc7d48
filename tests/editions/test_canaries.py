"""Promise 1 for the record: gated, withdrawn and private words never reach anything a renderer may read."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator

import pytest

from standfirst.bake.registry import source
from standfirst.editions import api, gated
from standfirst.editions.documents import Block, Byline
from standfirst.editions.documents.base import Part
from tests.editions import newsroom as room
from tests.editions.examples import BODY

pytestmark = pytest.mark.django_db

FACETS = ("body", "card")


def canaries(mark: str) -> tuple[Block, ...]:
    """Return one block of every kind, with a mark of its own in every text it has."""
    numbers = itertools.count()

    def planted(value: object) -> object:
        if isinstance(value, Part):
            kept = {"type", "id", "media", "story", "url", "width"}
            fields = {name: item if name in kept else planted(item) for name, item in value}
            return value.model_copy(update=fields)
        if isinstance(value, tuple):
            return tuple(planted(item) for item in value)
        return f"{mark}{next(numbers)}x {value}" if isinstance(value, str) else value

    return tuple(planted(block) for block in BODY)  # type: ignore[misc]


def everything() -> Iterator[str]:
    """Yield the JSON of every facet, list and address there is."""
    records = [row[0] for row in room.sql("SELECT record FROM editions_head")]
    lists = [row[0] for row in room.sql("SELECT DISTINCT list FROM editions_listentry")]
    with source().snapshot():
        for record, facet in itertools.product(records, FACETS):
            value = source().read(f"{record}/{facet}")
            if isinstance(value, Part):
                yield json.dumps(value.model_dump(mode="json"), ensure_ascii=False)
        for name, facet in itertools.product(lists, ("head", "all")):
            yield repr(source().read(f"list:{name}/{facet}"))
        for (path,) in room.sql("SELECT path FROM editions_address"):
            yield repr(source().page(path))


def test_gated_withdrawn_and_private_words_are_in_nothing_public() -> None:
    story = room.story("members", access="members", gated_blocks=len(BODY), bylines=(Byline(name="G"),))
    room.publish(story, gated=canaries("GATED"), note="PRIVATE0x")
    gone = room.story("gone", body=canaries("WITHDRAWN"), headline="WITHDRAWN-head")
    room.publish(gone)
    api.unpublish(gone.record, actor=room.ACTOR, note="PRIVATE1x")
    killed = room.story("killed", body=canaries("KILLED"))
    room.publish(killed)
    api.kill(killed.record, actor=room.ACTOR, why="PRIVATE2x")
    public = "\n".join(everything())
    for mark in ("GATED", "WITHDRAWN", "KILLED", "PRIVATE", room.ACTOR):
        assert mark not in public, mark
    assert "GATED0x" in repr(gated.blocks(story.record)), "the control: it is stored"


def test_the_search_for_canaries_finds_one_that_is_public() -> None:
    room.publish(room.story("open", body=canaries("PUBLIC")))
    public = "\n".join(everything())
    for number in range(public.count("PUBLIC")):
        assert f"PUBLIC{number}x" in public
    assert public.count("PUBLIC") > 20


def test_the_headers_in_the_chain_hold_no_words_and_no_names() -> None:
    story = room.story("secret-headline", headline="HEADER canary")
    room.publish(story, note="HEADER note")
    (header,) = [bytes(row[0]) for row in room.sql("SELECT header FROM editions_edition")]
    assert b"HEADER" not in header
    assert room.ACTOR.encode() not in header
