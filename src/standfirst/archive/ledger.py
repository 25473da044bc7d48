"""What becomes of each document of an archive, remembered in the site."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from standfirst.archive.models import LoadedArchive, LoadedDocument
from standfirst.editions.documents.base import Part
from standfirst.kit import instants
from standfirst.kit.canonical import canonical_bytes, digest
from standfirst.kit.ids import new_id

Outcome = Literal["created", "updated", "unchanged"]
_NAMES = {
    "story": ("story", "stories"),
    "media": ("picture", "pictures"),
    "author": ("author", "authors"),
    "section": ("section", "sections"),
    "topic": ("topic", "topics"),
    "page": ("page", "pages"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One document and what became of it."""

    kind: str
    key: str
    outcome: Outcome


@dataclass(frozen=True)
class LoadReport:
    """What a load did, document by document."""

    archive: str
    lines: tuple[Line, ...]
    seconds: float

    def count(self, outcome: Outcome) -> int:
        return sum(line.outcome == outcome for line in self.lines)

    def __str__(self) -> str:
        kinds = Counter(line.kind for line in self.lines)
        what = ", ".join(
            f"{kinds[kind]} {names[kinds[kind] != 1]}" for kind, names in _NAMES.items() if kinds[kind]
        )
        counts = ", ".join(f"{self.count(one)} {one}" for one in ("created", "updated", "unchanged"))
        return f"{self.archive}: {what or 'the site alone'}; {counts} in {self.seconds:.1f} s."


@dataclass
class Ledger:
    """The site's memory of one archive, and what this load does."""

    row: LoadedArchive
    known: dict[tuple[str, str], LoadedDocument]
    lines: list[Line] = field(default_factory=list)
    changed: list[LoadedDocument] = field(default_factory=list)

    def record(self, kind: str, key: str) -> str:
        """Return the id of the record a document is, or will be."""
        return self._entry(kind, key).record

    def note(self, kind: str, key: str, words: Part, content: str = "") -> bool:
        """Return whether a document differs from what was loaded last, and remember it.

        `content` is the hash of what belongs to it and lies in no JSON: a picture's file.
        """
        entry = self._entry(kind, key)
        now = digest(canonical_bytes([words.model_dump(mode="json"), content]))
        before = entry.digest
        outcome: Outcome = "unchanged" if before == now else "updated" if before else "created"
        self.lines.append(Line(kind, key, outcome))
        if outcome == "unchanged":
            return False
        entry.digest = now
        self.changed.append(entry)
        return True

    def save(self) -> None:
        """Write what changed, in the caller's transaction."""
        if self.row.pk is None:
            self.row.save()
        for entry in self.changed:
            entry.archive = self.row
            entry.save()

    def _entry(self, kind: str, key: str) -> LoadedDocument:
        entry = self.known.get((kind, key))
        if entry is None:
            entry = self.known[kind, key] = LoadedDocument(kind=kind, key=key, record=new_id())
        return entry


def open_ledger(name: str, now: datetime | None = None) -> Ledger:
    """Return the ledger of the archive `name`; a new one is told from `now`."""
    row = LoadedArchive.objects.filter(name=name).first()
    if row is None:
        return Ledger(LoadedArchive(name=name, anchor=now or instants.now()), {})
    return Ledger(row, {(entry.kind, entry.key): entry for entry in row.documents.all()})
