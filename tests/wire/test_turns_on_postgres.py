"""On Postgres rows are locked one by one: who publishes takes its turn first, so nothing is lost or stuck.

Without the turn (`editions.hold`), the control, an overtaken summary brings back an old headline, and an item
and its story that are published at once wait for each other until the database breaks one off.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.postgres import ROOT, Server, environment

_BEGIN = """
import json, sys, threading, time
import django
django.setup()
from django.db import connections, transaction
from standfirst.editions import api as editions
from standfirst.stories import api as stories
from standfirst.stories.models import StoryPage
from standfirst.wire import api as wire
A = "a@example.org"
if sys.argv[1] == "no turn":
    editions.hold = lambda: None
stories.save_site(name="The Harbour", languages=("en",), time_zone="UTC", actor=A)

def beside(do, said):
    def run():
        try:
            with transaction.atomic():
                do()
            said.append("done")
        except Exception as error:
            said.append(type(error).__name__)
        finally:
            connections.close_all()
    thread = threading.Thread(target=run)
    thread.start()
    return thread
"""
_SUMMARY = f"""{_BEGIN}
from standfirst.stories.coverage import Coverage
draft = stories.StoryDraft(headline="Old headline", format="live")
page = StoryPage.objects.get(pk=stories.save_story(draft, actor=A, publish=True).page)
read, save = threading.Event(), Coverage.save

def slowly(self, *given, **named):
    save(self, *given, **named)
    read.set()
    time.sleep(2)

Coverage.save = slowly
said = []
first = beside(lambda: stories.pin_summary(StoryPage.objects.get(pk=page.pk), ["Known."], actor=A), said)
read.wait(10)

def publish():
    changed = StoryPage.objects.get(pk=page.pk)
    changed.title = "New headline"
    changed.save_revision().publish()

second = beside(publish, said)
first.join(30)
second.join(30)
now = editions.current(page.record)
print(json.dumps([said, now.headline, list(now.live.summary)]))
"""
_BOTH = f"""{_BEGIN}
draft = wire.ItemDraft(headline="Ferry", language="en", body=("By wind.",))
item = wire.publish_item(wire.save_item(draft, actor=A), actor=A).item
story = StoryPage.objects.get(pk=wire.develop(item, actor=A))
saved, said = threading.Event(), []

def publish_item():
    draft = wire.ItemDraft(
        headline="Ferry again", language="en", body=("By wind.",), story=story.public_id
    )
    kept = wire.save_item(draft, actor=A, item=wire.find_item(item.public_id))
    saved.set()
    time.sleep(2)
    wire.publish_item(kept, actor=A)

first = beside(publish_item, said)
saved.wait(10)
second = beside(lambda: story.get_latest_revision().publish(), said)
first.join(60)
second.join(60)
now = editions.current(item.record)
print(json.dumps([said, now.headline, now.story == story.public_id]))
"""


def come_of(script: str, postgres: Server, folder: Path, turn: str) -> object:
    site = postgres.site(folder, postgres.database())
    done = subprocess.run(
        [sys.executable, "-c", script, turn], env=environment(site), cwd=ROOT,
        check=True, capture_output=True, text=True, timeout=200,
    )  # fmt: skip
    return json.loads(done.stdout.splitlines()[-1])


@pytest.mark.parametrize("turn", ["turn", "no turn"])
def test_a_summary_that_is_pinned_while_a_headline_goes_out_loses_neither(
    postgres: Server, tmp_path: Path, turn: str
) -> None:
    said, headline, summary = come_of(_SUMMARY, postgres, tmp_path, turn)  # type: ignore[misc]
    assert said == ["done", "done"]
    kept = (headline, summary) == ("New headline", ["Known."])
    assert kept == (turn == "turn"), "the control: without it one writes over the other"


@pytest.mark.parametrize("turn", ["turn", "no turn"])
def test_an_item_and_its_story_that_go_out_at_once_do_not_wait_for_each_other(
    postgres: Server, tmp_path: Path, turn: str
) -> None:
    said, *now = come_of(_BOTH, postgres, tmp_path, turn)  # type: ignore[misc]
    assert (said == ["done", "done"]) == (turn == "turn"), "the control: the database breaks one off"
    if turn == "turn":
        assert now == ["Ferry again", True]
