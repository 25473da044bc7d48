"""Writing live coverage: what readers have of a coverage and its posts after each thing an editor does."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection, connections

from standfirst.editions import api as editions
from standfirst.editions import documents as public
from standfirst.editions import lists
from standfirst.editions.documents import ImageBlock, Paragraph, PictureUse, Story
from standfirst.stories import api as stories
from standfirst.stories.models import StoryPage
from standfirst.wire import api as wire
from tests.stories.pictures.conftest import small_picture
from tests.wire.conftest import ACTOR, covered, posted

pytestmark = [pytest.mark.django_db(databases=["default", "bake"]), pytest.mark.usefixtures("newsroom")]


def said(post: wire.Post) -> public.Post:
    found = editions.current(post.record)
    assert isinstance(found, public.Post)
    return found


def live(page: StoryPage) -> public.Coverage:
    found = editions.current(page.record)
    assert isinstance(found, Story)
    assert found.live
    return found.live


def changed(post: wire.Post, **more: Any) -> wire.Post:
    fields: dict[str, Any] = {"story": post.story.public_id, "headline": "Polls close", **more}
    return wire.save_post(wire.PostDraft(**fields), actor=ACTOR, post=post)


class TestACoverage:
    def test_opens_when_its_story_is_published_as_one_and_closes_and_opens_again(self) -> None:
        page = covered()
        opened = live(page).opened_at
        assert live(page).is_open
        stories.close_coverage(page, actor=ACTOR)
        assert not live(page).is_open
        stories.reopen_coverage(page, actor=ACTOR)
        assert (live(page).is_open, live(page).opened_at) == (True, opened)

    def test_stays_closed_when_an_older_version_of_its_story_is_published(self) -> None:
        page = covered()
        stories.close_coverage(page, actor=ACTOR)
        page.get_latest_revision().publish()
        assert not live(page).is_open

    def test_pins_clean_points_and_leaves_what_is_a_draft_alone(self) -> None:
        page = covered()
        draft = StoryPage.objects.get(pk=page.pk)
        draft.title = "Not yet"
        draft.save_revision()
        stories.pin_summary(page, ["<b>Turnout</b> is high<script>x</script>", ""], actor=ACTOR)
        assert live(page).summary == ("<strong>Turnout</strong> is high",)
        found = editions.current(page.record)
        assert isinstance(found, Story)
        assert (found.headline, found.updated_at) == ("The vote", None)

    def test_is_none_of_a_story_of_another_format(self) -> None:
        made = stories.save_story(stories.StoryDraft(headline="Ships"), actor=ACTOR, publish=True)
        page = StoryPage.objects.get(pk=made.page)
        with pytest.raises(stories.CannotPublish, match="as live coverage first"):
            stories.close_coverage(page, actor=ACTOR)

    def test_comes_from_elsewhere_with_its_times_and_its_summary(self) -> None:
        at = datetime(2026, 5, 1, tzinfo=UTC)
        told = public.Coverage(opened_at=at, closed_at=at, summary=("It <em>ended</em>.",))
        draft = stories.StoryDraft(headline="Old vote", format="live", live=told)
        made = stories.save_story(draft, actor=ACTOR, publish=True)
        assert live(StoryPage.objects.get(pk=made.page)) == told


class TestAPost:
    def test_is_seen_by_nobody_as_a_draft_and_then_has_its_number_for_ever(self) -> None:
        page = covered()
        draft = wire.save_post(wire.PostDraft(page.public_id, "Later"), actor=ACTOR)
        first, second = posted(page, "First"), posted(page, "Second")
        assert editions.head(draft.record) is None
        assert (said(first).number, said(second).number) == (1, 2)
        wire.take_back(first, actor=ACTOR)
        third = posted(page, "Third")
        again = wire.publish_post(wire.Post.objects.get(pk=first.pk), actor=ACTOR).item
        assert (said(third).number, said(again).number) == (3, 1)
        assert said(second).path == f"/live/{second.public_id}/"
        assert lists.newest(f"posts/{page.public_id}") == (third.public_id, second.public_id, first.public_id)

    def test_has_the_language_of_its_coverage(self) -> None:
        page = covered("Голосування", language="uk")
        post = posted(page, "Перший")
        assert (said(post).language, said(post).path) == ("uk", f"/uk/live/{post.public_id}/")

    def test_says_updated_once_it_tells_more(self) -> None:
        post = posted(covered(), "Polls open")
        wire.publish_post(changed(post, headline="Polls open!"), actor=ACTOR, minor=True)
        wire.mark_key(post, actor=ACTOR)
        assert (said(post).updated_at, said(post).key) == (None, True)
        wire.publish_post(changed(post, key=True), actor=ACTOR)
        assert said(post).updated_at is not None

    def test_of_the_same_words_adds_no_edition(self) -> None:
        post = posted(covered())
        assert not wire.publish_post(post, actor=ACTOR).edition.changed

    def test_is_undone_to_what_it_said_blocks_and_authors_too(self) -> None:
        author = stories.save_author(stories.AuthorDraft(name="Ada"), actor=ACTOR)
        body = (
            Paragraph(id="p", html="At <em>seven</em>."),
            public.Quote(id="q", html="Come.", attribution="A"),
        )
        post = posted(covered(), "Polls open", body=body, authors=(author.public_id,))
        before = said(post)
        wire.publish_post(changed(post), actor=ACTOR)
        assert said(post).bylines == ()
        wire.undo_post(post, actor=ACTOR)
        assert said(post).model_copy(update={"body": ()}) == before.model_copy(update={"body": ()})
        assert [block.model_dump(exclude={"id"}) for block in said(post).body] == [
            block.model_dump(exclude={"id"}) for block in before.body
        ]
        done = wire.undo_post(posted(post.story, "Too early"), actor=ACTOR)
        assert done.item.state == wire.Post.State.DOWN

    def test_that_is_killed_is_gone_for_good(self) -> None:
        post = posted(covered(), key=True)
        killed = wire.kill_post(post, actor=ACTOR, why="A name.").item
        assert lists.newest(f"posts/{post.story.public_id}") == ()
        assert lists.newest(f"keyposts/{post.story.public_id}") == ()
        with pytest.raises(wire.ItemRefused, match="withdrawn for good"):
            wire.publish_post(killed, actor=ACTOR)

    def test_waits_for_an_open_coverage(self) -> None:
        made = stories.save_story(stories.StoryDraft(headline="V", format="live"), actor=ACTOR, publish=False)
        page = StoryPage.objects.get(pk=made.page)
        post = wire.save_post(wire.PostDraft(page.public_id, "Early"), actor=ACTOR)
        with pytest.raises(wire.ItemRefused, match="Publish the story"):
            wire.publish_post(post, actor=ACTOR)
        page.get_latest_revision().publish()
        kept = wire.publish_post(post, actor=ACTOR).item
        stories.close_coverage(page, actor=ACTOR)
        with pytest.raises(wire.ItemRefused, match="closed"):
            posted(page, "Late")
        assert wire.publish_post(changed(kept), actor=ACTOR).edition.changed, (
            "a mistake is mended after the end"
        )

    @pytest.mark.parametrize(
        ("fields", "where"),
        [
            ({"headline": "x" * 301}, "headline"),
            ({"body": (Paragraph(id="p", html="x" * 20_001),)}, "body"),
            ({"authors": ("none",)}, "authors"),
            ({"story": "none"}, "story"),
        ],
    )
    def test_that_cannot_stand_is_refused_with_its_field(self, fields: dict[str, Any], where: str) -> None:
        draft = wire.PostDraft(**{"story": covered().public_id, **fields})
        with pytest.raises(wire.ItemRefused) as refused:
            wire.save_post(draft, actor=ACTOR)
        assert refused.value.field == where

    def test_without_a_word_is_refused(self) -> None:
        empty = [{"type": "text", "value": "<p></p>"}]
        post = wire.save_post(wire.PostDraft(covered().public_id, stream=empty), actor=ACTOR)
        with pytest.raises(wire.ItemRefused, match="Write something"):
            wire.publish_post(post, actor=ACTOR)
        assert wire.Post.objects.get(pk=post.pk).number is None

    def test_brings_its_pictures_and_takes_them_away(self) -> None:
        picture = small_picture()
        body = (ImageBlock(id="i", picture=PictureUse(media=picture.public_id, alt="A queue")),)
        post = posted(covered(), "Queue", body=body)
        assert editions.current(picture.record) is not None
        wire.publish_post(changed(post), actor=ACTOR)
        assert editions.current(picture.record) is None
        wire.undo_post(post, actor=ACTOR)
        assert editions.current(picture.record) is not None
        wire.take_back(post, actor=ACTOR)
        assert editions.current(picture.record) is None

    def test_is_told_to_followers_and_noted_among_the_changes(self) -> None:
        heard: list[tuple[str, str]] = []
        with wire.followups.temporarily("test", lambda change: heard.append((change.kind, change.record))):
            page = covered()
            post = posted(page)
            wire.publish_post(changed(post), actor=ACTOR)
            wire.take_back(post, actor=ACTOR)
        assert heard == [("published", post.record), ("updated", post.record), ("gone", post.record)]
        assert lists.newest("changes") == (post.record, page.record), (
            "the coverage itself once, when it opened"
        )


UNFINISHED = [{"type": "embed", "value": {"url": "", "provider": ""}, "id": "e"}]
"""A body that can be kept but not be published."""


def test_a_post_is_marked_as_a_key_event_though_what_waits_in_it_is_unfinished() -> None:
    coverage = covered()
    post = posted(coverage)
    draft = wire.PostDraft(coverage.public_id, "Polls open", stream=UNFINISHED)
    wire.save_post(draft, actor=ACTOR, post=post)
    wire.mark_key(wire.Post.objects.get(pk=post.pk), actor=ACTOR)
    assert said(post).key
    assert said(post).headline == "Polls open"


class TestABrokenOutPost:
    def test_begins_a_draft_and_leads_on_to_it_once_readers_have_it(self) -> None:
        post = posted(covered(), "Count begins", body=(Paragraph(id="p", html="At <em>ten</em>."),))
        page = StoryPage.objects.get(pk=wire.break_out(post, actor=ACTOR))
        assert (page.live, page.title) == (False, "Count begins")
        assert [block.block_type for block in page.body] == ["text", "related_story"]
        wire.publish_post(wire.Post.objects.get(pk=post.pk), actor=ACTOR)
        assert said(post).became is None, "readers are told of no draft"
        page.get_latest_revision().publish()
        assert (said(post).became, said(post).updated_at) == (page.public_id, None)
        with pytest.raises(wire.ItemRefused, match="was made of it already"):
            wire.break_out(post, actor=ACTOR)

    def test_holds_up_no_story_whatever_waits_in_it_or_became_of_its_coverage(self) -> None:
        coverage = covered()
        post = posted(coverage, "Count begins", body=(Paragraph(id="p", html="At ten."),))
        page = StoryPage.objects.get(pk=wire.break_out(post, actor=ACTOR))
        unfinished = wire.PostDraft(coverage.public_id, "Count begins", stream=UNFINISHED)
        wire.save_post(unfinished, actor=ACTOR, post=wire.Post.objects.get(pk=post.pk))
        StoryPage.objects.get(pk=coverage.pk).unpublish()
        page.get_latest_revision().publish()
        assert StoryPage.objects.get(pk=page.pk).live
        assert said(post).became == page.public_id

    def test_may_be_a_draft_itself(self) -> None:
        told = wire.PostDraft(covered().public_id, "Draft", (Paragraph(id="p", html="All of it."),))
        post = wire.save_post(told, actor=ACTOR)
        page = StoryPage.objects.get(pk=wire.break_out(post, actor=ACTOR))
        page.get_latest_revision().publish()
        assert editions.head(post.record) is None
        post.refresh_from_db()
        assert (post.number, post.published_at) == (None, None)


def test_posts_go_with_a_killed_coverage() -> None:
    page = covered()
    one, two = posted(page, "One"), posted(page, "Two")
    wire.take_back(two, actor=ACTOR)
    stories.kill_story(page, actor=ACTOR, why="A court.")
    assert [editions.history(post.record)[-1].reason for post in (one, two)] == ["killed", "killed"]
    assert lists.newest(f"posts/{page.public_id}") == ()


def test_an_erased_coverage_takes_its_posts_from_readers_and_says_what_is_left_to_erase() -> None:
    page = covered()
    post = posted(page, "CANARYerasedCANARY")
    request = editions.request_expunge(page.record, actor="a@example.org", why="A court.")
    report = editions.approve_expunge(request.pk, actor="b@example.org")
    assert editions.current(post.record) is None
    assert any(post.record in sentence for sentence in report.beyond_recall)
    again = editions.request_expunge(post.record, actor="a@example.org", why="A court.")
    editions.approve_expunge(again.pk, actor="b@example.org")
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            assert "CANARYerased" not in repr(cursor.fetchall()), table


def test_two_editors_do_not_cross() -> None:
    post = posted(covered())
    began = post.version
    changed(post)
    with pytest.raises(wire.ItemChanged):
        wire.save_post(wire.PostDraft(post.story.public_id, "Other"), actor="b@x", post=post, version=began)


@pytest.mark.django_db(databases=["default", "bake"], transaction=True)
def test_posts_published_at_once_have_numbers_of_their_own() -> None:
    page = covered()
    drafts = [wire.save_post(wire.PostDraft(page.public_id, f"Post {n}"), actor=ACTOR) for n in range(16)]
    failed: list[Exception] = []

    def publish(some: list[wire.Post]) -> None:
        try:
            for post in some:
                wire.publish_post(post, actor=ACTOR)
        except Exception as error:  # noqa: BLE001 - shown below
            failed.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=publish, args=(drafts[n::4],)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert sorted(said(post).number for post in drafts) == list(range(1, 17))
