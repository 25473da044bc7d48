"""Making a site: all of it, or nothing."""

from __future__ import annotations

from pathlib import Path

from tests.newsroom.system import Newsroom


def test_an_init_that_was_refused_leaves_nothing_and_may_be_tried_again(tmp_path: Path) -> None:
    room = Newsroom(tmp_path / "site", 0, 0)
    options = ("init", str(room.folder), "--name", "The Courier", "--password", "a long enough phrase")
    refused = room.run(*options, "--admin", "no address", check=False)
    assert refused.returncode == 1
    assert "valid email address" in refused.stderr
    assert not list(room.folder.iterdir())
    assert room.run(*options, "--admin", "a@example.org", check=False).returncode == 0
