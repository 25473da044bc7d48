"""A publish bakes exactly what it must: the followed tree is the one baked from nothing, byte for byte."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from standfirst.kit.sitefolder import SiteFolder
from tests.exactness import mistakes
from tests.exactness.compare import lived
from tests.exactness.world import EDITS

pytestmark = pytest.mark.django_db(databases=["default", "bake"])


@pytest.fixture(autouse=True)
def empty_store(settings: Any, tmp_path: Path) -> None:
    settings.STANDFIRST_SITE = SiteFolder(tmp_path)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_three_hundred_edits_leave_the_tree_that_a_bake_from_nothing_makes(seed: int) -> None:
    report = lived(seed=seed, edits=100, every=20)
    assert report.wrong == []
    assert report.compared == 5
    assert report.written > 100
    assert report.doings.keys() >= {"send_item", "post"}


def test_every_kind_of_edit_is_made() -> None:
    assert {doing.__name__ for doing in EDITS} >= {
        "write", "rewrite", "retitle", "move_section", "rename_author", "unpublish", "kill",
        "change_related", "credit", "navigate", "wait", "send_item", "edit_item", "kill_item", "cover",
        "post", "edit_post", "kill_post", "pin", "close_or_open",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("mistake", "found"),
    [
        (mistakes.no_note_of_authors, "differs"),
        (mistakes.no_note_of_posts, "differs"),
        (mistakes.no_look_at_what_is_there, "had not changed"),
    ],
)
def test_a_mistake_is_found_out(
    monkeypatch: pytest.MonkeyPatch,
    mistake: Callable[[pytest.MonkeyPatch], None],
    found: str,
) -> None:
    mistake(monkeypatch)
    report = lived(seed=4, edits=60, every=20)
    assert any(found in one for one in report.wrong)
