"""The news feed: its own page, its days and months, a topic's part of it, an item's own page."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from standfirst.bake.reading import Page, RecordingReader
from standfirst.editions.documents import Document, FeedItem
from standfirst.editions.records import HEAD_LENGTH
from standfirst.kit.tongues import capitalised
from standfirst.theme.pages.front import front_path
from standfirst.theme.parts.context import Context, open_context
from standfirst.theme.parts.frame import Frame, Meta, NavLink, forms, frame, full_url, titled
from standfirst.theme.parts.item import Item, ItemDay, item_days, item_view, one_day
from standfirst.theme.parts.structured import breadcrumbs, graph
from standfirst.theme.parts.structured_feed import feed_item
from standfirst.theme.renderer import View
from standfirst.theme.text import excerpt, plain, url

DESCRIPTION = 300  # characters
MOST_TOPICS = 8


@dataclass(frozen=True, slots=True)
class FeedView:
    """Items by day, and where older ones are.

    `more` is the page of the day that the last item shown belongs to, at that item: "" on a page that shows
    all of its time. `days` and `months` are the other pages, newest first; a module goes on through them.
    """

    frame: Frame
    title: str
    intro: str
    topics: tuple[NavLink, ...]  # parts of the feed that are about one
    back: str  # address of the feed itself, on its other pages
    live: bool  # new items come in here while it is open
    topic: str  # id of the topic it is about
    days: tuple[ItemDay, ...]
    more: str
    day_pages: tuple[NavLink, ...]
    month_pages: tuple[NavLink, ...]
    empty: str
    alerts: str = ""  # what the button says by which a reader asks for alerts, on pages that have one


@dataclass(frozen=True, slots=True)
class ItemPageView:
    """One item at its own address."""

    frame: Frame
    item: Item
    day: NavLink
    feed: str
    address: str


def front_paths(front: Document) -> list[str]:
    """Return the address of the feed, below the front of its language."""
    return [f"{front_path(front)}feed/"]


def item_paths(document: Document) -> list[str]:
    """Return the address of an item."""
    return [document.path] if isinstance(document, FeedItem) else []


def topic_path(name: str, prefix: str) -> str:
    """Return the page of a list called `feedtopic/en/ID`."""
    return f"{prefix}feed/topic/{name.rsplit('/', 1)[1]}/"


def list_path(name: str, prefix: str) -> str:
    """Return the page of a list called `feedday/en/2026-11-05` or `feeddays/en/2026-11`."""
    return f"{prefix}feed/{name.rsplit('/', 1)[1].replace('-', '/')}/"


def build_feed(page: Page, reader: RecordingReader) -> View | None:
    """Return the feed's own page: the newest thirty, and the way to all others."""
    context = open_context(page, reader)
    days = item_days(context, context.records.newest(f"feed/{context.language}"))
    months = context.records.feed_months(context.language)
    words = context.words
    title, intro = words.text("feed.title"), words.text("feed.intro", site=context.name)
    view = FeedView(
        frame=_frame(context, title, page.path, intro),
        title=title,
        intro=intro,
        topics=_topics(days),
        back="",
        live=True,
        topic="",
        days=days,
        more=_more(context, days),
        day_pages=_day_links(context, months[0]) if months else (),
        month_pages=tuple(_month_link(context, month) for month in months),
        empty=words.text("feed.empty"),
        alerts=words.text("alerts.on"),
    )
    return View("pages/feed.html", context.language, view)


def build_topic(page: Page, reader: RecordingReader) -> View | None:
    """Return the newest thirty items of a topic, and the way on through the days of the whole feed."""
    _, language, topic_id = page.owner.removeprefix("list:").split("/")
    context = open_context(page, reader, language)
    topic = context.records.topic(topic_id)
    if topic is None:
        return None
    days = item_days(context, context.records.newest(f"feedtopic/{language}/{topic_id}"))
    words = context.words
    title = words.text("feed.topic", topic=topic.name)
    view = FeedView(
        frame=_frame(context, title, page.path, topic.description),
        title=title,
        intro=topic.description,
        topics=(),
        back=_feed(context),
        live=True,
        topic=topic.id,
        days=days,
        more=_more(context, days),
        day_pages=(),
        month_pages=(),
        empty=words.text("feed.topic_empty", topic=topic.name),
        alerts=words.text("alerts.on_topic", topic=topic.name),
    )
    return View("pages/feed.html", context.language, view)


