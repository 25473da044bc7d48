"""What is there after a power cut, compared with what people were told and with a bake from nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from standfirst.bake import api as bake
from standfirst.bake import leases, segments
from standfirst.bake.baker import Baker
from standfirst.edge import blobs
from standfirst.edge.blobs import BlobError
from standfirst.edge.manifest import Entry, ManifestError
from standfirst.editions import api, heads
from standfirst.editions.documents import Media, Story
from standfirst.kit import instants
from standfirst.kit.canonical import digest
from standfirst.kit.sitefolder import SiteFolder
from tests.crashes.newsroom import use
from tests.exactness.compare import differences, from_nothing
from tests.exactness.world import World

Told = dict[str, Any]
_STEPS = 300  # batches in which a baker must have come to rest; a whole site is about ten


def look(site: SiteFolder, told: list[Told], *, thorough: bool = False) -> list[str]:
    """Return in words what is lost or broken on a disk that lived through a power cut.

    First as an edge finds it that starts before anything else, then after the program's own recovery;
    `thorough` compares every page with one baked from nothing.
    """
    use(site)
    try:
        wrong = list(_as_readers_find_it(site, told))
        wrong += _databases(site)
        now = instants.now() + timedelta(seconds=leases.SECONDS)  # what dead bakers had claimed is free then
        _recover(site, now)
        wrong += _acknowledged(site, told)
        wrong += _after(site)
        if thorough:
            wrong += unlike_from_nothing(site, now)
    except Exception as error:  # noqa: BLE001 - whatever it is: the program did not start again by itself
        wrong = [f"recovery failed: {type(error).__name__}: {error}"]
    return wrong


def _as_readers_find_it(site: SiteFolder, told: list[Told]) -> Iterator[str]:
    try:
        _, entries = segments.read_all(site.store)
    except ManifestError as error:
        yield f"manifest: {error}"
        return
    for path, entry in entries.items():
        for name in filter(None, (entry.blob, entry.removal.blob if entry.removal else "")):
            yield from _blob(site, name, path)
    for pages in (one["pages"] for one in told if "visible" in one):
        for path, (seq, blob) in pages.items():
            found = entries.get(path)
            if found is None or found.seq < seq or (found.seq == seq and found.blob != blob):
                yield f"{path} was said to be visible as of {seq} and is not"


def _blob(site: SiteFolder, name: str, whose: str) -> Iterator[str]:
    try:
        if digest(blobs.read(site.store, name).plain) != name:
            yield f"{whose}: half a file is served"
    except BlobError as error:
        yield f"{whose}: {error}"


def _databases(site: SiteFolder) -> Iterator[str]:
    for file in (site.main_db, site.bake_db):
        connection = sqlite3.connect(file)
        (answer,) = connection.execute("PRAGMA integrity_check").fetchone()
        connection.close()
        if answer != "ok":
            yield f"{file.name}: {answer}"


def _recover(site: SiteFolder, now: datetime) -> None:
    """What `serve` does: a baker starts and bakes what is due."""
    baker = Baker(site, "a", clock=lambda: now)
    baker.start()
    for _ in range(_STEPS):
        if baker.step() is None:
            return
    raise RuntimeError("the baker bakes without end")


def _acknowledged(site: SiteFolder, told: list[Told]) -> Iterator[str]:
    last = api.last_seq()
    for one in told:
        if "record" in one:
            document = api.edition(one["record"], one["number"])
            if document is None or digest(document.to_bytes()) != one["digest"]:
                yield f"edition {one['number']} of {one['record']} was acknowledged and is lost"
        elif "blob" in one:
            yield from _blob(site, one["blob"], "a picture that was stored")
        elif one.get("chain", 0) > last:
            yield f"edition {one['chain']} of the newsroom was acknowledged; the last is {last}"


def _after(site: SiteFolder) -> Iterator[str]:
    """The program's own checks, and every live story at its address with its last words."""
    yield from (f"verify: {problem}" for problem in bake.verify(site))
    yield from (f"chain: {problem}" for problem in api.verify_chain())
    if bake.waiting():
        yield f"{bake.waiting()} pages still wait"
    entries = segments.read_all(site.store)[1]
    for story in heads.live("story"):
        assert isinstance(story, Story)
        entry = entries.get(story.path)
        if entry is None or entry.status != 200:
            yield f"{story.path} is not served"
        elif story.headline.encode() not in blobs.read(site.store, entry.blob).plain:
            yield f"{story.path} does not show its last edition"


def unlike_from_nothing(site: SiteFolder, now: datetime) -> list[str]:
    """Return in words where what is served differs from what a bake from nothing would serve."""
    followed = segments.read_all(site.store)[1]
    return list(differences(_pages(followed), _pages(from_nothing(_world(site, now)))))


def _world(site: SiteFolder, now: datetime) -> World:
    """What a bake from nothing needs to know: the time, and the pictures' bytes."""
    names = [file.blob for one in heads.live("media") if isinstance(one, Media) for file in one.renditions]
    return World(0, now=now, pictures=[blobs.read(site.store, name).plain for name in names])


def _pages(entries: dict[str, Entry]) -> dict[str, Entry]:
    """Leave out what is gone: nothing baked from nothing was ever anywhere."""
    return {path: entry for path, entry in entries.items() if entry.status != 410}
