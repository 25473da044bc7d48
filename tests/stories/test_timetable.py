"""What is scheduled goes out once, at its instant, and nothing of it before."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from wagtail.models import PageLogEntry

from standfirst.bake import api as bake
from standfirst.editions import api as editions
from standfirst.editions.documents import Paragraph
from standfirst.kit import instants
from standfirst.stories import api as stories
from standfirst.stories.models import HomePage, StoryPage
from tests.stories.conftest import ACTOR

pytestmark = pytest.mark.django_db(databases=["default", "bake"])
Form = Callable[..., dict[str, Any]]
CANARY = "CANARYembargoedCANARY"
SOON = timedelta(seconds=0.4)


def drafted(**fields: Any) -> StoryPage:
    draft = stories.StoryDraft(
        **{"headline": "Ships leave", "body": (Paragraph(id="p1", html="At dawn."),), **fields}
    )
    return StoryPage.objects.get(pk=stories.save_story(draft, actor=ACTOR, publish=False).page)


def local(when: datetime) -> str:
    """Return an instant as it is typed in a Kyiv newsroom."""
    import zoneinfo

    return when.astimezone(zoneinfo.ZoneInfo("Europe/Kyiv")).strftime("%Y-%m-%d %H:%M:%S")


def everything_in_the_store() -> bytes:
    found = [path for path in Path(settings.STANDFIRST_SITE.store).rglob("*") if path.is_file()]
    return b"".join(path.read_bytes() for path in found)


def test_a_story_scheduled_at_the_desk_publishes_nothing_early(
    desk: Client, newsroom: HomePage, form: Form
) -> None:
    data = form(title=CANARY, slug="canary", go_live_at=local(instants.now() + timedelta(days=2)))
    desk.post(
        reverse("wagtailadmin_pages:add", args=("stories", "storypage", newsroom.pk)),
        {**data, "action-publish": "action-publish"},
    )
    page = StoryPage.objects.get(slug="canary")
    assert page.approved_schedule
    assert not page.live
    assert editions.head(page.record) is None
    assert editions.owner("/canary/") is None
    assert stories.run_due().published == ()
    bake.run_until_idle()
    assert CANARY.encode() not in everything_in_the_store()
    open_story = drafted(headline="Open", slug="open")  # the control: what is public is in the store
    stories.save_story(
        stories.StoryDraft(id=open_story.public_id, headline=f"Open {CANARY}"), actor=ACTOR, publish=True
    )
    bake.run_until_idle()
    assert CANARY.encode() in everything_in_the_store()


def test_a_time_is_meant_in_the_newsrooms_zone(desk: Client, newsroom: HomePage, form: Form) -> None:
    desk.post(
        reverse("wagtailadmin_pages:add", args=("stories", "storypage", newsroom.pk)),
        {**form(go_live_at="2027-07-01 09:00"), "action-publish": "action-publish"},
    )
    assert stories.next_due() == datetime(2027, 7, 1, 6, 0, tzinfo=UTC)


@pytest.mark.parametrize("when", ["2027-03-28 03:30", "2027-10-31 03:30"])
def test_an_hour_that_is_not_or_is_twice_is_asked_about(
    desk: Client, newsroom: HomePage, form: Form, when: str
) -> None:
    answer = desk.post(
        reverse("wagtailadmin_pages:add", args=("stories", "storypage", newsroom.pk)),
        {**form(go_live_at=when), "action-publish": "action-publish"},
    )
    assert "go_live_at" in answer.context["form"].errors
    assert stories.next_due() is None


def test_what_is_due_goes_out_once(newsroom: HomePage) -> None:
    page = drafted()
    stories.schedule_story(page, at=instants.now() + SOON, actor=ACTOR)
    assert stories.run_due().published == ()
    time.sleep(SOON.total_seconds())
    assert stories.run_due().published == (page.pk,)
    assert stories.run_due().published == ()
    assert [one.actor for one in editions.history(page.record)] == ["system:timetable"]
    assert stories.next_due() is None


def test_a_live_story_keeps_its_text_until_the_next_version_is_due(newsroom: HomePage) -> None:
    page = drafted(slug="ships")
    stories.save_story(stories.StoryDraft(id=page.public_id, headline="Old"), actor=ACTOR, publish=True)
    stories.save_story(stories.StoryDraft(id=page.public_id, headline="New"), actor=ACTOR, publish=False)
    page = StoryPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    stories.schedule_story(page, at=instants.now() + SOON, actor=ACTOR)
    assert editions.current(page.record).headline == "Old"
    time.sleep(SOON.total_seconds())
    stories.run_due()
    assert editions.current(page.record).headline == "New"


def test_a_story_comes_down_when_its_time_is_over(newsroom: HomePage) -> None:
    page = drafted()
    page.expire_at = instants.now() + SOON
    page.save_revision().publish(skip_permission_checks=True)
    assert editions.head(page.record).state == "live"
    assert stories.next_due() == page.expire_at
    time.sleep(SOON.total_seconds())
    assert stories.run_due().taken_down == (page.pk,)
    assert editions.head(page.record).reason == "unpublished"
    assert stories.run_due().taken_down == ()


def test_what_cannot_go_out_is_taken_off_the_timetable_and_told(desk: Client, newsroom: HomePage) -> None:
    first = drafted(slug="taken")
    stories.save_story(
        stories.StoryDraft(id=first.public_id, headline="x", slug="taken"), actor=ACTOR, publish=True
    )
    stories.save_story(
        stories.StoryDraft(id=first.public_id, headline="x", slug="moved"), actor=ACTOR, publish=True
    )
    page = drafted(headline="Was due")
    page.slug = "taken"  # as an editor may ask for it
    stories.schedule_story(page, at=instants.now() + SOON, actor=ACTOR)
    time.sleep(SOON.total_seconds())
    ((refused, why),) = stories.run_due().refused
    assert (refused, "/taken/ is taken" in why) == (page.pk, True)
    assert stories.next_due() is None
    assert not StoryPage.objects.get(pk=page.pk).live
    assert PageLogEntry.objects.filter(page=page.pk, action="standfirst.schedule_refused").exists()
    assert "could not be published" in desk.get(reverse("wagtailadmin_home")).content.decode()


def test_an_instant_that_has_passed_cannot_be_scheduled(newsroom: HomePage) -> None:
    with pytest.raises(ValueError, match="has passed"):
        stories.schedule_story(drafted(), at=instants.now() - SOON, actor=ACTOR)


TWO_WORKERS = """
import threading, time
import django; django.setup()
from datetime import timedelta
from django.db import connections
from standfirst.editions import api as editions
from standfirst.kit import instants
from standfirst.stories import api as stories
from standfirst.stories.models import StoryPage

