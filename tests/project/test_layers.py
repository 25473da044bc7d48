"""The house's layers hold, and the check that says so can fail."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def check_layers(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder / "src")},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_rooms_import_downward_only(copy: Path) -> None:
    result = check_layers(copy)
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize(
    ("room", "planted"),
    [
        ("kit", "from standfirst.bake import api"),
        ("bake", "import standfirst.editions"),
        ("stories", "def later():\n    from standfirst import theme"),
        ("readers", "import standfirst.stories"),
        ("edge", "import django"),
        ("theme", "from standfirst.editions import gated"),
        ("syndication", "from standfirst import theme"),
        ("syndication", "from standfirst.editions import gated"),
    ],
)
def test_an_upward_or_forbidden_import_is_refused(copy: Path, room: str, planted: str) -> None:
    (copy / "src" / "standfirst" / room / "planted.py").write_text(planted + "\n")
    result = check_layers(copy)
    assert result.returncode != 0
    assert "planted" in result.stdout


def test_a_new_room_must_take_a_place(copy: Path) -> None:
    room = copy / "src" / "standfirst" / "attic"
    room.mkdir()
    (room / "__init__.py").write_text("")
    assert check_layers(copy).returncode != 0
