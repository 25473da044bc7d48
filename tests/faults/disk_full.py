"""The disk fills up `--n` times while a newsroom publishes: old page or new page, and all goes on by itself.

Half of the fills take the room from the store, half from the databases. Publishing succeeds or is told that
the disk is full, and is never done by half. The control writes files under their own names.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path

from tests.crashes.tmpfs import in_own_mounts
from tests.faults._site import ready


def main() -> int:
    """Run the campaign; return 0 when nothing broke, the disk was met full and the control was caught."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--n", type=int, default=100, help="fills")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    in_own_mounts()
    ready()
    from tests.crashes.filling import PLACES, session

    with tempfile.TemporaryDirectory(prefix="standfirst-full-", ignore_cleanup_errors=True) as folder:
        sessions = {
            place: session(Path(folder) / place, place, -(-options.n // len(PLACES)), options.seed)
            for place in PLACES
        }
        control = session(Path(folder) / "control", "store", options.n, options.seed, mistake=True, enough=1)
    wrong = [f"{place}: {one}" for place, seen in sessions.items() for one in seen.wrong]
    seen = list(sessions.values())
    result = {
        "name": "disk_full", "n": sum(one.fills for one in seen), "failures": len(wrong),
        "published": sum(one.published for one in seen), "refused": sum(one.refused for one in seen),
        "baker_said_so": sum(one.stopped for one in seen), "looks": sum(one.looks for one in seen),
        "slowest_return_s": max(one.slowest for one in seen), "control_caught": bool(control.wrong),
        "control_fills": control.fills, "control_first": control.wrong[:1], "first": wrong[:3],
    }  # fmt: skip
    print(json.dumps(result))
    met = any(one.refused for one in seen) and any(one.stopped for one in seen)
    return int(bool(wrong) or not control.wrong or not met)


if __name__ == "__main__":
    sys.exit(main())
