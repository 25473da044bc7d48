"""Every test here works with page rules and erasers of its own, whatever other rooms register."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from standfirst.editions import api
from tests.editions import newsroom


@pytest.fixture(autouse=True)
def _rules(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(api.erasers, "_items", {})
    with newsroom.rules():
        yield
