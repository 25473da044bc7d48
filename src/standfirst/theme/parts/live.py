"""A live coverage on its story's page: its state, what is pinned, key events, the newest posts."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from standfirst.editions.documents import Coverage, Post, Story
from standfirst.theme.parts.context import Context, Time
from standfirst.theme.parts.post import ROOM, Drawn, among_others, post_title
from standfirst.theme.parts.structured import Node
from standfirst.theme.parts.structured_live import post_update
from standfirst.theme.text import url
from standfirst.theme.trusted import trusted

FIRST_EVENTS = 6
"""How many key events are seen at once; the others are a click away."""


@dataclass(frozen=True, slots=True)
class Event:
    """A key event: when, what, and where its post is. `day` is None on the day when the coverage opened."""

    time: Time
    day: Time | None
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Live:
    """What a story page has more while or after it is covered live. `earlier` leads to older posts."""

    story: str
    open: bool
    opened: Time
    closed: Time | None
    summary: tuple[Markup, ...]
    events: tuple[Event, ...]
    more_events: tuple[Event, ...]
    posts: tuple[Markup, ...]
    earlier: str


@dataclass(frozen=True, slots=True)
class Shown:
    """The posts on a live page, newest first, each with what is said of it to programs."""

    posts: tuple[Drawn, ...]
    updates: tuple[Node, ...]

    def changed(self, story: Story) -> datetime:
        """Return when the page of a story last said something new."""
        posts = (one.post.updated_at or one.post.published_at for one in self.posts)
        return max((story.published_at, story.updated_at or story.published_at, *posts))


def shown_posts(context: Context, story_id: str) -> Shown:
    """Return the newest posts for which the page has room."""
    posts: list[Drawn] = []
    updates: list[Node] = []
    left = ROOM
    for post_id in context.records.newest(f"posts/{story_id}"):
        found = context.records.post(post_id)
        if found is None:
            continue
        drawn, update = among_others(context, found), post_update(context, found)
        left -= drawn.size + len(json.dumps(update, ensure_ascii=False).encode())
        if left < 0:
            break
        posts.append(drawn)
        updates.append(update)
    return Shown(tuple(posts), tuple(updates))


def live(context: Context, story: Story, coverage: Coverage, shown: Shown) -> Live:
    """Return what the page of a live story shows."""
    here = {one.post.id for one in shown.posts}
    events = tuple(
        _event(context, coverage, found, here)
        for found in map(context.records.post, context.records.newest(f"keyposts/{story.id}"))
        if found
    )
    return Live(
        story=story.id,
        open=coverage.is_open,
        opened=context.moment(coverage.opened_at),
        closed=context.moment(coverage.closed_at) if coverage.closed_at else None,
        summary=tuple(map(trusted, coverage.summary)),
        events=events[:FIRST_EVENTS],
        more_events=events[FIRST_EVENTS:],
        posts=tuple(one.html for one in shown.posts),
        earlier=earlier(context, story.id, shown),
    )


def part_path(story_id: str, part: int) -> str:
    """Return the address of a file of older posts."""
    return f"/_f/live/{story_id}/{part}/"


def earlier(context: Context, story_id: str, shown: Shown) -> str:
    """Return the newest part that is not on the page in full; "" when all posts are."""
    here = {one.post.id for one in shown.posts}
    parts = sorted({one.post.part for one in shown.posts}, reverse=True)
    for part in parts:
        if not here.issuperset(context.records.post_part(story_id, part)):
            return url(part_path(story_id, part))
    last = parts[-1] - 1 if parts else 0
    return url(part_path(story_id, last)) if last > 0 else ""


def _event(context: Context, coverage: Coverage, post: Post, here: set[str]) -> Event:
    same_day = context.local_date(post.published_at) == context.local_date(coverage.opened_at)
    page = "" if post.id in here else url(part_path(post.story, post.part))
    return Event(
        time=context.clock(post.published_at),
        day=None if same_day else context.short_day(post.published_at),
        label=post_title(context, post),
        url=f"{page}#p-{post.id}",
    )
