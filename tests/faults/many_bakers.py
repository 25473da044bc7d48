"""Ten bakers and ten publishers on one store and one database, `--n` publishes each: the last edition wins.

On SQLite and on Postgres. Every page is compared with one baked from nothing. The control's bakers do not
look at what moved meanwhile and write although another has taken over.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from tests.conftest import migrated_template
from tests.postgres import ROOT, binaries, environment, running

_CONTROL = 12  # publishes of each, in the control
_TRIES = 5  # how often the careless may be lucky


def main() -> int:
    """Run the campaign; return 0 when every page showed the last edition and the control was caught."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--n", type=int, default=200, help="publishes of each of ten")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", choices=("sqlite", "postgres"), help="one database instead of both")
    options = parser.parse_args()
    crowds: dict[str, Any] = {}
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="standfirst-crowd-")))
        aside = stack.enter_context(ThreadPoolExecutor(1))
        careless = aside.submit(_careless, folder, options.seed)
        if options.only != "postgres":
            crowds["sqlite"] = crowd(_sqlite(folder / "sqlite"), options.n, options.seed)
        if options.only != "sqlite":
            server = stack.enter_context(running(_programs()))
            crowds["postgres"] = crowd(server.site(folder, server.database()), options.n, options.seed)
        control = careless.result()
    wrong = [f"{name}: {one}" for name, seen in crowds.items() for one in seen["wrong"]]
    result = {
        "name": "many_bakers", "n": sum(seen["published"] for seen in crowds.values()),
        "failures": len(wrong), "databases": {name: seen["published"] for name, seen in crowds.items()},
        "pages": max(seen["pages"] for seen in crowds.values()),
        "seconds": {name: seen["seconds"] for name, seen in crowds.items()},
        "control_caught": bool(control["wrong"]), "control_first": control["wrong"][:1], "first": wrong[:3],
    }  # fmt: skip
    print(json.dumps(result))
    return int(bool(wrong) or not control["wrong"])


def _careless(folder: Path, seed: int) -> dict[str, Any]:
    """Let the control's crowds work until one is seen to go wrong: on a busy machine they may just miss."""
    for turn in range(_TRIES):
        seen = crowd(_sqlite(folder / f"control{turn}"), _CONTROL, seed + turn, "careless")
        if seen["wrong"]:
            break
    return seen


def crowd(site: Path, publishes: int, seed: int, *how: str) -> dict[str, Any]:
    """Let a crowd work in a site folder; return what was seen. Raises RuntimeError when it could not."""
    ran = subprocess.run(
        [sys.executable, "-m", "tests.crashes.crowd", str(publishes), str(seed), *how],
        env=environment(site), cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if ran.returncode != 0:
        raise RuntimeError(f"the crowd failed: {ran.stderr[-3000:]}")
    seen: dict[str, Any] = json.loads(ran.stdout.splitlines()[-1])
    return seen


def _programs() -> Path:
    folder = binaries()
    if folder is None:
        raise RuntimeError("Postgres is not installed; `make faults` installs it, `--only sqlite` is without")
    return folder


def _sqlite(folder: Path) -> Path:
    (folder / "db").mkdir(parents=True)
    for file in migrated_template().glob("*.sqlite3"):
        shutil.copy(file, folder / "db" / file.name)
    return folder


if __name__ == "__main__":
    sys.exit(main())
