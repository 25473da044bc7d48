"""Writing live coverage: what is particular to posts. Each write is one transaction and names its actor."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from standfirst.editions import api as editions
from standfirst.editions import documents as public
from standfirst.editions.documents import RelatedStory, Story
from standfirst.kit import instants
from standfirst.kit.ids import new_id
from standfirst.stories import api as stories
from standfirst.stories.actions import named
from standfirst.stories.body import edit
from standfirst.stories.body.publish import strings
from standfirst.stories.filing import Author
from standfirst.stories.pages import StoryPage
from standfirst.wire import waiting
from standfirst.wire.actions import changes
from standfirst.wire.drafts import LONGEST_HEADLINE, LONGEST_POST, PostDraft, one_line
from standfirst.wire.errors import ItemRefused
from standfirst.wire.models import Post
from standfirst.wire.projection import post_document


@transaction.atomic
def save_post(draft: PostDraft, *, actor: str, post: Post | None = None, version: int | None = None) -> Post:
    """Keep a post as a draft says; readers see nothing of it yet.

    `version` is the one the writer began from. Raises ItemRefused, ItemChanged.
    """
    kept = changes.locked(post) if post else Post(public_id=draft.id or new_id())
    changes.to_be_saved(kept, version)
    authors = _checked(draft)
    if post is None:
        kept.story = _coverage(draft.story)
    kept.headline, kept.key = one_line(draft.headline), draft.key
    kept.body = draft.stream if draft.stream is not None else _stream(draft)
    kept.changed_by, kept.changed_at = actor, instants.now()
    kept.version += 1
    kept.save()
    kept.authors.set(authors)
    return kept


def publish_post(
    post: Post, *, actor: str, at: datetime | None = None, minor: bool = False
) -> changes.Done[Post]:
    """Let readers have a post as it is kept; a new one takes the next number of its coverage, for ever.

    `at` is when it was said for an imported one, else now. A `minor` change is not shown as an update.
    Raises ItemRefused, CannotPublish (a picture without its words).
    """
    return changes.publish(POSTS, post, actor=actor, at=at, minor=minor)


def undo_post(post: Post, *, actor: str) -> changes.Done[Post]:
    """Take the last change of a post back, or the post if it was new; words that wait at the desk wait still.

    Raises ItemRefused.
    """
    return changes.undo(POSTS, post, actor=actor)


@transaction.atomic
def mark_key(post: Post, *, actor: str) -> changes.Done[Post]:
    """Put a live post among the key events, or take it from there. Raises ItemRefused."""
    kept = changes.locked(post)
    if kept.state != Post.State.LIVE:
        raise ItemRefused(_("Readers do not have this."))
    kept.key = not kept.key
    kept.version += 1
    kept.save(update_fields=["key", "version"])
    return changes.publish_only(POSTS, kept, actor=actor, key=kept.key)


@transaction.atomic
def break_out(post: Post, *, actor: str) -> int:
    """Begin a draft of a story with a post's words, and tie the two; return the page's primary key.

    Once readers have the story, the post leads on to it. Raises ItemRefused, CannotPublish.
    """
    kept = Post.objects.get(pk=post.pk)
    _not_broken_out(kept)
    coverage = kept.story
    said = post_document(_as_if_published(kept))
    draft = stories.StoryDraft(
        headline=kept.headline or _("(without a headline)"),
        language=coverage.language,
        body=(*said.body, RelatedStory(id=new_id()[-8:], story=coverage.public_id)),
        bylines=said.bylines,
        section=coverage.section.public_id if coverage.section else "",
        topics=tuple(topic.public_id for topic in coverage.topics.all()),
    )
    made = stories.save_story(draft, actor=actor, publish=False)  # locks the front; rows come after it
    kept = Post.objects.select_for_update().get(pk=post.pk)
    _not_broken_out(kept)
    kept.became_id = made.page
    kept.save(update_fields=["became"])
    return made.page


def _not_broken_out(kept: Post) -> None:
    if kept.became is not None:
        raise ItemRefused(_("“%(title)s” was made of it already.") % {"title": kept.became.title})


def follow_story(page: StoryPage, what: str, actor: str) -> None:
    """Do what follows when a story is published or killed; for the desk's registry of follow-ups.

    Posts that became it lead on to it. With a coverage that is killed go all its posts.
    """
    if what == "published":
        for post in Post.objects.filter(became=page, state=Post.State.LIVE):
            changes.publish_only(POSTS, post, actor=actor, became=page.public_id)
    else:
        for post in Post.objects.filter(story=page, published_at__isnull=False):
            if post.state != Post.State.KILLED:
                changes.kill(post, actor=actor, why=f"was in {page.record}")


def free_number(story: int) -> int:
    """Return the next number of a coverage, by its page's key; others wait until the transaction ends."""
    editions.hold()
    last = Post.objects.filter(story=story).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def _ready(kept: Post) -> None:
    """Give a new post its number; refuse what has nothing to say, or nowhere to stand."""
    page = StoryPage.objects.get(pk=kept.story_id)
    current = editions.current(page.record)
    if not isinstance(current, Story) or current.live is None:
        raise ItemRefused(_("Publish the story as live coverage first: its posts stand on its page."))
    if kept.number is None:
        if not current.live.is_open:
            raise ItemRefused(_("This coverage is closed; open it again first."))
        kept.number = free_number(page.pk)
    kept.story = page
    said = post_document(kept)
    if not said.headline and not said.body:
        raise ItemRefused(_("Write something."), "headline")


