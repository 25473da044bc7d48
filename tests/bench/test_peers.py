"""The parts of the peers' bench that measure nothing: stories, readings of /proc, the table."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import re
import subprocess
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from bench.peers import ghost, measure, processes, standfirst, stories, table
from bench.peers.load import Cost
from bench.peers.peer import Loaded
from bench.peers.weight import Weight

from bench import __main__ as bench
from standfirst.archive import reading
from tests.newsroom.system import ROOT

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
TICK = os.sysconf("SC_CLK_TCK")


def test_every_peer_gets_the_same_stories_each_of_its_own_words() -> None:
    pieces = stories.pieces(NOON)
    assert pieces == stories.pieces(NOON)
    assert len({piece.headline for piece in pieces}) == len({piece.slug for piece in pieces}) == 500
    assert len({piece.paragraphs for piece in pieces}) == 500
    assert [piece.published for piece in pieces] == sorted(piece.published for piece in pieces)
    assert pieces[-1].published < NOON
    assert sum(piece.picture is not None for piece in pieces) == 250


def test_stories_are_plain_words_that_html_cannot_misread() -> None:
    for piece in stories.pieces(NOON, 60):
        assert re.fullmatch(r"(<p>[^<>]+</p>)+", piece.html)
        assert not re.search(r"&(?!amp;|lt;|gt;)", piece.html)


def test_a_fresh_story_has_words_that_no_other_page_has() -> None:
    words = stories.fresh(10_001, NOON).headline.partition(":")[0]
    others = [piece.headline for piece in stories.pieces(NOON)] + [stories.fresh(10_002, NOON).headline]
    assert not any(words in headline for headline in others)


def test_the_archive_of_the_stories_is_one_that_loads(tmp_path: Path) -> None:
    pieces = stories.pieces(NOON, 20)
    standfirst.write_archive(pieces, tmp_path)
    archive = reading.read(tmp_path, lambda name: NOON)
    assert {key: story.headline for key, story in archive.stories.items()} == {
        piece.slug: piece.headline for piece in pieces
    }
    assert all(len(story.body) == stories.PARAGRAPHS for story in archive.stories.values())


def test_ghosts_admin_api_is_signed_as_rfc_7519_says() -> None:
    head, body, proof = ghost._signed("41ab:00ff")["Authorization"].removeprefix("Ghost ").split(".")
    decoded = json.loads(base64.urlsafe_b64decode(head + "=="))
    assert decoded == {"alg": "HS256", "typ": "JWT", "kid": "41ab"}
    right = hmac.digest(bytes.fromhex("00ff"), f"{head}.{body}".encode(), hashlib.sha256)
    assert base64.urlsafe_b64decode(proof + "==") == right


@pytest.fixture
def proc(tmp_path: Path) -> Path:
    """A /proc in which 10 has the child 11 and the grandchild 12; 20 is a stranger."""
    for pid, parent, name in ((10, 1, "serve"), (11, 10, "a) b (c"), (12, 11, "worker"), (20, 1, "other")):
        folder = tmp_path / str(pid)
        folder.mkdir()
        # state, ppid, then eight fields, then utime, stime, cutime, cstime: proc(5)
        times = f"{TICK} {TICK} {2 * TICK} 0"
        (folder / "stat").write_text(f"{pid} ({name}) S {parent} 0 0 0 0 0 0 0 0 0 {times} 20 0")
        (folder / "smaps_rollup").write_text("55-7f ---p 0 00:00 0 [rollup]\nRss: 3000 kB\nPss: 1000 kB\n")
    (tmp_path / "self").mkdir()
    return tmp_path


def test_a_tree_is_the_process_and_all_below_it(proc: Path) -> None:
    assert processes.tree([10], proc) == {10, 11, 12}
    assert processes.tree([11], proc) == {11, 12}
    assert processes.tree([99], proc) == set()


def test_cpu_counts_each_process_once_with_children_that_have_ended(proc: Path) -> None:
    assert processes.cpu_seconds([10], proc) == 3 * 4
    assert processes.cpu_seconds([10, 11], proc) == 3 * 4
    assert processes.cpu_seconds([20], proc) == 4


def test_memory_is_of_all_processes_in_megabytes(proc: Path) -> None:
    found = processes.memory([10], proc)
    assert (found.pss, found.rss) == (pytest.approx(3.072), pytest.approx(9.216))
    assert found.processes == 3


def test_cpu_of_a_real_process_grows_as_it_works() -> None:
    before = processes.cpu_seconds([os.getpid()])
    while processes.cpu_seconds([os.getpid()]) < before + 0.03:
        sum(range(100_000))


def figures(cpu: float, visible: float, pss: float) -> measure.Figures:
    found = measure.Figures("as it comes", {"Peer": "1.0"}, Loaded(40, 50, 160, "2026-11-24", "x"))
    found.costs = {page: [Cost(cpu, 0, 100, 1, 0.5)] * 3 for page in ("article", "home", "feed")}
    found.memory = {
        "application": processes.Memory(pss, 2 * pss, 8), "database": processes.Memory(0, 0, 0),
    }  # fmt: skip
    found.visible_s = [3 * visible, visible, visible]
    found.weights = {page: Weight(90_000, 9000, 7, 0, 0, "br", ()) for page in ("article", "home")}
    found.shown = {"home": 30, "feed": 30}
    return found


@pytest.fixture
def results() -> dict[str, Any]:
    peers = {"Standfirst": figures(0.03, 0.2, 500), "Ghost": figures(14, 1.2, 300)}
    return {
        "measured": "2026-11-24T12:00:00+00:00", "machine": "2 cores", "stories": 500,
        "plan": asdict(measure.Plan()), "missing": {"WordPress": "needs the packages php-fpm"},
        "peers": {name: asdict(found) for name, found in peers.items()},
    }  # fmt: skip


def row(text: str, title: str) -> list[str]:
    """Return a row's cells."""
    line = next(line for line in text.splitlines() if line.startswith(f"| {title}"))
    return [cell.strip() for cell in line.split("|")[2:-1]]


