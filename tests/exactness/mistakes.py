"""Ways to bake wrongly, each of which the comparison must find out."""

from __future__ import annotations

import uuid

import pytest

from standfirst.bake import committing
from standfirst.bake.reading import RecordingReader
from standfirst.edge.manifest import Entry


def no_note_of_authors(patched: pytest.MonkeyPatch) -> None:
    """Pages forget that they have read who an author is, and stay as they were when the name changes."""
    _forget(patched, "author:")


def no_note_of_posts(patched: pytest.MonkeyPatch) -> None:
    """Pages forget which posts they have read, and stay as they were when one is edited."""
    _forget(patched, "post:")


def _forget(patched: pytest.MonkeyPatch, prefix: str) -> None:
    read = RecordingReader.read

    def forgetful(self: RecordingReader, key: str) -> object | None:
        known = set(self.keys)
        found = read(self, key)
        if key.startswith(prefix):
            self.keys &= known
        return found

    patched.setattr(RecordingReader, "read", forgetful)


def no_look_at_what_is_there(patched: pytest.MonkeyPatch) -> None:
    """Every page that is baked is written, changed or not."""

    def ever_new(_entry: Entry) -> str:
        return uuid.uuid4().hex

    patched.setattr(committing, "entry_digest", ever_new)
