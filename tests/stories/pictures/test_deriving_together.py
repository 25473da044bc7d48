"""Many pictures at once: each in a process of its own, and those end with whoever started them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from standfirst.stories.pictures import api as pictures
from standfirst.stories.pictures.models import Derivation
from tests.stories.pictures.samples import saved, scene

STARTS_AND_WAITS = """
import multiprocessing, os, time
from concurrent.futures import ProcessPoolExecutor
from standfirst.kit.processes import end_with_parent

if __name__ == "__main__":
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, context, end_with_parent) as pool:
        print(pool.submit(os.getpid).result(), flush=True)
        time.sleep(100)
"""


@pytest.mark.django_db
def test_they_are_derived_by_other_processes() -> None:
    rows = [
        pictures.save_picture(saved(scene(60 + n, 40)), title=f"Picture {n}", alt="A scene.")
        for n in range(4)
    ]
    done = list(pictures.derive_together(rows))
    assert {row.pk for row in done} == {row.pk for row in rows}
    assert Derivation.objects.filter(error="").count() == 4  # made there: nobody has called `derive`


def test_they_end_when_the_one_that_started_them_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "starts.py"
    script.write_text(STARTS_AND_WAITS)
    with subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, text=True) as starter:
        assert starter.stdout is not None
        worker = int(starter.stdout.readline())
        assert runs(worker)
        starter.send_signal(signal.SIGKILL)
        starter.wait(10)
        until = time.monotonic() + 20
        while runs(worker) and time.monotonic() < until:
            time.sleep(0.05)
        assert not runs(worker)


def runs(process: int) -> bool:
    """Return whether a process is there and no mere leftover that its parent has not looked at."""
    try:
        os.kill(process, 0)
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except (ProcessLookupError, FileNotFoundError):
        return False
    return state != "Z"
