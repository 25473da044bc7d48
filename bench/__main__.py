"""`make bench [NAME=…]`: run benches one after another and keep the latest figures in bench/results/."""

from __future__ import annotations

import datetime
import json
import os
import platform
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
ON_REQUEST = ("peers",)
"""Benches that install other systems or take long: only by name, never with all."""
RESULTS = HERE / "results" / "figures.jsonl"


def main() -> int:
    """Run the benches named, or all but ON_REQUEST; return 0 when every one ran and every limit holds."""
    wanted = sys.argv[1:] or ["all"]
    names = sorted(file.stem for file in HERE.glob("*.py") if not file.stem.startswith("_"))
    chosen = names if wanted == ["all"] else wanted
    known = sorted((*names, *ON_REQUEST))
    unknown = sorted(set(chosen) - set(known))
    if unknown:
        print(f"no bench {', '.join(unknown)}; there is: {', '.join(known)}", file=sys.stderr)
        return 64
    figures, failed = _kept(), False
    for name in chosen:
        result = subprocess.run(
            [sys.executable, "-m", f"bench.{name}"], stdout=subprocess.PIPE, text=True, check=False
        )
        failed |= result.returncode != 0
        for line in result.stdout.splitlines():
            if line.startswith("{"):
                print(line, flush=True)
                figure = json.loads(line)
                figures[figure["name"]] = figure | {"measured": _today(), "on": _machine()}
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text("".join(json.dumps(figures[name]) + "\n" for name in sorted(figures)))
    return int(failed)


def _kept() -> dict[str, dict[str, object]]:
    if not RESULTS.exists():
        return {}
    return {figure["name"]: figure for figure in map(json.loads, RESULTS.read_text().splitlines())}


def _today() -> str:
    return datetime.datetime.now(datetime.UTC).date().isoformat()


def _machine() -> str:
    return f"{os.cpu_count()} cores, Python {platform.python_version()}, {platform.system()}"


if __name__ == "__main__":
    sys.exit(main())
