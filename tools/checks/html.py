"""`make validate`: every page of the demo is valid HTML, says the W3C's own checker (vnu)."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.demo.site import DemoSite, made
from tests.edge.site import edge

from standfirst.kit.sitefolder import SiteFolder
from tools.checks import installed

PLANTED = "<!doctype html><title>x</title><p><img src=x><div id=a><b id=a></div></p>"
"""A page with four faults. A checker that finds nothing here finds nothing anywhere."""

_WITHOUT_H1 = "none of them has a computed heading level of 1"  # a fragment stands in a page that has one


def main() -> int:
    """Print what is wrong, page by page; return 0 when nothing is."""
    with tempfile.TemporaryDirectory() as folder:
        pages = _written(Path(folder))
        planted = Path(folder) / "planted.html"
        planted.write_text(PLANTED, "utf-8")
        found = _found(Path(folder))
    for name, path in pages.items():
        if "/_f/" in path:
            found[name] = [one for one in found.get(name, []) if _WITHOUT_H1 not in one["message"]]
    if len(found.pop(planted.name, [])) < 4:
        sys.stdout.write("The checker does not find the faults that were planted for it.\n")
        return 1
    for name, problems in sorted(found.items()):
        for problem in problems:
            sys.stdout.write(f"{pages[name]}:{problem.get('lastLine', '')} {problem['message']}\n")
            sys.stdout.write(f"    {problem.get('extract', '').strip()[:160]!r}\n")
    faulty = sum(bool(problems) for problems in found.values())
    sys.stdout.write(f"{len(pages)} pages checked, {faulty} with faults.\n")
    return int(bool(faulty))


def _written(folder: Path) -> dict[str, str]:
    """Write every page of the demo into a file; return the files' names and the pages' paths."""
    place = made()
    pages: dict[str, str] = {}
    with edge(SiteFolder(place)) as server:
        site = DemoSite(place, server)
        for path, entry in sorted(site.entries.items()):
            if entry.content_type.startswith("text/html") and entry.status != 301:
                name = f"{len(pages):04}.html"
                (folder / name).write_bytes(site.get(path).body)
                pages[name] = path
    return pages


def _found(folder: Path) -> dict[str, list[dict[str, Any]]]:
    """Return the checker's messages, warnings included, by the name of the file."""
    command = [
        "java",
        "-jar",
        str(installed() / "vnu-jar/build/dist/vnu.jar"),
        "--format",
        "json",
        str(folder),
    ]
    result = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    by_name: dict[str, list[dict[str, Any]]] = {}
    for message in json.loads(result.stderr)["messages"]:
        by_name.setdefault(message["url"].rpartition("/")[2], []).append(message)
    return by_name


if __name__ == "__main__":
    sys.exit(main())
