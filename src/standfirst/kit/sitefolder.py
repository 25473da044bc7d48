"""Where things lie in a site folder. Every process gets its paths from here and nowhere else."""

from __future__ import annotations

import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

CONFIG_NAME = "standfirst.toml"

LONGEST_BASE = 44
"""Bytes of a folder for sockets: a socket's path may have 107 (104 on some systems); ours add up to 60."""


@dataclass(frozen=True)
class SiteFolder:
    """One newsroom's folder: `standfirst.toml`, `look/`, `db/`, `store/`, `uploads/`, `log/`."""

    root: Path

    @property
    def config(self) -> Path:
        return self.root / CONFIG_NAME

    @property
    def secrets(self) -> Path:
        """Signing key and the like; mode 0600, never in backups that leave the machine unsealed."""
        return self.root / "secrets.toml"

    @property
    def main_db(self) -> Path:
        return self.root / "db" / "main.sqlite3"

    @property
    def bake_db(self) -> Path:
        return self.root / "db" / "bake.sqlite3"

    @property
    def store(self) -> Path:
        """What readers get: `blobs/` by content, and `manifest/`, the list of what is where."""
        return self.root / "store"

    @property
    def uploads(self) -> Path:
        """Originals as the newsroom uploaded them. Private: no public address leads here."""
        return self.root / "uploads"

    @property
    def look(self) -> Path:
        """The newsroom's own look: tokens, rules, templates, fonts, words. Made and kept by the newsroom."""
        return self.root / "look"

    @property
    def taken_look(self) -> Path:
        """The look that was last found whole, kept by the bakers: pages are drawn from it alone."""
        return self.root / "cache" / "look"

    @property
    def look_problems(self) -> Path:
        """Why the look as it lies there was not taken, a line each; missing when all is well."""
        return self.taken_look / "problems"

    @property
    def log(self) -> Path:
        return self.root / "log"

    @property
    def run(self) -> Path:
        """Sockets and process state, gone after a restart.

        Outside the site folder, because a Unix socket's path may have only 107 bytes; and in `/tmp` where the
        system's own place for such things leaves no room for the sockets' names.
        """
        name = hashlib.sha256(str(self.root.resolve()).encode()).hexdigest()[:16]
        bases = (os.environ.get("XDG_RUNTIME_DIR", ""), tempfile.gettempdir())
        base = next((base for base in bases if base and len(os.fsencode(base)) <= LONGEST_BASE), "/tmp")  # noqa: S108
        return Path(base) / f"standfirst-{os.getuid()}-{name}"

    @property
    def live(self) -> Path:
        """Is there while `serve --live` runs: pages then look by themselves whether the look changed."""
        return self.run / "live"

    @property
    def app_socket(self) -> Path:
        """Where the application answers the edge, for `/-/` only."""
        return self.run / "app.sock"

    @property
    def edge_socket(self) -> Path:
        """Where the edge answers nginx, when that stands in front of it."""
        return self.run / "edge.sock"

    @property
    def front(self) -> Path:
        """What nginx in front needs: its configuration, its cache and its other files."""
        return self.run / "nginx"

    @property
    def front_cache(self) -> Path:
        """Copies of answers that nginx in front keeps for a second or two, on disk for up to an hour."""
        return self.front / "cache"

    def make_run(self) -> Path:
        """Create the run folder for this user alone and return it.

        Raises PermissionError when somebody else made it first.
        """
        self.run.mkdir(mode=0o700, parents=True, exist_ok=True)
        stat = self.run.lstat()
        if stat.st_uid != os.getuid() or stat.st_mode & 0o077:
            raise PermissionError(f"{self.run} belongs to another user or is open to others; remove it")
        return self.run
