"""PROMISES 2: bytes depend on the path alone.

`--n` variants (hosts, query strings, cookies, headers that other software minds) of 50 paths: one hash a
path, no Set-Cookie. The control is a server that minds the Cookie header: it must be caught.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
from pathlib import Path

from standfirst.kit.sitefolder import SiteFolder
from tests.edge.conftest import fill
from tests.edge.contract import Minding, seen, variants
from tests.edge.site import Store, edge


def main() -> int:
    """Run the campaign; 0 when every path had one body, and the control was caught."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--n", type=int, default=200, help="variants of each path")
    number = parser.parse_args().n
    folder = Path(tempfile.mkdtemp(prefix="edge-"))
    store = Store(SiteFolder(folder))
    fill(store)
    stories = [f"/story-{index}/" for index in range(36)]
    store.segment([store.page(path, f"<p>{path}" * 300, seq=2) for path in stories])
    paths = [
        *("/", "/river/", "/_f/latest/", "/feed.xml", "/_m/picture.jpg", "/_m/recording.mp3", "/_a/0123.css"),
        *("/no/", "/gone/", "/old/", "/river", "/_e/503/", "/-/x", "//evil.example/", *stories),
    ]
    ways = variants()[:number]
    with edge(store.site) as server:
        found = {path: seen(server, path, ways) for path in paths}
    differing = [path for path, one in found.items() if len(one.bodies) != 1]
    cookies = [path for path, one in found.items() if one.cookies]
    control = seen(Minding(0), "/", ways)
    caught = len(control.bodies) > 1 and bool(control.cookies)
    shutil.rmtree(folder, ignore_errors=True)
    figures = {
        "name": "edge_sameness",
        "n": len(ways) * len(paths),
        "variants": len(ways),
        "paths": len(paths),
        "failures": len(differing) + len(cookies),
        "which": differing + cookies,
        "control_caught": caught,
    }
    print(json.dumps(figures))
    return int(bool(differing or cookies) or not caught)


if __name__ == "__main__":
    sys.exit(main())
