"""The tests of this folder once more, on a real Postgres."""

from __future__ import annotations

import os
import re
import subprocess
import sys

from tests.postgres import ROOT, URL_VARIABLE, Server


def test_records_behave_the_same_on_postgres(postgres: Server) -> None:
    files = sorted(path for path in (ROOT / "tests" / "editions").glob("test_*.py") if "@" not in path.name)
    chosen = [
        str(path) for path in files if path.stem not in ("test_postgres", "test_racing", "test_schemas")
    ]
    result = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-m", "not sqlite", "-p", "no:xdist", *chosen],
        cwd=ROOT, env={**os.environ, URL_VARIABLE: postgres.database("editions", "bake")},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert result.returncode == 0, result.stdout[-6000:] + result.stderr[-2000:]
    passed = re.search(r"(\d+) passed", result.stdout)
    assert passed is not None
    assert int(passed[1]) > 80
