"""Taking in what readers sent once more, on a real Postgres: other locks, other refusals of words."""

from __future__ import annotations

import os
import re
import subprocess
import sys

from tests.postgres import ROOT, URL_VARIABLE, Server


def test_what_readers_sent_is_taken_in_the_same_on_postgres(postgres: Server) -> None:
    result = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:xdist", "tests/readers/test_taking.py"],
        cwd=ROOT, env={**os.environ, URL_VARIABLE: postgres.database("readers")},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert result.returncode == 0, result.stdout[-6000:] + result.stderr[-2000:]
    passed = re.search(r"(\d+) passed", result.stdout)
    assert passed is not None
    assert int(passed[1]) >= 15
