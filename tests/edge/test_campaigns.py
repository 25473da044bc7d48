"""The short forms of `make faults NAME=events` and `NAME=edge_slow_clients`."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.newsroom.system import ROOT


def campaign(name: str, *options: str) -> dict[str, object]:
    """Run a campaign; return its figures. Fails when it does."""
    done = subprocess.run(
        [sys.executable, "-m", f"tests.faults.{name}", *options], cwd=ROOT,
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr[-2000:]
    figures: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
    return figures


def test_200_clients_that_come_and_go_end_with_each_change_once_in_order() -> None:
    figures = campaign("events", "--n", "200", "--rate", "40")
    assert figures["failures"] == 0
    assert figures["changes"] == 200
    assert figures["control_caught"]


@pytest.mark.timeout(120)
def test_pages_are_quick_beside_slow_clients_and_200_streams() -> None:
    figures = campaign("edge_slow_clients", "--n", "40", "--seconds", "4")
    assert figures["streams"] == 200
    assert figures["control_caught"]