def _tells_more(before: public.Post, after: public.Post) -> bool:
    """Return whether readers are told something else than before; a mark or a link is no such thing."""
    return (before.headline, waiting.words(before.body)) != (after.headline, waiting.words(after.body))


def _restore(kept: Post, earlier: public.Post, still: Mapping[str, Any], actor: str) -> None:
    saved = save_post(replace(waiting.post_said(earlier), **still), actor=actor, post=kept)
    saved.updated_at = earlier.updated_at
    saved.save(update_fields=["updated_at"])


def _checked(draft: PostDraft) -> list[Author]:
    """Return the authors of a draft that may be kept. Raises ItemRefused."""
    if len(draft.headline) > LONGEST_HEADLINE:
        message = _("The headline has %(count)s characters; %(most)s is the most.")
        raise ItemRefused(message % {"count": len(draft.headline), "most": LONGEST_HEADLINE}, "headline")
    size = sum(map(len, strings(draft.stream))) if draft.stream is not None else 0
    size += sum(len(block.model_dump_json(exclude={"id", "type"})) for block in draft.body)
    if size > LONGEST_POST:
        message = _("The post is longer than %(most)s characters: that is a story.")
        raise ItemRefused(message % {"most": LONGEST_POST}, "body")
    found = {author.public_id: author for author in Author.objects.filter(public_id__in=draft.authors)}
    missing = [author for author in draft.authors if author not in found]
    if missing:
        raise ItemRefused(_("There is no author %(author)s.") % {"author": missing[0]}, "authors")
    return [found[author] for author in dict.fromkeys(draft.authors)]


def _coverage(story: str) -> StoryPage:
    page = stories.find_story(story)
    if page is None:
        raise ItemRefused(_("There is no story %(story)s.") % {"story": story}, "story")
    return page


def _stream(draft: PostDraft) -> list[edit.Raw]:
    return edit.stream(draft.body, named.pictures(draft.body), named.stories(draft.body))


def _as_if_published(kept: Post) -> Post:
    """Return a post that its record can be drawn from, also while it has none."""
    kept.published_at = kept.published_at or instants.now()
    kept.number = kept.number or 1
    return kept


POSTS = changes.Craft(
    document=post_document, ready=_ready, tells_more=_tells_more, waits=waiting.of_post, restore=_restore
)
