"""The demo as readers get it: made once for each state of code and archive, served by the edge alone.

    def test_x(demo_site: DemoSite) -> None:
        demo_site.get(demo_site.page_types("uk")["front"])

What is made lies in `.cache/demo/`. The first process that wants it makes it, the others wait; later runs
find it there. Its own address is HOME, which stands in canonical links; it is served at `url`.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import quote, unquote, urljoin, urlsplit

import pytest

from standfirst.edge import manifest
from standfirst.edge.manifest import Entry
from standfirst.kit.sitefolder import SiteFolder
from tests.demo.build import PAGES
from tests.edge.site import Answer, Server, edge
from tests.newsroom.system import ROOT

HOME = "https://fogbell.example"
LANGUAGES = ("en", "uk", "ar")
_KEPT = ROOT / ".cache" / "demo"
_STATES_KEPT = 3
_FEED = {"month": r"\d{4}/\d\d/", "day": r"\d{4}/\d\d/\d\d/", "topic": r"topic/\w{26}/"}
_SOURCES = ("src/standfirst", "newsroom", "requirements/base.txt", "tests/demo/build.py")


@dataclass(frozen=True)
class DemoPage:
    """A record's own page."""

    path: str
    kind: str
    language: str
    format: str
    group: str


@dataclass(frozen=True)
class DemoSite:
    """The demo, being served."""

    folder: Path
    server: Server

    @property
    def url(self) -> str:
        """Where it is served, without a slash at the end."""
        return f"http://127.0.0.1:{self.server.port}"

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> Answer:
        """Ask for a path as it is written in an address bar."""
        return self.server.get(quote(unquote(path), safe="/?=&"), headers)

    def path_of(self, link: str, base: str = "/") -> str | None:
        """Return the path that a link on the page `base` leads to, or None when it leads off the site."""
        parts = urlsplit(urljoin(HOME + quote(base), link))
        if f"{parts.scheme}://{parts.netloc}" not in (HOME, self.url):
            return None
        return unquote(parts.path) + (f"?{parts.query}" if parts.query else "")

    @cached_property
    def pages(self) -> tuple[DemoPage, ...]:
        """All pages of records."""
        return tuple(DemoPage(**page) for page in json.loads((self.folder / PAGES).read_text("utf-8")))

    @cached_property
    def entries(self) -> dict[str, Entry]:
        """What each path answers, as the manifest says."""
        files = sorted((self.folder / "store" / "manifest").iterdir(), key=lambda file: file.name[-10:])
        return {e.path: e for file in files for e in manifest.decode(file.read_bytes(), file.name).entries}

    def page_types(self, language: str) -> dict[str, str]:
        """Return a path of every type of page in a language: `front`, `story-news`, `404` …

        Of several pages the one with the most translations is taken, then the first by its path.
        """
        groups = Counter(page.group for page in self.pages if page.group)
        ranked = sorted(self.pages, key=lambda page: (-groups[page.group], page.path))
        found: dict[str, str] = {}
        for page in ranked:
            if page.language == language:
                found.setdefault(f"{page.kind}-{page.format}" if page.format else page.kind, page.path)
        front = found["front"]
        months = sorted(path for path in self.entries if path.startswith(f"{front}archive/20"))
        feed = {depth: sorted(path for path in self.entries if re.fullmatch(f"{front}feed/{form}", path))
                for depth, form in _FEED.items()}  # fmt: skip
        return found | {
            "archive": f"{front}archive/",
            "month": months[-1],
            "feed": f"{front}feed/",
            **{f"feed-{depth}": paths[-1] for depth, paths in feed.items()},
            "latest": f"{front}_f/latest/",
            **{f"contact-{name}": f"{front}contact/{name}/" for name in ("form", "again", "sent")},
            **{status: f"{front}_e/{status}/" for status in ("404", "410", "503")},
        }


def made() -> Path:
    """Return the folder of the demo for this state of code and archive, made now if it is not there."""
    folder = _KEPT / _fingerprint()
    if not (folder / PAGES).exists():
        _KEPT.mkdir(parents=True, exist_ok=True)
        with _alone(_KEPT / "lock"):
            if not (folder / PAGES).exists():
                shutil.rmtree(folder, ignore_errors=True)
                make(folder, HOME)
                _forget_old(folder)
    return folder


def make(folder: Path, address: str) -> None:
    """Make the demo in a new folder for readers at `address`, in a process of its own.

    Raises RuntimeError with what that process said.
    """
    result = subprocess.run(
        [sys.executable, "-m", "tests.demo.build", str(folder), address],
        cwd=ROOT, capture_output=True, text=True, check=False,
        env={
            **os.environ, "STANDFIRST_SITE": str(folder), "STANDFIRST_ROLE": "task",
            "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
        },
    )  # fmt: skip
    if result.returncode:
        raise RuntimeError(f"the demo could not be made:\n{result.stdout[-2000:]}\n{result.stderr[-4000:]}")


@pytest.fixture(scope="session")
def demo_site() -> Iterator[DemoSite]:
    """The demo, served by a real edge on a free port; no application, no database."""
    folder = made()
    with edge(SiteFolder(folder)) as server:
        yield DemoSite(folder, server)


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for source in _SOURCES:
        place = ROOT / source
        for file in sorted(place.rglob("*")) if place.is_dir() else [place]:
            if file.is_file() and file.suffix != ".pyc":
                digest.update(f"{file.relative_to(ROOT)}\0".encode() + file.read_bytes())
    return digest.hexdigest()[:16]


@contextmanager
def _alone(file: Path) -> Iterator[None]:
    with file.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _forget_old(newest: Path) -> None:
    """Keep the last few states: going back and forth between two costs nothing, and the disk stays small."""
    others = [place for place in _KEPT.iterdir() if place.is_dir() and place != newest]
    for place in sorted(others, key=lambda place: place.stat().st_mtime)[: -_STATES_KEPT + 1]:
        shutil.rmtree(place, ignore_errors=True)
