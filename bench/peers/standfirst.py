"""Standfirst as `standfirst init`, `load` and `serve` make it: SQLite, a folder, every process there is."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import platform
import shutil
import sqlite3
import sys
from pathlib import Path
from typing import Any

import httpx
from bs4 import BeautifulSoup
from tests.newsroom.system import EDITOR, PASSWORD, free_port

from bench.peers.loading import counted
from bench.peers.peer import Addresses, Loaded, Roots
from bench.peers.stories import Piece, sections
from bench.peers.system import CACHE, ROOT, Service, answers, copy_state, made_whole, run

_HOME = CACHE / "standfirst"
_READERS = "https://courier.example"  # in canonical links; pages link to each other by path


class Standfirst:
    """See the module."""

    name = "Standfirst"
    setup = (
        "`standfirst serve` as it comes: edge, baker, desk, app and worker, SQLite, its own nginx in front; "
        "what a database does is done inside these processes"
    )

    def __init__(self) -> None:
        self.loaded, self.running = _HOME / "loaded", _HOME / "run"
        self.port, self.desk_port = free_port(), free_port()
        self.service: Service | None = None
        self.desk: httpx.Client | None = None
        self.add = ""

    def install(self) -> None:
        """It is here."""

    def load(self, pieces: list[Piece]) -> Loaded:
        """Write the stories as a site archive, load it and bake every page."""
        with made_whole(self.loaded) as folder:
            write_archive(pieces, folder / "archive")
            site = folder / "site"
            self._command(
                "init", str(site), "--name", "The Bench Courier", "--language", "en", "--zone", "UTC",
                "--admin", EDITOR, "--password", PASSWORD, "--base-url", _READERS,
                "--desk-url", "http://localhost:1",
            )  # fmt: skip
            with counted(None) as cost:
                self._command("load", str(folder / "archive"), "--site", str(site))
                self._command("bake", "--site", str(site))
            shutil.rmtree(folder / "archive")
        return cost.loaded(self.loaded)

    def versions(self) -> dict[str, str]:
        """Return the last commit of its code (with a hash of what was changed since) and what it runs on."""
        commit = run(["git", "log", "-1", "--format=%h", "--", "src"], cwd=ROOT).strip()
        changes = run(["git", "diff", "HEAD", "--", "src"], cwd=ROOT)
        if changes:
            commit += f" with changes {hashlib.sha256(changes.encode()).hexdigest()[:7]}"
        return {"Standfirst": commit, "Python": platform.python_version(), "SQLite": sqlite3.sqlite_version}

    def _command(self, *arguments: str) -> None:
        run([sys.executable, "-m", "standfirst", *arguments], cwd=_HOME, env=_environment())

    def start(self) -> None:
        """Start everything from the loaded state. Readers are served before the desk is ready."""
        copy_state(self.loaded, self.running)
        site = self.running / "site"
        (site / "standfirst.toml").write_text(
            f'base_url = "{_READERS}"\ndesk_url = "http://localhost:{self.desk_port}"\n'
        )
        self.service = Service(
            [
                sys.executable, "-m", "standfirst", "serve", "--site", site, "--port", str(self.port),
                "--desk-port", str(self.desk_port),
            ],
            self.running / "serve.log", cwd=_HOME, env=_environment(),
        )  # fmt: skip
        self.service.until(lambda: answers(f"http://127.0.0.1:{self.port}/"))

    def addresses(self) -> Addresses:
        """Return where it is read."""
        return Addresses(f"http://127.0.0.1:{self.port}", "/{slug}/", feed="/feed/rss.xml")

    def roots(self) -> Roots:
        """Return the supervisor; all others are its children."""
        assert self.service
        return Roots((self.service.pid,))

    def sign_in(self) -> None:
        """Sign in at the desk, when that is there."""
        self.desk = self._signed_in()
        self.desk.get(self.add).raise_for_status()

    def publish(self, piece: Piece) -> None:
        """Press Publish in the story editor: the form that a browser posts."""
        assert self.desk
        answer = self.desk.post(self.add, data=self._form(piece))
        if answer.status_code != 302:
            raise RuntimeError(f"the desk did not publish: {answer.status_code}")

    def _signed_in(self) -> httpx.Client:
        """Return an editor's session, and find the front's page for new stories."""
        desk = httpx.Client(base_url=f"http://localhost:{self.desk_port}", timeout=60)
        assert self.service
        self.service.until(lambda: answers(f"http://localhost:{self.desk_port}/desk/login/"))
        page = desk.get("/desk/", follow_redirects=True)
        form = BeautifulSoup(page.text, "html.parser").select_one("form:has([type=password])")
        assert form
        fields = {str(tag["name"]): str(tag.get("value", "")) for tag in form.select("input[name]")}
        mail = next(name for name in fields if name in ("username", "login", "email"))
        answer = desk.post(str(page.url), data={**fields, mail: EDITOR, "password": PASSWORD},
                           headers={"Referer": str(page.url)})  # fmt: skip
        if answer.status_code != 302:
            raise RuntimeError(f"the desk did not let us in: {answer.status_code}")
        with contextlib.closing(sqlite3.connect(self.running / "site" / "db" / "main.sqlite3")) as database:
            (front,) = database.execute("SELECT page_ptr_id FROM stories_homepage").fetchone()
            self.shelves = dict(database.execute("SELECT slug, id FROM stories_section"))
        self.add = f"/desk/pages/add/stories/storypage/{front}/"
        return desk

    def _form(self, piece: Piece) -> dict[str, str]:
        assert self.desk
        token = next(value for name, value in self.desk.cookies.items() if "csrf" in name)
        fields = {
            "csrfmiddlewaretoken": token, "title": piece.headline, "slug": piece.slug,
            "standfirst": piece.standfirst, "section": str(self.shelves[piece.section]),
            "hero_picture": "", "hero_alt": "", "hero_caption": _rich([]), "format": "news",
            "language": "en", "dateline": "", "seo_title": "", "search_description": "",
            "social_title": "", "retraction": _rich([]), "action-publish": "action-publish",
            "body-count": "1", "body-0-type": "text", "body-0-value": _rich(piece.paragraphs),
            "body-0-order": "0", "body-0-deleted": "", "body-0-id": "",
        }  # fmt: skip
        for name in ("bylines", "corrections", "comments"):
            for part, value in (("TOTAL", "0"), ("INITIAL", "0"), ("MIN_NUM", "0"), ("MAX_NUM", "1000")):
                fields[f"{name}-{part}_FORMS"] = value
        return fields

    def stop(self) -> None:
        """End all processes."""
        if self.desk:
            self.desk.close()
        if self.service:
            self.service.stop()


def write_archive(pieces: list[Piece], folder: Path) -> None:
    """Write the stories as a site archive (docs/reference/archive)."""
    for name in ("stories", "media", "authors"):
        (folder / name).mkdir(parents=True)
    names = sections()
    site = {"name": "The Bench Courier", "languages": ["en"], "time_zone": "UTC"}
    _write(folder / "archive.json", {"format": 1, "name": "peers", "site": site})
    _write(folder / "sections.json", {"items": [_shelf(key, name) for key, name in names.items()]})
    _write(folder / "topics.json", {"items": []})
    _write(folder / "authors" / "bench.json", {"name": "Bench"})
    for picture in {piece.picture.key: piece.picture for piece in pieces if piece.picture}.values():
        shutil.copy(picture.file, folder / "media")
        words = {"file": picture.file.name, "title": picture.key, "alt": picture.alt,
                 "caption": picture.caption}  # fmt: skip
        _write(folder / "media" / f"{picture.key}.json", words)
    for piece in pieces:
        _write(folder / "stories" / f"{piece.slug}.json", _story(piece))


def _shelf(key: str, name: str) -> dict[str, str]:
    return {"key": key, "language": "en", "name": name}


def _story(piece: Piece) -> dict[str, Any]:
    body = BeautifulSoup(piece.html, "html.parser").find_all("p")
    return {
        "language": "en", "headline": piece.headline, "standfirst": piece.standfirst,
        "section": piece.section, "bylines": [{"author": "bench"}],
        "published": piece.published.isoformat(timespec="seconds"),
        "body": [
            {"type": "paragraph", "id": f"b{number}", "html": tag.decode_contents()}
            for number, tag in enumerate(body)
        ],
        **({"hero": {"media": piece.picture.key}} if piece.picture else {}),
    }  # fmt: skip


def _write(file: Path, value: dict[str, Any]) -> None:
    file.write_text(json.dumps(value, ensure_ascii=False), "utf-8")


def _rich(paragraphs: tuple[str, ...] | list[str]) -> str:
    """Return paragraphs as the editor sends them (Draft.js's raw content)."""
    blocks = [
        {
            "key": f"k{number:04d}", "text": text, "type": "unstyled", "depth": 0,
            "inlineStyleRanges": [], "entityRanges": [],
        }
        for number, text in enumerate(paragraphs)
    ]  # fmt: skip
    return json.dumps({"blocks": blocks, "entityMap": {}})


def _environment() -> dict[str, str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    return environment
