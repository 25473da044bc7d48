"""A baker's start: the store and the index agree again, whatever happened before."""

from __future__ import annotations

import logging
from dataclasses import replace

from standfirst.bake import committing, index, leases, marking, segments, store
from standfirst.bake.drawing import entry_digest
from standfirst.bake.index import Index
from standfirst.bake.registry import all_assets, inputs, renderers, source
from standfirst.bake.store import ONCE, BlobWriter
from standfirst.edge.manifest import Entry
from standfirst.kit import bus, instants
from standfirst.kit.sitefolder import SiteFolder

ASSET = "asset"

log = logging.getLogger(__name__)


def start(site: SiteFolder, name: str) -> None:
    """Sweep, agree with the store, bring in assets, and want again what changed renderers drew."""
    store.sweep(site.store)
    for _, one in inputs.items():
        one.take(site)
    with index.opened() as ix:
        leases.release_of(ix, name)
        agree(ix, site)
        go_back(ix, site)
    marking.mark_all()
    with index.opened() as ix:
        want_redrawn(ix)
    _bring_assets(site)


def renew(site: SiteFolder) -> None:
    """Take in what changed beside records: new assets first, then the pages that hang on it."""
    changed = [one.take(site) for _, one in inputs.items()]  # every one, also when the first did
    if not any(changed):
        return
    _bring_assets(site)
    with index.opened() as ix:
        want_redrawn(ix)


def agree(ix: Index, site: SiteFolder) -> None:
    """Make index and manifest speak of the same segments.

    The manifest is ahead after a crash, or when the index was lost: what it says is taken in and baked
    again. It is behind when the store was restored from an older copy, or lost: then everything is
    baked again, after a new base at the number that was reached, so that no number comes twice.
    """
    reached = segments.last(site.store)
    if reached > ix.segment:
        if segments.exists(site.store, ix.segment + 1):
            committing.adopt(ix, site.store)
        if ix.segment < reached:
            number, paths = segments.read_all(site.store)
            committing.forget_entries(ix, list(paths))
            ix.segment = number
    elif reached < ix.segment:
        _, paths = segments.read_all(site.store)
        segments.write(site.store, "base", ix.segment, paths.values())
        ix.run("UPDATE bake_path SET entry = ''")
        marking.want_where(ix, "renderer <> %s", [ASSET], "low")


def go_back(ix: Index, site: SiteFolder) -> None:
    """Follow records that are older than what was baked: somebody put a backup in their place.

    They will use numbers again that the manifest has seen, and an entry with a lower number counts as stale.
    So a new base tells all entries without one, and every page is baked again, also those that only the lost
    records knew: they are gone. Not noticed are records that passed the old number before a baker started.
    """
    with source().snapshot() as seq:
        if seq >= ix.cursor:
            return
    log.warning(
        "the records end at %d and pages were baked as of %d: taking the records as put back from a backup, "
        "and baking everything again", seq, ix.cursor,
    )  # fmt: skip
    _, paths = segments.read_all(site.store)
    ix.segment += 1
    segments.write(site.store, "base", ix.segment, [replace(entry, seq=0) for entry in paths.values()])
    ix.run("UPDATE bake_path SET wanted = 0, baked = 0, entry = 'unknown' WHERE renderer <> %s", [ASSET])
    marking.want_where(ix, "renderer <> %s", [ASSET], "low")
    for table in ("publish", "affected"):
        ix.run(f"DELETE FROM bake_{table} WHERE seq > %s", [seq])  # noqa: S608 (the two names above)
    ix.cursor = 0


def want_redrawn(ix: Index) -> None:
    """Have pages baked again, in the low lane, whose renderer is not the one that drew them."""
    for name, renderer in renderers.items():
        marking.want_where(ix, "renderer = %s AND fingerprint <> %s", [name, renderer.fingerprint], "low")


def _bring_assets(site: SiteFolder) -> None:
    """Put every registered asset into the manifest. Old ones stay: pages in caches still name them."""
    with index.opened() as ix:
        known = dict(ix.rows("SELECT path, entry FROM bake_path WHERE renderer = %s", [ASSET]))
    blobs = BlobWriter(site.store)
    entries = []
    for asset in all_assets():
        name = blobs.put(asset.body, asset.content_type, ONCE)
        entry = Entry(asset.path, 200, name, asset.content_type, cache=asset.cache)
        if known.get(asset.path) != entry_digest(entry):
            entries.append(entry)
    blobs.flush()
    if not entries:
        return
    with index.opened() as ix:
        number = add_assets(ix, site, entries)
    bus.send(site, bus.SEGMENT, str(number))


def add_assets(ix: Index, site: SiteFolder, entries: list[Entry]) -> int:
    """Write a segment of assets and note them; return its number."""
    committing.adopt(ix, site.store)
    now = instants.now().timestamp()
    marking.want(ix, [entry.path for entry in entries], "normal")
    number = committing.write_segment(ix, site.store, entries)
    ix.many(
        """UPDATE bake_path SET due = FALSE, again_done = again, entry = %s, blob = %s, status = 200,
           renderer = %s, segment = %s, baked_at = %s WHERE path = %s""",
        [(entry_digest(e), e.blob, ASSET, number, now, e.path) for e in entries],
    )
    ids = dict(ix.each_in("SELECT path, id FROM bake_path WHERE path IN ({})", [e.path for e in entries]))
    committing.log_served(ix, [(ids[entry.path], entry) for entry in entries], number, now)
    return number
