"""The desk says what a publish did, and shows a draft as readers would see it."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from standfirst.bake import api as bake
from standfirst.editions import api as editions
from standfirst.editions.documents import Paragraph
from standfirst.stories import api as stories
from standfirst.stories.desk import receipts, welcome
from standfirst.stories.models import HomePage, Section, StoryPage
from tests.stories.conftest import ACTOR

pytestmark = pytest.mark.django_db(databases=["default", "bake"])


@pytest.fixture
def story(newsroom: HomePage) -> StoryPage:
    bake.run_until_idle()
    draft = stories.StoryDraft(headline="Ships leave", body=(Paragraph(id="p1", html="At dawn."),))
    return StoryPage.objects.get(pk=stories.save_story(draft, actor=ACTOR, publish=True).page)


def test_a_receipt_follows_a_publish_until_all_is_visible(desk: Client, story: StoryPage) -> None:
    seq = editions.head(story.record).seq
    url = reverse("standfirst_receipt_json", args=(seq, seq))
    waiting = desk.get(url).json()
    assert (waiting["settled"], waiting["sentence"]) == (False, "Waiting for the baker …")
    bake.run_until_idle()
    done = desk.get(url).json()
    assert done["settled"]
    assert re.fullmatch(r"\d+ pages, (\d{1,3} ms|\d+\.\d s), all visible", done["sentence"])
    lines = {line["path"]: line for line in done["lines"]}
    assert lines["/ships-leave/"] == {
        "path": "/ships-leave/", "url": "http://localhost:8000/ships-leave/", "state": "visible", "error": "",
    }  # fmt: skip
    assert "/" in lines
    page = desk.get(reverse("standfirst_receipt", args=(seq, seq))).content.decode()
    assert "/ships-leave/" in page


@pytest.mark.parametrize(
    ("took", "told"),
    [(0, "0 ms"), (84, "84 ms"), (999, "999 ms"), (1000, "1.0 s"), (3917, "3.9 s"), (61_960, "62.0 s")],
)
def test_from_a_second_on_a_receipt_counts_in_seconds(took: int, told: str) -> None:
    receipt = receipts.Receipt(1, 1, 7, 7, 0, took, settled=True, lines=())
    assert receipt.sentence() == f"7 pages, {told}, all visible"


def test_a_page_that_fails_is_named(desk: Client, story: StoryPage, monkeypatch: pytest.MonkeyPatch) -> None:
    from standfirst.bake.progress import PathProgress, Progress

    failed = Progress(
        True, 2, 1, 1, 1, None, (PathProgress("/", "visible"), PathProgress("/x/", "failed", "boom"))
    )
    monkeypatch.setattr(bake, "progress", lambda seq: failed)
    assert receipts.read(1, 1).sentence() == "2 pages, 1 of them failed: /x/. The old ones stay meanwhile."


def test_receipts_of_what_never_was_are_not_there(desk: Client, story: StoryPage) -> None:
    last = editions.last_seq()
    for first, end in ((0, 1), (last, last + 1), (2, 1), (1, 1 + receipts.MOST)):
        assert desk.get(f"/desk/receipts/{first}-{end}.json").status_code == 404, (first, end)


def test_a_draft_is_previewed_by_the_sites_own_renderer(desk: Client, story: StoryPage) -> None:
    bake.run_until_idle()
    stories.save_story(
        stories.StoryDraft(id=story.public_id, headline="Not yet public"), actor=ACTOR, publish=False
    )
    answer = desk.get(reverse("wagtailadmin_pages:view_draft", args=(story.pk,)))
    page = answer.content.decode()
    assert "Not yet public" in page
    assert "The Harbour" in page
    assert "frame-ancestors 'self'" in answer.headers["Content-Security-Policy"]
    for path in re.findall(r'(?:href|src)="(/_[af]/[^"]+)"', page):
        assert desk.get(path).status_code == 200, path
        assert Client(HTTP_HOST="localhost").get(path).status_code == 302, path
    assert editions.current(story.record).headline == "Ships leave"


def test_the_front_has_a_preview_too(desk: Client, story: StoryPage, newsroom: HomePage) -> None:
    bake.run_until_idle()
    answer = desk.get(reverse("wagtailadmin_pages:view_draft", args=(newsroom.pk,)))
    assert "Ships leave" in answer.content.decode()


def test_the_worker_publishes_on_time_and_ends_when_told(site_folder: Path) -> None:
    run = tempfile.mkdtemp(prefix="sf-")  # short: a socket's path may have 107 bytes
    environment = {
        **os.environ, "STANDFIRST_SITE": str(site_folder), "STANDFIRST_ROLE": "task", "PYTHONPATH": "src",
        "DJANGO_SETTINGS_MODULE": "standfirst.project.settings", "XDG_RUNTIME_DIR": run,
    }  # fmt: skip
    work = "import django; django.setup()\nfrom django.conf import settings\n"
    main = "from standfirst.stories import worker\nworker.main(settings.STANDFIRST_SITE)"
    worker = subprocess.Popen(
        [sys.executable, "-c", work + main],
        env=environment,
    )  # fmt: skip
    schedule = (
        work
        + """
