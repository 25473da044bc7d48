"""From the desk's item or post to the public record."""

from __future__ import annotations

from standfirst.editions import documents as public
from standfirst.editions.documents import FeedItem, ItemSource
from standfirst.stories.body import publish as body
from standfirst.stories.projection import look_up
from standfirst.stories.sitesettings import SiteSettings
from standfirst.wire.models import Item, Post


def path_of(item: Item) -> str:
    """Return the address of an item, for ever: it holds nothing that an edit changes."""
    return f"{prefix_of(item.language)}feed/{item.public_id}/"


def prefix_of(language: str) -> str:
    """Return what addresses of a language start with."""
    first = SiteSettings.load().language_tags[0]
    return "/" if language == first else f"/{language}/"


def document(item: Item) -> FeedItem:
    """Return the record of an item that has its instants."""
    if item.published_at is None:
        raise ValueError(f"{item.record} has no time of publication yet")
    source = None
    if item.source_name:
        source = ItemSource.model_validate(
            {"name": item.source_name, "url": item.source_url or None, "status": item.source_status}
        )
    return FeedItem(
        id=item.public_id,
        language=item.language,
        path=path_of(item),
        headline=item.headline,
        body=item.paragraphs,
        source=source,
        topics=tuple(topic.public_id for topic in item.topics.order_by("pk")),
        breaking_until=item.breaking_until,
        story=item.story.public_id if item.story_id and item.story else None,
        published_at=item.published_at,
        updated_at=item.updated_at,
        source_uri=item.source_uri,
    )


def post_document(post: Post) -> public.Post:
    """Return the record of a post that has its number and instants. Raises CannotPublish for its blocks."""
    if post.published_at is None or post.number is None:
        raise ValueError(f"{post.record} has no number and time of publication yet")
    stream = post.body.get_prep_value()
    became = post.became if post.became_id and post.became and post.became.live else None
    return public.Post(
        id=post.public_id,
        story=post.story.public_id,
        language=post.story.language,
        path=f"{prefix_of(post.story.language)}live/{post.public_id}/",
        number=post.number,
        headline=post.headline,
        body=body.blocks(stream, look_up(stream)),
        bylines=tuple(public.Byline(author=one.public_id) for one in post.authors.order_by("name", "pk")),
        key=post.key,
        became=became.public_id if became else None,
        published_at=post.published_at,
        updated_at=post.updated_at,
    )
