from __future__ import annotations

from pathlib import Path

import pytest

from tests.archive.rich import enrich
from tests.archive.small import Small


@pytest.fixture
def small(tmp_path: Path) -> Small:
    return Small(tmp_path / "small")


@pytest.fixture
def rich(small: Small) -> Small:
    return enrich(small)
