"""Sections and authors that drafts name, and that old versions named."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from standfirst.kit import instants
from standfirst.stories import api as stories
from standfirst.stories.actions import timetable
from standfirst.stories.models import Author, HomePage, Section, StoryByline, StoryPage
from tests.stories.conftest import ACTOR

pytestmark = pytest.mark.django_db(databases=["default", "bake"])


@pytest.fixture
def story(newsroom: HomePage) -> StoryPage:
    stories.save_section(stories.SectionDraft(name="Harbour"), actor=ACTOR)
    stories.save_author(stories.AuthorDraft(name="Ann Ahl"), actor=ACTOR)
    draft = stories.StoryDraft(headline="Ships leave", section="world")
    return StoryPage.objects.get(pk=stories.save_story(draft, actor=ACTOR, publish=True).page)


def refiled(story: StoryPage) -> StoryPage:
    """Return the draft of `story`, saved under another section and with an author."""
    draft = story.get_latest_revision_as_object()
    draft.section = Section.objects.get(slug="harbour")
    draft.bylines.add(StoryByline(author=Author.objects.get()))
    draft.save_revision()
    return draft


@pytest.mark.parametrize("model", [Section, Author])
def test_what_a_draft_names_cannot_be_deleted(desk: Client, story: StoryPage, model: type) -> None:
    refiled(story)
    row = model.objects.order_by("-pk").first()
    name = model.__name__.lower()
    for url in (
        reverse(f"wagtailsnippets_stories_{name}:delete", args=(row.pk,)),
        reverse("wagtail_bulk_action", args=("stories", name, "delete")) + f"?id={row.pk}",
    ):
        answer = desk.post(url, follow=True)
        assert "still named in a draft of “Ships leave”" in answer.content.decode()
    assert model.objects.filter(pk=row.pk).exists()


def test_what_a_scheduled_version_names_cannot_be_deleted(story: StoryPage) -> None:
    draft = refiled(story)
    stories.schedule_story(draft, at=instants.now() + timedelta(hours=1), actor=ACTOR)
    story.refresh_from_db()
    story.get_latest_revision_as_object().save_revision()
    with pytest.raises(stories.CannotPublish):
        Section.objects.get(slug="harbour").delete()


def test_an_old_version_opens_though_what_it_names_is_gone(desk: Client, story: StoryPage) -> None:
    refiled(story)
    old = story.revisions.order_by("-pk").first()
    story.refresh_from_db()
    newest = story.get_latest_revision_as_object()
    newest.section = Section.objects.get(slug="world")
    newest.bylines.clear()
    newest.save_revision()
    Section.objects.get(slug="harbour").delete()
    Author.objects.get().delete()
    assert desk.get(reverse("wagtailadmin_pages:edit", args=(story.pk,))).status_code == 200
    url = reverse("wagtailadmin_pages:revisions_revert", args=(story.pk, old.pk))
    assert desk.get(url).status_code == 200
    assert old.as_object().section is None
    assert list(old.as_object().bylines.all()) == []


def test_one_entry_that_fails_does_not_hold_up_the_timetable(
    story: StoryPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    due = instants.now().replace(microsecond=0) + timedelta(hours=1)
    draft = stories.StoryDraft(headline="Second")
    second = StoryPage.objects.get(pk=stories.save_story(draft, actor=ACTOR, publish=False).page)
    for page in (story, second):
        stories.schedule_story(page.get_latest_revision_as_object(), at=due, actor=ACTOR)
    publish = timetable._publish

    def failing(pk: int, now: object) -> int | None:
        done = publish(pk, now)
        if done == story.pk:
            raise RuntimeError("a fault of ours")
        return done

    monkeypatch.setattr(timetable, "_publish", failing)
    done = timetable.run_due(due + timedelta(seconds=1))
    assert (done.published, done.failed) == ((second.pk,), 1)
    assert timetable.next_due() == due  # it is not forgotten: the next round tries again


def test_an_address_that_was_anothers_is_refused_beside_the_field_and_the_text_stays(
    desk: Client, newsroom: HomePage
) -> None:
    topic = stories.save_topic(stories.SectionDraft(name="Black Sea"), actor=ACTOR)
    topic.slug = "the-black-sea"
    topic.save()
    answer = desk.post(
        reverse("wagtailsnippets_stories_topic:add"),
        {"name": "Sea", "slug": "black-sea", "language": "en", "description": "Long words."},
    )
    page = answer.content.decode()
    assert "/topic/black-sea/ is taken" in page
    assert "Long words." in page
    topic.slug = "black-sea"  # whose address it was may have it back
    topic.full_clean()
