"""The tests of baking once more, on a real Postgres."""

from __future__ import annotations

import os
import re
import subprocess
import sys

from tests.postgres import ROOT, URL_VARIABLE, Server


def test_pages_are_baked_the_same_on_postgres(postgres: Server) -> None:
    files = [f"tests/bake/{name}.py" for name in ("test_baking", "test_time_and_trouble")]
    result = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:xdist", *files],
        cwd=ROOT, env={**os.environ, URL_VARIABLE: postgres.database("editions", "bake")},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert result.returncode == 0, result.stdout[-6000:] + result.stderr[-2000:]
    passed = re.search(r"(\d+) passed", result.stdout)
    assert passed is not None
    assert int(passed[1]) >= 30
