"""Writing the feed: what readers have of an item, before and after each thing an editor does with it."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from standfirst.editions import api as editions
from standfirst.editions import lists
from standfirst.editions.documents import FeedItem
from standfirst.kit import instants
from standfirst.stories import api as stories
from standfirst.wire import api as wire
from standfirst.wire.drafts import LONGEST_ADDRESS
from tests.wire.conftest import ACTOR, published

pytestmark = [pytest.mark.django_db(databases=["default", "bake"]), pytest.mark.usefixtures("newsroom")]


def public(item: wire.Item) -> FeedItem:
    found = editions.current(item.record)
    assert isinstance(found, FeedItem)
    return found


def changed(item: wire.Item, **more: object) -> wire.Item:
    fields: dict[str, object] = {"headline": "Ferry cancelled", "language": "en", "body": ("By storm.",)}
    draft = wire.ItemDraft(**{**fields, **more})  # type: ignore[arg-type]
    return wire.save_item(draft, actor=ACTOR, item=item)


def test_a_draft_is_seen_by_nobody_and_a_published_one_is_what_was_written() -> None:
    draft = wire.ItemDraft(
        headline="  Ferry   delayed ", language="en", body=("<b>By wind</b><script>x()</script>.",),
        source_name="Port", source_url="https://port.example/1", source_status="unverified",
    )  # fmt: skip
    item = wire.save_item(draft, actor=ACTOR)
    assert editions.head(item.record) is None
    wire.publish_item(item, actor=ACTOR)
    found = public(item)
    assert (found.headline, found.body) == ("Ferry delayed", ("<strong>By wind</strong>.",))
    assert found.source
    assert (found.source.name, found.source.status) == ("Port", "unverified")
    assert found.path == f"/feed/{item.public_id}/"
    assert lists.newest("feed/en") == (item.public_id,)
    assert editions.history(item.record)[0].actor == ACTOR


def test_spaces_that_keep_words_together_stay_in_the_first_line() -> None:
    item = wire.save_item(wire.ItemDraft(headline="Up 2.31\u00a0m \n at noon ", language="en"), actor=ACTOR)
    assert item.headline == "Up 2.31\u00a0m at noon"


def test_an_item_in_another_language_stands_below_its_prefix() -> None:
    item = published("Пором затримано", language="uk")
    assert public(item).path.startswith("/uk/feed/")
    assert lists.newest("feed/uk") == (item.public_id,)


def test_an_edit_is_an_update_once_it_tells_more_and_a_slip_of_the_pen_is_none() -> None:
    item = published()
    wire.publish_item(changed(item, headline="Ferry delayed", body=("By wind!",)), actor=ACTOR, minor=True)
    assert public(item).updated_at is None
    wire.publish_item(changed(item, body=("By wind!",), headline="Ferry delayed",
                              breaking_until=instants.now() + timedelta(hours=1)), actor=ACTOR)  # fmt: skip
    assert public(item).updated_at is None, "a flag tells readers nothing new"
    wire.publish_item(changed(item), actor=ACTOR)
    updated = public(item).updated_at
    assert updated is not None
    assert updated > public(item).published_at


def test_a_flag_lets_out_none_of_the_words_that_wait_at_the_desk() -> None:
    item = changed(published(), headline="Not approved by anybody")
    until = instants.now() + timedelta(hours=1)
    wire.start_breaking(item, until=until, actor=ACTOR)
    assert (public(item).headline, public(item).breaking_until) == ("Ferry delayed", until)
    wire.end_breaking(item, actor=ACTOR)
    assert (public(item).headline, public(item).breaking_until) == ("Ferry delayed", None)
    wire.publish_item(item, actor=ACTOR)
    assert public(item).headline == "Not approved by anybody"


def test_the_same_again_adds_no_edition() -> None:
    item = published()
    assert not wire.publish_item(item, actor=ACTOR).edition.changed
    assert len(editions.history(item.record)) == 1


def test_undo_brings_back_what_an_edit_replaced_and_takes_out_what_was_new() -> None:
    item = published()
    wire.publish_item(changed(item), actor=ACTOR)
    wire.undo(item, actor=ACTOR)
    assert (public(item).headline, public(item).updated_at) == ("Ferry delayed", None)
    other = published("Too early")
    done = wire.undo(other, actor=ACTOR)
    assert (editions.current(other.record), done.item.state) == (None, wire.Item.State.DOWN)
    with pytest.raises(wire.ItemRefused, match="nothing to undo"):
        wire.undo(other, actor=ACTOR)
    wire.publish_item(done.item, actor=ACTOR)
    assert public(other).headline == "Too early", "taken back, it may return"


def test_a_killed_item_is_gone_for_good_and_says_why() -> None:
    item = published()
    with pytest.raises(wire.ItemRefused, match="Say why"):
        wire.kill_item(item, actor=ACTOR, why=" ")
    killed = wire.kill_item(item, actor=ACTOR, why="A source is in danger.").item
    assert editions.history(item.record)[-1].note == "A source is in danger."
    assert lists.newest("feed/en") == ()
    for again in (lambda: wire.publish_item(killed, actor=ACTOR), lambda: changed(killed)):
        with pytest.raises(wire.ItemRefused, match="withdrawn for good"):
            again()


def test_two_editors_do_not_cross() -> None:
    item = published()
    began = item.version
    changed(item)
    with pytest.raises(wire.ItemChanged, match=re.escape(ACTOR)):
        wire.save_item(
            wire.ItemDraft(headline="Other", language="en"), actor="b@example.org", item=item, version=began
        )


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"headline": "x" * 301}, "headline"),
        ({"body": ("x" * 4001,)}, "body"),
        ({"language": "fr"}, "language"),
        ({"source_url": "javascript:alert(1)", "source_name": "x"}, "source_url"),
        ({"source_url": "//port.example/" + "x" * 1980, "source_name": "x"}, "source_url"),  # and its scheme
        ({"source_url": "https://port.example/" + "x" * 1980, "source_name": "x"}, "source_url"),
        ({"source_status": "disputed"}, "source_name"),
        ({"topics": ("none",)}, "topics"),
        ({"story": "none"}, "story"),
        ({"breaking_until": datetime(2999, 1, 1, tzinfo=UTC)}, "breaking_until"),
    ],
)
def test_what_cannot_stand_is_refused_with_its_field(fields: dict[str, object], where: str) -> None:
    draft = wire.ItemDraft(**{"headline": "Ferry", "language": "en", **fields})  # type: ignore[arg-type]
    with pytest.raises(wire.ItemRefused) as refused:
        wire.save_item(draft, actor=ACTOR)
    assert refused.value.field == where


@pytest.mark.parametrize("typed", ["https://port.example/", "//port.example/", "https:port.example/"])
def test_an_address_of_a_source_of_every_length_is_published_whole_or_refused(typed: str) -> None:
    whole = LONGEST_ADDRESS - len("https://port.example/")
    said = public(published(source_name="Port", source_url=typed + "x" * whole)).source
    assert said
    assert said.url == "https://port.example/" + "x" * whole
    with pytest.raises(wire.ItemRefused, match="2001 characters"):
        published(source_name="Port", source_url=typed + "x" * (whole + 1))


def test_an_address_that_an_older_version_kept_too_long_is_refused_when_published() -> None:
    item = wire.save_item(wire.ItemDraft(headline="Ferry", language="en", source_name="Port"), actor=ACTOR)
    item.source_url = "https://port.example/" + "x" * 1980
    item.save()
    with pytest.raises(wire.ItemRefused) as refused:
        wire.publish_item(item, actor=ACTOR)
    assert refused.value.field == "source_url"


def test_an_item_without_a_first_line_is_kept_but_not_published() -> None:
    item = wire.save_item(wire.ItemDraft(headline="", language="en"), actor=ACTOR)
    with pytest.raises(wire.ItemRefused, match="first line"):
        wire.publish_item(item, actor=ACTOR)


def test_topics_and_story_are_named_and_listed() -> None:
    topic = stories.save_topic(stories.SectionDraft(name="Ferries"), actor=ACTOR)
    item = published(topics=(topic.public_id,))
    assert lists.newest(f"feedtopic/en/{topic.public_id}") == (item.public_id,)


def test_days_and_months_come_with_their_first_item_and_go_with_their_last() -> None:
    first = datetime(2026, 5, 31, 22, 30, tzinfo=UTC)  # the first of June in Kyiv
    draft = wire.ItemDraft(headline="Late", language="en")
    item = wire.publish_item(wire.save_item(draft, actor=ACTOR), actor=ACTOR, at=first).item
    assert lists.newest("feedmonths/en") == ("2026-06",)
    assert lists.newest("feeddays/en/2026-06") == ("2026-06-01",)
    assert editions.owner("/feed/2026/06/01/") == "list:feedday/en/2026-06-01"
    assert editions.owner("/feed/2026/06/") == "list:feeddays/en/2026-06"
    wire.take_back(item, actor=ACTOR)
    assert lists.newest("feedmonths/en") == ()
    wire.publish_item(wire.Item.objects.get(pk=item.pk), actor=ACTOR)
    assert lists.newest("feeddays/en/2026-06") == ("2026-06-01",)


def test_every_change_is_noted_gone_ones_too_and_each_item_once() -> None:
    one, two = published("One"), published("Two")
    wire.publish_item(changed(one), actor=ACTOR)
    wire.take_back(two, actor=ACTOR)
    noted = lists.newest("changes")
    assert noted == (two.record, one.record)


def test_follow_ups_hear_of_each_change_in_its_transaction() -> None:
    heard: list[tuple[str, bool]] = []
    with wire.followups.temporarily("test", lambda change: heard.append((change.kind, change.item is None))):
        item = published()
        wire.publish_item(item, actor=ACTOR)
        wire.publish_item(changed(item), actor=ACTOR)
        wire.kill_item(item, actor=ACTOR, why="x")
    assert heard == [("published", False), ("updated", False), ("gone", True)]


def test_an_erased_item_leaves_nothing_at_the_desk() -> None:
    item = published("CANARYerasedCANARY")
    request = editions.request_expunge(item.record, actor="a@example.org", why="A court.")
    editions.approve_expunge(request.pk, actor="b@example.org")
    assert not wire.Item.objects.filter(pk=item.pk).exists()
    assert editions.current(item.record) is None
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            assert "CANARYerased" not in repr(cursor.fetchall()), table


def test_an_old_item_that_is_flagged_now_comes_before_flags_that_are_over() -> None:
    old = published("Written first")
    until = instants.now() + timedelta(hours=1)
    for number in range(31):
        published(f"Number {number}", breaking_until=until)
    wire.start_breaking(old, until=until + timedelta(hours=1), actor=ACTOR)
    assert lists.newest("breaking/en")[0] == old.public_id


def test_undo_says_nothing_of_a_story_that_is_not_published_itself() -> None:
    item = published()
    wire.publish_item(changed(item), actor=ACTOR)
    wire.develop(item, actor=ACTOR)
    assert not wire.undo(item, actor=ACTOR).waits
