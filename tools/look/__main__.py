"""`python -m tools.look`: pictures of every page type to look at, in .cache/look/.

Of a running site (`--site http://localhost:8000`), or of the demo, which is started for it and stopped again.
"""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from playwright.sync_api import Browser, sync_playwright
from tests.browser import launching

from tools.look.pages import Finder, Found
from tools.look.sheets import sheets
from tools.look.shots import SCHEMES, WIDTHS, take

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 600  # seconds that a demo which has to be made first may take


@click.command()
@click.option("--site", default="", help="Address of a running site; without it the demo is started.")
@click.option("--demo", default="demo", type=click.Path(path_type=Path), help="Folder of the demo.")
@click.option("--only", default="", help="Page types, by commas: front,story-opinion.")
@click.option("--language", default="", help="Languages, by commas: en,ar.")
@click.option("--out", default=".cache/look", type=click.Path(path_type=Path), help="Where to write.")
def main(site: str, demo: Path, only: str, language: str, out: Path) -> None:
    """Take pictures of every page type at four widths, light and dark, in every language."""
    with _site(site, demo) as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launching())
        _look(browser, base, _wanted(only), _wanted(language), out)
        browser.close()


def _look(browser: Browser, base: str, kinds: set[str], languages: set[str], out: Path) -> None:
    finder = Finder(browser.new_context().request, base)
    found = [
        page
        for language, front in finder.languages().items()
        if not languages or language in languages
        for page in finder.pages(language, front)
        if not kinds or page.kind in kinds
    ]
    for kind, language in _missing(found):
        click.echo(f"no page of the type {kind} in {language}", err=True)
    shutil.rmtree(out, ignore_errors=True)
    total = len(found) * len(WIDTHS) * len(SCHEMES)
    shots = []
    for shot in take(browser, base, found, out):
        shots.append(shot)
        click.echo(f"\r{len(shots)} of {total} pictures", nl=False)
    click.echo()
    for sheet in sheets(shots, out):
        click.echo(sheet)


def _missing(found: list[Found]) -> list[tuple[str, str]]:
    """Return the types that some language has and another lacks, with that."""
    there = {(page.kind, page.language) for page in found}
    every = {(kind, language) for kind, _ in there for _, language in there}
    return sorted(every - there)


def _wanted(names: str) -> set[str]:
    return {name.strip() for name in names.split(",") if name.strip()}


@contextmanager
def _site(address: str, folder: Path) -> Iterator[str]:
    """Yield the address of a running site; the demo's, in `folder`, when none is given."""
    if address:
        yield address
        return
    port = _free_port()
    program = [sys.executable, "-m", "standfirst.project.demo", str(folder), str(ROOT / "newsroom")]
    demo = subprocess.Popen([*program, "--port", str(port)])  # noqa: S603 - our own program
    try:
        _wait_for(demo, port)
        yield f"http://localhost:{port}"
    finally:
        demo.terminate()
        demo.wait(30)


def _free_port() -> int:
    """Return a port that is free now, and the next one, which is the desk's, most likely as well."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(demo: subprocess.Popen[bytes], port: int) -> None:
    """Return when the site answers. Raises ClickException when it ended, or takes too long."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if demo.poll() is not None:
            raise click.ClickException("the demo did not start")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.5)
    raise click.ClickException(f"the demo did not answer within {PATIENCE} seconds")


if __name__ == "__main__":
    main()
