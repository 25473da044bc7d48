"""nginx in front of an edge, both for real, started by the code that `serve` starts them with."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator

from standfirst.kit.sitefolder import SiteFolder
from standfirst.project.front import nginx
from tests.edge.site import Server, edge
from tests.newsroom.system import ROOT, free_port

Broken = tuple[str, str]
"""What to replace in the configuration, and by what: a control."""

NO_CODING: Broken = ("$standfirst_coding $standfirst_path", "$standfirst_path")


@contextlib.contextmanager
def in_front(site: SiteFolder, *, broken: Broken | None = None, workers: int = 2) -> Iterator[Server]:
    """Run nginx in front of whatever answers at the site's edge socket."""
    port = free_port()
    nginx.prepare(site, "127.0.0.1", port, https=False, workers=workers)
    if broken is not None:
        file = nginx.configuration(site)
        text = file.read_text()
        assert broken[0] in text
        file.write_text(text.replace(*broken))
    process = subprocess.Popen(
        [sys.executable, "-m", "standfirst.project.processes", "nginx", "127.0.0.1", str(port)],
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "STANDFIRST_SITE": str(site.root)},
    )
    server = Server(port, process)
    try:
        server.wait()
        yield server
    finally:
        process.terminate()
        process.wait(10)


@contextlib.contextmanager
def fronted(site: SiteFolder, *, broken: Broken | None = None) -> Iterator[Server]:
    """Run an edge over `site` with nginx in front of it; the server is nginx."""
    with edge(site, port=0), in_front(site, broken=broken) as server:
        yield server
