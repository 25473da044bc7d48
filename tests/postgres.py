"""A private Postgres for tests: its own folder, its own port on the loopback, its own password, then gone.

    def test_x(postgres: Server) -> None:
        url = postgres.database("editions", "bake")     # freshly migrated
        folder = postgres.site(tmp_path, url)           # a site folder that uses it

Postgres refuses to run as root; then it runs as whichever unprivileged user there is.
"""

from __future__ import annotations

import contextlib
import os
import pwd
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
URL_VARIABLE = "STANDFIRST_TEST_DATABASE_URL"
_TABLES = ("contenttypes", "auth")  # what Django's own post_migrate fills


def binaries() -> Path | None:
    """Return the folder of initdb and postgres, the newest there is."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    found = shutil.which("initdb")
    for folder in [*reversed(folders), *([Path(found).parent] if found else [])]:
        if all((folder / name).exists() for name in ("initdb", "postgres")):
            return folder
    return None


@dataclass
class Server:
    """A running server."""

    port: int
    password: str
    made: dict[tuple[str, ...], str] = field(default_factory=dict)

    def url(self, name: str = "postgres") -> str:
        return f"postgresql://standfirst:{self.password}@127.0.0.1:{self.port}/{name}"

    def database(self, *apps: str) -> str:
        """Return the URL of a new database in which `apps` are migrated (all, when none are named)."""
        template = self.made.get(apps)
        if template is None:
            template = self._create("template0")
            self._migrate(self.url(template), apps)
            self.made[apps] = template
        return self.url(self._create(template))

    def site(self, parent: Path, url: str) -> Path:
        """Return a new site folder that uses the database at `url`."""
        folder = parent / f"site-{secrets.token_hex(4)}"
        folder.mkdir()
        (folder / "standfirst.toml").write_text(f'database_url = "{url}"\n')
        return folder

    def run(self, sql: str, name: str = "postgres") -> list[tuple[object, ...]]:
        import psycopg

        with psycopg.connect(self.url(name), autocommit=True) as connection:
            cursor = connection.execute(sql)
            return cursor.fetchall() if cursor.description else []

    def _create(self, template: str) -> str:
        name = f"t_{secrets.token_hex(6)}"
        self.run(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    def _migrate(self, url: str, apps: tuple[str, ...]) -> None:
        with tempfile.TemporaryDirectory() as parent:
            folder = self.site(Path(parent), url)
            for app in (*(_TABLES if apps else ()), *apps) or ("",):
                subprocess.run(
                    [sys.executable, "-m", "django", "migrate", *([app] if app else []), "-v0"],
                    env=environment(folder), check=True,
                )  # fmt: skip


def environment(site: Path, role: str = "task") -> dict[str, str]:
    """Return the environment of a process that works for `site`."""
    return {
        **os.environ, "STANDFIRST_SITE": str(site), "STANDFIRST_ROLE": role,
        "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}", "DJANGO_SETTINGS_MODULE": "standfirst.project.settings",
    }  # fmt: skip


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A server of this test process. Missing Postgres is an error, not a skip."""
    folder = binaries()
    if folder is None:
        pytest.fail("Postgres is not installed; `make test` installs it (Debian: apt-get install postgresql)")
    with running(folder) as server:
        yield server


@contextlib.contextmanager
def running(folder: Path) -> Iterator[Server]:
    data = Path(tempfile.mkdtemp(prefix="standfirst-pg-"))
    user = _user(data)
    password = secrets.token_hex(16)
    secret = data / "password"
    secret.write_text(password)
    if user is not None:
        shutil.chown(secret, user.pw_name)
    become = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if user else {}
    cluster = data / "cluster"
    subprocess.run(
        [folder / "initdb", "-D", cluster, "-U", "standfirst", "-A", "scram-sha-256", "-E", "UTF8",
         "--locale=C", "--no-sync", f"--pwfile={secret}"],
        check=True, stdout=subprocess.DEVNULL, cwd=data, **become,
    )  # fmt: skip
    port = _free_port()
    settings = {"listen_addresses": "127.0.0.1", "port": port, "unix_socket_directories": "", "fsync": "off",
                "max_connections": 60, "shared_buffers": "32MB"}  # fmt: skip
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    with (data / "log").open("w") as log:
        process = subprocess.Popen(
            [folder / "postgres", "-D", cluster, *options], cwd=data, stdout=log, stderr=log, **become
        )
    try:
        server = Server(port, password)
        _wait(server, process, data / "log")
        yield server
    finally:
        process.terminate()
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        shutil.rmtree(data, ignore_errors=True)


def _user(data: Path) -> pwd.struct_passwd | None:
    if os.getuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            user = pwd.getpwnam(name)
            os.chown(data, user.pw_uid, user.pw_gid)
            return user
    return None


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(server: Server, process: subprocess.Popen[bytes], log: Path) -> None:
    import psycopg

    deadline = time.monotonic() + 30
    while True:
        if process.poll() is not None:
            raise RuntimeError(f"Postgres ended: {log.read_text()[-2000:]}")
        try:
            server.run("SELECT 1")
        except psycopg.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)
        else:
            return
