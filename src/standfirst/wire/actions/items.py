"""Writing the feed: what is particular to items. Each write is one transaction and names its actor."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from standfirst.editions.documents import FeedItem
from standfirst.editions.documents.wire import MOST_TOPICS
from standfirst.kit import html, instants
from standfirst.kit.ids import new_id
from standfirst.stories import api as stories
from standfirst.stories.filing import Topic
from standfirst.stories.sitesettings import SiteSettings
from standfirst.wire import waiting
from standfirst.wire.actions import changes
from standfirst.wire.drafts import LONGEST_ADDRESS, LONGEST_HEADLINE, LONGEST_TEXT, ItemDraft, one_line
from standfirst.wire.errors import ItemRefused
from standfirst.wire.models import Item
from standfirst.wire.projection import document

LONGEST_BREAKING = timedelta(hours=24)


@transaction.atomic
def save_item(draft: ItemDraft, *, actor: str, item: Item | None = None, version: int | None = None) -> Item:
    """Keep an item as a draft says; readers see nothing of it yet.

    `version` is the one the writer began from. Raises ItemRefused, ItemChanged.
    """
    kept = changes.locked(item) if item else Item(public_id=draft.id or new_id())
    changes.to_be_saved(kept, version)
    topics = _checked(draft, kept)
    kept.headline, kept.language = one_line(draft.headline), draft.language
    kept.body = "\n".join(clean for clean in map(html.inline, draft.body) if clean)
    kept.source_name, kept.source_url = draft.source_name.strip(), html.link(draft.source_url)
    kept.source_status = draft.source_status
    kept.breaking_until, kept.source_uri = draft.breaking_until, draft.source_uri
    kept.story = stories.find_story(draft.story) if draft.story else None
    kept.changed_by, kept.changed_at = actor, instants.now()
    kept.version += 1
    kept.save()
    kept.topics.set(topics)
    return kept


def publish_item(
    item: Item,
    *,
    actor: str,
    at: datetime | None = None,
    changed_at: datetime | None = None,
    minor: bool = False,
) -> changes.Done[Item]:
    """Let readers have an item as it is kept: for the first time, or what was changed in it.

    `at` and `changed_at` are when an imported one was first said and last changed, else now. A `minor` change
    (a slip of the pen) is not shown as an update. Raises ItemRefused.
    """
    return changes.publish(ITEMS, item, actor=actor, at=at, changed_at=changed_at, minor=minor)


def undo_item(item: Item, *, actor: str) -> changes.Done[Item]:
    """Take the last change of a live item back: what it said before, or out of the feed if it was new.

    Words that wait at the desk wait there still. Raises ItemRefused when there is nothing to undo.
    """
    return changes.undo(ITEMS, item, actor=actor)


@transaction.atomic
def start_breaking(item: Item, *, until: datetime, actor: str) -> changes.Done[Item]:
    """Call a live item breaking until an instant, a day away at most. Raises ItemRefused."""
    if until > instants.now() + LONGEST_BREAKING:
        raise ItemRefused(_("Breaking lasts a day at most."), "breaking_until")
    return _flag(item, until, actor)


@transaction.atomic
def end_breaking(item: Item, *, actor: str) -> changes.Done[Item]:
    """Call a live item breaking no more, before its time. Raises ItemRefused."""
    return _flag(item, None, actor)


def _flag(item: Item, until: datetime | None, actor: str) -> changes.Done[Item]:
    kept = changes.locked(item)
    if kept.state != Item.State.LIVE:
        raise ItemRefused(_("This item is not in the feed."))
    kept.breaking_until = until
    kept.version += 1
    kept.save(update_fields=["breaking_until", "version"])
    return changes.publish_only(ITEMS, kept, actor=actor, breaking_until=until)


def _ready(kept: Item) -> None:
    if not kept.headline:
        raise ItemRefused(_("Write a first line."), "headline")
    if kept.source_url:
        _check_address(kept.source_url)  # an older version has kept longer ones


def _checked(draft: ItemDraft, kept: Item) -> list[Topic]:
    """Return the topics of a draft that may be kept. Raises ItemRefused."""
    if len(draft.headline) > LONGEST_HEADLINE:
        message = _("The first line has %(count)s characters; %(most)s is the most.")
        raise ItemRefused(message % {"count": len(draft.headline), "most": LONGEST_HEADLINE}, "headline")
    if sum(map(len, draft.body)) > LONGEST_TEXT:
        message = _("The text is longer than %(most)s characters: that is a story.")
        raise ItemRefused(message % {"most": LONGEST_TEXT}, "body")
    tags = SiteSettings.load().language_tags
    if draft.language not in tags:
        message = _("%(language)s is no language of this site.")
        raise ItemRefused(message % {"language": draft.language}, "language")
    if kept.published_at and kept.language != draft.language:
        raise ItemRefused(_("An item that readers had stays in its language."), "language")
    if draft.source_url:
        _check_address(html.link(draft.source_url))
    if draft.source_status != "verified" and not draft.source_name.strip():
        raise ItemRefused(_("Say who says what you could not verify."), "source_name")
    if draft.breaking_until and draft.breaking_until > instants.now() + LONGEST_BREAKING:
        raise ItemRefused(_("Breaking lasts a day at most."), "breaking_until")
    return _topics(draft)


def _check_address(address: str) -> None:
    """Raise ItemRefused for what cannot stand as the address of a source; "" is no address."""
    if not address.startswith(("http://", "https://")):
        raise ItemRefused(_("The address of the source must start with https:// or http://."), "source_url")
    if len(address) > LONGEST_ADDRESS:
        message = _("The address of the source has %(count)s characters; %(most)s is the most.")
        raise ItemRefused(message % {"count": len(address), "most": LONGEST_ADDRESS}, "source_url")


def _topics(draft: ItemDraft) -> list[Topic]:
    if len(draft.topics) > MOST_TOPICS:
        raise ItemRefused(_("An item has %(most)s topics at most.") % {"most": MOST_TOPICS}, "topics")
    found = {topic.public_id: topic for topic in Topic.objects.filter(public_id__in=draft.topics)}
    missing = [topic for topic in draft.topics if topic not in found]
    if missing:
        raise ItemRefused(_("There is no topic %(topic)s.") % {"topic": missing[0]}, "topics")
    if draft.story and stories.find_story(draft.story) is None:
        raise ItemRefused(_("There is no story %(story)s.") % {"story": draft.story}, "story")
    return [found[topic] for topic in dict.fromkeys(draft.topics)]


def _tells_more(before: FeedItem, after: FeedItem) -> bool:
    """Return whether readers are told something else than before; a flag or a topic is no such thing."""
    return (before.headline, before.body, before.source) != (after.headline, after.body, after.source)


def _restore(kept: Item, earlier: FeedItem, still: Mapping[str, Any], actor: str) -> None:
    save_item(replace(waiting.item_said(earlier), **still), actor=actor, item=kept)
    kept.refresh_from_db()
    kept.updated_at = earlier.updated_at
    kept.save(update_fields=["updated_at"])


ITEMS = changes.Craft(
    document=document, ready=_ready, tells_more=_tells_more, waits=waiting.of_item, restore=_restore
)
