"""Two bakes of one newsroom: the one that lived through every edit, and one from nothing."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.db import connections, transaction

from standfirst.bake import segments
from standfirst.bake.baker import Baker
from standfirst.bake.drawing import entry_digest
from standfirst.bake.router import alias
from standfirst.bake.store import BlobWriter
from standfirst.edge.manifest import Entry
from standfirst.kit.sitefolder import SiteFolder
from tests.exactness.world import World, found, live

INDEX = ("path", "dependency", "state", "publish", "affected", "served")


@dataclass
class Report:
    """What a life of a newsroom showed. `wrong` says each difference in words."""

    edits: int = 0
    compared: int = 0
    paths: int = 0
    baked: int = 0
    written: int = 0
    doings: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    @property
    def amplification(self) -> float:
        """How many pages were drawn for one whose bytes changed."""
        return self.baked / max(1, self.written)


class Bakery:
    """The baker that follows every edit, with what it wrote."""

    def __init__(self, world: World, site: SiteFolder) -> None:
        self.world, self.site = world, site
        self.baker = Baker(site, "follower", clock=lambda: world.now)
        self.baker.start()
        self.number, self.tree = segments.read_all(site.store)

    def follow(self, report: Report, doing: str) -> None:
        """Bake what is due; note every file written that says what was there before."""
        before = self._blobs()
        while (outcome := self.baker.step()) is not None:
            report.baked += outcome.baked
            if outcome.failed:
                report.wrong.append(f"{doing}: a page could not be baked")
                return
        named: set[str] = set()
        for number in range(self.number + 1, segments.last(self.site.store) + 1):
            for entry in segments.read(self.site.store, f"seg-{number:010d}"):
                known = self.tree.get(entry.path)
                if known is not None and entry_digest(known) == entry_digest(entry):
                    report.wrong.append(f"{doing}: {entry.path} was written and had not changed")
                self.tree[entry.path] = entry
                named |= set(_files_of(entry))
                report.written += 1
            self.number = number
        for blob in self._blobs() - before - named:
            report.wrong.append(f"{doing}: the file {blob} was written for no page")

    def _blobs(self) -> set[str]:
        return {path.name for path in (self.site.store / "blobs").rglob("*") if path.is_file()}


def _files_of(entry: Entry) -> Iterator[str]:
    """Yield the files an address answers with, now and as what is on it ends."""
    yield entry.blob
    yield from (step.blob for step in (entry.removal.steps() if entry.removal else ()))


@contextmanager
def _empty_index() -> Iterator[None]:
    """Hide the bake index for a block, as if it had been lost."""
    with transaction.atomic(using=alias()):
        with connections[alias()].cursor() as cursor:
            for table in INDEX:
                cursor.execute(f"DELETE FROM bake_{table}")
        yield
        transaction.set_rollback(True, using=alias())


def from_nothing(world: World) -> dict[str, Entry]:
    """Bake everything anew into an empty folder; return its manifest."""
    folder = Path(tempfile.mkdtemp(prefix="nothing-"))
    try:
        site = SiteFolder(folder)
        blobs = BlobWriter(site.store)
        for body in world.pictures:
            blobs.put(body, "image/avif")
        blobs.flush()
        with _empty_index():
            baker = Baker(site, "anew", clock=lambda: world.now)
            baker.start()
            while baker.step() is not None:
                pass
            return segments.read_all(site.store)[1]
    finally:
        shutil.rmtree(folder)


def differences(followed: dict[str, Entry], anew: dict[str, Entry]) -> Iterator[str]:
    """Yield in words where two trees are not the same."""
    for path in sorted(followed.keys() | anew.keys()):
        one, other = followed.get(path), anew.get(path)
        if one is None or other is None:
            yield f"{path} is only in the {'followed tree' if other is None else 'one from nothing'}"
        elif entry_digest(one) != entry_digest(other):
            yield f"{path} differs: {one.status} {one.blob[:12]} and {other.status} {other.blob[:12]}"


def lived(*, seed: int, edits: int, every: int, site: SiteFolder | None = None) -> Report:
    """Let a newsroom live through `edits`, baking after each; compare in full at every `every`th."""
    world, report = found(seed), Report()
    bakery = Bakery(world, site or settings.STANDFIRST_SITE)
    bakery.follow(report, "the start")
    report.baked = report.written = 0
    for number, doing in enumerate(live(world, edits), 1):
        report.edits, report.doings[doing] = number, report.doings[doing] + 1
        bakery.follow(report, f"edit {number}, {doing}")
        if number % every == 0 or number == edits:
            anew = from_nothing(world)
            report.compared, report.paths = report.compared + 1, len(anew)
            report.wrong += [f"after edit {number}, {doing}: {one}" for one in differences(bakery.tree, anew)]
        if len(report.wrong) > 20:
            break
    return report
