"""On Postgres deleted rows stay in the tables' files until those are written anew: erasing sees to it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.postgres import ROOT, Server, environment

WORD = "quillwortcanary"
ERASE = f"""
import django
django.setup()
from django.db import connection
from standfirst.editions import api as editions
from standfirst.editions.documents import Paragraph
from standfirst.stories import api as stories
from standfirst.stories.models import StoryPage

stories.save_site(actor="a@example.org", name="The Paper")
body = (Paragraph(id="p1", html="Nothing but {WORD} grew there."),)
draft = stories.StoryDraft(headline="The {WORD}", body=body)
record = stories.save_story(draft, actor="a@example.org", publish=True).record
request = editions.request_expunge(record, actor="a@example.org", why="a court said so")
if not {{tidy}}:
    from standfirst.editions import expunging
    expunging.tidy_up = lambda: None
report = editions.approve_expunge(request.pk, actor="b@example.org")
assert any("/the-{WORD}/" in line for line in report.beyond_recall)
with connection.cursor() as cursor:
    cursor.execute("CHECKPOINT")
"""


@pytest.mark.parametrize("tidy", [True, False])
def test_no_word_is_left_in_the_files_of_the_tables(postgres: Server, tmp_path: Path, *, tidy: bool) -> None:
    site = postgres.site(tmp_path, url := postgres.database())
    script = ERASE.replace("{tidy}", str(tidy))
    subprocess.run([sys.executable, "-c", script], env=environment(site), cwd=ROOT, check=True)
    found = _tables_that_hold(postgres, url.rsplit("/", 1)[1])
    if tidy:
        assert found <= {"editions_address", "editions_tombstone", "bake_movedkey", "bake_move"}, (
            "the address alone stays"
        )
    else:
        assert "wagtailcore_revision" in found, "the control: without it the words are still there"


def _tables_that_hold(postgres: Server, database: str) -> set[str]:
    """Return the tables whose files have WORD in them, among deleted rows too."""
    base = Path(str(postgres.run("SHOW data_directory")[0][0]))
    sql = """SELECT c.relname, pg_relation_filepath(c.oid),
               pg_relation_filepath(nullif(c.reltoastrelid, 0)) FROM pg_class c
             WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace"""
    found = set()
    for name, *files in postgres.run(sql, database):
        if any(WORD.encode() in (base / str(file)).read_bytes() for file in files if file):
            found.add(str(name))
    return found
