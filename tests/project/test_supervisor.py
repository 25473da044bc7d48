"""What `serve` does for who works on the look: live while it is asked for, mistakes told once."""

from __future__ import annotations

from pathlib import Path

import pytest

from standfirst.kit.sitefolder import SiteFolder
from standfirst.project.supervisor import Supervisor
from tests.newsroom.system import free_port


@pytest.fixture
def said() -> list[str]:
    return []


def supervisor(folder: Path, said: list[str], monkeypatch: pytest.MonkeyPatch, *, live: bool) -> Supervisor:
    """Return one that starts no process."""
    monkeypatch.setattr(Supervisor, "_start", lambda self, child: None)
    return Supervisor(SiteFolder(folder), "127.0.0.1", free_port(), free_port(), 1, said.append, live)


def test_a_site_is_live_from_start_to_end_and_never_by_what_a_killed_one_left(
    tmp_path: Path, said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    one = supervisor(tmp_path, said, monkeypatch, live=True)
    one.start()
    assert one.site.live.exists()
    one.end()
    assert not one.site.live.exists()
    one.site.live.touch()
    supervisor(tmp_path, said, monkeypatch, live=False).start()
    assert not one.site.live.exists()


def test_why_a_look_was_not_taken_is_said_once_and_so_is_its_end(
    tmp_path: Path, said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    one = supervisor(tmp_path, said, monkeypatch, live=False)
    one.tell_of_the_look()
    assert said == []
    one.site.taken_look.mkdir(parents=True)
    one.site.look_problems.write_text("look/tokens.css:2: x\nlook/site.css:1: y\n")
    one.tell_of_the_look()
    one.tell_of_the_look()
    assert said == ["look/tokens.css:2: x", "look/site.css:1: y"]
    one.site.look_problems.unlink()
    one.tell_of_the_look()
    assert said[2:] == ["the look is whole again"]
