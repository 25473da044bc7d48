"""A story that must go: killed at once by one, erased for good by two."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from wagtail.models import PageLogEntry, Revision

from standfirst.editions import api as editions
from standfirst.editions import expunging
from standfirst.editions.documents import Paragraph
from standfirst.editions.models import ExpungeRequest
from standfirst.stories import api as stories
from standfirst.stories.models import HomePage, StoryPage
from tests.stories.conftest import ACTOR, signed_in, staff

pytestmark = pytest.mark.django_db(databases=["default", "bake"])
CANARY = "CANARYerasedCANARY"


@pytest.fixture
def story(newsroom: HomePage) -> StoryPage:
    draft = stories.StoryDraft(headline="To go", body=(Paragraph(id="p1", html=CANARY),))
    return StoryPage.objects.get(pk=stories.save_story(draft, actor=ACTOR, publish=True).page)


@pytest.fixture
def publisher(newsroom: HomePage) -> Client:
    return signed_in(staff("publisher@example.org", "Publishers"))


def test_killing_asks_why_and_withdraws_at_once(publisher: Client, story: StoryPage) -> None:
    url = reverse("standfirst_kill", args=(story.pk,))
    assert publisher.get(url).status_code == 200
    assert publisher.post(url, {"why": " "}).status_code == 200
    assert editions.head(story.record).state == "live"
    assert publisher.post(url, {"why": "A source is in danger."}).status_code == 302
    last = editions.history(story.record)[-1]
    assert (last.reason, last.actor, last.note) == (
        "killed",
        "publisher@example.org",
        "A source is in danger.",
    )
    assert not StoryPage.objects.get(pk=story.pk).live
    assert "Killed" in publisher.get(reverse("wagtailadmin_pages:edit", args=(story.pk,))).content.decode()


def test_a_killed_story_does_not_come_back_by_publishing_it(publisher: Client, story: StoryPage) -> None:
    stories.kill_story(story, actor=ACTOR, why="For good.")
    with pytest.raises(stories.CannotPublish, match="withdrawn for good"):
        stories.save_story(
            stories.StoryDraft(id=story.public_id, headline="Back again"), actor=ACTOR, publish=True
        )
    assert editions.head(story.record).state == "gone"


def test_a_kill_takes_the_story_off_the_timetable(story: StoryPage) -> None:
    from datetime import timedelta

    from standfirst.kit import instants

    stories.schedule_story(story, at=instants.now() + timedelta(hours=1), actor=ACTOR)
    stories.kill_story(story, actor=ACTOR, why="Wrong.")
    assert stories.next_due() is None


def test_editors_cannot_kill_and_do_not_see_how(desk: Client, story: StoryPage) -> None:
    assert desk.post(reverse("standfirst_kill", args=(story.pk,)), {"why": "x"}).status_code in (302, 403)
    assert editions.head(story.record).state == "live"
    page = desk.get(reverse("wagtailadmin_pages:edit", args=(story.pk,))).content.decode()
    assert reverse("standfirst_kill", args=(story.pk,)) not in page


def test_a_draft_that_was_never_published_is_not_erased_but_deleted(
    publisher: Client, newsroom: HomePage
) -> None:
    made = stories.save_story(stories.StoryDraft(headline="Never out"), actor=ACTOR, publish=False)
    for name in ("standfirst_erase", "standfirst_kill"):
        answer = publisher.post(reverse(name, args=(made.page,)), {"why": "Wrong."})
        assert "never published; delete the draft" in answer.content.decode()
    assert not ExpungeRequest.objects.exists()


def test_erasing_takes_two_people_and_leaves_nothing_at_the_desk(publisher: Client, story: StoryPage) -> None:
    publisher.post(reverse("standfirst_erase", args=(story.pk,)), {"why": "A court says so."})
    number = ExpungeRequest.objects.get().pk
    publisher.post(reverse("standfirst_erasures"), {"request": str(number)})
    assert editions.head(story.record).state == "live"  # who asked cannot agree
    second = signed_in(staff("second@example.org", "Publishers"))
    assert "A court says so." in second.get(reverse("standfirst_erasures")).content.decode()
    answer = second.post(reverse("standfirst_erasures"), {"request": str(number)})
    assert "search engines" in answer.content.decode()
    assert editions.head(story.record).reason == "expunged"
    assert not StoryPage.objects.exists()
    assert not PageLogEntry.objects.filter(label__contains="To go").exists()
    assert not any(CANARY in str(revision.content) for revision in Revision.objects.all())


def test_the_search_index_keeps_no_word_of_an_erased_story(
    story: StoryPage, django_capture_on_commit_callbacks: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(expunging, "tidy_up", lambda: None)  # it waits for the test's own transaction to end

    def found() -> int:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM wagtailsearch_indexentry_fts_data WHERE instr(block, CAST(%s AS BLOB))",
                [CANARY.lower()],
            )
            return int(cursor.fetchone()[0])

    assert found(), "the control"
    request = editions.request_expunge(story.record, actor=ACTOR, why="A court says so.")
    with django_capture_on_commit_callbacks(execute=True):
        editions.approve_expunge(request.pk, actor="second@example.org")
    assert found() == 0
