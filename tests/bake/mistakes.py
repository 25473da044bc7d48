"""Mistakes to make on purpose: each takes away one thing that keeps pages from staying behind."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from standfirst.bake import committing
from standfirst.bake.index import Index
from standfirst.bake.leases import Lease


def no_look_at_moved_keys(patched: pytest.MonkeyPatch) -> None:
    patched.setattr(committing._Work, "moved_past", lambda *_: 0)


def no_fencing(patched: pytest.MonkeyPatch) -> None:
    def held(index: Index, lease: Lease) -> dict[int, committing._Row]:
        sql = "SELECT id, wanted, again, entry, failures FROM bake_path WHERE id IN ({})"
        found = index.each_in(sql, [path.id for path in lease.paths])
        return {row[0]: committing._Row(*row[1:]) for row in found}

    patched.setattr(committing, "_held", held)


def no_regard_for_marks_under_a_lease(patched: pytest.MonkeyPatch) -> None:
    real = committing._held

    def held(index: Index, lease: Lease) -> dict[int, committing._Row]:
        rows = real(index, lease)
        return {number: committing._Row(0, 0, row.entry, row.failures) for number, row in rows.items()}

    patched.setattr(committing, "_held", held)
    no_look_at_moved_keys(patched)


def no_doubt_about_adopted_segments(patched: pytest.MonkeyPatch) -> None:
    def nothing(index: Index, paths: Sequence[str]) -> None:
        return None

    patched.setattr(committing, "forget_entries", nothing)
