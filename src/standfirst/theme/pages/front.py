"""The front page: chosen by hand where editors chose, by rule where they did not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import cycle

from standfirst.bake.reading import Page, RecordingReader
from standfirst.editions.documents import Document, Front
from standfirst.theme.parts.card import Card, card
from standfirst.theme.parts.context import Context, open_context
from standfirst.theme.parts.frame import Frame, Meta, frame, full_url
from standfirst.theme.parts.languages import in_every_language
from standfirst.theme.parts.latest import Day, latest
from standfirst.theme.parts.picture import Place
from standfirst.theme.parts.structured import graph, organization, website
from standfirst.theme.parts.textual import text_form
from standfirst.theme.renderer import View
from standfirst.theme.text import url

SECOND = 3  # stories of the second row
IN_SECTION = 4  # stories of a section
LATEST = 8  # about as tall as the lead and the second row together


@dataclass(frozen=True, slots=True)
class SectionBand:
    """A section on the front: one story with its picture, the others beside it.

    `shape` is how they are set: `one`, `pair`, or by turns `a`, `b` and `c` (see styles/front.css).
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
    lead = next(_take(context, (front.lead or "", *newest), used, "lead", 1, eager=True), None)
    second = tuple(_take(context, (*front.second, *newest), used, "second", SECOND))
    days = latest(context, without=used, shown=LATEST)
    bands = tuple(_bands(context, front, used))
    view = FrontView(
        frame=frame(context, _meta(context, front), home=True, versions=in_every_language(context, "")),
        title=front.title or context.name,
        lead=lead,
        second=second,
        latest=days,
        bands=bands,
        shelves=() if bands else tuple(_shelves(context, front)),
        archive=url(f"{context.prefix}archive/"),
    )
    return View("pages/front.html", context.language, view)


def _take(
    context: Context, ids: Iterable[str], used: set[str], place: Place, number: int, *, eager: bool = False
) -> Iterator[Card]:
    """Yield up to `number` cards of public stories that are not used yet, and mark them used."""
    for story_id in ids:
        if number == 0:
            return
        if not story_id or story_id in used:
            continue
        found = card(context, story_id, place=place, eager=eager)
        if found is not None:
            used.add(story_id)
            number -= 1
            yield found


def _bands(context: Context, front: Front, used: set[str]) -> Iterator[SectionBand]:
    turns = cycle("abc")
    for section_id in _sections(context, front):
        section = context.section(section_id)
        if section is None:
            continue
        found = list(
            _take(context, context.records.newest(f"section/{section_id}"), used, "card", IN_SECTION)
        )
        if found:
            shape = {1: "one", 2: "pair"}.get(len(found)) or next(turns)
            yield SectionBand(shape, section.name, url(section.path), found[0], tuple(found[1:]))


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