def behind(text: str) -> str:
    return text.partition("## Where Standfirst is behind")[2].partition("## ")[0]


def test_the_table_has_a_column_each_and_says_what_could_not_be_installed(results: dict[str, Any]) -> None:
    text = table.write(results)
    assert row(text, "CPU per request, article") == ["30 µs", "14 ms", "—"]
    assert row(text, "publish to visible, worst") == ["600 ms", "3.6 s", "—"]
    assert "WordPress could not be installed: needs the packages php-fpm." in text


def test_lines_in_which_we_are_behind_are_written_out(results: dict[str, Any]) -> None:
    text = behind(table.write(results))
    assert "memory after load, PSS (application + database): Standfirst 500 MB; Ghost 300 MB." in text
    assert "CPU per request" not in text
    first, second = results["peers"].values()
    turned = results | {"peers": {"Standfirst": second, "Ghost": first}}
    text = behind(table.write(turned))
    assert "memory" not in text
    assert "CPU per request, article" in text


def test_other_systems_are_installed_only_for_who_asks_for_them_by_name() -> None:
    asked = subprocess.run(
        [sys.executable, "-m", "bench", "nothing"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert asked.returncode == 64
    assert "peers" in asked.stderr
    assert not set(bench.ON_REQUEST) & {file.stem for file in (ROOT / "bench").glob("*.py")}


def test_the_page_in_the_docs_is_what_the_last_run_found() -> None:
    assert table.PAGE.read_text("utf-8") == table.write(table.kept()), "`make docs` writes it again"


def test_times_are_told_in_the_unit_that_fits() -> None:
    assert [table.duration(value) for value in (0.027, 4.8444, 13.37, 250, 1234)] == [
        "27 µs", "4.84 ms", "13.4 ms", "250 ms", "1.2 s",
    ]  # fmt: skip
