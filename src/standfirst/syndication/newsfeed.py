"""The news feed as RSS and JSON Feed: the newest thirty items of a language, in full."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from markupsafe import Markup

from standfirst.editions.documents import Document, FeedItem, Front
from standfirst.editions.forms import Form
from standfirst.syndication import prose
from standfirst.syndication.channel import Channel, ChannelFile
from standfirst.syndication.entries import Entry
from standfirst.syndication.feeds import Feed, Kind

WORDS = {"rss": "feed.rss", "json": "feed.json"}
"""Form to the key of its name in the theme's catalogues."""

KIND = "feed"
"""What pages of the news feed call themselves when they ask for their forms."""


def path(kind: Kind, front: str) -> str:
    """Return the address of the news feed in one form, below that of the front."""
    return f"{front}feed/items.{kind.suffix}"


def paths(kind: Kind) -> Callable[[Document], list[str]]:
    """Return the rule that gives a front the address of its news feed."""
    return lambda front: [path(kind, front.path)] if isinstance(front, Front) else []


def form(kind: Kind, words: str) -> Form:
    """Return what pages of the news feed say of this form of it."""
    return Form(KIND, kind.media_type, words, lambda front: path(kind, front))


def renderer(kind: Kind) -> ChannelFile:
    """Return what draws the news feed in this form."""
    return ChannelFile(lambda channel: kind.write(build(channel)), f"{kind.media_type}; charset=utf-8")


def build(channel: Channel) -> Feed:
    """Return the news feed of a channel's language."""
    found = tuple(_entries(channel))
    front = channel.full(channel.site.prefix(channel.language))
    return Feed(
        title=f"{channel.name}: {channel.words.text('feed.title')}",
        description=channel.words.text("feed.intro", site=channel.name),
        home=f"{front}feed/",
        own=channel.full(channel.page.path),
        language=channel.language,
        icon=channel.full("/apple-touch-icon.png"),
        changed=max((entry.updated or entry.published for entry in found), default=None),
        entries=found,
    )


def _entries(channel: Channel) -> Iterator[Entry]:
    for item_id in channel.records.newest(f"feed/{channel.language}"):
        item = channel.records.item(item_id)
        if item is not None:
            yield _entry(channel, item)


def _entry(channel: Channel, item: FeedItem) -> Entry:
    words, base = channel.words, channel.site.base_url
    doubtful = item.source is not None and item.source.status != "verified"
    status = words.text(f"item.{item.source.status}") if item.source and doubtful else ""
    breaking = item.breaking_until is not None and not channel.records.reader.ends(item.breaking_until)
    said = [words.text("item.breaking")] if breaking else []
    said += [status] if status else []
    title = f"{' · '.join(said)}: {item.headline}" if said else item.headline
    tags = (channel.records.topic(topic) for topic in item.topics)
    changed = item.updated_at is not None and item.updated_at > item.published_at
    return Entry(
        id=item.record,
        url=channel.full(item.path),
        title=title,
        status=status,
        summary="",
        html=Markup("\n").join(_parts(channel, item, base)),
        published=item.published_at,
        updated=item.updated_at if changed else None,
        language=item.language,
        authors=(),
        tags=tuple(topic.name for topic in tags if topic),
        picture=None,
        picture_url="",
        picture_alt="",
        picture_credit="",
    )


def _parts(channel: Channel, item: FeedItem, base: str) -> Iterator[Markup]:
    for paragraph in item.body or (f"<strong>{Markup.escape(item.headline)}</strong>",):
        yield Markup("<p>{}</p>").format(prose.running(paragraph, base))
    if item.source is not None:
        words = channel.words
        said = words.text("claims.source", source=item.source.name)
        verdict = ""
        if item.source.status != "verified":
            verdict = words.text(f"claims.{item.source.status}", site=channel.name)
        yield Markup("<p>{} {}</p>").format(said, verdict)
    story = channel.records.card(item.story) if item.story else None
    if story is not None:
        yield Markup('<p><a href="{}">{}</a></p>').format(channel.full(story.path), story.headline)
