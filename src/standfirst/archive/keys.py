"""The keys of what is exported: those it was loaded by, or made of its address, the same each time."""

from __future__ import annotations

import itertools

from django.utils.text import slugify
from wagtail.coreutils import string_to_ascii

from standfirst.archive.ledger import Ledger
from standfirst.archive.models import LoadedDocument

_LONGEST = 90  # leaves room for a number


class Keys:
    """A key for each record that goes into an archive. `ledger` remembers those that are made."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._given: dict[tuple[str, str], str] = {}  # kind and record id to key
        self._loaded: dict[str, dict[str, str]] = {}
        self._elsewhere = {  # what other archives call it
            (row.kind, row.record): row.key for row in LoadedDocument.objects.order_by("-pk")
        }

    def give(self, kind: str, record: str, name: str, language: str = "") -> str:
        """Return the key of a record that is exported; `name` is what a new one is made of, in Latin letters.

        One in another language than the site's main one says so first: `uk-khor`.
        """
        loaded = self._loaded.setdefault(kind, self._ledger.keys(kind))
        key = loaded.get(record)
        if key is None:
            words = self._elsewhere.get((kind, record)) or _latin(name, language) or kind
            key = self._free(kind, words)
            self._ledger.name(kind, key, record)
        self._given[kind, record] = key
        return key

    def __getitem__(self, named: tuple[str, str]) -> str:
        """Return the key of a record that is exported, by kind and id."""
        return self._given[named]

    def of(self, kind: str, record: str | None) -> str | None:
        """Return the key of a record, or None when there is none or it is not exported."""
        return self._given.get((kind, record)) if record else None

    def all_of(self, kind: str, records: tuple[str, ...]) -> list[str]:
        """Return the keys of those records that are exported, in the same order."""
        return [key for record in records if (key := self.of(kind, record))]

    def _free(self, kind: str, words: str) -> str:
        taken = (kind, words) in self._ledger.known
        if not taken:
            return words
        numbered = (f"{words}-{number}" for number in itertools.count(2))
        return next(key for key in numbered if (kind, key) not in self._ledger.known)


def latin(text: str) -> str:
    """Return `text` as a key: in lower-case Latin letters, digits and dashes; "" when none are left."""
    return str(slugify(string_to_ascii(text)))[:_LONGEST].strip("-_")


def _latin(name: str, language: str) -> str:
    return "-".join(part for part in (latin(language), latin(name)) if part)
