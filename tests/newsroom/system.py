"""Starting and stopping a whole site for a test, a bench or a campaign."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from standfirst.kit.sitefolder import SiteFolder

ROOT = Path(__file__).resolve().parents[2]
EDITOR = "editor@example.org"
PASSWORD = "a long enough phrase"


def free_port() -> int:
    """Return a port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Newsroom:
    """A running site. `stop(name)` ends one process and keeps it down; the rest go on."""

    folder: Path
    port: int
    desk_port: int
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def readers(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def desk(self) -> str:
        return f"http://localhost:{self.desk_port}"

    def environment(self, role: str = "task") -> dict[str, str]:
        environment = {
            **os.environ,
            "STANDFIRST_SITE": str(self.folder),
            "STANDFIRST_ROLE": role,
            "PYTHONPATH": str(ROOT / "src"),
        }
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        return environment

    def run(self, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Run a `standfirst` command for this site and return what it said."""
        return subprocess.run(
            [sys.executable, "-c", "from standfirst.project.cli import main; main()", *arguments],
            env=self.environment(), capture_output=True, text=True, check=check, cwd=self.folder.parent,
        )  # fmt: skip

    def start(self, *names: str) -> None:
        """Start processes: edge, desk, app, baker, worker."""
        self.start_as({name: name for name in names})

    def start_as(self, names: Mapping[str, str]) -> None:
        """Start processes under names of their own, each with what it is."""
        roles = {"desk": "desk", "app": "public"}
        ports = {"edge": self.port, "desk": self.desk_port}
        (self.folder / "log").mkdir(exist_ok=True)
        for name, what in names.items():
            with (self.folder / "log" / f"{name}.log").open("ab") as log:
                self.processes[name] = subprocess.Popen(
                    [
                        sys.executable, "-m", "standfirst.project.processes",
                        what, "127.0.0.1", str(ports.get(what, 0)),
                    ],
                    env=self.environment(roles.get(what, "task")), stdout=log, stderr=log,
                    start_new_session=True,
                )  # fmt: skip

    def stop(self, *names: str, hard: bool = False) -> None:
        """End processes by name, all without names; with SIGKILL where `hard`."""
        chosen = [self.processes.pop(name) for name in names or list(self.processes)]
        for process in chosen:
            if hard:
                os.killpg(process.pid, signal.SIGKILL)
            else:
                process.terminate()
        for process in chosen:
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()

    def until(self, url: str, status: int = 200, seconds: float = 60) -> httpx.Response:
        """Ask `url` until it answers `status`. Raises TimeoutError with the last answer."""
        last: object = "no answer"
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            try:
                response = httpx.get(url, follow_redirects=True, timeout=5)
            except httpx.TransportError as error:
                last = error
            else:
                if response.status_code == status:
                    return response
                last = response.status_code
            time.sleep(0.05)
        raise TimeoutError(f"{url} did not answer {status} in {seconds} s; last: {last}\n{self.logs()}")

    def logs(self) -> str:
        """Return the ends of all logs, for a failing test's message."""
        return "\n".join(
            f"--- {file.name}\n{file.read_text('utf-8', 'replace')[-2000:]}"
            for file in sorted((self.folder / "log").glob("*.log"))
        )


@contextmanager
def newsroom(folder: Path, *, name: str = "The Test Courier", keep: bool = False) -> Iterator[Newsroom]:
    """Make a site with one editor in `folder` and clean up after, if not to `keep` it; nothing is started."""
    room = Newsroom(folder / "site", free_port(), free_port())
    room.run(
        "init", str(room.folder), "--name", name, "--admin", EDITOR, "--password", PASSWORD,
        "--base-url", room.readers, "--desk-url", room.desk,
    )  # fmt: skip
    try:
        yield room
    finally:
        room.stop()
        shutil.rmtree(SiteFolder(room.folder).run, ignore_errors=True)
        if not keep:
            shutil.rmtree(room.folder, ignore_errors=True)
