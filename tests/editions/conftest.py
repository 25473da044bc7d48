"""Every test here works with page rules of its own, whatever the theme registers."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.editions import newsroom


@pytest.fixture(autouse=True)
def _rules() -> Iterator[None]:
    with newsroom.rules():
        yield
