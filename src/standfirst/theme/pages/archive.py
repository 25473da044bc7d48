"""The archive: an index of months, and a page for each month or, where a month is full, each day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from standfirst.bake.reading import Page, RecordingReader
from standfirst.editions.documents import Document
from standfirst.kit.tongues import capitalised
from standfirst.theme.pages.front import front_path
from standfirst.theme.parts.context import Context, open_context
from standfirst.theme.parts.frame import Frame, Meta, NavLink, frame, full_url, titled
from standfirst.theme.parts.languages import in_every_language
from standfirst.theme.parts.latest import Day, by_day
from standfirst.theme.parts.structured import breadcrumbs, graph
from standfirst.theme.renderer import View
from standfirst.theme.text import url


@dataclass(frozen=True, slots=True)
class Year:
    name: str
    months: tuple[NavLink, ...]


@dataclass(frozen=True, slots=True)
class IndexView:
    frame: Frame
    title: str
    intro: str
    years: tuple[Year, ...]


@dataclass(frozen=True, slots=True)
class MonthView:
    """Stories by day; `day_pages` are the days of this month that have pages of their own."""

    frame: Frame
    title: str
    days: tuple[Day, ...]
    day_pages: tuple[NavLink, ...]
    archive: str


def list_path(name: str, prefix: str) -> str:
    """Return the page of a list called `month/en/2026-11` or `month/en/2026-11-05`."""
    return f"{prefix}archive/{name.rsplit('/', 1)[1].replace('-', '/')}/"


def index_paths(front: Document) -> list[str]:
    """Return the address of the index of months, below the front of its language."""
    return [f"{front_path(front)}archive/"]


def build_index(page: Page, reader: RecordingReader) -> View | None:
    """Return the index of months, by year."""
    context = open_context(page, reader)
    years: dict[str, list[NavLink]] = {}
    for month in context.records.months(context.language):
        day = date.fromisoformat(f"{month}-01")
        link = NavLink(context.formats.month_name(day), url(list_path(f"month/{month}", context.prefix)))
        years.setdefault(context.formats.year(day), []).append(link)
    words = context.words
    view = IndexView(
        frame=frame(
            context,
            _meta(context, words.text("archive.title"), page.path),
            versions=in_every_language(context, "archive/"),
        ),
        title=words.text("archive.title"),
        intro=words.text("archive.intro", site=context.name),
        years=tuple(Year(name, tuple(months)) for name, months in years.items()),
    )
    return View("pages/archive.html", context.language, view)


def build_month(page: Page, reader: RecordingReader) -> View | None:
    """Return the page of a month or of a day."""
    _, language, period = _list_name(page).split("/")
    context = open_context(page, reader, page.language or language)
    is_month = len(period) == len("2026-11")
    first = date.fromisoformat(f"{period}-01" if is_month else period)
    own = context.records.days(context.language, period) if is_month else ()
    # A month with a page for each day lists the days; it reads no story, so it is baked once a day at most.
    stories = () if own else context.records.month(context.language, period)
    shown = context.formats.month(first) if is_month else context.formats.long_day(first)
    view = MonthView(
        frame=frame(context, _meta(context, context.words.text("archive.month", month=shown), page.path)),
        title=capitalised(shown),
        days=by_day(context, stories),
        day_pages=tuple(_day_link(context, day) for day in own),
        archive=url(f"{context.prefix}archive/"),
    )
    return View("pages/month.html", context.language, view)


def _day_link(context: Context, day: str) -> NavLink:
    name = context.formats.weekday(date.fromisoformat(day))
    return NavLink(name, url(list_path(f"month/{day}", context.prefix)))


def _list_name(page: Page) -> str:
    """Return the list that owns a page: `month/en/2026-11` of `list:month/en/2026-11`."""
    name = page.owner.removeprefix("list:")
    return name.removesuffix("/all")


def _meta(context: Context, title: str, path: str) -> Meta:
    archive = NavLink(context.words.text("archive.title"), f"{context.prefix}archive/")
    way = (archive,) if path == archive.url else (archive, NavLink(title, path))
    return Meta(
        title=titled(context, title),
        canonical=full_url(context, path),
        social_title=title,
        data=graph(breadcrumbs(context, *way)),
    )
