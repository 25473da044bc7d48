"""The power goes while a newsroom works, and nothing is lost; in full `make faults NAME=power_cuts`."""

from __future__ import annotations

import json
import subprocess
import sys

from tests.conftest import ROOT


def test_what_anybody_was_told_of_outlives_a_power_cut_and_missing_syncs_would_show() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "tests.faults.power_cuts", "--n", "6", "--seed", "2"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.stdout, ran.stderr[-3000:]
    result = json.loads(ran.stdout.splitlines()[-1])
    assert result["first"] == []
    assert result["n"] == 6
    assert result["told"] > 30
    assert result["controls"] == {"database": True, "store": True}
