"""Words that were saved of what readers have and are not published yet: they are marked, and no undo takes
them away."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from standfirst.editions import api as editions
from standfirst.editions import documents as public
from standfirst.editions.documents import ImageBlock, Paragraph, PictureUse
from standfirst.kit import instants
from standfirst.stories import api as stories
from standfirst.stories.models import StoryPage
from standfirst.wire import api as wire
from standfirst.wire.waiting import waiting_items, waiting_posts
from tests.stories.conftest import signed_in, staff
from tests.stories.pictures.conftest import small_picture
from tests.wire.conftest import ACTOR, covered, posted, published

pytestmark = [pytest.mark.django_db(databases=["default", "bake"]), pytest.mark.usefixtures("newsroom")]

MARK = "Changes not published"


@pytest.fixture
def desk() -> Client:
    return signed_in(staff(ACTOR, "Editors"))


def item_of(item: wire.Item) -> public.FeedItem:
    found = editions.current(item.record)
    assert isinstance(found, public.FeedItem)
    return found


def post_of(post: wire.Post) -> public.Post:
    found = editions.current(post.record)
    assert isinstance(found, public.Post)
    return found


def saved(item: wire.Item, **more: Any) -> wire.Item:
    """Keep an item with other words; readers have nothing of them."""
    fields: dict[str, Any] = {"headline": "Ferry delayed", "language": "en", "body": ("By wind.",)}
    return wire.save_item(wire.ItemDraft(**{**fields, **more}), actor=ACTOR, item=item)


def written(post: wire.Post, headline: str = "Polls open", **more: Any) -> wire.Post:
    return wire.save_post(wire.PostDraft(post.story.public_id, headline, **more), actor=ACTOR, post=post)


def marked(client: Client, address: str) -> list[str]:
    """Return the ids of the rows of a screen that say that changes wait."""
    shown = BeautifulSoup(client.get(address).content, "html.parser")
    return [str(row["id"]) for row in shown.select(".sf-feed > li") if MARK in row.get_text()]


class TestAnItem:
    def test_is_marked_from_when_it_is_saved_to_when_it_is_published(self, desk: Client) -> None:
        item, other = published(), published("Other")
        feed = reverse("standfirst_feed")
        assert marked(desk, feed) == []
        saved(item, headline="Ferry cancelled")
        assert marked(desk, feed) == [f"item-{item.pk}"]
        wire.publish_item(item, actor=ACTOR)
        assert marked(desk, feed) == []
        saved(other, headline="Other!")
        wire.take_back(other, actor=ACTOR)
        assert marked(desk, f"{feed}?show=drafts") == [], "of a draft readers have nothing"

    @pytest.mark.parametrize(
        "more",
        [
            {"body": ("By storm.",)},
            {"source_name": "Port"},
            {"breaking_until": instants.now() + timedelta(hours=2)},
            {"headline": "Ferry  late"},
        ],
    )
    def test_is_marked_for_whatever_a_reader_would_notice(self, more: dict[str, Any]) -> None:
        item = published()
        assert waiting_items([saved(item, **more)]) == {item.pk}

    @pytest.mark.parametrize(
        "more",
        [
            {"headline": " Ferry   delayed "},
            {"source_url": "https://port.example/"},  # nobody is named, so nothing is linked
            {"source_uri": "urn:x"},
            {"breaking_until": instants.now() - timedelta(hours=2)},
        ],
    )
    def test_is_not_marked_for_what_no_reader_would_notice(self, more: dict[str, Any]) -> None:
        item = published()
        assert waiting_items([saved(item, **more)]) == set()

    def test_keeps_through_an_undo_the_words_that_wait(self) -> None:
        item = published()
        wire.publish_item(saved(item, headline="Ferry cancelled", source_name="Port"), actor=ACTOR)
        topic = stories.save_topic(stories.SectionDraft(name="Ferries"), actor=ACTOR).public_id
        saved(item, headline="Ferry sunk", source_name="Port", topics=(topic,))
        done = wire.undo(item, actor=ACTOR)
        assert (item_of(item).headline, item_of(item).source, item_of(item).topics) == (
            "Ferry delayed", None, (),
        )  # fmt: skip
        assert done.waits
        kept = done.item
        assert (kept.headline, kept.topics.get().public_id) == ("Ferry sunk", topic)
        assert kept.source_name == "", "what did not wait is as it was before"
        assert waiting_items([kept]) == {item.pk}
        wire.publish_item(kept, actor=ACTOR)
        assert item_of(item).headline == "Ferry sunk"

    def test_keeps_a_source_whole_through_an_undo(self) -> None:
        item = published()
        wire.publish_item(saved(item, source_name="Port"), actor=ACTOR)
        saved(item, source_name="Port", source_status="disputed")
        kept = wire.undo(item, actor=ACTOR).item
        assert item_of(item).source is None
        assert (kept.source_name, kept.source_status) == ("Port", "disputed")

    def test_is_calm_again_when_its_flag_is_undone_while_words_wait(self) -> None:
        item = saved(published(), headline="Ferry sunk")
        wire.start_breaking(item, until=instants.now() + timedelta(hours=1), actor=ACTOR)
        kept = wire.undo(item, actor=ACTOR).item
        assert (item_of(item).headline, item_of(item).breaking_until) == ("Ferry delayed", None)
        assert (kept.headline, kept.breaking_until) == ("Ferry sunk", None)

    def test_keeps_its_story_through_an_undo(self) -> None:
        item = published()
        wire.publish_item(saved(item, headline="Ferry cancelled"), actor=ACTOR)
        story = wire.develop(item, actor=ACTOR)
        assert wire.undo(item, actor=ACTOR).item.story_id == story

    def test_of_which_nothing_waits_is_at_the_desk_as_readers_have_it(self) -> None:
        item = published()
        wire.publish_item(saved(item, headline="Ferry cancelled"), actor=ACTOR)
        done = wire.undo(item, actor=ACTOR)
        assert (done.waits, done.item.headline, waiting_items([done.item])) == (False, "Ferry delayed", set())

    def test_says_at_the_desk_that_its_words_still_wait(self, desk: Client) -> None:
        item = published()
        wire.publish_item(saved(item, headline="Ferry cancelled"), actor=ACTOR)
        saved(item, headline="Ferry sunk")
        address = reverse("standfirst_feed_item", args=(item.pk,))
        answer = desk.post(address, {"do": "undo"}, follow=True).content.decode()
        assert "What was not published still waits here" in answer
        assert "Ferry sunk" in answer
        assert MARK in answer


class TestAPost:
    def test_is_marked_from_when_it_is_saved_to_when_it_is_published(self, desk: Client) -> None:
        post = posted(covered(), body=(Paragraph(id="p", html="At <em>seven</em>."),))
        posts = reverse("standfirst_posts", args=(post.story.pk,))
        assert marked(desk, posts) == []
        written(post, body=(Paragraph(id="p", html="At eight."),))
        assert marked(desk, posts) == [f"post-{post.pk}"]
        wire.publish_post(post, actor=ACTOR)
        assert marked(desk, posts) == []

    def test_is_marked_for_its_authors_its_key_and_what_is_not_finished(self) -> None:
        author = stories.save_author(stories.AuthorDraft(name="Ada"), actor=ACTOR)
        post = posted(covered())
        assert waiting_posts([written(post, authors=(author.public_id,))]) == {post.pk}
        assert waiting_posts([written(post, key=True)]) == {post.pk}
        embed = [{"type": "embed", "value": {"url": "", "provider": ""}, "id": "e"}]
        assert waiting_posts([written(post, stream=embed)]) == {post.pk}
        assert waiting_posts([written(post)]) == set()

    def test_keeps_through_an_undo_the_words_that_wait_unfinished_ones_too(self) -> None:
        post = posted(covered(), body=(Paragraph(id="p", html="At seven."),))
        wire.publish_post(written(post, "Polls close", body=(Paragraph(id="p", html="Now."),)), actor=ACTOR)
        embed = [{"type": "embed", "value": {"url": "", "provider": ""}, "id": "e"}]
        written(post, "Polls close", stream=embed)
        done = wire.undo_post(post, actor=ACTOR)
        assert (post_of(post).headline, [getattr(one, "html", "") for one in post_of(post).body]) == (
            "Polls open",
            ["At seven."],
        )
        assert done.waits
        assert [block.block_type for block in done.item.body] == ["embed"]
        assert done.item.headline == "Polls open", "what did not wait is as it was before"

    def test_of_which_nothing_waits_is_at_the_desk_as_readers_have_it(self) -> None:
        picture = small_picture()
        body = (ImageBlock(id="i", picture=PictureUse(media=picture.public_id, alt="A queue")),)
        post = posted(covered(), body=body)
        wire.publish_post(written(post, "Polls close"), actor=ACTOR)
        done = wire.undo_post(post, actor=ACTOR)
        assert not done.waits
        assert post_of(post).headline == "Polls open"
        assert waiting_posts([done.item]) == set()


def count(client: Client, address: str) -> int:
    client.get(address)  # what is looked up once is looked up
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


def test_the_screen_of_the_feed_asks_no_more_for_twenty_items_than_for_two(desk: Client) -> None:
    topic = stories.save_topic(stories.SectionDraft(name="Ferries"), actor=ACTOR).public_id

    def more(number: int) -> None:
        for n in range(number):
            made = stories.save_story(stories.StoryDraft(headline=f"Story {n}"), actor=ACTOR, publish=True)
            story = StoryPage.objects.get(pk=made.page).public_id
            saved(published(topics=(topic,), story=story), headline="Waits")

    feed = reverse("standfirst_feed")
    more(2)
    few = count(desk, feed)
    more(18)
    assert count(desk, feed) == few
    assert len(marked(desk, feed)) == 20


def test_the_screen_of_posts_asks_no_more_for_twenty_posts_than_for_two(desk: Client) -> None:
    author = stories.save_author(stories.AuthorDraft(name="Ada"), actor=ACTOR).public_id
    page = covered()

    def more(number: int) -> None:
        for _ in range(number):
            picture = PictureUse(media=small_picture().public_id, alt="A queue")
            post = posted(page, body=(ImageBlock(id="i", picture=picture),), authors=(author,))
            wire.break_out(post, actor=ACTOR)
            written(post, "Waits")

    posts = reverse("standfirst_posts", args=(page.pk,))
    more(2)
    few = count(desk, posts)
    more(18)
    assert count(desk, posts) == few
    assert len(marked(desk, posts)) == 20
