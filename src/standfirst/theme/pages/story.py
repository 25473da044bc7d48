"""The story page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice
from urllib.parse import quote

from markupsafe import Markup

from standfirst.bake.reading import Page, RecordingReader
from standfirst.editions.documents import Claim, RelatedStory, Story
from standfirst.theme.locales import machine
from standfirst.theme.parts.blocks import Blocks, block_views
from standfirst.theme.parts.byline import Bylines, bylines, updated
from standfirst.theme.parts.card import Card, cards, is_live, kind_label, status, with_status
from standfirst.theme.parts.context import Context, Time, open_context
from standfirst.theme.parts.formats import ALONE, shaped
from standfirst.theme.parts.frame import Frame, Meta, NavLink, frame, full_url, titled
from standfirst.theme.parts.languages import LanguageLink, elsewhere
from standfirst.theme.parts.live import Live, Shown, live, shown_posts
from standfirst.theme.parts.picture import Picture, picture, shown_media
from standfirst.theme.parts.sizes import Place
from standfirst.theme.parts.social import social_image
from standfirst.theme.parts.structured import breadcrumbs, graph
from standfirst.theme.parts.structured_live import live_article
from standfirst.theme.parts.structured_story import news_article
from standfirst.theme.parts.textual import text_form, text_path
from standfirst.theme.renderer import View
from standfirst.theme.text import excerpt, url
from standfirst.theme.trusted import trusted

DESCRIPTION = 300  # characters: more is cut by those who read it


@dataclass(frozen=True, slots=True)
class ClaimView:
    text: str
    verdict: str
    source: str


@dataclass(frozen=True, slots=True)
class CorrectionView:
    time: Time
    html: Markup


TRAIL = 3
"""How many stories a page leads on to."""


@dataclass(frozen=True, slots=True)
class StoryView:
    """Everything on a story page, top to bottom."""

    frame: Frame
    form: str  # news, long_read …: how it is set
    live: Live | None  # of a story that is or was covered live
    alone: bool  # without the column beside it
    label: NavLink | None
    kind: str  # "" while it is live, which its state says
    headline: str
    standfirst: str
    bylines: Bylines
    portrait: Picture | None  # of the author, where the story is an opinion
    published: Time
    updated: Time | None
    reading: str  # how long that takes; "" for what grows
    elsewhere: tuple[LanguageLink, ...]
    retraction: Markup
    hero: Picture | None
    blocks: Blocks
    gated: bool
    claims: tuple[ClaimView, ...]
    corrections: tuple[CorrectionView, ...]
    topics: tuple[NavLink, ...]
    trail: tuple[Card, ...]
    address: str
    share: str  # a letter with the address in it, for browsers that cannot do better
    text_edition: str


def build(page: Page, reader: RecordingReader) -> View | None:
    """Return the view of the story at `page`, or None when the record is not public."""
    story = open_context(page, reader).records.story(page.owner.partition(":")[2])
    if story is None:
        return None
    context = open_context(page, reader, story.language)
    people = bylines(context, story.bylines)
    known = context.records.versions(story)
    section = context.section(story.section)
    alone = story.format in ALONE
    blocks = shaped(context, story, block_views(context, story))
    shown = shown_posts(context, story.id) if story.live else None
    view = StoryView(
        frame=frame(
            context,
            _meta(context, story, people, shown),
            current=story.section or "",
            story=story.id,
            beside=True,
            versions=known,
        ),
        form=story.format,
        live=live(context, story, story.live, shown) if story.live and shown else None,
        alone=alone,
        label=NavLink(section.name, url(section.path)) if section else None,
        kind=""
        if is_live(story)
        else kind_label(story, context.words, beside=section.name if section else ""),
        headline=story.headline,
        standfirst=story.standfirst,
        bylines=people,
        portrait=_portrait(context, story),
        published=context.moment(story.published_at),
        updated=updated(context, story.published_at, story.updated_at),
        reading="" if story.live else context.words.plural("story.reading", max(1, story.reading_minutes)),
        elsewhere=elsewhere(context, known),
        retraction=trusted(story.retraction),
        hero=_hero(context, story),
        blocks=blocks,
        gated=story.gated_blocks > 0,
        claims=claim_views(context, story),
        corrections=correction_views(context, story),
        topics=_topics(context, story),
        trail=tuple(
            islice(cards(context, _next(context, story), place="open_trail" if alone else "trail"), TRAIL)
        ),
        address=full_url(context, story.path),
        share=_letter(context, story),
        text_edition=url(text_path(story.path)),
    )
    return View("pages/story.html", context.language, view)


def _next(context: Context, story: Story) -> Iterator[str]:
    """Yield the stories to read next: those kept with this one, and only where these run out the newest.

    Asked for one by one, so that a page hangs on the newest only while it shows some of them. What stands as
    a card in the text is not offered again below it.
    """
    said = {story.id, *(block.story for block in story.body if isinstance(block, RelatedStory))}
    for story_id in chain(story.trail, _newest(context)):
        if story_id not in said:
            said.add(story_id)
            yield story_id


def _newest(context: Context) -> Iterator[str]:
    yield from context.records.newest(f"front/{context.language}")


def _letter(context: Context, story: Story) -> str:
    """Return the `mailto:` address (RFC 6068) that begins a letter about a story, its status in front."""
    said = with_status(story.headline, status(story, context.words), context.words)
    return f"mailto:?subject={quote(said, safe='')}&body={quote(full_url(context, story.path), safe='')}"


def _meta(context: Context, story: Story, people: Bylines, shown: Shown | None) -> Meta:
    """Return what the story says of itself elsewhere; doubtful claims take their status along."""
    zone = context.site.time_zone
    hero = shown_media(context, story.hero)
    words = story.description or excerpt(story.standfirst, DESCRIPTION)
    description = with_status(words, status(story, context.words), context.words)
    social = social_image(context, story, hero)
    article = news_article(
        context, story, people.authors, hero, description=description, social_image=social.url
    )
    changed = shown.changed(story) if shown else story.updated_at
    if story.live and shown:
        article = live_article(context, article, story.live, shown.updates, shown.changed(story))
    section = context.section(story.section)
    way = ([NavLink(section.name, section.path)] if section else []) + [NavLink(story.headline, story.path)]
    return Meta(
        title=titled(context, story.seo_title or story.headline),
        description=description,
        canonical=full_url(context, story.path),
        kind="article",
        social_title=story.social_title or story.headline,
        social_image=social.url,
        social_image_alt=social.alt,
        social_image_size=social.size,
        published=machine(story.published_at, zone),
        modified=machine(changed, zone) if changed and changed > story.published_at else "",
        data=graph(article, breadcrumbs(context, *way)),
        forms=text_form(context, story.path),
    )


def claim_views(context: Context, story: Story) -> tuple[ClaimView, ...]:
    """Return the claims that are not verified, with what is known of them."""
    return tuple(_claim(context, claim) for claim in story.claims if claim.status != "verified")


def correction_views(context: Context, story: Story) -> tuple[CorrectionView, ...]:
    """Return the corrections, oldest first."""
    return tuple(CorrectionView(context.moment(c.at), trusted(c.text)) for c in story.corrections)


def _claim(context: Context, claim: Claim) -> ClaimView:
    words = context.words
    return ClaimView(
        text=claim.text,
        verdict=words.text(f"claims.{claim.status}", site=context.name),
        source=words.text("claims.source", source=claim.source) if claim.source else "",
    )


def _hero(context: Context, story: Story) -> Picture | None:
    """Return the picture at the head; in a gallery none that is one of its own."""
    own = {block.picture.media for block in story.body if block.type == "image"}
    if story.format == "gallery" and story.hero and story.hero.media in own:
        return None
    place: Place = "open_hero" if story.format in ALONE else "hero"
    return picture(context, story.hero, place, told_at=story.published_at, eager=True, words=True)


def _portrait(context: Context, story: Story) -> Picture | None:
    """Return the face of who holds the opinion: that of its one author, who has a page here."""
    writers = [line.author for line in story.bylines if line.role == "author"]
    if story.format != "opinion" or len(writers) != 1 or writers[0] is None:
        return None
    author = context.records.author(writers[0])
    return picture(context, author.portrait if author else None, "voice", eager=True)


def _topics(context: Context, story: Story) -> tuple[NavLink, ...]:
    found = (context.records.topic(topic) for topic in story.topics)
    return tuple(NavLink(topic.name, url(topic.path)) for topic in found if topic)
