"""A newsroom at work, the power goes at `--n` points, and nothing is lost that anybody was told of.

A newsroom publishes while two bakers bake; a shim notes every change of the site folder with its bytes and
every sync. From that the disk is made as a cut at any point leaves it, with what was not synced lost, torn
or out of order. Then the program starts again on it. The controls leave out the database's syncs, then the
store's, and must be caught.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
from pathlib import Path

from tests.crashes.log import under_shim
from tests.faults._site import ready

CUTS = 20  # of one run; the disk of every run differs


def main() -> int:
    """Run the campaign; return 0 when nothing was lost and both controls were caught."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--n", type=int, default=200, help="cuts")
    parser.add_argument("--edits", type=int, default=16, help="what the newsroom does in each run")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    under_shim()
    ready()
    from tests.crashes.cuts import cut, run
    from tests.crashes.newsroom import MISTAKES

    cuts = promises = operations = 0
    wrong: list[str] = []
    caught = {}
    with tempfile.TemporaryDirectory(prefix="standfirst-power-") as folder:
        for number in range(-(-options.n // CUTS)):
            seed, place = options.seed + number, Path(folder) / str(number)
            done = run(place, seed, options.edits, baked=number % 4 != 3)
            result = cut(done, place, min(CUTS, options.n - cuts), random.Random(seed))
            cuts, promises = cuts + result.cuts, promises + result.promises
            operations += len(done.operations)
            wrong += [f"run {seed}: {one}" for one in result.wrong]
            print(f"run {seed}: {cuts} cuts, {len(wrong)} wrong", file=sys.stderr, flush=True)
        for mistake in MISTAKES:
            place = Path(folder) / mistake
            done = run(place, options.seed, options.edits, baked=True, mistake=mistake)
            caught[mistake] = bool(cut(done, place, 40, random.Random(options.seed), enough=1).wrong)
    result_line = {
        "name": "power_cuts", "n": cuts, "failures": len(wrong), "told": promises, "operations": operations,
        "control_caught": all(caught.values()), "controls": caught, "first": wrong[:3],
    }  # fmt: skip
    print(json.dumps(result_line))
    return int(bool(wrong) or not all(caught.values()))


if __name__ == "__main__":
    sys.exit(main())
