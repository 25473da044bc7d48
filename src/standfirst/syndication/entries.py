"""A story as an entry of a feed: its public words, never without what a reader must know of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from standfirst.editions.documents import Coverage, Media, PictureUse, Rendition, Story
from standfirst.editions.standing import standing
from standfirst.editions.trusted import NOTHING
from standfirst.syndication import prose
from standfirst.syndication.channel import Channel
from standfirst.syndication.prose import Prose

PICTURE = 1200  # pixels: what a reader on a large screen shows


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    url: str  # "" for a guest


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry. `summary` and `html` begin with the story's status, where it has one."""

    id: str  # stays when the story moves to another address
    url: str
    title: str
    status: str
    summary: str
    html: Markup
    published: datetime
    updated: datetime | None
    language: str
    authors: tuple[Person, ...]
    tags: tuple[str, ...]
    picture: Rendition | None
    picture_url: str
    picture_alt: str
    picture_credit: str


def entries(channel: Channel, ids: Iterable[str]) -> Iterator[Entry]:
    """Yield the entries of those stories that are public, in order."""
    for story_id in ids:
        story = channel.records.story(story_id)
        if story is not None:
            yield _entry(channel, story)


def _entry(channel: Channel, story: Story) -> Entry:
    said = standing(story)
    status = channel.words.text(f"status.{said}") if said else ""
    text = story.description or story.standfirst
    hero = channel.records.shown(story.hero)
    picture = hero.jpeg(PICTURE) if hero else None
    changed = story.updated_at is not None and story.updated_at > story.published_at
    return Entry(
        id=story.record,
        url=channel.full(story.path),
        title=story.headline,
        status=status,
        summary=channel.words.text("status.excerpt", status=status, text=text).strip() if status else text,
        html=Markup("\n").join(_parts(channel, story, status)),
        published=story.published_at,
        updated=story.updated_at if changed else None,
        language=story.language,
        authors=tuple(_authors(channel, story)),
        tags=tuple(_tags(channel, story)),
        picture=picture,
        picture_url=channel.full(picture.path) if picture else "",
        picture_alt=story.hero.alt if story.hero else "",
        picture_credit=hero.credit.line() if hero else "",
    )


def _parts(channel: Channel, story: Story, status: str) -> Iterator[Markup]:
    """Yield the story's text in the order of its page: status and retraction before anything else."""
    words, base = channel.words, channel.site.base_url
    how = Prose(
        channel.records,
        words,
        base,
        picture=lambda use: figure(channel, use),
        story=lambda card: channel.full(card.path),
    )
    if status:
        yield Markup("<p><strong>{}</strong></p>").format(status)
    if story.retraction:
        yield Markup("<p><em>{}</em></p>").format(prose.running(story.retraction, base))
    if story.standfirst:
        yield Markup("<p><strong>{}</strong></p>").format(story.standfirst)
    if story.hero:
        yield figure(channel, story.hero)
    if story.live:
        yield from _coverage(channel, story, story.live)
    yield from prose.with_dateline(words, story.dateline, prose.write(how, story.body))
    if story.gated_blocks:
        yield Markup("<p>{}</p>").format(words.text("story.gated"))
    yield from _notes(channel, story)


def _coverage(channel: Channel, story: Story, coverage: Coverage) -> Iterator[Markup]:
    """Yield what is known of what is covered live, and the way to its posts, which are not in feeds."""
    points = (prose.running(point, channel.site.base_url) for point in coverage.summary)
    if coverage.summary:
        yield Markup("<ul>{}</ul>").format(NOTHING.join(map(Markup("<li>{}</li>").format, points)))
    words = channel.words.text("live.follow" if coverage.is_open else "live.read")
    yield Markup('<p><a href="{}">{}</a></p>').format(channel.full(story.path), words)


def _notes(channel: Channel, story: Story) -> Iterator[Markup]:
    """Yield what stands at the foot: claims that are not verified, then corrections."""
    words = channel.words
    for claim in story.claims:
        if claim.status != "verified":
            verdict = words.text(f"claims.{claim.status}", site=channel.name)
            yield Markup("<p><q>{}</q> <strong>{}</strong></p>").format(claim.text, verdict)
    for correction in story.corrections:
        yield Markup("<p><strong>{}</strong> ({}) {}</p>").format(
            words.plural("story.correction", 1),
            correction.at.date().isoformat(),
            prose.running(correction.text, channel.site.base_url),
        )


def figure(channel: Channel, use: PictureUse) -> Markup:
    """Return a picture with its caption and whose it is; nothing when it may not be shown."""
    media = channel.records.shown(use)
    file = media.jpeg(PICTURE) if media else None
    if media is None or file is None:
        return NOTHING
    image = Markup('<img src="{}" alt="{}" width="{}" height="{}">').format(
        channel.full(file.path), use.alt, file.width, file.height
    )
    caption = prose.running(use.caption, channel.site.base_url)
    words = Markup(" ").join(part for part in (caption, credit(media)) if part)
    return Markup("<figure>{}{}</figure>").format(
        image, Markup("<figcaption>{}</figcaption>").format(words) if words else NOTHING
    )


def credit(media: Media) -> str:
    """Return whose a picture is and the note that must be printed with it, in brackets; "" when unknown."""
    said = " · ".join(part for part in (media.credit.line(), media.credit.note) if part)
    return f"({said})" if said else ""


def _authors(channel: Channel, story: Story) -> Iterator[Person]:
    for line in story.bylines:
        if line.role != "author":
            continue
        known = channel.records.author_card(line.author) if line.author else None
        if known is not None:
            yield Person(known.name, channel.full(known.path))
        elif line.name:
            yield Person(line.name, "")


def _tags(channel: Channel, story: Story) -> Iterator[str]:
    section = channel.records.section(story.section) if story.section else None
    if section is not None:
        yield section.name
    for topic_id in story.topics:
        topic = channel.records.topic(topic_id)
        if topic is not None:
            yield topic.name
