"""How a site's processes come to one bus: by `standfirst.toml`, the password by `secrets.toml`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from standfirst.kit import bus
from standfirst.kit.sitefolder import SiteFolder
from standfirst.project import config
from standfirst.project.config import ConfigError
from tests.edge.conftest import fill
from tests.edge.site import Store
from tests.newsroom.system import ROOT, free_port, newsroom
from tests.redis import Server


@pytest.fixture(autouse=True)
def _sockets_again() -> Iterator[None]:
    yield
    bus.use("")


def written(folder: Path, redis: Server) -> SiteFolder:
    """Make a site's two files say where the bus is."""
    folder.mkdir(parents=True, exist_ok=True)
    site = SiteFolder(folder)
    site.config.write_text(f'base_url = "https://news.example/"\nbus = "{redis.url}"\n')
    site.secrets.write_text(f'bus_password = "{redis.password}"\n')
    site.secrets.chmod(0o600)
    return site


def test_a_site_that_says_nothing_uses_sockets(tmp_path: Path) -> None:
    site = SiteFolder(tmp_path)
    config.use_bus(site, config.load(site))
    assert bus.check(site) == "sockets on this machine"


def test_the_configuration_names_the_bus_and_the_secrets_its_password(tmp_path: Path, redis: Server) -> None:
    site = written(tmp_path, redis)
    config.use_bus(site, config.load(site))
    assert bus.check(site) == f"Redis at 127.0.0.1:{redis.port}"


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("redis://:open-sesame@host/0", "secrets.toml"), ("redis://me:open-sesame@host/0", "secrets.toml"),
        ("http://host:6379", "redis://"), ("host:6379", "redis://"), ("redis://", "redis://"),
    ],
)  # fmt: skip
def test_a_password_in_the_configuration_and_what_is_no_address_are_refused(
    tmp_path: Path, url: str, says: str
) -> None:
    site = SiteFolder(tmp_path)
    site.config.write_text(f'bus = "{url}"\n')
    with pytest.raises(ConfigError, match=says) as refused:
        config.load(site)
    assert "sesame" not in str(refused.value)


def test_machines_of_one_site_meet_and_those_of_another_do_not(tmp_path: Path, redis: Server) -> None:
    """The edge is a process as `serve` starts it, in a folder of its own, as on another machine."""
    site = written(tmp_path / "machine", redis)
    store = Store(written(tmp_path / "other", redis))
    store.site.config.write_text(f'base_url = "https://news.example"\nbus = "{redis.url}"\n')
    fill(store)
    config.use_bus(site, config.load(site))
    with bus.Listener(site, "test") as ear:
        process = subprocess.Popen(
            [sys.executable, "-m", "standfirst.project.processes", "edge", "127.0.0.1", str(free_port())],
            env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "STANDFIRST_SITE": str(store.site.root)},
        )
        try:
            heard: list[tuple[str, str]] = []
            deadline = time.monotonic() + 10
            while (bus.APPLIED, str(store.number)) not in heard and time.monotonic() < deadline:
                heard += ear.wait(0.5)
            assert (bus.APPLIED, str(store.number)) in heard
        finally:
            process.terminate()
            process.wait(10)
    assert not (store.site.run / "bus").exists()


def test_the_doctor_says_whether_it_carries_messages(tmp_path: Path, redis: Server) -> None:
    with newsroom(tmp_path) as room:

        def found() -> dict[str, str]:
            lines = map(json.loads, room.run("doctor", "--json").stdout.splitlines())
            (finding,) = [line for line in lines if line["check"] == "bus"]
            return finding  # type: ignore[no-any-return]

        assert found()["state"] == "well"
        with (room.folder / "standfirst.toml").open("a") as file:
            file.write(f'bus = "{redis.url}"\n')
        assert found()["state"] == "look"
        with (room.folder / "secrets.toml").open("a") as file:
            file.write(f'bus_password = "{redis.password}"\n')
        assert f"Redis at 127.0.0.1:{redis.port}" in found()["what"]
        redis.kill()
        assert "refused" in found()["what"]
