"""What an archive says that its site cannot be: in a language it lacks, of tomorrow, at its own addresses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from standfirst.archive.documents import StoryBlock, StoryWords
from standfirst.archive.errors import Problem
from standfirst.archive.holding import Archive, Documents
from standfirst.kit import instants
from standfirst.stories import paths

GRACE = timedelta(minutes=10)
"""By how much another machine's clock may be ahead of ours."""


def unsaid(archive: Archive) -> Iterator[Problem]:
    """Yield what the desk would refuse, each with its place."""
    yield from _languages(archive)
    languages = archive.manifest.site.languages
    for key, page in archive.pages.items():
        file = f"pages/{key}.json"
        yield from _reserved(file, page.slug or key, languages)
        yield from same_ids(file, "body", page.body)
    latest = instants.now() + GRACE
    for key, story in archive.stories.items():
        file = f"stories/{key}.json"
        yield from _reserved(file, story.slug or key, languages)
        yield from same_ids(file, "body", story.body)
        yield from _times(file, story, latest)
        for number, line in enumerate(story.bylines):
            if not line.author and not line.name:
                yield Problem(file, f"bylines.{number}", "give an author's key, or a guest's name")


def absent(file: str, named: Iterable[tuple[str, str | None, Documents[Any]]]) -> Iterator[Problem]:
    """Yield what is named, by place and key, and is not in its shelf."""
    for place, key, shelf in named:
        if key is not None and not shelf.knows(key):
            yield Problem(file, place, f"there is no {key!r} in this archive; add it, or take the name out")


def same_ids(file: str, place: str, body: Iterable[StoryBlock]) -> Iterator[Problem]:
    """Yield the ids that several blocks of a body have."""
    for block, count in Counter(block.id for block in body).items():
        if count > 1:
            yield Problem(file, place, f"the block id {block!r} is there {count} times; ids are unique")


def _languages(archive: Archive) -> Iterator[Problem]:
    """Yield every document in a language that the site does not have."""
    site = archive.manifest.site
    said = [
        ("archive.json", f"fronts.{n}.language", one.language)
        for n, one in enumerate(archive.manifest.fronts)
    ]
    said += [("sections.json", f"{key}.language", one.language) for key, one in archive.sections.items()]
    said += [(one.file, f"{one.place}.language", one.words.language) for one in archive.feed.values()]
    said += [("topics.json", f"{key}.language", one.language) for key, one in archive.topics.items()]
    for key, author in archive.authors.items():
        said.append((f"authors/{key}.json", "language", author.language or ""))
    for key, page in archive.pages.items():
        said.append((f"pages/{key}.json", "language", page.language))
    for key, story in archive.stories.items():
        said.append((f"stories/{key}.json", "language", story.language))
    for file, place, language in said:
        if language and language not in site.languages:
            yield Problem(file, place, f"the site has no language {language!r} (archive.json)")


def _reserved(file: str, slug: str, languages: tuple[str, ...]) -> Iterator[Problem]:
    if paths.reserved(slug, languages):
        yield Problem(file, "slug", f"{slug!r} is kept for the site itself; give another")


def _times(file: str, story: StoryWords, latest: datetime) -> Iterator[Problem]:
    """Yield moments that cannot have been. What is to come is a draft, and scheduled at the desk."""
    moments = [("updated", story.updated)]
    moments += [(f"corrections.{number}.at", one.at) for number, one in enumerate(story.corrections)]
    if story.live:
        moments += [("live.opened", story.live.opened), ("live.closed", story.live.closed)]
    if story.published and story.published > latest:
        hint = "is in the future; leave it out, and the story is a draft that you can schedule"
        yield Problem(file, "published", hint)
    yield from to_come(file, moments, latest)
    if story.updated and story.published and story.updated < story.published:
        yield Problem(file, "updated", "is before it was published")
    if story.live and story.live.closed and story.live.closed < story.live.opened:
        yield Problem(file, "live.closed", "is before it was opened")
    if story.live and story.format != "live":
        yield Problem(file, "live", "only a story in the format 'live' has it; change one")


def to_come(file: str, moments: Iterable[tuple[str, datetime | None]], latest: datetime) -> Iterator[Problem]:
    """Yield moments, by their place, that are still to come."""
    for place, moment in moments:
        if moment and moment > latest:
            yield Problem(file, place, "is in the future")
