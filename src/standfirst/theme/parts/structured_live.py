"""Structured data of live coverage: LiveBlogPosting with its BlogPostings (schema.org 28).

Google shows a coverage as live by `coverageStartTime`, `coverageEndTime` and, for each update, `headline`,
`datePublished` and `articleBody`. A coverage that is open has no end yet, and is not given one.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from standfirst.editions.documents import Coverage, ImageBlock, Post, StoryCard
from standfirst.theme.locales import machine
from standfirst.theme.parts.byline import bylines
from standfirst.theme.parts.context import Context
from standfirst.theme.parts.frame import full_url
from standfirst.theme.parts.post import post_title, post_words
from standfirst.theme.parts.structured import Node, image, organization, persons, said
from standfirst.theme.text import excerpt

BODY = 800  # characters


def live_article(
    context: Context, article: Node, coverage: Coverage, updates: Iterable[Node], changed: datetime
) -> Node:
    """Return a story's node as that of its coverage, with the posts that the page shows.

    `changed` is when the page last said something new.
    """
    zone = context.site.time_zone
    return {
        **{name: value for name, value in article.items() if name != "dateline"},
        "@type": "LiveBlogPosting",
        "coverageStartTime": machine(coverage.opened_at, zone),
        "coverageEndTime": machine(coverage.closed_at, zone) if coverage.closed_at else "",
        "dateModified": machine(changed, zone),
        "liveBlogUpdate": [said(one) for one in updates],
    }


def post_update(context: Context, post: Post) -> Node:
    """Return a post as an update of its coverage."""
    zone = context.site.time_zone
    address = full_url(context, post.path)
    changed = post.updated_at if post.updated_at and post.updated_at > post.published_at else None
    return {
        "@type": "BlogPosting",
        "@id": address,
        "url": address,
        "headline": post_title(context, post),
        "datePublished": machine(post.published_at, zone),
        "dateModified": machine(changed, zone) if changed else "",
        "articleBody": excerpt(post_words(post), BODY),
        "author": persons(context, bylines(context, post.bylines).authors),
        "image": _picture(context, post),
    }


def post_alone(context: Context, post: Post, story: StoryCard, description: str) -> Node:
    """Return a post as the main thing of a page of its own, as part of its coverage."""
    return {
        **post_update(context, post),
        "description": description,
        "mainEntityOfPage": full_url(context, post.path),
        "inLanguage": post.language,
        "isAccessibleForFree": True,
        "publisher": organization(context),
        "isPartOf": {"@id": full_url(context, story.path)},
    }


def _picture(context: Context, post: Post) -> Node | str:
    """Return the first picture that is shown in a post; "" without one."""
    for block in post.body:
        media = context.records.shown(block.picture) if isinstance(block, ImageBlock) else None
        if media is not None:
            return image(context, media)
    return ""
