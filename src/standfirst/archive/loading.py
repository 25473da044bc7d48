"""Loading an archive into this site, through the same doors as the desk.

Everything is checked before anything is written. Pictures go first, each in its own short transaction,
since deriving them is most of the work and nobody sees them before a story does; then all records in one
transaction. What fails takes back the pictures it brought; what is killed leaves them to the next load.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction

from standfirst.archive import drafts, wiredrafts
from standfirst.archive.documents import PictureWords
from standfirst.archive.errors import ArchiveError, Problem
from standfirst.archive.holding import Archive, Placed
from standfirst.archive.ledger import Ledger, LoadReport, open_ledger
from standfirst.archive.models import LoadedArchive
from standfirst.archive.reading import read
from standfirst.archive.wiredocuments import ItemWords, PostWords
from standfirst.kit.canonical import digest
from standfirst.stories import api as stories
from standfirst.stories.pictures import api as pictures
from standfirst.stories.pictures.models import Picture
from standfirst.wire import api as wire

W = TypeVar("W", ItemWords, PostWords)
Progress = Callable[[int, int, str], None]


def load(
    folder: Path, *, actor: str, progress: Progress | None = None, now: datetime | None = None
) -> LoadReport:
    """Load the archive in `folder`; loading it again changes nothing, loading a later one what differs.

    What the desk changed since stays until the archive's document changes. Nothing is ever taken away.
    `progress` gets (done, of how many, what). `now` is what relative moments are told from at the first
    load. Raises ArchiveError; then nothing was loaded.
    """
    return _Load(folder, actor, progress or silent, now).run()


class _Load:
    def __init__(self, folder: Path, actor: str, progress: Progress, now: datetime | None) -> None:
        self.started = time.monotonic()
        self.actor, self.report_progress = actor, progress
        ledgers: list[Ledger] = []

        def anchor(name: str) -> datetime:
            ledgers.append(open_ledger(name, now))
            return ledgers[0].row.anchor

        self.archive: Archive = read(folder, anchor)
        self.ledger = ledgers[0]
        self.done = 0
        self.total = sum(len(shelf) for shelf in (
            self.archive.pictures, self.archive.sections, self.archive.topics,
            self.archive.authors, self.archive.stories, self.archive.pages,
            self.archive.posts, self.archive.feed,
        ))  # fmt: skip

    def run(self) -> LoadReport:
        brought: list[str] = []  # keys
        try:
            self._pictures(brought)
            with transaction.atomic():
                self._site()
                self._shelves()
                self._authors()
                self._stories()
                self._posts()
                self._feed()
                self._plain_pages()
                self._fronts()
                self.ledger.save()
        except BaseException:
            self._take_back(brought)
            raise
        return LoadReport(
            self.archive.manifest.name, tuple(self.ledger.lines), time.monotonic() - self.started
        )

    def _take_back(self, brought: list[str]) -> None:
        with transaction.atomic():
            for key in brought:
                pictures.erase_picture(f"media:{self.ledger.record('media', key)}")
                self.ledger.forget("media", key)
            LoadedArchive.objects.filter(name=self.archive.manifest.name, documents=None).delete()

    def _pictures(self, brought: list[str]) -> None:
        saved: dict[str, Picture] = {}
        for key, words in self.archive.pictures.items():
            file = self.archive.file(key)
            if not self.ledger.note("media", key, words, digest(file.read_bytes())):
                self._step(f"media/{key}")
                continue
            if self.ledger.lines[-1].outcome == "created":
                brought.append(key)
            saved[key] = self._picture(key, words, file)
        for picture in pictures.derive_together(list(saved.values())):
            self._step(f"media/{picture.title}")
        for key, picture in saved.items():  # already there, but for those that could not be made
            with _blamed(f"media/{key}.json"):
                pictures.derive(picture)

    def _picture(self, key: str, words: PictureWords, file: Path) -> Picture:
        record = self.ledger.record("media", key)
        with _blamed(f"media/{key}.json"), transaction.atomic():
            if self.ledger.lines[-1].outcome == "created":
                self.ledger.begin("media", key)
            return pictures.save_picture(file, public_id=record, focus=words.focus, **drafts.picture(words))

    def _site(self) -> None:
        words = self.archive.manifest.site
        if self.ledger.note("site", "main", words):
            with _blamed("archive.json"):
                stories.save_site(actor=self.actor, **drafts.site(words, self.ledger))

    def _shelves(self) -> None:
        place = {key: number for number, key in enumerate(self.archive.sections)}
        for key in drafts.firsts_first(self.archive.sections):
            number, words = place[key], self.archive.sections[key]
            self._step("sections")
            if self.ledger.note("section", key, words, str(number)):
                with _blamed("sections.json", key):
                    stories.save_section(self._shelf("section", key, number), actor=self.actor)
        for key in drafts.firsts_first(self.archive.topics):
            words = self.archive.topics[key]
            self._step("topics")
            if self.ledger.note("topic", key, words):
                with _blamed("topics.json", key):
                    stories.save_topic(self._shelf("topic", key), actor=self.actor)

    def _shelf(self, kind: str, key: str, number: int | None = None) -> stories.SectionDraft:
        words = (self.archive.sections if kind == "section" else self.archive.topics)[key]
        return stories.SectionDraft(
            id=self.ledger.record(kind, key), name=words.name, slug=words.slug or key,
            language=words.language, description=words.description, order=number,
            at_head=words.at_head,
            translation_of=self.ledger.record(kind, words.translation_of) if words.translation_of else "",
        )  # fmt: skip

    def _authors(self) -> None:
        for key in drafts.firsts_first(self.archive.authors):
            words = self.archive.authors[key]
            self._step(f"authors/{key}")
            if not self.ledger.note("author", key, words):
                continue
            portrait = self.ledger.record("media", words.portrait) if words.portrait else ""
            draft = stories.AuthorDraft(
                id=self.ledger.record("author", key), name=words.name, slug=words.slug or key,
                role=words.role, bio=words.bio, portrait=portrait, links=words.links,
                language=words.language or "",
                translation_of=self.ledger.record("author", words.translation_of)
                if words.translation_of else "",
            )  # fmt: skip
            with _blamed(f"authors/{key}.json"):
                stories.save_author(draft, actor=self.actor)

    def _stories(self) -> None:
        order, ring = drafts.in_order(self.archive.stories)
        changed = []
        for key in order:
            if self.ledger.note("story", key, self.archive.stories[key]):
                changed.append(key)
            else:
                self._step(f"stories/{key}")
        for key in ring:  # a page to point at
            if key in changed and stories.find_story(self.ledger.record("story", key)) is None:
                self._story(key, publish=False)
        for key in changed:
            self._step(f"stories/{key}")
            self._story(key, publish=self.archive.stories[key].published is not None)

    def _story(self, key: str, *, publish: bool) -> None:
        with _blamed(f"stories/{key}.json"):
            draft = drafts.story(key, self.archive, self.ledger)
            if not publish:  # what it is a translation of may not be there yet either
                draft = draft.model_copy(update={"translation_of": ""})
            stories.save_story(draft, actor=self.actor, publish=publish)

    def _posts(self) -> None:
        for key in wiredrafts.oldest_first(self.archive.posts):
            placed = self.archive.posts[key]
            if self._is_new("post", key, placed, wire.find_post):
                with _blamed(placed.file, placed.place):
                    wire.place_post(
                        wiredrafts.post(key, self.archive, self.ledger),
                        actor=self.actor,
                        published_at=placed.words.published, updated_at=placed.words.updated,
                        number=placed.words.number,
                        became=self.ledger.record("story", placed.words.became)
                        if placed.words.became else None,
                    )  # fmt: skip

    def _feed(self) -> None:
        for key in wiredrafts.oldest_first(self.archive.feed):
            placed = self.archive.feed[key]
            if self._is_new("item", key, placed, wire.find_item):
                with _blamed(placed.file, placed.place):
                    wire.place_item(
                        wiredrafts.item(placed.words, self.ledger), actor=self.actor,
                        published_at=placed.words.published, updated_at=placed.words.updated,
                    )  # fmt: skip

    def _is_new(self, kind: str, key: str, placed: Placed[W], find: Callable[[str], object | None]) -> bool:
        """Return whether an item or post differs from what was loaded last; one that says its id keeps it."""
        self._step(f"{placed.file} {key}")
        if placed.words.id:
            self.ledger.suggest(kind, key, placed.words.id)
        if not self.ledger.note(kind, key, placed.words):
            return False
        if self.ledger.lines[-1].outcome == "created" and find(self.ledger.record(kind, key)):
            why = "one with this id is here, and not from this archive; take the id out, and it gets another"
            raise ArchiveError([Problem(placed.file, f"{placed.place}.id", why)])
        return True

    def _plain_pages(self) -> None:
        for key in drafts.firsts_first(self.archive.pages):
            self._step(f"pages/{key}")
            if self.ledger.note("page", key, self.archive.pages[key]):
                with _blamed(f"pages/{key}.json"):
                    draft = drafts.plain_page(key, self.archive, self.ledger)
                    publish = not self.archive.pages[key].draft
                    stories.save_plain_page(draft, actor=self.actor, publish=publish)

    def _fronts(self) -> None:
        for words in self.archive.manifest.fronts:
            if not self.ledger.note("front", words.language, words):
                continue
            with _blamed("archive.json", f"front {words.language}"):
                stories.save_front(
                    language=words.language, actor=self.actor, title=words.title,
                    lead=self.ledger.record("story", words.lead) if words.lead else "",
                    second=drafts.records("story", words.second, self.ledger),
                    sections=drafts.records("section", words.sections, self.ledger),
                )  # fmt: skip

    def _step(self, what: str) -> None:
        self.done += 1
        self.report_progress(self.done, self.total, what)


@contextlib.contextmanager
def _blamed(file: str, place: str = "") -> Iterator[None]:
    """Turn what the desk refuses into a problem of the archive's file."""
    try:
        yield
    except ValidationError as error:
        raise ArchiveError([Problem(file, place, " ".join(error.messages))]) from error
    except (stories.CannotPublish, wire.ItemRefused, pictures.BadPicture, LookupError) as error:
        raise ArchiveError([Problem(file, place, str(error))]) from error


def silent(_done: int, _total: int, _what: str) -> None:
    """Say nothing about how far it is."""
