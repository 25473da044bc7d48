"""The front page: chosen by hand where editors chose, by rule where they did not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import cycle

from standfirst.bake.reading import Page, RecordingReader
from standfirst.editions.documents import Document, Front
from standfirst.theme.parts.card import Card, card, cards
from standfirst.theme.parts.context import Context, open_context
from standfirst.theme.parts.frame import Frame, Meta, NavLink, frame, full_url
from standfirst.theme.parts.languages import in_every_language
from standfirst.theme.parts.latest import Day, latest
from standfirst.theme.parts.picks import picks
from standfirst.theme.parts.sizes import Place
from standfirst.theme.parts.structured import graph, organization, website
from standfirst.theme.parts.textual import text_form
from standfirst.theme.renderer import View
from standfirst.theme.text import url

SECOND = 3  # stories of the second row
IN_SECTION = 4  # stories of a section
LATEST = 8  # about as tall as the lead and the second row together

FEW = {1: "one", 2: "pair"}
"""How many stories have a shape of their own."""

PLACES: dict[str, tuple[Place | None, Place | None]] = {
    "a": ("band_a", None),
    "b": ("half", None),
    "c": ("quarter", "quarter_rest"),
    "c3": ("third", "third_rest"),
    "pair": ("half", "half_rest"),
    "one": ("one", None),
    "voices": (None, None),
}
"""Shape of a band, with the number of its stories where that counts, to the places of its pictures: the first
one's, then the others'."""


@dataclass(frozen=True, slots=True)
class SectionBand:
    """A section on the front, or the picks, which have no `url`: one story set larger, the others beside it.

    `shape` is how they are set: `voices` where all are opinions, `one`, `pair`, or by turns `a`, `b` and `c`
    (see styles/front.css).
    """

    shape: str
    name: str
    url: str
    lead: Card
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Shelf:
    """A section by its name, and what will stand there."""

    name: str
    url: str
    description: str


@dataclass(frozen=True, slots=True)
class FrontView:
    """Top to bottom. `lead` is None on a site without stories; `shelves` stand in for bands."""

    frame: Frame
    title: str
    lead: Card | None
    second: tuple[Card, ...]
    latest: tuple[Day, ...]
    feed: NavLink | None  # the column of the news feed, a fragment, in place of the newest stories
    picks: SectionBand | None
    bands: tuple[SectionBand, ...]
    shelves: tuple[Shelf, ...]
    archive: str


def front_path(document: Document) -> str:
    """Return a front's address. Raises TypeError for a record that is none."""
    if not isinstance(document, Front):
        raise TypeError(f"{document.record} is not a front")
    return document.path


def build(page: Page, reader: RecordingReader) -> View | None:
    """Return the front page of a language. No story stands on it twice."""
    front = open_context(page, reader).records.front(page.owner.partition(":")[2])
    if front is None:
        return None
    context = open_context(page, reader, front.language)
    newest = context.records.newest(f"front/{front.language}")
    used: set[str] = set()
    first = _take(context, (front.lead or "", *newest), used, 1)
    lead = card(context, first[0], place="lead", eager=True) if first else None
    second = tuple(cards(context, _take(context, (*front.second, *newest), used, SECOND), place="second"))
    feed = NavLink(context.words.text("feed.title"), url(f"{context.prefix}_f/latest/"))
    days = () if context.has_feed else latest(context, without=used, shown=LATEST)
    in_column = {one.id for day in days for one in day.cards}
    picked = picks(context, without=used | in_column)
    used.update(picked)
    bands = tuple(_bands(context, front, used))
    view = FrontView(
        frame=frame(context, _meta(context, front), home=True, versions=in_every_language(context, "")),
        title=front.title or context.name,
        lead=lead,
        second=second,
        latest=days,
        feed=feed if context.has_feed else None,
        picks=_band(context, picked, context.words.text("picks.title"), "") if picked else None,
        bands=bands,
        shelves=() if bands else tuple(_shelves(context, front)),
        archive=url(f"{context.prefix}archive/"),
    )
    return View("pages/front.html", context.language, view)


def _take(context: Context, ids: Iterable[str], used: set[str], number: int) -> list[str]:
    """Return up to `number` public stories that are not used yet, and mark them used."""
    taken: list[str] = []
    for story_id in ids:
        if len(taken) == number:
            break
        if story_id and story_id not in used and context.records.card(story_id):
            used.add(story_id)
            taken.append(story_id)
    return taken


def _bands(context: Context, front: Front, used: set[str]) -> Iterator[SectionBand]:
    turns = cycle("abc")
    for section_id in _sections(context, front):
        section = context.section(section_id)
        ids = _take(context, context.records.newest(f"section/{section_id}"), used, IN_SECTION)
        if section and ids:
            shape = _shape(context, ids) or next(turns)
            yield _band(context, ids, section.name, url(section.path), shape)


def _band(context: Context, ids: list[str], name: str, link: str, shape: str = "") -> SectionBand:
    """Return a band of these stories, one at least; without `shape` in columns of equal weight."""
    shape = shape or FEW.get(len(ids), "c")
    first, rest = PLACES.get(f"{shape}{len(ids)}") or PLACES[shape]
    (lead,) = cards(context, ids[:1], place=first)
    return SectionBand(shape, name, link, lead, tuple(cards(context, ids[1:], place=rest)))


def _shape(context: Context, ids: list[str]) -> str:
    """Return how a section is set whose stories ask for it; "" for one that takes its turn."""
    if all(found.format == "opinion" for found in map(context.records.card, ids) if found):
        return "voices"
    return FEW.get(len(ids), "")


def _shelves(context: Context, front: Front) -> Iterator[Shelf]:
    for section in map(context.section, _sections(context, front)):
        if section is not None:
            yield Shelf(section.name, url(section.path), section.description)


def _sections(context: Context, front: Front) -> tuple[str, ...]:
    """Return the ids of the sections of a front: as editors chose, or those of the navigation."""
    navigation = context.records.navigation(front.language)
    return front.sections or (navigation.sections if navigation else ())


def _meta(context: Context, front: Front) -> Meta:
    name, tagline = context.name, context.tagline
    return Meta(
        title=f"{name} · {tagline}" if tagline else name,
        description=tagline,
        canonical=full_url(context, front.path),
        social_title=name,
        data=graph(organization(context), website(context, front.path)),
        forms=text_form(context, front.path),
    )
