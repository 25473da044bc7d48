"""Folders, packages and processes of the peers. All that is fetched or made lies in `.cache/peers`."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import httpx

from bench.peers.peer import NotInstalled

ROOT = Path(__file__).resolve().parents[2]
CACHE = ROOT / ".cache" / "peers"
INSTALL_SECONDS = 900


def run(command: Sequence[str | Path], seconds: float = INSTALL_SECONDS, **options: object) -> str:
    """Run a command and return what it printed. Raises NotInstalled with its last words when it fails."""
    words = [str(word) for word in command]
    try:
        result = subprocess.run(
            words, capture_output=True, text=True, timeout=seconds, check=False, **options  # type: ignore[call-overload]
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NotInstalled(f"{words[0]}: {error}") from error
    if result.returncode:
        last = (result.stderr.strip() or result.stdout.strip()).splitlines()[-3:]
        raise NotInstalled(f"{Path(words[0]).name} ended with {result.returncode}: {' / '.join(last)}")
    return str(result.stdout)


def need_packages(packages: Mapping[str, str]) -> None:
    """Install those of the system's packages (by a file that each brings) that are missing.

    Raises NotInstalled where that cannot be done here.
    """
    missing = [name for name, file in packages.items() if not Path(file).exists()]
    if not missing:
        return
    if os.geteuid() or not shutil.which("apt-get"):
        raise NotInstalled(f"needs the packages {' '.join(missing)}; only root on Debian can install them")
    say(f"Installing {' '.join(missing)} from the system's packages")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    run(["apt-get", "update", "-qq"], env=environment)
    run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", *missing], env=environment)


def package_version(name: str) -> str:
    """Return the installed version of a Debian package, without its revision."""
    version = run(["dpkg-query", "-W", "-f", "${Version}", name])
    return version.rpartition(":")[2].split("-")[0].split("+")[0]


class Service:
    """One process that we started, with its log. It leads a session of its own, so that all of it ends."""

    def __init__(self, command: Sequence[str | Path], log: Path, **options: object) -> None:
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("ab") as output:
            self.process = subprocess.Popen(  # type: ignore[call-overload]
                [str(word) for word in command], stdin=subprocess.DEVNULL, stdout=output, stderr=output,
                start_new_session=True, **options,
            )  # fmt: skip
        self.log = log
        self.pid: int = self.process.pid

    def until(self, ready: Callable[[], bool], seconds: float = 90) -> None:
        """Wait until `ready()`. Raises NotInstalled with the log's end when that does not come."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline and self.process.poll() is None:
            with contextlib.suppress(OSError):
                if ready():
                    return
            time.sleep(0.02)
        tail = self.log.read_text("utf-8", "replace").strip().splitlines()[-4:]
        raise NotInstalled(f"{self.log.stem} did not start: {' / '.join(tail)}")

    def stop(self, seconds: float = 20) -> None:
        """End it: politely, then with all of its session."""
        if self.process.poll() is None:
            self.process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(seconds)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)
        self.process.wait()


def answers(url: str) -> bool:
    """Return whether a page is served there."""
    try:
        return httpx.get(url, timeout=10).status_code == 200
    except httpx.TransportError:
        return False


def say(text: str) -> None:
    """Tell whoever watches; figures alone go to the standard output."""
    print(text, file=sys.stderr, flush=True)


def copy_state(loaded: Path, into: Path) -> None:
    """Make `into` a fresh copy of the loaded state, so that every run starts from the same."""
    shutil.rmtree(into, ignore_errors=True)
    shutil.copytree(loaded, into, symlinks=True)


def megabytes(folder: Path) -> float:
    """Return what the files below a folder hold, in megabytes."""
    return sum(file.lstat().st_size for file in folder.rglob("*") if not file.is_symlink()) / 1e6


@contextlib.contextmanager
def made_whole(folder: Path) -> Iterator[Path]:
    """Yield a folder to fill; it becomes `folder` when the block ends well."""
    draft = folder.with_name(f"{folder.name}.part")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    yield draft
    shutil.rmtree(folder, ignore_errors=True)
    draft.rename(folder)
