"""The wheel alone, beside nothing but the locked requirements, makes a site and serves it.

The environment is a new one; the requirements are taken from the present one, file by file, so that the test
needs no index. Nothing else is in reach: not the checkout, not what tests need.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import sysconfig
import time
import venv
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

import httpx
import pytest
from packaging.requirements import Requirement

from tests.newsroom.system import EDITOR, PASSWORD, ROOT, free_port

pytestmark = [pytest.mark.newsroom, pytest.mark.timeout(600)]

_LOCKED = re.compile(r"^([A-Za-z0-9][^\s\\]*==[^\s\\;]+(?: ?; ?[^\\]+)?)", re.MULTILINE)


@dataclass(frozen=True)
class Installed:
    """An environment that holds the wheel, and a folder to work in."""

    environment: Path
    folder: Path

    def variables(self) -> dict[str, str]:
        ours = ("PYTHON", "STANDFIRST", "DJANGO", "VIRTUAL_ENV")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
        return kept | {"XDG_RUNTIME_DIR": str(self.folder), "STANDFIRST_PASSWORD": PASSWORD}

    def command(self, name: str, *arguments: str) -> list[str]:
        return [str(self.environment / "bin" / name), *arguments]

    def run(self, name: str, *arguments: str) -> str:
        """Run a program of the environment; return what it said."""
        done = subprocess.run(
            self.command(name, *arguments), env=self.variables(), cwd=self.folder, text=True,
            capture_output=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout


def locked() -> list[Requirement]:
    """Return the requirements of a site as they are locked, those for this machine."""
    found = map(Requirement, _LOCKED.findall((ROOT / "requirements" / "base.txt").read_text()))
    return [one for one in found if one.marker is None or one.marker.evaluate()]


def bring(requirement: Requirement, packages: Path) -> None:
    """Link an installed distribution into `packages`; its version must be the locked one."""
    distribution = metadata.distribution(requirement.name)
    assert requirement.specifier.contains(distribution.version), f"{requirement} is locked; run `make test`"
    for name in {file.parts[0] for file in distribution.files or ()} - {"..", "__pycache__"}:
        if not (packages / name).exists():
            (packages / name).symlink_to(Path(str(distribution.locate_file(name))))


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-index", "--no-build-isolation",
         "-w", str(folder), str(ROOT)],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    (built,) = folder.glob("standfirst-*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    environment = tmp_path_factory.mktemp("environment")
    venv.create(environment, symlinks=True, with_pip=False)
    packages = Path(sysconfig.get_path("purelib", "venv", {"base": str(environment)}))
    for requirement in locked():
        bring(requirement, packages)
    subprocess.run(
        [sys.executable, "-m", "pip", "--python", str(environment / "bin" / "python"),
         "install", "-q", "--no-deps", "--no-index", str(wheel)],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    return Installed(environment, tmp_path_factory.mktemp("work"))


def test_the_wheel_holds_every_file_of_the_program_and_nothing_else(wheel: Path) -> None:
    source = ROOT / "src"
    ours = {
        file.relative_to(source).as_posix()
        for file in (source / "standfirst").rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    }
    with zipfile.ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if ".dist-info/" not in name}
        licences = [name for name in archive.namelist() if "/licenses/" in name]
    assert held == ours
    for kind in (".po", ".woff2", ".css", ".js", ".html", ".sql", ".json", ".svg", ".conf"):
        assert any(name.endswith(kind) for name in held), kind
    assert {Path(name).name for name in licences} == {"LICENSE", "NOTICE"}


def test_what_the_package_asks_for_is_locked(installed: Installed) -> None:
    code = "from importlib.metadata import requires; print(*requires('standfirst'), sep='\\n')"
    wanted = map(Requirement, installed.run("python", "-c", code).splitlines())
    needed = {one.name.lower() for one in wanted if one.marker is None or one.marker.evaluate({"extra": ""})}
    assert "django" in needed
    assert needed <= {one.name.lower() for one in locked()}


def test_the_program_that_runs_is_the_wheels(installed: Installed) -> None:
    code = "import standfirst, sys; print(standfirst.__file__); print(*sys.path, sep='\\n')"
    file, *paths = installed.run("python", "-c", code).split("\n")
    assert Path(file).is_relative_to(installed.environment)
    assert not [path for path in paths if path and Path(path).is_relative_to(ROOT / "src")]
    missing = subprocess.run(
        installed.command("python", "-c", "import pytest"), env=installed.variables(), check=False,
        capture_output=True,
    )  # fmt: skip
    assert missing.returncode != 0, "what tests need is in reach, so a need of the program could hide"


def test_it_makes_a_site_and_serves_it(installed: Installed) -> None:
    port, desk = free_port(), free_port()
    installed.run(
        "standfirst", "init", "site", "--name", "The Wheel Courier", "--languages", "en,uk",
        "--admin", EDITOR, "--zone", "Europe/Kyiv", "--base-url", f"http://localhost:{port}",
        "--desk-url", f"http://localhost:{desk}",
    )  # fmt: skip
    with serving(installed, port, desk):
        readers = f"http://localhost:{port}"
        front = until(f"{readers}/")
        assert "The Wheel Courier" in front
        assert 'lang="uk"' in until(f"{readers}/uk/")
        named = re.findall(r'(?:href|src)="(/_a/[^"]+)"', front)
        assert {Path(path).suffix for path in named} >= {".css", ".woff2", ".svg"}
        for path in named:
            assert httpx.get(readers + path).status_code == 200, path
        until(f"{readers}/nothing/", status=404)
        assert "E-mail address" in until(f"http://localhost:{desk}/desk/login/")
        until(f"http://localhost:{desk}/static/stories/desk.css")
    assert "well   look: the theme's alone" in installed.run("standfirst", "doctor", "--site", "site")


@contextmanager
def serving(installed: Installed, port: int, desk: int) -> Iterator[None]:
    """Run `standfirst serve` for the length of a `with` block; Ctrl-C ends it, and it ends well."""
    command = installed.command(
        "standfirst", "serve", "--site", "site", "--port", str(port), "--desk-port", str(desk)
    )
    log = installed.folder / "serve.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, env=installed.variables(), cwd=installed.folder, stdout=output, stderr=output
        )
    try:
        yield
    finally:
        process.send_signal(signal.SIGINT)
        code = process.wait(30)
    assert code == 0, log.read_text()
    assert log.read_text().splitlines()[-1] == "Stopped."


def until(url: str, status: int = 200, seconds: float = 120) -> str:
    """Return the body once `url` answers `status`."""
    deadline = time.monotonic() + seconds
    last: object = None
    while time.monotonic() < deadline:
        try:
            answer = httpx.get(url, timeout=5)
        except httpx.TransportError as error:
            last = error
        else:
            if answer.status_code == status:
                return answer.text
            last = answer.status_code
        time.sleep(0.1)
    raise TimeoutError(f"{url}: {last}")
