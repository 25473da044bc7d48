"""A story in the text edition: its words, the words of its pictures, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from standfirst.bake.reading import Page, RecordingReader
from standfirst.editions.documents import Document, PictureUse, Story
from standfirst.syndication import prose
from standfirst.syndication.prose import Prose
from standfirst.theme.pages.story import ClaimView, CorrectionView, claim_views, correction_views
from standfirst.theme.parts.byline import bylines, updated
from standfirst.theme.parts.card import status
from standfirst.theme.parts.context import Context, Time, open_context
from standfirst.theme.parts.frame import titled
from standfirst.theme.parts.picture import credit_line, shown_media
from standfirst.theme.parts.textual import ROOM, TextFrame, part_path, text_frame, text_parts, text_path
from standfirst.theme.renderer import View
from standfirst.theme.text import url
from standfirst.theme.trusted import NOTHING, trusted


@dataclass(frozen=True, slots=True)
class TextPost:
    """A post: its time as `11:09 AM, Nov 23`, its headline, its words."""

    time: Time
    day: str
    headline: str
    url: str
    blocks: tuple[Markup, ...]


@dataclass(frozen=True, slots=True)
class TextLive:
    """What is known, and the newest posts for which the page has room; `all` is the page with the others."""

    state: Markup
    summary: tuple[Markup, ...]
    posts: tuple[TextPost, ...]
    all: str


@dataclass(frozen=True, slots=True)
class TextStoryView:
    """One part of a story. Headline and status stand on each, the rest of the head on the first."""

    frame: TextFrame
    headline: str
    status: str
    retraction: Markup
    standfirst: str
    bylines: tuple[Markup, ...]
    published: Time
    updated: Time | None
    part: str  # "Part 2 of 3", "" for a story of one part
    first: bool
    live: TextLive | None  # on the first part of a live coverage
    blocks: tuple[Markup, ...]
    gated: bool
    claims: tuple[ClaimView, ...]
    corrections: tuple[CorrectionView, ...]
    next: str


def first_paths(document: Document) -> list[str]:
    """Return the address of a story's first part."""
    return [part_path(_story(document).path, 1)]


def later_paths(document: Document) -> list[str]:
    """Return the addresses of the parts after the first."""
    story = _story(document)
    return [part_path(story.path, number) for number in range(2, len(text_parts(story)) + 1)]


def build(page: Page, reader: RecordingReader) -> View | None:
    """Return the part of a story that stands at the page's address, or None when it is not public."""
    story = open_context(page, reader).records.story(page.owner.partition(":")[2])
    if story is None:
        return None
    context = open_context(page, reader, story.language)
    parts = text_parts(story)
    number = next((n for n in range(2, len(parts) + 1) if part_path(story.path, n) == page.path), 1)
    first, last = number == 1, number == len(parts)
    words = context.words
    view = TextStoryView(
        frame=text_frame(context, titled(context, story.headline), story.path, description=story.standfirst),
        headline=story.headline,
        status=status(story, words),
        retraction=trusted(story.retraction),
        standfirst=story.standfirst,
        bylines=bylines(context, story.bylines, links=False).lines,
        published=context.moment(story.published_at),
        updated=updated(context, story.published_at, story.updated_at),
        part=words.text("text.part", number=number, count=len(parts)) if len(parts) > 1 else "",
        first=first,
        live=_live(context, story) if first else None,
        blocks=tuple(_blocks(context, story, number)),
        gated=last and story.gated_blocks > 0,
        claims=claim_views(context, story) if last else (),
        corrections=correction_views(context, story) if last else (),
        next="" if last else url(part_path(story.path, number + 1)),
    )
    return View("text/story.html", context.language, view)


def _blocks(context: Context, story: Story, number: int) -> Iterator[Markup]:
    how = _how(context)
    first = number == 1
    if first and story.hero:
        yield _picture(context, story.hero)
    written = prose.write(how, text_parts(story)[number - 1])
    yield from prose.with_dateline(context.words, story.dateline if first else "", written)


def _live(context: Context, story: Story) -> TextLive | None:
    coverage = story.live
    if coverage is None:
        return None
    at, name = (coverage.opened_at, "opened") if coverage.is_open else (coverage.closed_at, "closed")
    when = context.moment(at or coverage.opened_at)
    return TextLive(
        state=context.words.html(f"live.{name}", when=when.shown),
        summary=tuple(map(trusted, coverage.summary)),
        posts=tuple(_posts(context, story, ROOM - sum(map(len, coverage.summary)))),
        all=url(story.path),
    )


def _posts(context: Context, story: Story, room: int) -> Iterator[TextPost]:
    """Yield the newest posts for which there is room; the first at least by its headline."""
    how = _how(context)
    for number, post_id in enumerate(context.records.newest(f"posts/{story.id}")):
        post = context.records.post(post_id)
        if post is None:
            continue
        blocks = prose.write(how, post.body)
        room -= sum(len(block.encode()) for block in blocks) + len(post.headline.encode()) + 250
        if room < 0 and number:
            return
        yield TextPost(
            time=context.clock(post.published_at),
            day=context.short_day(post.published_at).shown,
            headline=post.headline,
            url=url(post.path),
            blocks=blocks if room >= 0 else (),
        )


def _how(context: Context) -> Prose:
    return Prose(
        context.records,
        context.words,
        base="",
        picture=lambda use: _picture(context, use),
        story=lambda card: url(text_path(card.path)),
    )


def _picture(context: Context, use: PictureUse) -> Markup:
    """Return a picture's words: what it shows, its caption, whose it is."""
    media = shown_media(context, use)
    if media is None:
        return NOTHING
    alt = f"{use.alt.rstrip('.')}." if use.alt else ""
    said = (alt, trusted(use.caption), credit_line(media.credit, context.words), media.credit.note)
    words = Markup(" ").join(part for part in said if part)
    return Markup("<p><small>{}</small></p>").format(context.words.html("text.picture", words=words))


def _story(document: Document) -> Story:
    if not isinstance(document, Story):
        raise TypeError(f"{document.record} is not a story")
    return document
