"""The secrets of a site: made once whoever comes first, readable by their owner alone."""

from __future__ import annotations

import stat
import threading
from pathlib import Path

from standfirst.kit import sealing
from standfirst.kit.sitefolder import SiteFolder
from standfirst.project import config


def test_a_site_from_before_gets_its_spool_key_and_keeps_its_signing_key(tmp_path: Path) -> None:
    site = SiteFolder(tmp_path)
    site.secrets.write_text('signing_key = "from before"\n')
    key = config.spool_key(site)
    assert config.signing_key(site) == "from before"
    assert config.spool_key(site) == key
    assert site.spool_key.read_text().strip() == sealing.public_key(key)
    assert stat.S_IMODE(site.secrets.stat().st_mode) == 0o600


def test_many_processes_at_once_make_one_key(tmp_path: Path) -> None:
    site = SiteFolder(tmp_path / "new")
    made: list[tuple[str, str]] = []

    def make() -> None:
        made.append((config.spool_key(site), config.signing_key(site)))

    threads = [threading.Thread(target=make) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(made)) == 1
    assert sorted(file.name for file in site.root.iterdir()) == ["secrets.toml", "spool.pub"]


def test_the_public_half_is_written_anew_where_it_does_not_fit(tmp_path: Path) -> None:
    site = SiteFolder(tmp_path)
    key = config.spool_key(site)
    site.spool_key.write_text("something else\n")
    config.spool_key(site)
    assert site.spool_key.read_text().strip() == sealing.public_key(key)
