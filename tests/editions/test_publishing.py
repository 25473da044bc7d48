"""Publishing: numbers, reasons, what comes back, what is refused."""

from __future__ import annotations

import pytest
from django.db import transaction

from standfirst.bake.registry import source
from standfirst.editions import api, gated
from standfirst.editions.documents import Media, Paragraph, Section
from tests.editions import newsroom as room

pytestmark = pytest.mark.django_db


def test_the_first_edition_is_number_one_and_can_be_read_back() -> None:
    story = room.story()
    published = room.publish(story)
    assert (published.seq, published.number, published.changed) == (1, 1, True)
    assert api.current(story.record) == story
    head = api.head(story.record)
    assert head is not None
    assert (head.state, head.reason, head.published_at) == ("live", "published", story.published_at)


def test_the_same_content_again_adds_no_edition() -> None:
    story = room.story()
    first = room.publish(story)
    again = room.publish(story)
    assert (again.seq, again.changed) == (first.seq, False)
    assert api.last_seq() == 1


def test_each_change_is_the_next_number_with_its_reason() -> None:
    story = room.story()
    room.publish(story)
    corrected = room.change(story, headline="Now right")
    room.publish(corrected, "corrected", note="The name was wrong")
    infos = api.history(story.record)
    assert [(info.number, info.reason, info.actor, info.note) for info in infos] == [
        (1, "published", room.ACTOR, ""),
        (2, "corrected", room.ACTOR, "The name was wrong"),
    ]
    assert api.edition(story.record, 1) == story
    assert api.edition(story.record, 2) == corrected


def test_publishing_outside_a_transaction_is_refused(transactional_db: None) -> None:
    with pytest.raises(RuntimeError, match="one transaction"):
        api.publish(room.story(), reason="published", actor=room.ACTOR)


def test_a_publish_that_is_rolled_back_leaves_no_gap() -> None:
    with transaction.atomic():
        api.publish(room.story("undone"), reason="published", actor=room.ACTOR)
        transaction.set_rollback(True)
    assert room.publish(room.story("done")).seq == 1
    assert api.verify_chain() == []


def test_unpublishing_takes_the_record_away_and_publishing_brings_it_back() -> None:
    story = room.story()
    room.publish(story)
    gone = api.unpublish(story.record, actor=room.ACTOR)
    assert gone.number == 2
    assert api.current(story.record) is None
    assert not api.unpublish(story.record, actor=room.ACTOR).changed
    assert room.publish(story, "published").number == 3
    assert api.current(story.record) == story


def test_a_retracted_story_stays_in_its_lists() -> None:
    story = room.story()
    room.publish(story)
    room.publish(room.change(story, retraction="We were wrong."), "retracted")
    with source().snapshot():
        assert source().read("list:front/en/head") == (story.id,)
        card = source().read(f"{story.record}/card")
    assert card is not None
    assert card.retracted  # type: ignore[attr-defined]


def test_a_reason_that_does_not_publish_is_refused() -> None:
    with pytest.raises(ValueError, match="no reason to publish"):
        room.publish(room.story(), "unpublished")


@pytest.mark.parametrize(
    ("html", "where"),
    [
        ("<script>alert(1)</script>", "block b7"),
        ('<a href="javascript:alert(1)">x</a>', "block b7"),
        ("<p>whole paragraphs</p>", "block b7"),
        ('<img src=x onerror="alert(1)">', "block b7"),
    ],
)
def test_html_that_is_not_clean_is_refused_with_its_block_named(html: str, where: str) -> None:
    story = room.story(body=(Paragraph(id="b7", html=html),))
    with pytest.raises(ValueError, match=where):
        room.publish(story)
    with pytest.raises(ValueError, match="retraction"):
        room.publish(room.story(retraction=html))
    with pytest.raises(ValueError, match=where):
        room.publish(room.story(), gated=(Paragraph(id="b7", html=html),))
    assert api.last_seq() == 0


def test_captions_inside_pictures_are_checked_too() -> None:
    from standfirst.editions.documents import PictureUse

    with pytest.raises(ValueError, match="hero"):
        room.publish(room.story(hero=PictureUse(media="m", caption="<b onclick=x>no</b>")))


def test_gated_blocks_are_kept_apart() -> None:
    story = room.story()
    room.publish(story, gated=(Paragraph(id="g1", html="For members."),))
    assert [block.id for block in gated.blocks(story.record)] == ["g1"]
    room.publish(story, gated=(Paragraph(id="g1", html="Other words."),))
    head = api.head(story.record)
    assert head is not None
    assert head.number == 2
    api.unpublish(story.record, actor=room.ACTOR)
    assert gated.blocks(story.record) == ()


def test_a_picture_knows_who_uses_it_until_nothing_does() -> None:
    media = room.picture()
    room.publish(media)
    first, second = room.with_picture(media, "a"), room.with_picture(media, "b")
    room.publish(first)
    room.publish(second)
    assert api.users_of(media.record) == tuple(sorted((first.record, second.record)))
    room.publish(room.change(first, body=()))
    api.unpublish(second.record, actor=room.ACTOR)
    assert api.users_of(media.record) == ()


def test_killing_takes_the_pictures_that_nothing_else_uses() -> None:
    own, shared = room.picture("a" * 64), room.picture("b" * 64)
    room.publish(own)
    room.publish(shared)
    bad = room.with_picture(own, "bad")
    bad = room.change(bad, body=(*bad.body, *room.with_picture(shared).body))
    room.publish(bad)
    room.publish(room.with_picture(shared, "fine"))
    api.kill(bad.record, actor=room.ACTOR, why="A court says so")
    assert api.current(bad.record) is None
    assert api.current(own.record) is None
    assert isinstance(api.current(shared.record), Media)
    urgent = room.sql("SELECT urgent FROM bake_move WHERE seq > 4 ORDER BY seq")
    assert [bool(row[0]) for row in urgent] == [True, True]


def test_a_killed_story_comes_back_only_as_published_anew() -> None:
    story = room.story()
    room.publish(story)
    api.kill(story.record, actor=room.ACTOR, why="Wrong person")
    with pytest.raises(api.Refused):
        room.publish(room.change(story, headline="Quietly back"), "updated")
    assert room.publish(story, "published").changed


def test_a_document_of_a_type_nobody_knows_is_refused() -> None:
    class Leaflet(Section):
        kind: str = "leaflet"  # type: ignore[assignment]

    with pytest.raises(ValueError, match="leaflet"):
        room.publish(Leaflet(id="x", language="en", path="/section/x/", name="x"))
