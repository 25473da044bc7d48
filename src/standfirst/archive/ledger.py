"""What becomes of each document of an archive, remembered in the site."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
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
    "post": ("post", "posts"),
    "item": ("feed item", "feed items"),
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
        what = in_words(Counter(line.kind for line in self.lines))
        counts = ", ".join(f"{self.count(one)} {one}" for one in ("created", "updated", "unchanged"))
        return f"{self.archive}: {what}; {counts} in {self.seconds:.1f} s."


def in_words(documents: Mapping[str, int]) -> str:
    """Return how many documents of each kind there are, as a person says it."""
    counts = ((documents.get(kind, 0), names) for kind, names in _NAMES.items())
    return ", ".join(f"{count} {names[count != 1]}" for count, names in counts if count) or "the site alone"


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
        now = _print(words, content)
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
        for entry in self.changed:
            self._write(entry)

    def begin(self, kind: str, key: str) -> None:
        """Write which record a document becomes, not that it is loaded: the next load goes on there."""
        entry = self._entry(kind, key)
        whole, entry.digest = entry.digest, ""
        self._write(entry)
        entry.digest = whole

    def forget(self, kind: str, key: str) -> None:
        """Take back what `begin` wrote."""
        LoadedDocument.objects.filter(archive=self.row, kind=kind, key=key).delete()

    def keys(self, kind: str) -> dict[str, str]:
        """Return the keys of a kind's documents, by record id."""
        return {entry.record: key for (other, key), entry in self.known.items() if other == kind}

    def name(self, kind: str, key: str, record: str) -> None:
        """Let `key` be the name of a record that no document of the archive has been loaded as."""
        self.known[kind, key] = LoadedDocument(kind=kind, key=key, record=record)

    def suggest(self, kind: str, key: str, record: str) -> None:
        """Let a document that is not known yet become the record that it says it is."""
        if (kind, key) not in self.known:
            self.name(kind, key, record)

    def wrote(self, kind: str, key: str, words: Part, content: str = "") -> None:
        """Remember a document made of a record that came from no archive, as if it had been loaded."""
        entry = self._entry(kind, key)
        if not entry.digest:
            entry.digest = _print(words, content)
            self.changed.append(entry)

    def _write(self, entry: LoadedDocument) -> None:
        if self.row.pk is None:
            self.row.save()
        entry.archive = self.row
        entry.save()

    def _entry(self, kind: str, key: str) -> LoadedDocument:
        entry = self.known.get((kind, key))
        if entry is None:
            entry = self.known[kind, key] = LoadedDocument(kind=kind, key=key, record=new_id())
        return entry


def _print(words: Part, content: str) -> str:
    return digest(canonical_bytes([words.model_dump(mode="json"), content]))


def open_ledger(name: str, now: datetime | None = None) -> Ledger:
    """Return the ledger of the archive `name`; a new one is told from `now`."""
    row = LoadedArchive.objects.filter(name=name).first()
    if row is None:
        return Ledger(LoadedArchive(name=name, anchor=now or instants.now()), {})
    return Ledger(row, {(entry.kind, entry.key): entry for entry in row.documents.all()})
