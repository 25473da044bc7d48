"""Writing this site down as an archive, from which another site can be made that says the same.

Nothing is published or changed. The ledger alone learns the keys of records that came from no archive, so
that the next export, and a load of this one, know them again.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

from django.db import transaction
from wagtail.images.models import SourceImageIOError

from standfirst.archive import wirewords
from standfirst.archive.documents import FORMAT, Manifest, Shelves
from standfirst.archive.errors import Problem
from standfirst.archive.keys import Keys, latin
from standfirst.archive.ledger import Ledger, in_words, open_ledger
from standfirst.archive.loading import Progress, silent
from standfirst.archive.models import LoadedArchive
from standfirst.archive.moments import Anchor
from standfirst.archive.wiredocuments import ItemWords, PostWords
from standfirst.archive.words import Writer, firsts, slug_of
from standfirst.archive.writing import NewArchive, new_folder, text
from standfirst.editions import documents as public
from standfirst.editions.documents.base import Part
from standfirst.kit import instants
from standfirst.kit.canonical import digest
from standfirst.kit.images import BadPicture, picture_suffix
from standfirst.stories import holdings
from standfirst.stories.holdings import Held, Untold
from standfirst.stories.models import Picture, SiteSettings
from standfirst.wire import holdings as wire
from standfirst.wire.holdings import Held as HeldWire

H = TypeVar("H", Held[public.Story], Held[public.PlainPage], HeldWire[public.FeedItem], HeldWire[public.Post])


@dataclass(frozen=True)
class ExportReport:
    """What an export wrote: how many documents of each kind, and what had to be left out, with the reason."""

    archive: str
    documents: dict[str, int]
    left_out: tuple[Problem, ...]
    seconds: float

    def __str__(self) -> str:
        return f"{self.archive}: {in_words(self.documents)} in {self.seconds:.1f} s."


def export(target: Path, *, progress: Progress | None = None) -> ExportReport:
    """Write the whole site as an archive into the folder `target`, all of it or nothing.

    `progress` gets (done, of how many, what). Raises CannotExport when `target` cannot be written.
    """
    with new_folder(target) as folder:
        return _Export(folder, progress or silent).run()


class _Export:
    def __init__(self, folder: Path, progress: Progress) -> None:
        self.started = time.monotonic()
        self.report_progress = progress
        self.done = 0
        self.left_out: list[Problem] = []
        self.site = SiteSettings.load()
        self.sections, self.topics, self.authors = holdings.sections(), holdings.topics(), holdings.authors()
        self.pictures = list(Picture.objects.order_by("pk"))
        self.stories = self._told("stories", holdings.stories())
        self.pages = self._told("pages", holdings.plain_pages())
        self.feed = self._told("feed", wire.items())
        self.posts = self._posts_of_stories(self._told("posts", wire.posts()))
        self.filed: tuple[Sequence[public.Translated], ...] = (
            self.sections, self.topics, self.authors,
            [held.document for held in self.stories], [held.document for held in self.pages],
        )  # fmt: skip
        self.total = sum(map(len, (self.pictures, self.feed, self.posts, *self.filed)))
        self.ledger = _ledger(self.site)
        self.keys = Keys(self.ledger)
        zone = ZoneInfo(self.site.time_zone)
        self.writer = Writer(
            self.keys, Anchor(instants.now(), zone), self.site.language_tags[0], holdings.not_at_head()
        )
        self.new = NewArchive(folder, self.ledger, zone)

    def run(self) -> ExportReport:
        for picture in self.pictures:
            self._picture(picture)
        for documents in self.filed:
            self._name(documents)
        self._shelf("sections.json", self.sections)
        self._shelf("topics.json", sorted(self.topics, key=lambda one: one.id in self.writer.firsts))
        for author in self.authors:
            self._put(author, self.writer.author(author))
        for story in self.stories:
            self._put(story.document, self.writer.story(story.document, is_public=story.is_public))
        for page in self.pages:
            self._put(page.document, self.writer.page(page.document, is_public=page.is_public))
        self._posts()
        self._feed()
        self._manifest()
        with transaction.atomic():
            self.ledger.save()
        return ExportReport(
            self.ledger.row.name, dict(self.new.counts), tuple(self.left_out),
            time.monotonic() - self.started,
        )  # fmt: skip

    def _told(self, folder: str, all_held: Iterable[H | Untold]) -> list[H]:
        """Return what can be written of a kind; note what cannot, and why."""
        told = []
        for held in all_held:
            if isinstance(held, Untold):
                self.left_out.append(Problem(folder, held.title, held.problem))
            elif held.document.language not in self.site.language_tags:
                why = f"the site has no language {held.document.language!r}; add it to the site settings"
                self.left_out.append(Problem(folder, held.document.path, why))
            else:
                told.append(held)
        return told

    def _posts_of_stories(self, posts: list[HeldWire[public.Post]]) -> list[HeldWire[public.Post]]:
        """Return the posts of the stories that are written; those of one that is a draft are drafts too."""
        public_ones = {story.document.id: story.is_public for story in self.stories}
        for post in (post for post in posts if post.document.story not in public_ones):
            self.left_out.append(Problem("posts", post.document.path, "its story is left out"))
        return [
            replace(post, is_public=post.is_public and public_ones[post.document.story])
            for post in posts if post.document.story in public_ones
        ]  # fmt: skip

    def _name(self, documents: Sequence[public.Translated]) -> None:
        """Give each of a kind its key, and find out which are translations of which."""
        self.writer.firsts |= firsts(documents)
        for one in documents:
            language = "" if one.language == self.writer.main else one.language
            self.keys.give(one.kind, one.id, slug_of(one), language)

    def _picture(self, row: Picture) -> None:
        self._step(f"media/{row.title}")
        try:
            with row.open_file() as file:
                data = bytes(file.read())
            suffix = picture_suffix(data)
        except (OSError, SourceImageIOError, BadPicture) as trouble:
            self.left_out.append(Problem("media", row.title, f"its original cannot be read: {trouble}"))
            return
        key = self.keys.give("media", row.public_id, row.title)
        self.new.file(f"media/{key}.{suffix}", data)
        self.new.put("media", key, self.writer.picture(row, f"{key}.{suffix}"), digest(data))

    def _shelf(self, name: str, documents: Sequence[public.Section | public.Topic]) -> None:
        shelves = [self.writer.shelf(one) for one in documents]
        for number, (one, shelf) in enumerate(zip(documents, shelves, strict=True)):
            self._step(name)
            self.new.note(one.kind, shelf.key, shelf, str(number) if one.kind == "section" else "")
        if shelves:
            self.new.file(name, text(Shelves(items=tuple(shelves)), self.new.zone))

    def _put(self, document: public.Translated, words: Part) -> None:
        key = self.keys[document.kind, document.id]
        self._step(f"{document.kind} {key}")
        self.new.put(document.kind, key, words)

    def _posts(self) -> None:
        sheets: dict[str, list[PostWords]] = defaultdict(list)
        for held in self.posts:
            wirewords.name(held, self.keys, self.writer.main)
            words = wirewords.post(held, self.writer)
            self._step(f"posts/{words.key}")
            sheets[words.story].append(words)
        for name, posts in sheets.items():
            self.new.sheets("post", name, posts)

    def _feed(self) -> None:
        """Write the items of a month, in the site's zone, into a file; the newest is the last."""
        sheets: dict[str, list[ItemWords]] = defaultdict(list)
        for held in self.feed:
            wirewords.name(held, self.keys, self.writer.main)
            words = wirewords.item(held, self.writer)
            self._step(f"feed/{words.key}")
            published = words.published
            sheets[f"{published.astimezone(self.new.zone):%Y-%m}" if published else "drafts"].append(words)
        for name, items in sheets.items():
            self.new.sheets("item", name, items)

    def _manifest(self) -> None:
        site = self.writer.site(self.site)
        fronts = tuple(self.writer.front(front) for front in holdings.fronts())
        self.ledger.wrote("site", "main", site)
        for front in fronts:
            self.ledger.wrote("front", front.language, front)
        manifest = Manifest(format=FORMAT, name=self.ledger.row.name, site=site, fronts=fronts)
        self.new.file("archive.json", text(manifest, self.new.zone))

    def _step(self, what: str) -> None:
        self.done += 1
        self.report_progress(self.done, self.total, what)


def _ledger(site: SiteSettings) -> Ledger:
    """Return the ledger of the archive this site was made of, or of a new one named for the site."""
    first = LoadedArchive.objects.order_by("pk").first()
    return open_ledger(first.name if first else latin(site.name) or "site")
