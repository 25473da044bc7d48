"""An archive that was read: its documents by key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, TypeVar

from standfirst.archive.documents import AuthorWords, Manifest, PageWords, PictureWords, Shelf, StoryWords
from standfirst.archive.wiredocuments import ItemWords, PostWords
from standfirst.editions.documents.base import Part

P = TypeVar("P", bound=Part)


class Documents(dict[str, P]):
    """Documents by key. `lost` are the keys of those that could not be read; why has been said there."""

    def __init__(self, documents: Mapping[str, P] | None = None, *, all_lost: bool = False) -> None:
        super().__init__(documents or {})
        self.lost: set[str] = set()
        self.all_lost = all_lost

    def knows(self, key: str) -> bool:
        """Return whether there is such a document, whole or not."""
        return key in self or key in self.lost or self.all_lost


@dataclass(frozen=True, slots=True)
class Placed(Generic[P]):
    """A document that shares its file with others: the file, the place in it, what it says."""

    file: str
    place: str
    words: P


@dataclass(frozen=True)
class Archive:
    """A whole site, checked."""

    root: Path
    manifest: Manifest
    sections: Documents[Shelf] = field(default_factory=Documents)
    topics: Documents[Shelf] = field(default_factory=Documents)
    authors: Documents[AuthorWords] = field(default_factory=Documents)
    pictures: Documents[PictureWords] = field(default_factory=Documents)
    stories: Documents[StoryWords] = field(default_factory=Documents)
    pages: Documents[PageWords] = field(default_factory=Documents)
    feed: Mapping[str, Placed[ItemWords]] = field(default_factory=dict)
    posts: Mapping[str, Placed[PostWords]] = field(default_factory=dict)

    def file(self, key: str) -> Path:
        """Return where a picture's file lies."""
        return self.root / "media" / self.pictures[key].file
