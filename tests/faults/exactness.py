"""A newsroom lives through `--n` edits; the tree that followed them is the one baked from nothing.

Every 20th edit both are compared in full, and after each edit every file written is looked at: it must say
something that was not there before. Two mistakes in baking are the controls.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from tests.faults._site import ready

if TYPE_CHECKING:
    from tests.exactness.compare import Report

LIFE = 250  # edits of one newsroom


def main() -> int:
    """Run the campaign; return 0 when no tree differed and both controls were caught."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--n", type=int, default=5000, help="edits in all")
    options = parser.parse_args()
    ready()
    import pytest

    from tests.exactness import mistakes

    lives = [_life(seed, min(LIFE, options.n)) for seed in range(max(1, options.n // LIFE))]
    caught = 0
    for mistake in (mistakes.no_note_of_authors, mistakes.no_look_at_what_is_there):
        with pytest.MonkeyPatch.context() as patched:
            mistake(patched)
            caught += bool(_life(1, 60).wrong)
    wrong = [one for life in lives for one in life.wrong]
    baked, written = sum(life.baked for life in lives), sum(life.written for life in lives)
    result = {
        "name": "exactness", "n": sum(life.edits for life in lives), "failures": len(wrong),
        "compared": sum(life.compared for life in lives), "paths": max(life.paths for life in lives),
        "written": written, "amplification": round(baked / max(1, written), 2),
        "edits": dict(sum((life.doings for life in lives), Counter())),
        "control_caught": caught == 2, "first": wrong[:3],
    }  # fmt: skip
    print(json.dumps(result))
    return int(bool(wrong) or caught != 2)


def _life(seed: int, edits: int) -> Report:
    """Let one newsroom live in databases and a folder that forget it afterwards."""
    from django.conf import settings
    from django.db import transaction

    from standfirst.bake.router import alias
    from standfirst.kit.sitefolder import SiteFolder
    from tests.exactness.compare import lived

    with tempfile.TemporaryDirectory() as folder:
        settings.STANDFIRST_SITE = SiteFolder(Path(folder))
        with transaction.atomic(), transaction.atomic(using=alias()):
            report = lived(seed=seed, edits=edits, every=20)
            transaction.set_rollback(True)
            transaction.set_rollback(True, using=alias())
    print(f"newsroom {seed}: {report.edits} edits, {len(report.wrong)} wrong", file=sys.stderr, flush=True)
    return report


if __name__ == "__main__":
    sys.exit(main())
