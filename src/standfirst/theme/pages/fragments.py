"""Parts of pages that change often, each a file of its own (ARCHITECTURE.md, idea 5).

A fragment is a whole small page: shown in a frame where scripts are off, its `[data-part]` taken out of it
where they are on.
"""

from __future__ import annotations

from dataclasses import dataclass

from standfirst.bake.drawing import STEPS
from standfirst.bake.reading import Page, RecordingReader
from standfirst.editions.documents import Document
from standfirst.theme.pages.front import front_path
from standfirst.theme.parts.card import Card, cards
from standfirst.theme.parts.context import Context, open_context
from standfirst.theme.parts.frame import Frame, Meta, frame
from standfirst.theme.parts.item import Item, ItemDay, item, item_days
from standfirst.theme.parts.latest import Day, latest
from standfirst.theme.parts.picks import SHOWN, picks
from standfirst.theme.renderer import View
from standfirst.theme.text import url

TO_SPARE = 4  # the story itself and the three it leads on to


SHOWN_ITEMS = 8
SHOWN_BREAKING = 2


@dataclass(frozen=True, slots=True)
class LatestView:
    """The feed, or the newest stories where the newsroom writes no feed.

    `breaking` are the items of the strip, newest first; none at most times. They stand here since an item
    that is called breaking changes the column too: one file, and one request of a page.
    """

    frame: Frame
    breaking: tuple[Item, ...]
    items: tuple[ItemDay, ...]
    days: tuple[Day, ...]
    feed: str
    archive: str


def latest_paths(front: Document) -> list[str]:
    """Return the address of the column of what is new, with the strip, below the front of its language."""
    return [f"{front_path(front)}_f/latest/"]


def build_latest(page: Page, reader: RecordingReader) -> View | None:
    """Return the column of what is new: the feed, or the newest stories where there is none; and the strip.

    The edge takes what is called breaking away when its time is over.
    """
    context = open_context(page, reader)
    items = item_days(context, context.records.newest(f"feed/{context.language}")[:SHOWN_ITEMS])
    title = context.words.text("feed.title" if items else "list.latest")
    view = LatestView(
        frame=frame(context, Meta(title=title, indexed=False)),
        breaking=_breaking(context),
        items=items,
        days=() if items else latest(context),
        feed=url(f"{context.prefix}feed/"),
        archive=url(f"{context.prefix}archive/"),
    )
    return View("pages/latest.html", context.language, view)


def _breaking(context: Context) -> tuple[Item, ...]:
    """Return what is called breaking now, the newest first, of the flags that last longest.

    No more of them are looked at than ends are baked ahead of a page: so each leaves with all else dead.
    """
    last = context.records.newest(f"breaking/{context.language}")[:STEPS]
    flagged = [one for one in (item(context, item_id) for item_id in last) if one and one.breaking]
    return tuple(sorted(flagged, key=lambda one: one.key, reverse=True)[:SHOWN_BREAKING])


@dataclass(frozen=True, slots=True)
class PicksView:
    frame: Frame
    picks: tuple[Card, ...]


def picks_paths(front: Document) -> list[str]:
    """Return the address of the editors' picks, below the front of its language."""
    return [f"{front_path(front)}_f/picks/"]


def build_picks(page: Page, reader: RecordingReader) -> View | None:
    """Return the editors' picks: some more than are shown, as a page leaves out those it has already.

    None of them is in the column of newest stories, which stands above them.
    """
    context = open_context(page, reader)
    above = set() if context.has_feed else {one.id for day in latest(context) for one in day.cards}
    chosen = picks(context, without=above, shown=SHOWN + TO_SPARE)
    view = PicksView(
        frame=frame(context, Meta(title=context.words.text("picks.title"), indexed=False)),
        picks=tuple(cards(context, chosen, place="pick", label=False)),
    )
    return View("pages/picks.html", context.language, view)
