"""What other rooms may call: say what moved, ask what became of it, preview, bake."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from standfirst.bake import erasing, index, marking, moves
from standfirst.bake.baker import Baker
from standfirst.bake.checks import Problem, verify
from standfirst.bake.drawing import render
from standfirst.bake.index import Lane
from standfirst.bake.progress import PathProgress, Progress, Served, progress, served
from standfirst.bake.reading import Page, RecordingReader
from standfirst.bake.registry import Rendered, inputs, source
from standfirst.bake.store import BlobWriter
from standfirst.bake.upkeep import collect
from standfirst.kit import bus, instants
from standfirst.kit.sitefolder import SiteFolder

__all__ = [
    "BakeReport", "PathProgress", "Problem", "Progress", "Served", "bake_everything", "bake_paths", "collect",
    "erase_blobs", "failing_examples", "find_blobs", "follow_inputs", "input_problems", "move", "preview",
    "progress", "run_until_idle", "served", "store_blob", "verify", "waiting",
]  # fmt: skip


def move(keys: Iterable[str], seq: int, *, urgent: bool = False) -> None:
    """Say that `keys` moved at sequence number `seq`; `urgent` ones are baked before all others.

    Call in the transaction that changes the records, and send `bus.MOVED` when it has committed.
    Raises RuntimeError outside a transaction.
    """
    moves.record(keys, seq, urgent=urgent)


def preview(page: Page, overlay: Mapping[str, object], as_of: datetime) -> Rendered:
    """Draw a page as it would be with `overlay` in front of the records. Nothing is written."""
    follow_inputs()
    records = source()
    with records.snapshot():
        files = BlobWriter(settings.STANDFIRST_SITE.store).read
        rendered, _ = render(page, RecordingReader(records, as_of, overlay, files))
    return rendered


def follow_inputs() -> None:
    """Draw from now on, in this process, with what bakers have taken from the site folder."""
    for _, one in inputs.items():
        one.follow(settings.STANDFIRST_SITE)


def input_problems() -> tuple[str, ...]:
    """Return why bakers did not take what lies in the site folder, a line each; empty when all is well."""
    return tuple(problem for _, one in inputs.items() for problem in one.problems(settings.STANDFIRST_SITE))


def failing_examples(each: int = 3) -> Iterator[tuple[str, Exception]]:
    """Draw the newest pages of every renderer, up to `each`, and keep nothing; yield those that fail."""
    sql = """SELECT path FROM (SELECT path, row_number() OVER (PARTITION BY renderer ORDER BY wanted DESC, id)
             AS place FROM bake_path WHERE status > 0 AND renderer <> 'moved') AS ranked WHERE place <= %s"""
    records, now = source(), instants.now()
    with records.snapshot():
        for (path,) in index.rows(sql, [each]):
            page = records.page(path)
            if page is None or page.state == "moved":
                continue
            try:
                render(page, RecordingReader(records, now))
            except Exception as error:  # noqa: BLE001 - whatever a renderer does wrong is what is asked for
                yield path, error


def bake_everything(lane: Lane = "low") -> int:
    """Have every path baked again; return how many."""
    with index.opened() as ix:
        marking.mark(ix)
        marking.want_where(ix, "renderer <> 'asset'", [], lane)
        (count,) = ix.one("SELECT count(*) FROM bake_path WHERE due")
    _wake()
    return int(count)


def waiting() -> int:
    """Return how many paths wait to be baked, and publishes that no baker has seen."""
    ((due,),) = index.rows("SELECT count(*) FROM bake_path WHERE due")
    ((cursor,),) = index.rows("SELECT cursor FROM bake_state WHERE id = 1") or [(0,)]
    return int(due) + len(moves.since(int(cursor)))


def bake_paths(paths: Iterable[str]) -> None:
    """Have these paths baked again, or for the first time. Raises LookupError for one nobody has."""
    paths, records = list(paths), source()
    with index.opened() as ix:
        known = {path for path in paths if ix.one("SELECT 1 FROM bake_path WHERE path = %s", [path])}
        with records.snapshot():
            unknown = [path for path in paths if path not in known and records.page(path) is None]
        if unknown:
            raise LookupError(f"nothing is at {', '.join(unknown)}")
        marking.want(ix, paths, "normal")
    _wake()


@dataclass(frozen=True, slots=True)
class BakeReport:
    """What `run_until_idle` did: paths baked, those whose bytes changed, and (path, error) of failures."""

    baked: int
    changed: int
    failed: tuple[tuple[str, str], ...]
    segment: int

    def __str__(self) -> str:
        lines = [f"{self.baked} pages baked, {self.changed} changed, {len(self.failed)} failed."]
        return "\n".join([*lines, *(f"{path}: {error}" for path, error in self.failed)])


def run_until_idle(
    site: SiteFolder | None = None, *, name: str = "here",
    progress: Callable[[int, int, str], None] | None = None,
) -> BakeReport:  # fmt: skip
    """Bake in this process until nothing is due, failures aside; they are tried again by bakers later.

    `progress(done, total, what)` is called as it goes on.
    """
    baker = Baker(site or settings.STANDFIRST_SITE, name)
    baker.start()
    baked = changed = 0
    while (outcome := baker.step()) is not None:
        baked += outcome.baked
        changed += outcome.changed
        if progress is not None:
            progress(baked, baked + waiting(), "pages baked")
    failed = index.rows("SELECT path, error FROM bake_path WHERE failures > 0 ORDER BY path")
    reached = index.rows("SELECT segment FROM bake_state WHERE id = 1")
    return BakeReport(baked, changed, tuple(failed), reached[0][0] if reached else 0)


def store_blob(body: bytes, content_type: str) -> str:
    """Put bytes (a picture's rendition) into the store, durable when this returns; return their name."""
    blobs = BlobWriter(settings.STANDFIRST_SITE.store)
    name = blobs.put(body, content_type)
    blobs.flush()
    return name


def find_blobs(texts: Iterable[str]) -> set[str]:
    """Return the names of all files in the store that hold one of `texts`. Reads the whole store."""
    return erasing.containing(settings.STANDFIRST_SITE.store, texts)


def erase_blobs(names: Iterable[str]) -> set[str]:
    """Remove files from the store; return those that are gone. What an address answers with stays for now."""
    gone = erasing.erase(settings.STANDFIRST_SITE.store, names)
    if gone:
        erasing.empty_front(settings.STANDFIRST_SITE)
    return gone


def _wake() -> None:
    bus.send(settings.STANDFIRST_SITE, bus.MOVED)
