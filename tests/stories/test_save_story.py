"""Stories written without a browser are the same pages, published by the same path, and come back whole."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from wagtail.models import ReferenceIndex

from standfirst.editions import api as editions
from standfirst.editions.documents import (
    Correction,
    Divider,
    Embed,
    Heading,
    KeyFacts,
    ListBlock,
    Paragraph,
    PullQuote,
    Quote,
    RelatedStory,
    Story,
    Table,
)
from standfirst.stories import api as stories
from standfirst.stories.models import HomePage, StoryPage
from tests.stories.conftest import ACTOR

pytestmark = pytest.mark.django_db(databases=["default", "bake"])


def save(publish: bool = True, **fields: object) -> stories.StoryResult:
    return stories.save_story(stories.StoryDraft(**fields), actor=ACTOR, publish=publish)


def public(result: stories.StoryResult) -> Story:
    found = editions.current(result.record)
    assert isinstance(found, Story)
    return found


EVERY_BLOCK = (
    Paragraph(id="p1", html='With <strong>weight</strong> and a <a href="https://example.org/">link</a>.'),
    Heading(id="h1", level=2, html="A heading"),
    Heading(id="h2", level=3, html="A smaller one"),
    ListBlock(id="l1", ordered=True, items=("one", "<em>two</em>")),
    Paragraph(id="p2", html="After the list: 5 &lt; 6 &amp; 7 &gt; 6."),
    Quote(id="q1", html="Words at <em>length</em>.", attribution="Somebody"),
    PullQuote(id="pq1", text="A line & more", attribution="Mira"),
    KeyFacts(id="k1", title="What to know", items=("First", "Second")),
    Table(id="t1", caption="Ships", header_row=True, header_column=True, rows=(("", "Tonnes"), ("A", "5"))),
    Embed(
        id="e1", provider="Mastodon", url="https://example.social/@a/1", author="A", text="Hello",
        posted_at=datetime(2026, 5, 1, 12, 0, tzinfo=UTC),
    ),
    Divider(id="d1"),
    Paragraph(id="p3", html="The end."),
)  # fmt: skip


def test_every_block_comes_back_as_it_was_given(newsroom: HomePage) -> None:
    assert public(save(headline="All blocks", body=EVERY_BLOCK)).body == EVERY_BLOCK


def test_a_story_saved_at_the_desk_keeps_its_blocks(newsroom: HomePage) -> None:
    result = save(headline="All blocks", body=EVERY_BLOCK)
    page = StoryPage.objects.get(pk=result.page)
    page.title = "Changed by an editor"
    page.save_revision().publish(skip_permission_checks=True)
    assert public(result).headline == "Changed by an editor"
    assert public(result).body == EVERY_BLOCK


def test_the_same_again_makes_no_edition(newsroom: HomePage) -> None:
    first = save(headline="Same", source_uri="tag:wire,1", body=EVERY_BLOCK)
    again = save(headline="Same", source_uri="tag:wire,1", body=EVERY_BLOCK)
    assert (again.page, again.created, again.published) == (first.page, False, None)
    assert len(editions.history(first.record)) == 1


def test_a_story_is_known_by_id_source_or_address(newsroom: HomePage) -> None:
    by_slug = save(headline="One", slug="one")
    assert save(headline="One, again", slug="one").page == by_slug.page
    assert save(headline="One, by id", id=by_slug.record.removeprefix("story:")).page == by_slug.page
    other = save(headline="One", slug="one", source_uri="tag:wire,2")
    assert other.created
    assert public(other).path == "/one-2/"


def test_an_archive_keeps_its_ids(newsroom: HomePage) -> None:
    result = save(headline="Old", id="01hzzzzzzzzzzzzzzzzzzzzzz0")
    assert result.record == "story:01hzzzzzzzzzzzzzzzzzzzzzz0"


def test_old_stories_keep_their_dates(newsroom: HomePage) -> None:
    then, later = datetime(2019, 3, 1, 9, 0, tzinfo=UTC), datetime(2019, 3, 2, 9, 0, tzinfo=UTC)
    story = public(save(headline="Old", published_at=then, updated_at=later))
    assert (story.published_at, story.updated_at) == (then, later)


def test_what_is_filed_under_what_does_not_exist_is_refused(newsroom: HomePage) -> None:
    for fields in (
        {"section": "none"},
        {"topics": ("none",)},
        {"bylines": (stories.DraftByline(author="x"),)},
    ):
        with pytest.raises(LookupError, match="there is no"):
            save(headline="x", **fields)
    assert not StoryPage.objects.exists()


def test_a_draft_waits(newsroom: HomePage) -> None:
    result = save(publish=False, headline="Waiting")
    assert result.published is None
    assert editions.head(result.record) is None


def test_bylines_keep_order_and_roles(newsroom: HomePage) -> None:
    author = stories.save_author(stories.AuthorDraft(name="Mira Petrenko"), actor=ACTOR)
    lines = (
        stories.DraftByline(author="mira-petrenko"),
        stories.DraftByline(name="Jan Guest"),
        stories.DraftByline(name="Ana Photo", role="photo"),
    )
    story = public(save(headline="Three people", bylines=lines))
    assert [(line.author, line.name, line.role) for line in story.bylines] == [
        (author.public_id, "", "author"), (None, "Jan Guest", "author"), (None, "Ana Photo", "photo"),
    ]  # fmt: skip


def test_related_stories_are_named_by_record(newsroom: HomePage) -> None:
    target = save(headline="Target")
    name = target.record.removeprefix("story:")
    body = (RelatedStory(id="r1", story=name), RelatedStory(id="r2", story="01hzzzzzzzzzzzzzzzzzzzzzz9"))
    assert public(save(headline="Relating", body=body)).body == (RelatedStory(id="r1", story=name),)


def test_corrections_and_retractions_come_along(newsroom: HomePage) -> None:
    at = datetime(2024, 5, 1, tzinfo=UTC)
    story = public(save(headline="x", corrections=(Correction(at=at, text="It was three."),)))
    assert story.corrections == (Correction(at=at, text="It was three."),)
    retracted = save(headline="y", slug="y")
    save(headline="y", slug="y", retraction="We could not stand by it.")
    assert public(retracted).retraction == "We could not stand by it."
    assert editions.head(retracted.record).reason == "retracted"


def test_what_to_read_next_is_frozen_at_first_publication(newsroom: HomePage) -> None:
    older = save(headline="Older", section="world")
    story = save(headline="Newer", slug="newer", section="world")
    expected = (older.record.removeprefix("story:"),)
    assert public(story).trail == expected
    save(headline="Newest", section="world")
    save(headline="Newer still", slug="newer", section="world")
    assert public(story).trail == expected


def test_what_to_read_next_is_of_the_section_then_of_the_topics_then_the_newest(newsroom: HomePage) -> None:
    stories.save_topic(stories.SectionDraft(name="Ports", language="en", slug="ports"), actor=ACTOR)
    far, topical = save(headline="Far"), save(headline="Topical", topics=("ports",))
    near = save(headline="Near", section="world")
    save(headline="В іншій мові", language="uk", slug="uk")
    story = save(headline="Now", section="world", topics=("ports",))
    assert public(story).trail == tuple(one.record.removeprefix("story:") for one in (near, topical, far))


def test_a_story_takes_a_while_to_read_and_never_none(newsroom: HomePage) -> None:
    assert public(save(headline="Empty")).reading_minutes == 1
    words = (Paragraph(id="p", html="word " * 1000),)
    assert public(save(headline="Long", body=words)).reading_minutes == 5
    assert public(save(headline="Long", body=words, language="ar")).reading_minutes == 8


def test_the_desk_finds_it_and_knows_what_it_uses(newsroom: HomePage) -> None:
    target = save(headline="Target")
    result = save(
        headline="Relating", body=(RelatedStory(id="r1", story=target.record.removeprefix("story:")),)
    )
    assert list(StoryPage.objects.search("Relating")) == [StoryPage.objects.get(pk=result.page)]
    assert ReferenceIndex.get_references_to(StoryPage.objects.get(pk=target.page)).exists()


@pytest.mark.parametrize(
    "headline", ["«Зерно» — у порту", "سفن الحبوب تغادر الميناء", "“Quotes” – and — dashes’", "x" * 200]
)
def test_headlines_of_all_kinds_get_an_address(newsroom: HomePage, headline: str) -> None:
    story = public(save(headline=headline))
    assert story.headline == headline
    assert len(story.path.encode()) <= 182
