"""A post of a live coverage as it is shown wherever it stands: on the live page, among older ones, pushed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from markupsafe import Markup, escape

from standfirst.editions.documents import Post
from standfirst.editions.documents.base import Part
from standfirst.kit import html
from standfirst.theme.environment import macro
from standfirst.theme.parts.blocks import Blocks, BlockView, ParagraphView, block_views
from standfirst.theme.parts.byline import Bylines, bylines, updated_briefly
from standfirst.theme.parts.card import card
from standfirst.theme.parts.context import Context, Time
from standfirst.theme.parts.frame import NavLink
from standfirst.theme.parts.item import item_key
from standfirst.theme.text import excerpt, url

ROOM = 72_000
"""Bytes of posts on a page, what is said of them to programs included: so that it stays under 120 kB."""
LARGEST = 12_000
"""Bytes of one post among others; of a longer one they get the beginning."""
_BEGINNING = 600  # characters
_TITLE = 110  # characters


@dataclass(frozen=True, slots=True)
class PostView:
    """A post. `key` sorts it: newer ones have a greater one. `whole` is False where it only begins here."""

    id: str
    key: str
    url: str
    time: Time
    day: Time
    updated: Time | None
    is_key: bool
    headline: str
    bylines: Bylines
    blocks: Blocks
    whole: bool
    became: NavLink | None


@dataclass(frozen=True, slots=True)
class Drawn:
    """A post with its HTML, which is the same wherever it stands."""

    post: Post
    html: Markup

    @property
    def size(self) -> int:
        """Return how many bytes it takes."""
        return len(self.html.encode())


def post_view(context: Context, post: Post, blocks: Blocks, *, whole: bool = True) -> PostView:
    """Return a post as it is shown with these blocks of it."""
    told = card(context, post.became) if post.became else None
    return PostView(
        id=post.id,
        key=item_key(post.published_at, post.id),
        url=url(post.path),
        time=context.clock(post.published_at),
        day=context.short_day(post.published_at),
        updated=updated_briefly(context, post.published_at, post.updated_at),
        is_key=post.key,
        headline=post.headline,
        bylines=bylines(context, post.bylines),
        blocks=blocks,
        whole=whole,
        became=NavLink(told.headline, told.url) if told else None,
    )


def drawn(context: Context, post: Post) -> Drawn:
    """Return a post drawn in full."""
    return Drawn(post, _html(context, post_view(context, post, _lowered(block_views(context, post)))))


def among_others(context: Context, post: Post) -> Drawn:
    """Return a post drawn in full, or its beginning where it would take too much of a page."""
    whole = drawn(context, post)
    return whole if whole.size <= LARGEST else beginning(context, post)


def beginning(context: Context, post: Post) -> Drawn:
    """Return a post with its first words, which lead on to its own page."""
    words = escape(excerpt(post_words(post), _BEGINNING))
    blocks = (ParagraphView(words),) if words else ()
    return Drawn(post, _html(context, post_view(context, post, blocks, whole=False)))


def fitting(context: Context, posts: Iterable[Post]) -> tuple[Drawn, ...]:
    """Return all these posts in what a page has room for: of the longest only the beginnings, if need be."""
    shown = [among_others(context, post) for post in posts]
    by_size = sorted(range(len(shown)), key=lambda number: -shown[number].size)
    total = sum(one.size for one in shown)
    for number in by_size:
        if total <= ROOM:
            break
        short = beginning(context, shown[number].post)
        total += short.size - shown[number].size
        shown[number] = short
    return tuple(shown)


def post_title(context: Context, post: Post) -> str:
    """Return what a post is called where it needs a name: its headline, or its first words."""
    return post.headline or excerpt(post_words(post), _TITLE) or context.moment(post.published_at).shown


def post_words(post: Post) -> str:
    """Return the text of a post, without what its pictures and cards say."""
    return html.text(" ".join(text for block in post.body for text in _texts(block)))


def _texts(block: Part) -> Iterable[str]:
    for name in ("html", "items"):
        value = getattr(block, name, ())
        yield from (value,) if isinstance(value, str) else value
    if getattr(block, "type", "") == "embed":
        yield html.escaped(getattr(block, "text", ""))


def _lowered(blocks: Blocks) -> Blocks:
    """Return the blocks with their headings below that of the post."""
    return tuple(
        replace(block, level=block.level + 1)
        if isinstance(block, BlockView) and block.kind == "heading"
        else block
        for block in blocks
    )


def _html(context: Context, view: PostView) -> Markup:
    return macro(context.language, "parts/post.html", "one", view)
