"""Power cuts, full disks and many bakers, in short; in full `make faults NAME=power_cuts` and so on."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

from tests.conftest import ROOT


def campaign(name: str, *options: str) -> dict[str, Any]:
    """Run a campaign in a process of its own; return its line."""
    ran = subprocess.run(
        [sys.executable, "-m", f"tests.faults.{name}", *options],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.stdout, ran.stderr[-3000:]
    result: dict[str, Any] = json.loads(ran.stdout.splitlines()[-1])
    return result


def test_what_anybody_was_told_of_outlives_a_power_cut_and_missing_syncs_would_show() -> None:
    result = campaign("power_cuts", "--n", "5", "--edits", "8", "--seed", "2")
    assert result["first"] == []
    assert result["n"] == 5
    assert result["told"] > 20
    assert result["controls"] == {"database": True, "store": True}


def test_a_full_disk_leaves_old_pages_or_new_ones_and_all_goes_on_when_there_is_room() -> None:
    result = campaign("disk_full", "--n", "6")
    assert result["first"] == []
    assert result["n"] == 6
    assert result["refused"] > 0
    assert result["baker_said_so"] > 0
    assert result["control_caught"]


def test_ten_bakers_and_ten_publishers_end_with_the_last_edition_everywhere() -> None:
    result = campaign("many_bakers", "--n", "3", "--only", "sqlite")
    assert result["first"] == []
    assert result["databases"] == {"sqlite": 30}
    assert result["control_caught"]
