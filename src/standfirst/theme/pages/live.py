"""Live coverage beside its story's page: a post at its own address, and files of older posts."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from standfirst.bake.reading import Page, RecordingReader
from standfirst.editions.documents import Document, ImageBlock, Post, StoryCard
from standfirst.theme.drawn.card import SIZE as SOCIAL
from standfirst.theme.parts.card import Card, card, status, with_status
from standfirst.theme.parts.context import Context, open_context
from standfirst.theme.parts.frame import Frame, Meta, NavLink, frame, full_url, titled
from standfirst.theme.parts.live import part_path
from standfirst.theme.parts.post import drawn, fitting, post_title, post_words
from standfirst.theme.parts.social import SocialImage, social_image
from standfirst.theme.parts.structured import breadcrumbs, graph
from standfirst.theme.parts.structured_live import post_alone
from standfirst.theme.renderer import View
from standfirst.theme.text import excerpt, url

DESCRIPTION = 300  # characters


@dataclass(frozen=True, slots=True)
class PostPageView:
    """One post at its own address, under the headline of its coverage."""

    frame: Frame
    coverage: Card
    post: Markup
    address: str


@dataclass(frozen=True, slots=True)
class PartView:
    """Older posts of a coverage. `earlier` leads to the part before; "" on the first."""

    frame: Frame
    coverage: Card
    posts: tuple[Markup, ...]
    earlier: str


def post_paths(document: Document) -> list[str]:
    """Return the address of a post."""
    return [document.path] if isinstance(document, Post) else []


def list_path(name: str, _prefix: str) -> str:
    """Return the page of a list called `postpart/STORY/0004`. A story's id is the same in all languages."""
    _, story, part = name.split("/")
    return part_path(story, int(part))


def build_post(page: Page, reader: RecordingReader) -> View | None:
    """Return a post's own page; None when it or its coverage is not public."""
    records = open_context(page, reader).records
    post = records.post(page.owner.partition(":")[2])
    story = records.card(post.story) if post else None
    if post is None or story is None:
        return None
    context = open_context(page, reader, post.language)
    coverage = card(context, post.story)
    if coverage is None:
        return None
    view = PostPageView(
        frame=frame(context, _meta(context, post, story), current=story.section or "", beside=True),
        coverage=coverage,
        post=drawn(context, post).html,
        address=full_url(context, post.path),
    )
    return View("pages/post.html", context.language, view)


def build_part(page: Page, reader: RecordingReader) -> View | None:
    """Return a file of older posts; None when their coverage is not public."""
    _, story_id, number = page.owner.removeprefix("list:").split("/")
    part = int(number)
    story = open_context(page, reader).records.card(story_id)
    if story is None:
        return None
    context = open_context(page, reader, story.language)
    coverage = card(context, story_id)
    if coverage is None:
        return None
    found = map(context.records.post, context.records.post_part(story_id, part))
    title = context.words.text("live.part", headline=story.headline)
    view = PartView(
        frame=frame(
            context,
            Meta(title=titled(context, title), indexed=False),
            current=story.section or "",
            beside=True,
        ),
        coverage=coverage,
        posts=tuple(one.html for one in fitting(context, (post for post in found if post))),
        earlier=url(part_path(story_id, part - 1)) if part > 1 else "",
    )
    return View("pages/post_part.html", context.language, view)


def _meta(context: Context, post: Post, story: StoryCard) -> Meta:
    """Return what a post says of itself elsewhere; doubts about its coverage come along."""
    title = post_title(context, post)
    doubt = status(story, context.words)
    description = with_status(excerpt(post_words(post), DESCRIPTION), doubt, context.words)
    article = post_alone(context, post, story, description)
    picture = _picture(context, post, story)
    return Meta(
        title=titled(context, title),
        description=description,
        canonical=full_url(context, post.path),
        kind="article",
        social_title=title,
        social_image=picture.url,
        social_image_alt=picture.alt,
        social_image_size=picture.size,
        published=article["datePublished"],
        modified=article["dateModified"],
        data=graph(
            article, breadcrumbs(context, NavLink(story.headline, story.path), NavLink(title, post.path))
        ),
    )


def _picture(context: Context, post: Post, story: StoryCard) -> SocialImage:
    """Return the first picture of a post, or that of its coverage."""
    for block in post.body:
        media = context.records.shown(block.picture) if isinstance(block, ImageBlock) else None
        file = media.jpeg(SOCIAL[0]) if media else None
        if file is not None and isinstance(block, ImageBlock):
            return SocialImage(full_url(context, file.path), block.picture.alt, (file.width, file.height))
    return social_image(context, story, context.records.shown(story.hero))
