"""PROMISES 2: bytes depend on the path alone, whoever answers.

`--n` variants (hosts, query strings, cookies, headers that other software minds) of 50 paths, asked of the
edge alone and of nginx in front of it: over both one hash a path, no Set-Cookie. The controls are a server
that minds the Cookie header, and an nginx whose key leaves out the form: both must be caught.
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
from tests.edge.front import NO_CODING, in_front
from tests.edge.site import Server, Store, edge, until

Ways = list[tuple[str, dict[str, str]]]


def differing(servers: list[Server], paths: list[str], ways: Ways) -> list[str]:
    """Return the paths with more than one body over all servers and ways, or with a cookie."""
    wrong = []
    for path in paths:
        found = [seen(server, path, ways) for server in servers]
        if len(set.union(*(one.bodies for one in found))) != 1 or any(one.cookies for one in found):
            wrong.append(path)
    return wrong


def encoded_wrongly(server: Server, path: str) -> bool:
    """Return whether a client gets a form that it did not ask for: the mistake of a key without the form."""
    forms = [
        server.get(path, {"accept-encoding": coding}).headers.get("content-encoding", "identity") == coding
        for coding in ("br", "gzip", "identity")
    ]
    return not all(forms)


def main() -> int:
    """Run the campaign; 0 when every path had one body, and the controls were caught."""
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
    with edge(store.site) as alone, edge(store.site, port=0), in_front(store.site) as server:
        until(store.site, store.number)
        wrong = differing([alone, server], paths, ways)
        mixed = [path for path in stories if encoded_wrongly(server, path)]
    with edge(store.site, port=0), in_front(store.site, broken=NO_CODING) as server:
        until(store.site, store.number)
        caught = encoded_wrongly(server, stories[0])
    caught = caught and bool(differing([Minding(0)], ["/"], ways))
    shutil.rmtree(folder, ignore_errors=True)
    figures = {
        "name": "edge_sameness",
        "n": len(ways) * len(paths) * 2,
        "variants": len(ways),
        "paths": len(paths),
        "failures": len(wrong) + len(mixed),
        "which": wrong + mixed,
        "control_caught": caught,
    }
    print(json.dumps(figures))
    return int(bool(wrong or mixed) or not caught)


if __name__ == "__main__":
    sys.exit(main())
