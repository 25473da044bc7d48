"""Migrate an empty site and keep what comes out as the snapshot that new sites start from."""

from __future__ import annotations

import tempfile
from pathlib import Path

from standfirst.kit.sitefolder import SiteFolder
from standfirst.project import config, database


def main() -> None:
    """Write `project/schema/*.sql`."""
    for file in database.SCHEMA.glob("*.sql"):
        file.unlink()
    with tempfile.TemporaryDirectory() as folder:
        site = SiteFolder(Path(folder))
        database.prepare(site, config.Config(), print)
        database.write_snapshot(site)


if __name__ == "__main__":
    main()
