"""`make faults [NAME=…]`: run campaigns one after another; results are kept in bench/results/faults.json.

A campaign is a module here with `--n`, printing one JSON line {"name", "n", "failures", …} and ending with
0 when nothing failed and its control was caught.
"""

from __future__ import annotations

import datetime
import json
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
RESULTS = HERE.parent.parent / "bench" / "results" / "faults.json"


def main() -> int:
    """Run the campaigns named, or all; return 0 when every promise was kept."""
    wanted = sys.argv[1:] or ["all"]
    names = sorted(file.stem for file in HERE.glob("*.py") if not file.stem.startswith("_"))
    chosen = names if wanted == ["all"] else wanted
    unknown = sorted(set(chosen) - set(names))
    if unknown:
        print(f"no campaign {', '.join(unknown)}; there is: {', '.join(names)}", file=sys.stderr)
        return 64
    results = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
    failed = False
    for name in chosen:
        print(f"{name} …", flush=True)
        run = subprocess.run(
            [sys.executable, "-m", f"tests.faults.{name}"], stdout=subprocess.PIPE, text=True, check=False
        )
        failed |= run.returncode != 0
        for line in run.stdout.splitlines():
            if line.startswith("{"):
                print(line, flush=True)
                result = json.loads(line)
                results[result["name"]] = result | {
                    "kept": run.returncode == 0,
                    "measured": datetime.datetime.now(datetime.UTC).date().isoformat(),
                }
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(results, indent=1, sort_keys=True, ensure_ascii=False) + "\n")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
