"""Who made a story, and when: the byline row (PAGE.md row 4)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup, escape

from standfirst.editions.documents import Byline
from standfirst.theme.parts.context import Context, Time
from standfirst.theme.text import isolated, url

ROLES = ("author", "photo", "graphics", "translation", "editing")
"""Roles in the order they are printed."""


@dataclass(frozen=True, slots=True)
class Person:
    """A name in a byline; `url` is "" for a guest, who has no page."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Bylines:
    """One line a role. Empty for a story without authors."""

    lines: tuple[Markup, ...]
    authors: tuple[Person, ...]


def bylines(context: Context, entries: Iterable[Byline], *, links: bool = True) -> Bylines:
    """Return the lines of names, those of known authors leading to their pages."""
    by_role: dict[str, list[Person]] = {role: [] for role in ROLES}
    for entry in entries:
        person = _person(context, entry)
        if person is not None and person not in by_role[entry.role]:
            by_role[entry.role].append(person)
    lines = tuple(
        context.words.html(f"byline.{role}", names=_names(context, people, links=links))
        for role, people in by_role.items()
        if people
    )
    return Bylines(lines, tuple(by_role["author"]))


def names_only(context: Context, entries: Iterable[Byline]) -> str:
    """Return the authors' names in a row, for a card; "" when there are none."""
    people = [_person(context, entry) for entry in entries if entry.role == "author"]
    names = [isolated(person.name, context.formats.direction) for person in people if person]
    return context.formats.listing(len(names)).format(*names) if names else ""


def updated(context: Context, published: datetime, changed: datetime | None) -> Time | None:
    """Return when a story was updated, or None when that was not later than its publication.

    On the day of publication the time is enough; the date stands beside it.
    """
    if changed is None or changed <= published:
        return None
    if context.local_date(changed) == context.local_date(published):
        return context.clock_with_zone(changed)
    return context.moment(changed)


def updated_briefly(context: Context, published: datetime, changed: datetime | None) -> Time | None:
    """Return when a few lines were updated: the time alone on the same day, None within the same minute."""
    if changed is None or changed <= published:
        return None
    if context.local_date(changed) != context.local_date(published):
        return context.moment(changed)
    shown = context.clock(changed)
    return None if shown.shown == context.clock(published).shown else shown


def _person(context: Context, entry: Byline) -> Person | None:
    author = context.author(entry.author) if entry.author else None
    if author is not None:
        return Person(author.name, url(author.path))
    return Person(entry.name, "") if entry.name else None


def _names(context: Context, people: list[Person], *, links: bool) -> Markup:
    pattern = escape(context.formats.listing(len(people)))
    return pattern.format(*(_name(person, links=links) for person in people))


def _name(person: Person, *, links: bool) -> Markup:
    if links and person.url:
        return Markup('<a rel="author" href="{}"><bdi>{}</bdi></a>').format(person.url, person.name)
    return Markup('<bdi class="name">{}</bdi>').format(person.name)
