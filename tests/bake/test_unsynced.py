"""A blob that another baker named and died before syncing is made safe by whoever counts on it."""

from __future__ import annotations

from pathlib import Path

import pytest

from standfirst.bake import store
from standfirst.bake.store import BlobWriter
from standfirst.edge import blobs


class DiedError(Exception):
    """Stands for the death of a process."""


def test_a_blob_found_young_is_synced_with_the_folders_above_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, synced = tmp_path / "store", set[Path]()

    def die(_folder: Path) -> None:
        raise DiedError

    first = BlobWriter(root)
    name = first.put(b"words", "text/plain")
    with monkeypatch.context() as patched:
        patched.setattr(store, "sync_folder", die)
        with pytest.raises(DiedError):
            first.flush()
    monkeypatch.setattr(store, "sync_folder", synced.add)
    second = BlobWriter(root)
    assert second.put(b"words", "text/plain") == name
    second.flush()
    folder = blobs.blob_path(root, name).parent
    assert synced >= {folder, folder.parent, root, tmp_path}


def test_an_old_blob_costs_no_sync(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = BlobWriter(tmp_path / "store")
    first.put(b"words", "text/plain")
    first.flush()
    synced: list[Path] = []
    monkeypatch.setattr(store, "sync_folder", synced.append)
    monkeypatch.setattr(store, "_YOUNG", 0.0)
    again = BlobWriter(tmp_path / "store")
    again.put(b"words", "text/plain")
    again.flush()
    assert synced == []
