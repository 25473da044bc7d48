"""A MariaDB of a peer's own, on loopback, from Debian's packages, with MariaDB's own defaults."""

from __future__ import annotations

import getpass
import shutil
import tempfile
from pathlib import Path

from tests.newsroom.system import free_port

from bench.peers.system import Service, need_packages, package_version, run

PASSWORD = "only on this machine"
PACKAGES = {
    "mariadb-server-core": "/usr/sbin/mariadbd",
    "mariadb-client-core": "/usr/bin/mariadb",
}


def install() -> None:
    """Install it. Raises NotInstalled."""
    need_packages(PACKAGES)


def version() -> str:
    return package_version("mariadb-server-core")


class MariaDB:
    """A server over one data folder."""

    def __init__(self, folder: Path, log: Path) -> None:
        self.folder, self.log = folder, log
        self.port = free_port()
        self._runtime = Path(tempfile.mkdtemp(prefix="peers-"))  # a socket's path must be short
        self.socket = self._runtime / "db.sock"
        self.service: Service | None = None

    def create(self, database: str) -> None:
        """Make the data folder with one empty database, and leave the server running."""
        run(
            [
                "mariadb-install-db", "--no-defaults", f"--datadir={self.folder}", "--skip-test-db",
                "--auth-root-authentication-method=normal", f"--user={getpass.getuser()}",
            ]
        )  # fmt: skip
        self.start()
        self.sql(
            f"CREATE DATABASE {database} CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci;"
            f"CREATE USER peer@localhost IDENTIFIED BY '{PASSWORD}';"
            f"CREATE USER peer@'127.0.0.1' IDENTIFIED BY '{PASSWORD}';"
            f"GRANT ALL ON {database}.* TO peer@localhost; GRANT ALL ON {database}.* TO peer@'127.0.0.1';"
        )

    def start(self) -> None:
        """Start it; return when it answers."""
        self.service = Service(
            [
                "/usr/sbin/mariadbd", "--no-defaults", f"--datadir={self.folder}", f"--port={self.port}",
                f"--socket={self.socket}", "--bind-address=127.0.0.1", f"--user={getpass.getuser()}",
                f"--pid-file={self._runtime / 'db.pid'}", "--character-set-server=utf8mb4",
                "--skip-log-bin",
            ],
            self.log,
        )  # fmt: skip
        self.service.until(self.socket.exists)

    def sql(self, text: str) -> str:
        """Run statements as the database's root; return what they print."""
        return run(["mariadb", "--no-defaults", "-uroot", f"--socket={self.socket}", "-N", "-e", text])

    def stop(self) -> None:
        """End it; its data stays."""
        if self.service:
            self.service.stop(60)
        shutil.rmtree(self._runtime, ignore_errors=True)
