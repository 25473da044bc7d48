"""The run folder leaves room for the names of sockets, wherever the system wants it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from standfirst.kit import bus
from standfirst.kit.sitefolder import SiteFolder


def test_a_listener_finds_room_below_a_long_runtime_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = tmp_path / ("a" * 60)
    long.mkdir()
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(long))
    site = SiteFolder(tmp_path / "site")
    try:
        with bus.Listener(site, "baker-1234567") as ear:
            bus.send(site, bus.MOVED, "1")
            assert ear.wait(1) == [(bus.MOVED, "1")]
    finally:
        shutil.rmtree(site.run)


def test_a_short_one_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", "/run/user/1000")
    assert SiteFolder(Path("/srv/site")).run.parent == Path("/run/user/1000")
