"""The ledger of an import: one line for every item, on the screen, as JSON, and in the site's log."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict, dataclass, field
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Literal, get_args

from standfirst.kit import instants
from standfirst.kit.sitefolder import SiteFolder

Outcome = Literal["created", "updated", "skipped", "refused"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: a file, a line (from 1), and an RFC 6901 pointer into the file's JSON."""

    file: str
    line: int = 0
    pointer: str = ""

    def __str__(self) -> str:
        line = f":{self.line}" if self.line else ""
        return f"{self.file}{line}" + (f" {self.pointer}" if self.pointer else "")


@dataclass(frozen=True, slots=True)
class Line:
    """What became of one item, and why. `notes` are what somebody should know although it went well."""

    outcome: Outcome
    place: Place
    uri: str = ""
    version: str = ""
    headline: str = ""
    story: str = ""  # record id
    reason: str = ""
    notes: tuple[str, ...] = ()
    item: str = ""  # record id, of an item of the news feed

    def as_json(self) -> dict[str, Any]:
        """Return the line as JSON values; what is empty is left out."""
        values = asdict(self)
        values = {"outcome": values.pop("outcome"), **values.pop("place"), **values}
        return {name: value for name, value in values.items() if value}

    def __str__(self) -> str:
        what = self.headline or self.uri
        said = ": ".join(part for part in (what, self.reason) if part)
        return "\n".join(
            [f"{self.outcome}  {self.place}  {said}", *(f"    note: {note}" for note in self.notes)]
        )


@dataclass
class Ledger:
    """All lines of a run. Exit code 0: all good; 2: some items were refused."""

    lines: list[Line] = field(default_factory=list)
    path: Path | None = None
    stopped: bool = False

    @property
    def counts(self) -> dict[str, int]:
        """Return how many items had each outcome."""
        return dict(Counter(line.outcome for line in self.lines))

    def summary(self) -> str:
        """Return the counts in words: "3 created, 1 refused"."""
        counts = self.counts
        known = [f"{counts[name]} {name}" for name in get_args(Outcome) if name in counts]
        said = ", ".join(known) or "no items"
        return f"{said}; stopped, run it again to go on" if self.stopped else said

    @property
    def exit_code(self) -> int:
        if self.stopped:
            return 130
        return 2 if any(line.outcome == "refused" for line in self.lines) else 0


class LedgerFile:
    """`log/import-SOURCE-INSTANT.jsonl`, written line by line: what is in it happened."""

    def __init__(self, site: SiteFolder | None, source: str) -> None:
        self.path: Path | None = None
        self._file: IO[str] | None = None
        if site is not None:
            site.log.mkdir(parents=True, exist_ok=True)
            stamp = instants.now().strftime("%Y%m%dT%H%M%S%fZ")
            self.path = site.log / f"import-{source}-{stamp}.jsonl"

    def write(self, line: Line) -> None:
        if self._file is not None:
            self._file.write(json.dumps(line.as_json(), ensure_ascii=False) + "\n")
            self._file.flush()

    def __enter__(self) -> LedgerFile:
        if self.path is not None:
            self._file = self.path.open("x", encoding="utf-8")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file is not None:
            self._file.close()


def forget(log: Path, record_id: str) -> None:
    """Take out of every ledger in `log` what it says about a record that was erased; that it was taken stays.

    A ledger is replaced whole. One that is being written keeps its lines until the erasure is applied again.
    """
    for path in sorted(log.glob("import-*.jsonl")):
        lines = path.read_text("utf-8").splitlines()
        kept = [_without_words(line) if record_id in line else line for line in lines]
        if kept != lines:
            new = path.with_suffix(".new")
            new.write_text("".join(f"{line}\n" for line in kept), "utf-8")
            new.replace(path)


def _without_words(line: str) -> str:
    try:
        values = json.loads(line)
    except ValueError:
        return "{}"  # torn by a power cut
    for name in ("uri", "headline", "reason", "notes"):
        values.pop(name, None)
    return json.dumps(values | {"reason": "erased"}, ensure_ascii=False)
