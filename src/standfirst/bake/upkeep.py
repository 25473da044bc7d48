"""What keeps the store and the index small: receipts long past, blobs that nothing names any more."""

from __future__ import annotations

from standfirst.bake import index, marking, moves

SEGMENTS = 500
"""More segments than this after the base, and a new base is written."""


def prune() -> None:
    """Forget receipts long past."""
    with index.opened() as ix:
        old = ix.cursor - marking.RECEIPTS
        oldest = ix.one("SELECT min(seq) FROM bake_publish")[0]
        if oldest is None or oldest > old - 200:
            return
        ix.run("DELETE FROM bake_affected WHERE seq <= %s", [old])
        ix.run("DELETE FROM bake_publish WHERE seq <= %s", [old])
    moves.forget(old)