from datetime import timedelta
import time
from standfirst.editions import api as editions
from standfirst.kit import instants
from standfirst.stories import api as stories
stories.save_site(name="W", languages=("en",), time_zone="UTC", actor="system:test")
page = stories.find_story(stories.save_story(stories.StoryDraft(headline="Due"), actor="system:test",
                                             publish=False).record.partition(":")[2])
due = instants.now() + timedelta(seconds=2)
stories.schedule_story(page, at=due, actor="system:test")
while editions.head(page.record) is None and instants.now() < due + timedelta(seconds=20):
    time.sleep(0.05)
print((editions.head(page.record).at - due).total_seconds())
"""
    )
    try:
        ran = subprocess.run(
            [sys.executable, "-c", schedule], env=environment, capture_output=True, text=True, timeout=90
        )
        late = float(ran.stdout.strip() or "nan")
        assert 0 <= late < 3, ran.stderr[-2000:]
        worker.send_signal(signal.SIGTERM)
        asked = time.monotonic()
        assert worker.wait(10) == 0
        assert time.monotonic() - asked < 5  # 1 s on a quiet machine; tests share the cores
    finally:
        worker.kill()
        shutil.rmtree(run, ignore_errors=True)


def test_the_desk_says_how_far_a_change_of_all_pages_is(
    desk: Client, story: StoryPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, backlog = reverse("wagtailadmin_home"), reverse("standfirst_backlog_json")
    assert b"to be drawn again" not in desk.get(home).content
    monkeypatch.setattr(welcome, "MANY", 3)
    count = bake.bake_everything()
    sentence = f"{count} pages wait to be drawn again; the newest come first."
    assert sentence in desk.get(home).content.decode()
    said = desk.get(backlog).json()
    assert said["sentence"].startswith(sentence)
    assert not said["settled"]
    bake.run_until_idle()
    assert desk.get(backlog).json()["sentence"] == "All pages are as they should be."
    assert desk.get(backlog).json()["settled"]


def test_a_form_of_wagtails_own_is_followed_to_the_readers(desk: Client, newsroom: HomePage) -> None:
    section = Section.objects.create(name="Ports", slug="ports")
    bake.run_until_idle()
    url = reverse(Section.snippet_viewset.get_url_name("edit"), args=[section.pk])
    form = {"name": "Harbours", "slug": "ports", "language": "en", "description": "", "at_head": "on"}
    answer = desk.post(url, form, follow=True)
    assert "What readers see of it:" in answer.content.decode()
    seq = editions.head(f"section:{section.public_id}").seq
    assert reverse("standfirst_receipt_json", args=(seq, seq)) in answer.content.decode()
    again = desk.post(url, form, follow=True)  # nothing changed, so there is nothing to follow
    assert "What readers see of it:" not in again.content.decode()
