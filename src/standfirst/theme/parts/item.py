"""An item of the news feed as it is shown wherever it stands: in the column, on the feed's pages, pushed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from markupsafe import Markup

from standfirst.editions.documents import FeedItem, ItemSource
from standfirst.kit import instants
from standfirst.kit.tongues import capitalised
from standfirst.theme.parts.byline import updated_briefly
from standfirst.theme.parts.card import card
from standfirst.theme.parts.context import Context, Time
from standfirst.theme.parts.frame import NavLink
from standfirst.theme.text import url
from standfirst.theme.trusted import trusted


@dataclass(frozen=True, slots=True)
class SourceView:
    """Who says it, with a link where there is one, and what readers must know before believing it."""

    name: str
    url: str
    verdict: str


@dataclass(frozen=True, slots=True)
class Item:
    """One item. `key` sorts it: newer ones have a greater one, also within a minute."""

    id: str
    key: str
    url: str
    time: Time
    updated: Time | None
    breaking: str  # until when it is called so, in UTC; "" where it is not
    status: str
    headline: str
    body: tuple[Markup, ...]
    source: SourceView | None
    story: NavLink | None
    topics: tuple[NavLink, ...]
    topic_ids: str  # with spaces between them


@dataclass(frozen=True, slots=True)
class ItemDay:
    """Items of one local day, newest first, under its name."""

    title: str
    machine: str
    items: tuple[Item, ...]


def item(context: Context, item_id: str) -> Item | None:
    """Return a public item, or None. Its flag leaves baked pages by itself when it ends."""
    found = context.records.item(item_id)
    return None if found is None else item_view(context, found)


def item_view(context: Context, found: FeedItem) -> Item:
    """Return an item as readers see it."""
    return Item(
        id=found.id,
        key=item_key(found.published_at, found.id),
        url=url(found.path),
        time=context.clock(found.published_at),
        updated=updated_briefly(context, found.published_at, found.updated_at),
        breaking=breaking_until(context, found),
        status=_status(context, found.source),
        headline=found.headline,
        body=tuple(map(trusted, found.body)),
        source=_source(context, found.source),
        story=_story(context, found),
        topics=tuple(
            NavLink(topic.name, topic_url(context, topic.id))
            for topic in map(context.records.topic, found.topics)
            if topic
        ),
        topic_ids=" ".join(found.topics),
    )


def breaking_until(context: Context, found: FeedItem) -> str:
    """Return until when an item is called breaking, "" when it is not, or no more."""
    until = found.breaking_until
    return instants.to_text(until) if until and not context.reader.ends(until) else ""


def item_key(at: datetime, item_id: str) -> str:
    """Return what items are sorted by: the instant in UTC to the microsecond, then the id."""
    return f"{at.strftime('%Y-%m-%dT%H:%M:%S.%f')}Z {item_id}"


def topic_url(context: Context, topic_id: str) -> str:
    """Return the address of the feed of a topic."""
    return url(f"{context.prefix}feed/topic/{topic_id}/")


def item_days(context: Context, ids: Iterable[str]) -> tuple[ItemDay, ...]:
    """Return the public ones of `ids` grouped by local day, in the order given."""
    groups: dict[date, list[Item]] = {}
    for item_id in ids:
        found = item(context, item_id)
        if found is not None:
            groups.setdefault(date.fromisoformat(found.time.machine[:10]), []).append(found)
    return tuple(one_day(context, day, tuple(items)) for day, items in groups.items())


def one_day(context: Context, day: date, items: tuple[Item, ...]) -> ItemDay:
    """Return a day with its items."""
    return ItemDay(capitalised(context.formats.long_day(day)), day.isoformat(), items)


def _status(context: Context, source: ItemSource | None) -> str:
    return context.words.text(f"item.{source.status}") if source and source.status != "verified" else ""


def _source(context: Context, source: ItemSource | None) -> SourceView | None:
    if source is None:
        return None
    verdict = ""
    if source.status != "verified":
        verdict = context.words.text(f"claims.{source.status}", site=context.name)
    return SourceView(source.name, source.url or "", verdict)


def _story(context: Context, found: FeedItem) -> NavLink | None:
    shown = card(context, found.story) if found.story else None
    return NavLink(shown.headline, shown.url) if shown else None
