"""Ghost in production mode with its default theme, from npm, on a MariaDB of its own.

Its release carries a lock file, so pnpm installs exactly what the authors released; its Node comes from npm
too. Install scripts are not run: sharp's binaries are npm packages, and SQLite is not used.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import platform
import shutil
import tarfile
import time
from pathlib import Path
from typing import Any

import httpx
from tests.newsroom.system import free_port

from bench.peers import mariadb
from bench.peers.loading import counted
from bench.peers.peer import Addresses, Loaded, NotInstalled, Roots
from bench.peers.stories import Piece, sections
from bench.peers.system import CACHE, Service, answers, copy_state, made_whole, run, say

VERSION, NODE = "6.65.0", "22.23.3"
_EMAIL, _PASSWORD = "editor@example.org", "a long enough phrase 41"
_HOME = CACHE / "ghost"
_SCRIPTS = {
    "portal": "portal", "sodo-search": "sodoSearch", "announcement-bar": "announcementBar",
    "comments-ui": "comments",
}  # fmt: skip
"""Packages that pages load from a public host, and where Ghost's configuration says which version."""


class Ghost:
    """See the module."""

    name = "Ghost"
    setup = (
        "one Node process in production mode, the default theme (Source), nothing in front (its makers put "
        "nginx there for TLS, without a page cache), update checks and other calls outside off"
    )

    def __init__(self) -> None:
        self.app = _HOME / f"app-{VERSION}"
        self.loaded, self.running = _HOME / "loaded", _HOME / "run"
        self.tools = CACHE / f"node-{NODE}"
        self.port = free_port()
        self.service: Service | None = None
        self.database: mariadb.MariaDB | None = None
        self.client = httpx.Client(base_url=f"http://127.0.0.1:{self.port}", timeout=60)

    @property
    def node(self) -> Path:
        return self.tools / "node_modules" / f"node-linux-{_machine()}" / "bin" / "node"

    def install(self) -> None:
        """Fetch Node, pnpm and Ghost from npm, and MariaDB from Debian."""
        mariadb.install()
        if not shutil.which("npm"):
            raise NotInstalled("needs npm")
        if not self.app.exists():
            with made_whole(self.app) as folder:
                self._fetch(folder)
                self._fetch_scripts(folder)

    def _fetch(self, folder: Path) -> None:
        say(f"Installing Ghost {VERSION} with Node {NODE} from npm")
        run(["npm", "pack", f"ghost@{VERSION}", "--silent", "--pack-destination", folder], cwd=folder)
        with tarfile.open(folder / f"ghost-{VERSION}.tgz") as archive:
            archive.extractall(folder, filter="data")
        package = json.loads((folder / "package" / "package.json").read_text())
        pnpm = package["packageManager"].partition("+")[0]
        if not self.node.exists():
            self.tools.mkdir(parents=True, exist_ok=True)
            wanted = [f"node-linux-{_machine()}@{NODE}", pnpm]
            run(["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", ".", *wanted],
                cwd=self.tools)  # fmt: skip
        binary = next((self.tools / "node_modules" / "@pnpm").glob("exe.*/pnpm"))
        path = f"{self.node.parent}{os.pathsep}{os.environ['PATH']}"
        store = CACHE / "pnpm-store"
        run([binary, "install", "--prod", "--frozen-lockfile", "--ignore-scripts", "--store-dir", store],
            cwd=folder / "package", env={**os.environ, "PATH": path, "CI": "1"})  # fmt: skip

    def _fetch_scripts(self, folder: Path) -> None:
        """Fetch from npm what pages of Ghost load from a public host, so that it can be weighed."""
        for name, version in self._scripts(folder):
            into = folder / "outside" / name
            into.mkdir(parents=True)
            run(["npm", "pack", f"@tryghost/{name}@~{version}", "--silent"], cwd=into)
            with tarfile.open(max(into.glob("*.tgz"))) as archive:
                archive.extractall(into, filter="data")

    def _scripts(self, folder: Path) -> list[tuple[str, str]]:
        """Return the names and versions of the scripts that Ghost's configuration names."""
        defaults = json.loads((folder / "package/core/shared/config/defaults.json").read_text())
        return [(name, defaults[key]["version"]) for name, key in _SCRIPTS.items()]

    def load(self, pieces: list[Piece]) -> Loaded:
        """Set the site up and write the stories through the Admin API."""
        with made_whole(self.loaded) as folder:
            shutil.copytree(self.app / "package" / "content", folder / "content")
            try:
                self._start(folder, create=True)
                key = self._sign_up()
                (folder / "key.txt").write_text(key)
                self._forget_samples(key)
                with counted(self.roots) as cost:
                    self._write(pieces, key)
            finally:
                self.stop()
        return cost.loaded(self.loaded)

    def versions(self) -> dict[str, str]:
        """Return the versions of what it runs on."""
        return {"Ghost": VERSION, "Node": NODE, "MariaDB": mariadb.version()}

    def _sign_up(self) -> str:
        """Make the owner and an integration; return its key for the Admin API."""
        origin = {"Origin": str(self.client.base_url).rstrip("/")}
        owner = {"name": "Bench", "email": _EMAIL, "password": _PASSWORD, "blogTitle": "The Bench Courier"}
        self._send("authentication/setup/", origin, {"setup": [owner]})
        answer = self.client.post(
            "/ghost/api/admin/session/", headers=origin, json={"username": _EMAIL, "password": _PASSWORD}
        )
        answer.raise_for_status()
        made = self._send("integrations/?include=api_keys", origin, {"integrations": [{"name": "Bench"}]})
        keys = made["integrations"][0]["api_keys"]
        self.client.cookies.clear()
        return str(next(key["secret"] for key in keys if key["type"] == "admin"))

    def _forget_samples(self, key: str) -> None:
        """Take away what every new Ghost says."""
        answer = self.client.get("/ghost/api/admin/posts/?limit=100&fields=id", headers=_signed(key))
        for post in answer.raise_for_status().json()["posts"]:
            path = f"/ghost/api/admin/posts/{post['id']}/"
            self.client.delete(path, headers=_signed(key)).raise_for_status()

    def _write(self, pieces: list[Piece], key: str) -> None:
        names, pictures = sections(), dict[str, str]()
        for piece in pieces:
            if piece.picture and piece.picture.key not in pictures:
                file = (piece.picture.file.name, piece.picture.file.read_bytes(), "image/jpeg")
                answer = self.client.post(
                    "/ghost/api/admin/images/upload/", headers=_signed(key), files={"file": file}
                )
                answer.raise_for_status()
                pictures[piece.picture.key] = answer.json()["images"][0]["url"]
            post = _post(piece, names)
            if piece.picture:
                post["feature_image"] = pictures[piece.picture.key]
                post["feature_image_alt"] = piece.picture.alt[:190]
                post["feature_image_caption"] = piece.picture.caption
            self._send("posts/?source=html", _signed(key), {"posts": [post]})

    def _send(self, path: str, headers: dict[str, str], data: dict[str, Any]) -> Any:
        answer = self.client.post(f"/ghost/api/admin/{path}", headers=headers, json=data)
        if answer.is_error:
            raise NotInstalled(f"Ghost refused {path}: {answer.status_code} {answer.text[:200]}")
        return answer.json()

    def start(self) -> None:
        """Start from the loaded state."""
        copy_state(self.loaded, self.running)
        self._start(self.running)

    def _start(self, folder: Path, *, create: bool = False) -> None:
        self.database = mariadb.MariaDB(folder / "data", folder / "mariadb.log")
        if create:
            self.database.create("ghost")
        else:
            self.database.start()
        config = self._config(folder, self.database.port)
        (folder / "config.production.json").write_text(json.dumps(config))
        current = folder / "current"  # where Ghost looks for itself, as its own installer lays it
        if not current.is_symlink():
            current.symlink_to(self.app / "package")
        self.service = Service(
            [self.node, "current/index.js"], folder / "ghost.log",
            cwd=folder, env={**os.environ, "NODE_ENV": "production"},
        )  # fmt: skip
        self.service.until(lambda: answers(f"http://127.0.0.1:{self.port}/"), 180)

    def _config(self, folder: Path, database_port: int) -> dict[str, Any]:
        connection = {"host": "127.0.0.1", "port": database_port, "user": "peer",
                      "password": mariadb.PASSWORD, "database": "ghost"}  # fmt: skip
        return {
            "url": f"http://127.0.0.1:{self.port}",
            "server": {"host": "127.0.0.1", "port": self.port},
            "database": {"client": "mysql", "connection": connection},
            "paths": {"contentPath": str(folder / "content")},
            "logging": {"transports": ["file"], "path": str(folder / "content" / "logs")},
            "mail": {"transport": "Direct"},
            "privacy": {"useTinfoil": True},
            "security": {"staffDeviceVerification": False},
        }

    def addresses(self) -> Addresses:
        """Return where it is read."""
        return Addresses(f"http://127.0.0.1:{self.port}", "/{slug}/", feed="/rss/", outside=self._outside())

    def _outside(self) -> dict[str, Path]:
        return {
            f"/ghost/{name}@~{version}/umd/{file.name}": file
            for name, version in self._scripts(self.app)
            for file in (self.app / "outside" / name / "package" / "umd").iterdir()
            if file.suffix in (".js", ".css")
        }

    def roots(self) -> Roots:
        """Return Node and MariaDB."""
        assert self.service
        assert self.database
        assert self.database.service
        return Roots((self.service.pid,), (self.database.service.pid,))

    def sign_in(self) -> None:
        """An integration's key needs no signing in."""

    def publish(self, piece: Piece) -> None:
        """Publish by the Admin API, with an integration's key."""
        key = (self.running / "key.txt").read_text()
        self._send("posts/?source=html", _signed(key), {"posts": [_post(piece, sections())]})

    def stop(self) -> None:
        """End Node, then its database."""
        if self.service:
            self.service.stop()
        if self.database:
            self.database.stop()


def _post(piece: Piece, names: dict[str, str]) -> dict[str, Any]:
    return {
        "title": piece.headline, "slug": piece.slug, "html": piece.html, "status": "published",
        "custom_excerpt": piece.standfirst[:300], "tags": [{"name": names[piece.section]}],
        "published_at": piece.published.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
    }  # fmt: skip


def _signed(key: str) -> dict[str, str]:
    """Return the header that proves an integration's key for five minutes (Ghost's Admin API, RFC 7519)."""
    name, secret = key.split(":")
    now = int(time.time())
    head = _packed({"alg": "HS256", "typ": "JWT", "kid": name})
    body = _packed({"iat": now, "exp": now + 300, "aud": "/admin/"})
    proof = hmac.digest(bytes.fromhex(secret), f"{head}.{body}".encode(), hashlib.sha256)
    return {"Authorization": f"Ghost {head}.{body}.{_base64(proof)}"}


def _packed(value: dict[str, Any]) -> str:
    return _base64(json.dumps(value).encode())


def _base64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _machine() -> str:
    """Return what npm calls this kind of processor."""
    return {"x86_64": "x64", "aarch64": "arm64"}.get(platform.machine(), platform.machine())