def build_day(page: Page, reader: RecordingReader) -> View | None:
    """Return all items of a local day."""
    _, language, period = page.owner.removeprefix("list:").split("/")
    context = open_context(page, reader, language)
    day = date.fromisoformat(period)
    days = item_days(context, context.records.feed_day(language, period))
    shown = context.formats.long_day(day)
    view = FeedView(
        frame=_frame(context, context.words.text("feed.of", when=shown), page.path),
        title=capitalised(shown),
        intro="",
        topics=(),
        back=_feed(context),
        live=False,
        topic="",
        days=days or (one_day(context, day, ()),),
        more="",
        day_pages=(),
        month_pages=(_month_link(context, period[:7]),),
        empty=context.words.text("archive.month_empty"),
    )
    return View("pages/feed.html", context.language, view)


def build_month(page: Page, reader: RecordingReader) -> View | None:
    """Return the days of a month. It reads no item, so it is baked once a day at most."""
    _, language, period = page.owner.removeprefix("list:").split("/")
    context = open_context(page, reader, language)
    shown = context.formats.month(date.fromisoformat(f"{period}-01"))
    view = FeedView(
        frame=_frame(context, context.words.text("feed.of", when=shown), page.path),
        title=capitalised(shown),
        intro="",
        topics=(),
        back=_feed(context),
        live=False,
        topic="",
        days=(),
        more="",
        day_pages=_day_links(context, period),
        month_pages=(),
        empty=context.words.text("archive.month_empty"),
    )
    return View("pages/feed.html", context.language, view)


def build_item(page: Page, reader: RecordingReader) -> View | None:
    """Return an item's own page."""
    found = open_context(page, reader).records.item(page.owner.partition(":")[2])
    if found is None:
        return None
    context = open_context(page, reader, found.language)
    item = item_view(context, found)
    day = context.local_date(found.published_at)
    title = f"{item.status}: {found.headline}" if item.status else found.headline
    description = excerpt(plain(" ".join(found.body)), DESCRIPTION)
    meta = Meta(
        title=titled(context, title),
        description=description,
        canonical=full_url(context, found.path),
        kind="article",
        social_title=title,
        published=item.time.machine,
        modified=item.updated.machine if item.updated else "",
        data=graph(
            feed_item(context, found, description),
            breadcrumbs(
                context,
                NavLink(context.words.text("feed.title"), f"{context.prefix}feed/"),
                NavLink(found.headline, found.path),
            ),
        ),
    )
    view = ItemPageView(
        frame=frame(context, meta, beside=True),
        item=item,
        day=_day_link(context, day.isoformat()),
        feed=_feed(context),
        address=full_url(context, found.path),
    )
    return View("pages/item.html", context.language, view)


def _frame(context: Context, title: str, path: str, description: str = "") -> Frame:
    feed = NavLink(context.words.text("feed.title"), f"{context.prefix}feed/")
    way = (feed,) if path == feed.url else (feed, NavLink(title, path))
    meta = Meta(
        title=titled(context, title),
        description=description,
        canonical=full_url(context, path),
        social_title=title,
        data=graph(breadcrumbs(context, *way)),
        forms=forms(context, "feed", context.prefix),
    )
    return frame(context, meta)


def _topics(days: tuple[ItemDay, ...]) -> tuple[NavLink, ...]:
    """Return the topics that most of what is shown is about."""
    named = Counter(topic for day in days for one in day.items for topic in one.topics)
    ranked = sorted(named, key=lambda topic: (-named[topic], topic.label))
    return tuple(ranked[:MOST_TOPICS])


def _feed(context: Context) -> str:
    return url(f"{context.prefix}feed/")


def _more(context: Context, days: tuple[ItemDay, ...]) -> str:
    """Return where the page of the last day shown goes on after the last item shown."""
    if sum(len(day.items) for day in days) < HEAD_LENGTH:
        return ""  # these are all there are
    path = list_path(f"feedday/{days[-1].machine}", context.prefix)
    return f"{url(path)}#i-{days[-1].items[-1].id}"


def _day_links(context: Context, month: str) -> tuple[NavLink, ...]:
    days = context.records.feed_days(context.language, month)
    return tuple(_day_link(context, day) for day in days)


def _day_link(context: Context, day: str) -> NavLink:
    name = context.formats.long_day(date.fromisoformat(day))
    return NavLink(capitalised(name), url(list_path(f"feedday/{day}", context.prefix)))


def _month_link(context: Context, month: str) -> NavLink:
    name = capitalised(context.formats.month(date.fromisoformat(f"{month}-01")))
    return NavLink(name, url(list_path(f"feeddays/{month}", context.prefix)))
