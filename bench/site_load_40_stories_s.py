"""How long it takes to load the demo's archive, more than 40 stories and 60 pictures, into an empty site.

Seconds of wall time from the command to its end, then the same with all pictures derived before: the second
load goes on where one that was broken off after the last picture had come to. Databases made before.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NEWSROOM = ROOT / "newsroom"
LIMIT = 45.0

PICTURES_ALONE = """
import os, sys
from pathlib import Path
from standfirst.project.cli.common import with_django

def step(done, total, what):
    if not what.startswith("media/"):
        os._exit(0)  # as a power cut would

if __name__ == "__main__":
    with_django(Path(sys.argv[1]))
    from standfirst.archive import api
    api.load(Path(sys.argv[2]), actor="system:bench", progress=step)
    sys.exit("there was nothing but pictures")
"""


def make(folder: Path) -> Path:
    """Return an empty site in `folder`."""
    command = [
        "init", str(folder), "--name", "Bench", "--language", "en", "--zone", "UTC",
        "--admin", "bench@example.org", "--password", "harbour light 40",
    ]  # fmt: skip
    run(command)
    return folder


def run(arguments: list[str]) -> None:
    command = [sys.executable, "-m", "standfirst", *arguments]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL)


def timed_load(site: Path) -> float:
    began = time.monotonic()
    run(["load", str(NEWSROOM), "--site", str(site)])
    return time.monotonic() - began


def main() -> int:
    """Print both figures; 0 when the limit holds."""
    with tempfile.TemporaryDirectory() as folder:
        whole = timed_load(make(Path(folder) / "one"))
        other = make(Path(folder) / "two")
        script = Path(folder) / "pictures_alone.py"  # a file: the processes that derive import it again
        script.write_text(PICTURES_ALONE, "utf-8")
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
        subprocess.run(
            [sys.executable, str(script), str(other), str(NEWSROOM)], cwd=ROOT, env=environment, check=True
        )
        records = timed_load(other)
    for name, value in (("site_load_40_stories_s", whole), ("site_load_40_stories_derived_s", records)):
        print(json.dumps({"name": name, "value": round(value, 1), "unit": "s", "limit": LIMIT}))
    return int(whole > LIMIT)


if __name__ == "__main__":
    sys.exit(main())
