"""The bus carries wake-up calls wherever the site's folder lies."""

from __future__ import annotations

from pathlib import Path

import pytest

from standfirst.kit import bus
from standfirst.kit.sitefolder import SiteFolder


def test_a_listener_hears_what_is_sent(tmp_path: Path) -> None:
    site = SiteFolder(tmp_path)
    with bus.Listener(site, "baker") as ear:
        bus.send(site, bus.MOVED, "7")
        assert ear.wait(1) == [(bus.MOVED, "7")]


def test_a_run_folder_that_is_too_deep_for_sockets_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deep = tmp_path / ("deep" * 20)
    deep.mkdir()
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(deep))
    monkeypatch.setattr("tempfile.tempdir", str(deep))
    site = SiteFolder(tmp_path)
    with bus.Listener(site, "a-baker-with-a-long-name") as ear:
        bus.send(site, bus.WORK)
        assert ear.wait(1) == [(bus.WORK, "")]


def test_a_listener_that_died_is_cleared_away(tmp_path: Path) -> None:
    site = SiteFolder(tmp_path)
    ear = bus.Listener(site, "edge")
    ear.socket.close()
    bus.send(site, bus.SEGMENT, "1")
    assert not list((site.run / "bus").iterdir())