stories.save_site(name="Two", languages=("en",), time_zone="UTC", actor="system:test")
pages = []
for number in range(6):
    draft = stories.StoryDraft(headline=f"Due {number}")
    page = StoryPage.objects.get(pk=stories.save_story(draft, actor="system:test", publish=False).page)
    stories.schedule_story(page, at=instants.now() + timedelta(seconds=1.5), actor="system:test")
    pages.append(page)
time.sleep(1.6)
start, done = threading.Barrier(3), []

def work():
    start.wait()
    done.extend(stories.run_due().published)
    connections.close_all()

threads = [threading.Thread(target=work) for _ in range(3)]
[thread.start() for thread in threads]; [thread.join() for thread in threads]
assert sorted(done) == sorted(page.pk for page in pages), done
assert all(editions.head(page.record).number == 1 for page in pages)
print("once each")
"""


def test_workers_at_the_same_time_publish_once(site_folder: Path) -> None:
    environment = {
        **os.environ, "STANDFIRST_SITE": str(site_folder), "STANDFIRST_ROLE": "task", "PYTHONPATH": "src",
        "DJANGO_SETTINGS_MODULE": "standfirst.project.settings",
    }  # fmt: skip
    ran = subprocess.run(
        [sys.executable, "-c", TWO_WORKERS], env=environment, capture_output=True, text=True, timeout=120
    )
    assert ran.stdout.strip() == "once each", ran.stderr[-2000:]
