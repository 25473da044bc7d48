"""One newsroom for the tests of a worker that read and write as people do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser import chromium
from tests.newsroom.system import Newsroom, newsroom


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newsroom]:
    """A whole site, running: edge, baker, desk, application, worker."""
    folder: Path = tmp_path_factory.mktemp("newsroom")
    with newsroom(folder) as made:
        made.start("edge", "desk", "baker", "app", "worker")
        made.until(f"{made.desk}/desk/login/")
        made.until(f"{made.readers}/")
        yield made


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started
