"""A load that is killed: readers have nothing of it, and the next load goes on and ends well."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.archive.small import Small, picture

LOAD = """
import os, signal, sys
from pathlib import Path
import django
django.setup()
from standfirst.archive import api

def step(done, total, what):
    if what.startswith(sys.argv[2]):
        os.kill(os.getpid(), signal.SIGKILL)

report = api.load(Path(sys.argv[1]), actor="editor@example.org", progress=step if sys.argv[2] else None)
print(report.count("created"), report.count("updated"), report.count("unchanged"))
"""


def load(site: Path, archive: Path, die_at: str = "") -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ, "STANDFIRST_SITE": str(site), "STANDFIRST_ROLE": "task",
        "DJANGO_SETTINGS_MODULE": "standfirst.project.settings",
    }  # fmt: skip
    command = [sys.executable, "-c", LOAD, str(archive), die_at]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=100)


def counts(site: Path) -> dict[str, int]:
    tables = ("editions_edition", "stories_storypage", "stories_section", "stories_author",
              "stories_sitesettings", "stories_picture", "wire_item", "wire_post")  # fmt: skip
    connection = sqlite3.connect(site / "db" / "main.sqlite3")
    try:
        return {name: connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in tables}
    finally:
        connection.close()


@pytest.mark.parametrize("die_at", ["media/", "authors/", "posts/", "feed/more", "pages/uk"])
def test_a_load_that_is_killed_has_loaded_nothing_and_may_be_run_again(
    rich: Small, site_folder: Path, die_at: str
) -> None:
    for name, colour in (("one", "#112233"), ("two", "#332211")):
        rich.write(f"media/{name}.json", {"file": f"{name}.jpg", "title": name, "alt": "A colour."})
        (rich.root / f"media/{name}.jpg").write_bytes(picture(colour))
    assert load(site_folder, rich.root, die_at).returncode == -signal.SIGKILL
    left = counts(site_folder)
    assert 1 <= left.pop("stories_picture") <= 4
    assert set(left.values()) == {0}
    again = load(site_folder, rich.root)
    assert again.returncode == 0, again.stderr
    assert again.stdout.split() == ["28", "0", "0"]
    whole = counts(site_folder)
    assert (whole["stories_picture"], whole["wire_item"], whole["wire_post"]) == (4, 4, 4)
    assert load(site_folder, rich.root).stdout.split() == ["0", "0", "28"]
