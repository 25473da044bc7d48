"""What Lighthouse says of home, a story and a section of the demo, with its slow-phone settings.

Four figures from 0 to 100, each the worst of the three pages; the page's own is the middle of RUNS (3) runs.
The site is served on the loopback by `standfirst serve`, as an operator would; nothing is preloaded.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.browser import executable
from tests.demo.site import make
from tests.newsroom.system import ROOT, Newsroom, free_port
from tools.checks import installed

RUNS = int(os.environ.get("RUNS", "3"))
LIMITS = {"performance": 98, "accessibility": 100, "best-practices": 100, "seo": 100}
PAGES = ("/", "/north-mole-cost/", "/section/economy/")


@contextmanager
def served(parent: Path) -> Iterator[str]:
    """Make the demo in a new folder and serve it whole for a `with` block; yield its address."""
    room = Newsroom(parent / "site", free_port(), free_port())
    make(room.folder, room.readers)
    with (parent / "serve.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "standfirst", "serve", "--site", str(room.folder),
             "--port", str(room.port), "--desk-port", str(room.desk_port)],
            cwd=ROOT, env=room.environment(), stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip
        try:
            room.until(room.readers)
            yield room.readers
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(30)


def scores(url: str) -> dict[str, float]:
    """Return one run's scores of a page, and print to stderr what kept them from 100."""
    command = [
        "node", str(installed() / "lighthouse/cli/index.js"), url, "--output=json", "--quiet",
        "--only-categories=" + ",".join(LIMITS), "--chrome-flags=--headless=new --no-sandbox --disable-gpu",
    ]  # fmt: skip
    environment = {**os.environ, "CHROME_PATH": executable() or _playwrights()}
    output = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True).stdout
    report = json.loads(output)
    for name, category in report["categories"].items():
        for part in category["auditRefs"]:
            audit = report["audits"][part["id"]]
            if part["weight"] and audit["score"] is not None and audit["score"] < 0.9:
                print(f"{url} {name}: {audit['title']} {audit.get('displayValue', '')}", file=sys.stderr)
    return {name: 100 * float(category["score"]) for name, category in report["categories"].items()}


def _playwrights() -> str:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        return playwright.chromium.executable_path


def main() -> int:
    """Print the four figures; 0 when the limits of the plan hold."""
    parent = Path(tempfile.mkdtemp(prefix="lh-"))
    try:
        with served(parent) as address:
            runs = {page: [scores(address + page) for _ in range(RUNS)] for page in PAGES}
    finally:
        shutil.rmtree(parent, ignore_errors=True)
    well = True
    for category, limit in LIMITS.items():
        middles = {page: sorted(run[category] for run in found)[RUNS // 2] for page, found in runs.items()}
        value = round(min(middles.values()))
        figure = {"name": f"lighthouse_{category.replace('-', '_')}", "value": value, "unit": "of 100"}
        print(json.dumps(figure | {"limit": limit, "pages": middles}), flush=True)
        well &= value >= limit
    return int(not well)


if __name__ == "__main__":
    sys.exit(main())
