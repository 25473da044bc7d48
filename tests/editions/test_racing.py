"""Several processes publish at once: one after another in the chain, none lost, none twice."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.postgres import ROOT, Server, environment

RACERS, EACH = 3, 30

CHECK = """
import django; django.setup()
from standfirst.editions import api
from standfirst.editions.models import Edition
print(api.last_seq(), len(api.verify_chain()), *Edition.objects.order_by("seq").values_list("seq", flat=True))
"""


@pytest.mark.parametrize("database", ["sqlite", "postgres"])
def test_numbers_have_no_gaps_whoever_publishes_at_once(
    database: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    site = _site(database, request, tmp_path)
    racers = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.editions.racer", f"r{number}", str(EACH)],
            cwd=ROOT, env=environment(site), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for number in range(RACERS)
    ]  # fmt: skip
    told = []
    for racer in racers:
        out, errors = racer.communicate(timeout=120)
        assert racer.returncode == 0, errors[-3000:]
        told += [line.split() for line in out.splitlines()]
    numbers = sorted(int(seq) for seq, _, _ in told)
    assert numbers == list(range(1, len(told) + 1))
    assert len({(record, number) for _, record, number in told}) == len(told)
    assert RACERS * EACH * 0.5 < len(told) < RACERS * EACH, "some are taken back"
    checked = subprocess.run(
        [sys.executable, "-c", CHECK], cwd=ROOT, env=environment(site), capture_output=True, text=True,
        check=True,
    ).stdout.split()  # fmt: skip
    assert checked[:2] == [str(len(told)), "0"]
    assert [int(seq) for seq in checked[2:]] == numbers


def _site(database: str, request: pytest.FixtureRequest, parent: Path) -> Path:
    if database == "sqlite":
        site: Path = request.getfixturevalue("site_folder")
        return site
    server: Server = request.getfixturevalue("postgres")
    return server.site(parent, server.database("editions", "bake"))
