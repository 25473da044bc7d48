"""What keeps the store and the index small: receipts long past, blobs that nothing names any more."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

from standfirst.bake import checks, index, marking, moves, segments
from standfirst.bake.registry import blob_holders
from standfirst.edge import blobs
from standfirst.kit.sitefolder import SiteFolder

SEGMENTS = 1000
"""More segments than this after the base, and a new base is written."""


BITE = 5000
"""How many rows of old receipts go at once: whoever publishes meanwhile waits for no more than that."""


def prune() -> None:
    """Forget receipts long past, or a part of them."""
    with index.opened() as ix:
        old = ix.cursor - marking.RECEIPTS
        oldest = ix.one("SELECT min(seq) FROM bake_publish")[0]
        if oldest is None or oldest > old - 200:
            return
        rows = "SELECT seq, path_id FROM bake_affected WHERE seq <= %s LIMIT %s"
        ix.run(f"DELETE FROM bake_affected WHERE (seq, path_id) IN ({rows})", [old, BITE])  # noqa: S608
        if ix.one("SELECT count(*) FROM bake_affected WHERE seq <= %s", [old])[0]:
            return
        ix.run("DELETE FROM bake_publish WHERE seq <= %s", [old])
    moves.forget(old)


def collect(site: SiteFolder, retention: float) -> list[str]:
    """Remove blobs that nothing has named for `retention` seconds; return their names.

    Kept are: what the manifest's files name, what was served within the retention, what rooms say they
    hold, and whatever is younger. Only one bite of it holds the index's lock, so bakers go on.
    """
    before = time.time() - retention
    candidates = [path for path in _blob_files(site.store) if path.stat().st_mtime < before]
    removed: list[str] = []
    for bite in index.chunks(path.name for path in candidates):
        with index.opened():
            kept = _kept(site, before)
            for name in map(str, bite):
                path = blobs.blob_path(site.store, name)
                if name not in kept and path.stat().st_mtime < before:
                    path.unlink()
                    removed.append(name)
    return removed


def _kept(site: SiteFolder, before: float) -> set[str]:
    kept: set[str] = set()
    for path in segments.folder(site.store).glob("*-*"):
        kept |= checks.named_blobs(segments.read(site.store, path.name)).keys()
    log = """SELECT s.blob, s.removal_blob FROM bake_served s WHERE s.at >= %s OR s.id =
             (SELECT max(l.id) FROM bake_served l WHERE l.path_id = s.path_id AND l.at < %s)"""
    for blob, removal in index.rows(log, [before, before]):
        kept |= {blob, removal}
    for _, holder in blob_holders.items():
        kept |= set(holder())
    return kept


def _blob_files(store: Path) -> Iterator[Path]:
    for folder in sorted((store / "blobs").glob("??")):
        yield from folder.iterdir()
