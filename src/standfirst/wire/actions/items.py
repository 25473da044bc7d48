"""Writing the feed: save, publish, undo, take back, kill. Each is one transaction and names its actor."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from standfirst.editions import api as editions
from standfirst.editions.documents import FeedItem
from standfirst.editions.documents.wire import MOST_TOPICS
from standfirst.kit import html, instants
from standfirst.stories import api as stories
from standfirst.stories.filing import Topic
from standfirst.stories.sitesettings import SiteSettings
from standfirst.wire.drafts import LONGEST_HEADLINE, LONGEST_TEXT, ItemDraft
from standfirst.wire.errors import ItemChanged, ItemRefused
from standfirst.wire.followups import Change, Kind, tell
from standfirst.wire.models import Item
from standfirst.wire.projection import document

LONGEST_BREAKING = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Done:
    """What a write came to; `edition.changed` is False where readers have nothing new of it."""

    item: Item
    edition: editions.Published


@transaction.atomic
def save_item(draft: ItemDraft, *, actor: str, item: Item | None = None, version: int | None = None) -> Item:
    """Keep an item as a draft says; readers see nothing of it yet.

    `version` is the one the writer began from. Raises ItemRefused, ItemChanged.
    """
    kept = Item.objects.select_for_update().get(pk=item.pk) if item else Item()
    if version is not None and kept.version != version:
        raise ItemChanged(_("%(name)s saved this item meanwhile.") % {"name": kept.changed_by})
    if kept.state == Item.State.KILLED:
        raise ItemRefused(_("This item was withdrawn for good; write a new one."))
    topics = _checked(draft, kept)
    kept.headline, kept.language = " ".join(draft.headline.split()), draft.language
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


@transaction.atomic
def publish_item(
    item: Item,
    *,
    actor: str,
    at: datetime | None = None,
    changed_at: datetime | None = None,
    minor: bool = False,
) -> Done:
    """Let readers have an item as it is kept: for the first time, or what was changed in it.

    `at` and `changed_at` are when an imported one was first said and last changed, else now.
    A `minor` change (a slip of the pen) is not shown as an update. Raises ItemRefused.
    """
    kept = Item.objects.select_for_update().get(pk=item.pk)
    if kept.state == Item.State.KILLED:
        raise ItemRefused(_("This item was withdrawn for good; write a new one."))
    if not kept.headline:
        raise ItemRefused(_("Write a first line."), "headline")
    before = editions.current(kept.record)
    now = instants.now()
    kept.published_at = kept.published_at or at or now
    if isinstance(before, FeedItem) and not minor and _tells_more(before, document(kept)):
        kept.updated_at = max(changed_at or now, kept.published_at)
    elif before is None and changed_at and changed_at > kept.published_at:
        kept.updated_at = changed_at
    reason: editions.Reason = "published" if before is None else "updated"
    published = editions.publish(document(kept), reason=reason, actor=actor)
    kept.state = Item.State.LIVE
    kept.save(update_fields=["published_at", "updated_at", "state"])
    if published.changed:
        _tell("published" if before is None else "updated", kept, published, actor)
    return Done(kept, published)


@transaction.atomic
def undo(item: Item, *, actor: str) -> Done:
    """Take the last change of a live item back: what it said before, or out of the feed if it was new.

    Raises ItemRefused when there is nothing to undo.
    """
    kept = Item.objects.select_for_update().get(pk=item.pk)
    head = editions.head(kept.record)
    if head is None or head.state != "live":
        raise ItemRefused(_("There is nothing to undo: this item is not in the feed."))
    earlier = editions.edition(kept.record, head.number - 1) if head.number > 1 else None
    if not isinstance(earlier, FeedItem):
        return take_back(kept, actor=actor)
    _restore(kept, earlier, actor)
    published = editions.publish(document(kept), reason="updated", actor=actor, note="undo")
    if published.changed:
        _tell("updated", kept, published, actor)
    return Done(kept, published)


@transaction.atomic
def take_back(item: Item, *, actor: str) -> Done:
    """Take an item out of the feed; it is a draft again and may return. Raises ItemRefused."""
    kept = Item.objects.select_for_update().get(pk=item.pk)
    if kept.state != Item.State.LIVE:
        raise ItemRefused(_("This item is not in the feed."))
    withdrawn = editions.unpublish(kept.record, actor=actor)
    kept.state = Item.State.DOWN
    kept.changed_by, kept.changed_at = actor, instants.now()
    kept.save(update_fields=["state", "changed_by", "changed_at"])
    _tell("gone", kept, withdrawn, actor)
    return Done(kept, withdrawn)


@transaction.atomic
def end_breaking(item: Item, *, actor: str) -> Done:
    """Call a live item breaking no more, before its time. Raises ItemRefused."""
    kept = Item.objects.select_for_update().get(pk=item.pk)
    if kept.state != Item.State.LIVE:
        raise ItemRefused(_("This item is not in the feed."))
    kept.breaking_until = None
    kept.version += 1
    kept.save(update_fields=["breaking_until", "version"])
    return publish_item(kept, actor=actor)


@transaction.atomic
def kill_item(item: Item, *, actor: str, why: str) -> Done:
    """Withdraw an item at once, everywhere, for good. Raises ItemRefused."""
    if not why.strip():
        raise ItemRefused(_("Say why: whoever asks later needs to know."), "why")
    kept = Item.objects.select_for_update().get(pk=item.pk)
    if editions.head(kept.record) is None:
        raise ItemRefused(_("This item was never in the feed; delete the draft instead."))
    killed = editions.kill(kept.record, actor=actor, why=why)
    kept.state = Item.State.KILLED
    kept.save(update_fields=["state"])
    _tell("gone", kept, killed, actor)
    return Done(kept, killed)


@transaction.atomic
def delete_draft(item: Item) -> None:
    """Delete an item that readers never had. Raises ItemRefused."""
    kept = Item.objects.select_for_update().get(pk=item.pk)
    if editions.head(kept.record) is not None:
        raise ItemRefused(_("Readers had this item: take it back, or withdraw it for good."))
    kept.delete()


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
    if draft.source_url and not html.link(draft.source_url).startswith(("http://", "https://")):
        raise ItemRefused(_("The address of the source must start with https:// or http://."), "source_url")
    if draft.source_status != "verified" and not draft.source_name.strip():
        raise ItemRefused(_("Say who says what you could not verify."), "source_name")
    if draft.breaking_until and draft.breaking_until > instants.now() + LONGEST_BREAKING:
        raise ItemRefused(_("Breaking lasts a day at most."), "breaking_until")
    return _topics(draft)


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


def _restore(kept: Item, earlier: FeedItem, actor: str) -> None:
    source = earlier.source
    draft = ItemDraft(
        headline=earlier.headline, language=earlier.language, body=earlier.body,
        source_name=source.name if source else "", source_url=(source.url or "") if source else "",
        source_status=source.status if source else "verified", topics=earlier.topics,
        breaking_until=earlier.breaking_until, story=earlier.story, source_uri=earlier.source_uri,
    )  # fmt: skip
    save_item(draft, actor=actor, item=kept)
    kept.refresh_from_db()
    kept.updated_at = earlier.updated_at
    kept.save(update_fields=["updated_at"])


def _tell(kind: Kind, item: Item, published: editions.Published, actor: str) -> None:
    tell(Change(kind, item.record, published.seq, actor, None if kind == "gone" else document(item)))
