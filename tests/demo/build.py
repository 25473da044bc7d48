"""Make a site of the demo's archive, loaded and baked: `python -m tests.demo.build FOLDER ADDRESS`.

Always told from the same moment, so that pages are the same whenever they are made.
"""

from __future__ import annotations

import json
import secrets
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

from standfirst.editions.documents import Story, Translated
from standfirst.kit.sitefolder import SiteFolder
from tests.newsroom.system import EDITOR, ROOT

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
PAGES = "pages.json"
_KINDS = ("front", "story", "section", "topic", "author", "page", "item")


def build(folder: Path, address: str) -> None:
    """Make the site that readers find at `address`. The list of its pages comes last: then it is whole."""
    from standfirst.project import setup

    site = SiteFolder(folder)
    plan = setup.Plan(
        name="Demo", languages=("en",), zone="UTC", accent="#8a1c1c", accent_dark="#e08a7a", base_url=address,
        desk_url="http://desk.localhost:1", admin=EDITOR, password=secrets.token_urlsafe(),
    )  # fmt: skip
    setup.make_site(site, plan, say=print)
    from standfirst.archive import api as archive
    from standfirst.bake import api as bake
    from standfirst.stories.pictures import deriving
    from tests.demo.pictures import make_once

    deriving.make = make_once  # type: ignore[attr-defined]
    print(archive.load(ROOT / "newsroom", actor="system:tests", now=NOW))
    report = bake.run_until_idle(site)
    if report.failed:
        raise RuntimeError(f"pages of the demo cannot be baked: {report.failed}")
    (folder / PAGES).write_text(json.dumps(_pages(), ensure_ascii=False, indent=1), "utf-8")


def _pages() -> list[dict[str, Any]]:
    """Return what stands at each address: the records' own pages; the theme's others hang on fronts."""
    from standfirst.editions.heads import live

    return [
        {
            "path": document.path,
            "kind": document.kind,
            "language": document.language,
            "format": document.format if isinstance(document, Story) else "",
            "group": document.group if isinstance(document, Translated) else "",
        }
        for kind in _KINDS
        for document in cast("Iterator[Any]", live(kind))
    ]


if __name__ == "__main__":
    build(Path(sys.argv[1]), sys.argv[2])
