"""A model of publishing and baking whose steps are the real code, one at a time, in any order.

The steps are those that other processes can come between: a publish (one transaction), marking, a claim,
a snapshot with its drawing, a commit; publishes also come in the middle of the latter, between the reads
of the records and the end of the transaction on the index. A baker can die after its segment is written and
before the index knows, and the clock can turn past every lease.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connections

from standfirst.bake import committing, index, leases, marking, moves, segments, store
from standfirst.bake.baker import Baker
from standfirst.bake.committing import Batch
from standfirst.bake.drawing import render
from standfirst.bake.leases import Lease
from standfirst.bake.models import Path
from standfirst.bake.reading import RecordingReader
from standfirst.edge import blobs, manifest
from standfirst.kit import instants
from standfirst.kit.sitefolder import SiteFolder
from tests.bake.newsroom import ToySource, publish

START = datetime(2026, 11, 5, 12, tzinfo=UTC)
TURN = timedelta(seconds=30)  # longer than a lease
SOON = instants.to_text(START + timedelta(seconds=10))

Changes = Mapping[str, str | None]
_TABLES = {
    "bake": ("bake_path", "bake_dependency", "bake_state"),
    "default": ("bake_movedkey", "bake_move", "toy_record", "toy_seq"),
}
_RECEIPTS = ("bake_publish", "bake_affected", "bake_served")


class BehindError(AssertionError):
    """A path shows what its records no longer say, or went back to an older version."""


class _DeathError(Exception):
    """A baker dies here."""


@dataclass(frozen=True)
class World:
    """All there is between two steps: rows, manifest files, what each baker holds, what is still to come."""

    rows: tuple[Any, ...] = ()
    files: tuple[tuple[str, bytes], ...] = ()
    bakers: tuple[Lease | Batch | None, ...] = ()
    published: int = 0
    turned: int = 0
    died: int = 0

    def key(self) -> object:
        """Equal for worlds that go on alike: which baker is which and how high numbers count is left out."""
        tokens = {row["id"]: row["token"] for row in self.paths}
        paths = tuple(
            tuple(value for name, value in row.items() if name not in _COUNTS) for row in self.paths
        )
        due = tuple((row["again"] - row["again_done"], row["entry"]) for row in self.paths)
        held = sorted(repr(_held(baker, tokens, self.paths)) for baker in self.bakers)
        last = {}
        for _, data in self.files:
            last.update({entry.path: entry for entry in manifest.decode(data).entries})
        rows = (*self.rows[1:2], *self.rows[3:])
        cursor, _, segment = self.rows[2][0][1:]
        orphans = sum(int(name[4:]) > segment for name, _ in self.files)
        return (paths, due, rows, cursor, orphans, tuple(last.values()), tuple(held), self.published,
                self.turned, self.died)  # fmt: skip

    @property
    def paths(self) -> list[dict[str, Any]]:
        return [dict(zip(_COLUMNS, row, strict=True)) for row in self.rows[0]]


_COLUMNS = [column.column for column in Path._meta.local_fields]
_COUNTS = {"token", "holder", "segment", "baked_at", "again", "again_done", "entry"}


def _held(holds: Lease | Batch | None, tokens: dict[int, int], paths: list[dict[str, Any]]) -> object:
    """What a baker holds, as far as it matters: a lease that was taken over is no lease."""
    if holds is None:
        return None
    lease = holds if isinstance(holds, Lease) else holds.lease
    again = {row["id"]: row["again"] for row in paths}
    claimed = [
        (path.path, again[path.id] - path.again, path.served, tokens[path.id] == lease.token)
        for path in lease.paths
    ]
    return claimed, (holds.seq, holds.at, holds.drawn) if isinstance(holds, Batch) else None


@dataclass
class Model:
    """Runs steps from a world to the next. `limit` is how many paths one claim takes."""

    site: SiteFolder
    source: ToySource
    script: list[Changes]
    limit: int = 1
    count: int = 2
    turns: int = 1
    deaths: int = 1
    time: datetime = START
    between: Callable[[], None] | None = None

    def __post_init__(self) -> None:
        self.baker = Baker(self.site, "twin", clock=self.now)

    def now(self) -> datetime:
        return self.time

    def first(self) -> World:
        """Return the world as it is, with bakers that hold nothing."""
        return self.capture(World(bakers=(None,) * self.count))

    def steps(self, world: World) -> Iterator[str]:
        """Name the steps that can come next. One that would change nothing is left out."""
        more = world.published < len(self.script)
        if more:
            yield "publish"
        if world.turned < self.turns:
            yield "turn"
        yield "mark"
        if more:
            yield "mark publish between"
        for number, holds in enumerate(world.bakers):
            if holds is None:
                yield f"claim {number}"
            elif isinstance(holds, Lease):
                yield f"draw {number}"
            else:
                yield f"commit {number}"
                if world.died < self.deaths:
                    yield f"die {number}"

    def take(self, world: World, step: str) -> World:
        """Take a step from the world that the databases and the store are in now."""
        what, _, number = step.partition(" ")
        bakers = list(world.bakers)
        at = int(number) if number.isdigit() else 0
        publishes = what == "publish" or "publish" in number
        if publishes and what == "mark":
            self.between = lambda: self._publish(world)
        if what == "publish":
            self._publish(world)
        elif what == "turn":
            self.time += TURN
        elif what == "mark":
            with index.opened() as ix:
                marking.mark(ix)
        elif what == "claim":
            bakers[at] = self.claim()
        else:
            bakers[at] = self.work(what, bakers[at])
        return self.capture(
            replace(
                world, bakers=tuple(bakers), published=world.published + publishes,
                turned=world.turned + (what == "turn"), died=world.died + (what == "die"),
            )
        )  # fmt: skip

    def claim(self) -> Lease | None:
        with index.opened() as ix:
            leases.on_time(ix, self.time.timestamp())
            return leases.claim(ix, "twin", self.time.timestamp(), self.limit)

    def settle(self) -> None:
        """Let one baker finish alone, after every lease has run out."""
        self.time = START + 2 * TURN
        for _ in range(100):
            if self.baker.step() is None:
                return
        raise BehindError("the bakers do not come to rest")

    def shown(self) -> dict[str, bytes]:
        """Return what readers get at each path."""
        _, entries = segments.read_all(self.site.store)
        return {path: blobs.read(self.site.store, entry.blob).plain for path, entry in entries.items()}

    def check(self) -> None:
        """Raise BehindError unless every path shows what a fresh drawing gives."""
        shown = self.shown()
        with self.source.snapshot():
            for path, body in shown.items():
                page = self.source.page(path)
                assert page is not None
                fresh, _ = render(page, RecordingReader(self.source, self.time))
                if fresh.body != body:
                    raise BehindError(f"{path} shows {body!r}, its records say {fresh.body!r}")

    def capture(self, world: World) -> World:
        rows = []
        for alias, tables in _TABLES.items():
            for table in tables:
                found = connections[alias].connection.execute(f"SELECT * FROM {table}")
                rows.append(tuple(sorted(found.fetchall(), key=repr)))
        folder = segments.folder(self.site.store)
        files = tuple((path.name, path.read_bytes()) for path in sorted(folder.glob("*-*")))
        return replace(world, rows=tuple(rows), files=files)

    def restore(self, world: World) -> None:
        rows = iter(world.rows)
        for alias, tables in _TABLES.items():
            connection = connections[alias].connection
            connection.execute("BEGIN IMMEDIATE")
            for table in tables:
                connection.execute(f"DELETE FROM {table}")
                for row in next(rows):
                    connection.execute(f"INSERT INTO {table} VALUES ({','.join('?' * len(row))})", row)
            if alias == "bake":
                for table in _RECEIPTS:
                    connection.execute(f"DELETE FROM {table}")
            connection.execute("COMMIT")
        self._restore_files(dict(world.files))
        self.time = START + world.turned * TURN

    def _restore_files(self, files: dict[str, bytes]) -> None:
        folder = segments.folder(self.site.store)
        for path in folder.glob("*-*"):
            if path.name not in files:
                path.unlink()
        for name, data in files.items():
            if not (folder / name).exists() or (folder / name).read_bytes() != data:
                (folder / name).write_bytes(data)

    def _publish(self, world: World) -> None:
        publish(self.script[world.published])

    def work(self, what: str, holds: Lease | Batch | None) -> Lease | Batch | None:
        if what == "draw":
            assert isinstance(holds, Lease)
            return self.baker.draw(holds)
        assert isinstance(holds, Batch)
        if what == "commit":
            self.baker.commit(holds)
            return None
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(committing, "_advance", _die)
            with pytest.raises(_DeathError):
                self.baker.commit(holds)
        return None


@contextmanager
def in_between(model: Model) -> Iterator[None]:
    """Let publishes come between the two reads of marking; leave out the syncs, for no power is cut here.

    The other steps read the records at one point each: a publish during them is one before or after.
    """
    real = moves.moved_since

    def read(seq: int, upto: int = moves.LAST) -> dict[str, int]:
        found = real(seq, upto)
        if model.between is not None:
            come, model.between = model.between, None
            come()
        return found

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(moves, "instants", model)  # one instant for all publishes: equal worlds are equal
        patched.setattr(moves, "moved_since", read)
        without_syncs(patched)
        yield


def without_syncs(patched: pytest.MonkeyPatch) -> None:
    """Leave out what only a power cut would notice."""
    patched.setattr(store, "sync_folder", _nothing)
    patched.setattr(store, "sync_all", _nothing)
    patched.setattr("os.fsync", _nothing)
    for alias in ("default", "bake"):
        connections[alias].ensure_connection()
        connections[alias].connection.execute("PRAGMA synchronous=OFF")


def version(body: bytes) -> tuple[int, int]:
    """Return how far a body is: the version its records had, and whether the clock had turned."""
    return int(re.findall(rb"v(\d+)", body)[-1]), int(b"is-there" in body)


def forward_only(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> None:
    """Raise BehindError when a path went back in its records or in time."""
    for path, body in before.items():
        old, new = version(body), version(after[path])
        if new[0] < old[0] or new[1] < old[1]:
            raise BehindError(f"{path} went from {body!r} back to {after[path]!r}")


def _die(*_: object) -> None:
    raise _DeathError


def _nothing(*_: object) -> None:
    return None
