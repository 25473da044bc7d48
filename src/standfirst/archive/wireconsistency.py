"""What an archive says of the feed and of live coverage that cannot be: as the desk would refuse it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from standfirst.archive.consistency import GRACE, absent, same_ids, to_come
from standfirst.archive.errors import Problem
from standfirst.archive.holding import Archive, Documents, Placed
from standfirst.archive.wiredocuments import ItemWords, PostWords
from standfirst.kit import instants
from standfirst.wire.actions.items import LONGEST_BREAKING
from standfirst.wire.drafts import LONGEST_TEXT

Named = list[tuple[str, str | None, Documents[Any]]]


def unsaid(archive: Archive) -> Iterator[Problem]:
    """Yield what is wrong with items and posts, each with its file and place in it."""
    latest = instants.now() + GRACE
    ids: dict[str, str] = {}
    for shelf in (archive.feed, archive.posts):
        for key, placed in shelf.items():
            yield from _moments(placed, latest)
            if placed.words.id and (other := ids.setdefault(placed.words.id, key)) != key:
                yield Problem(placed.file, f"{placed.place}.id", f"{other!r} has the same id; take one out")
    for item in archive.feed.values():
        yield from _item(item, archive, latest)
    numbers: dict[tuple[str, int], str] = {}
    for key, post in archive.posts.items():
        yield from _post(post, archive)
        number = post.words.number
        if number and (other := numbers.setdefault((post.words.story, number), key)) != key:
            yield Problem(post.file, f"{post.place}.number", f"{other!r} has the number {number}; change one")


def _moments(placed: Placed[ItemWords] | Placed[PostWords], latest: datetime) -> Iterator[Problem]:
    words, at = placed.words, placed.place
    moments = [(f"{at}.published", words.published), (f"{at}.updated", words.updated)]
    yield from to_come(placed.file, moments, latest)
    if words.updated and words.published and words.updated < words.published:
        yield Problem(placed.file, f"{at}.updated", "is before it was published")
    if words.updated and not words.published:
        yield Problem(placed.file, f"{at}.updated", "a draft was never updated; give `published` too")


def _item(placed: Placed[ItemWords], archive: Archive, latest: datetime) -> Iterator[Problem]:
    words, file, at = placed.words, placed.file, placed.place
    named: Named = [(f"{at}.topics.{n}", topic, archive.topics) for n, topic in enumerate(words.topics)]
    yield from absent(file, [*named, (f"{at}.story", words.story, archive.stories)])
    if words.published and not words.headline.strip():
        yield Problem(file, f"{at}.headline", "write a first line, or take `published` out")
    if sum(map(len, words.body)) > LONGEST_TEXT:
        yield Problem(file, f"{at}.body", f"is longer than {LONGEST_TEXT} characters: that is a story")
    if words.breaking_minutes is None:
        return
    place = f"{at}.breaking_minutes"
    if words.published is None:
        yield Problem(file, place, "counts from `published`; give that, or take it out")
    elif words.published + timedelta(minutes=words.breaking_minutes) > latest + LONGEST_BREAKING:
        yield Problem(file, place, "breaking lasts a day at most")


def _post(placed: Placed[PostWords], archive: Archive) -> Iterator[Problem]:
    words, file, at = placed.words, placed.file, placed.place
    named: Named = [(f"{at}.bylines.{n}", author, archive.authors) for n, author in enumerate(words.bylines)]
    named += [(f"{at}.picture", use.media, archive.pictures) for use in words.pictures]
    named += [(f"{at}.related story", other, archive.stories) for other in words.related]
    named += [(f"{at}.became", words.became, archive.stories)]
    yield from absent(file, [*named, (f"{at}.story", words.story, archive.stories)])
    yield from same_ids(file, f"{at}.body", words.body)
    if words.published and not words.headline.strip() and not words.body:
        yield Problem(file, at, "says nothing; write something, or take `published` out")
    story = archive.stories.get(words.story)
    if story and story.format != "live":
        yield Problem(file, f"{at}.story", f"{words.story!r} is not in the format 'live'; make it so")
    elif story and words.published and story.published is None:
        yield Problem(file, f"{at}.published", f"its story {words.story!r} is a draft; so are its posts")
