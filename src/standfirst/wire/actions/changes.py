"""What is done with all that the wire writes: publish, undo, take back, kill. Each is one transaction.

Items and posts differ in what their records say; a `Craft` knows that.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Generic, TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from standfirst.editions import api as editions
from standfirst.editions.documents import Document, FeedItem, Post
from standfirst.kit import instants
from standfirst.stories.pictures import api as pictures
from standfirst.stories.projection import pictures_of
from standfirst.wire.errors import ItemChanged, ItemRefused
from standfirst.wire.followups import Change, Kind, tell
from standfirst.wire.models import Written
from standfirst.wire.waiting import is_waiting

W = TypeVar("W", bound=Written)
D = TypeVar("D", FeedItem, Post)


@dataclass(frozen=True, slots=True)
class Done(Generic[W]):
    """What a write came to; `edition.changed` is False where readers have nothing new of it.

    `waits` says of an undo that there were words not published yet, which wait still.
    """

    item: W
    edition: editions.Published
    waits: bool = False


@dataclass(frozen=True, slots=True)
class Craft(Generic[W, D]):
    """What is particular to items or to posts.

    `ready` makes a row fit to be published or raises ItemRefused, `tells_more` says whether readers are told
    something else than before, `waits` which fields of the row they have not had yet, `restore` makes the
    row what a record said but for such fields.
    """

    document: Callable[[W], D]
    ready: Callable[[W], None]
    tells_more: Callable[[D, D], bool]
    waits: Callable[[W, D], dict[str, Any]]
    restore: Callable[[W, D, Mapping[str, Any], str], None]


def locked(written: W) -> W:
    """Return the row as it is now, held until the transaction ends.

    The turn to publish comes first: a story that is published has it when it locks the rows that follow it.
    """
    editions.hold()
    model: Any = type(written)
    row: W = model.objects.select_for_update().get(pk=written.pk)
    return row


def to_be_saved(kept: Written, version: int | None) -> None:
    """Raise ItemChanged when somebody saved since `version`, ItemRefused for what was withdrawn for good."""
    if version is not None and kept.version != version:
        raise ItemChanged(_("%(name)s saved this meanwhile.") % {"name": kept.changed_by})
    _not_killed(kept)


@transaction.atomic
def publish(
    craft: Craft[W, D],
    written: W,
    *,
    actor: str,
    at: datetime | None,
    minor: bool,
    changed_at: datetime | None = None,
) -> Done[W]:
    """Let readers have it as it is kept: for the first time, or what was changed in it."""
    kept = locked(written)
    _not_killed(kept)
    before: Any = editions.current(kept.record)
    now = instants.now()
    kept.published_at = kept.published_at or at or now
    craft.ready(kept)
    if before is not None and not minor and craft.tells_more(before, craft.document(kept)):
        kept.updated_at = max(changed_at or now, kept.published_at)
    elif before is None and changed_at and changed_at > kept.published_at:
        kept.updated_at = changed_at
    edition = make_edition(craft, kept, before, actor)
    kept.state = kept.State.LIVE
    kept.save()
    if edition.changed:
        _tell("published" if before is None else "updated", kept, edition, actor, craft.document(kept))
    return Done(kept, edition)


@transaction.atomic
def publish_only(craft: Craft[W, D], written: W, *, actor: str, **fields: Any) -> Done[W]:
    """Let readers have other `fields` of what they have, and none of the words that wait at the desk.

    Whether those words could be published does not matter.
    """
    editions.hold()
    told: Any = editions.current(written.record)
    if told is None:
        raise ItemRefused(_("Readers do not have this."))
    flagged = told.model_copy(update=fields)
    only = replace(craft, document=lambda _kept: flagged, ready=lambda _kept: None)
    return publish(only, written, actor=actor, at=None, minor=True)


@transaction.atomic
def undo(craft: Craft[W, D], written: W, *, actor: str) -> Done[W]:
    """Take the last change back: what it said before, or away from readers if it was new.

    Fields that were saved since and not published wait as they are, the others are as they were before.
    """
    kept = locked(written)
    head = editions.head(kept.record)
    if head is None or head.state != "live":
        raise ItemRefused(_("There is nothing to undo: readers do not have this."))
    before: Any = editions.current(kept.record)
    earlier: Any = editions.edition(kept.record, head.number - 1) if head.number > 1 else None
    if earlier is None or type(earlier) is not type(before):
        return take_back(kept, actor=actor)
    waiting = craft.waits(kept, before)
    craft.restore(kept, earlier, {}, actor)
    kept = locked(kept)
    edition = make_edition(craft, kept, before, actor, note="undo")
    if edition.changed:
        _tell("updated", kept, edition, actor, craft.document(kept))
    if waiting:
        craft.restore(kept, earlier, waiting, actor)
        kept = locked(kept)
    return Done(kept, edition, waits=bool(waiting) and is_waiting(kept))


@transaction.atomic
def take_back(written: W, *, actor: str) -> Done[W]:
    """Take it away from readers; it is a draft again and may return. Raises ItemRefused."""
    kept = locked(written)
    before = editions.current(kept.record)
    if kept.state != kept.State.LIVE or before is None:
        raise ItemRefused(_("Readers do not have this."))
    withdrawn = editions.unpublish(kept.record, actor=actor)
    pictures.withdraw_unused(pictures_of(before), actor=actor)
    kept.state = kept.State.DOWN
    kept.changed_by, kept.changed_at = actor, instants.now()
    kept.save(update_fields=["state", "changed_by", "changed_at"])
    _tell("gone", kept, withdrawn, actor, None)
    return Done(kept, withdrawn)


@transaction.atomic
def kill(written: W, *, actor: str, why: str) -> Done[W]:
    """Withdraw it at once, everywhere, for good. Raises ItemRefused."""
    if not why.strip():
        raise ItemRefused(_("Say why: whoever asks later needs to know."), "why")
    kept = locked(written)
    if editions.head(kept.record) is None:
        raise ItemRefused(_("Readers never had this; delete the draft instead."))
    killed = editions.kill(kept.record, actor=actor, why=why)
    kept.state = kept.State.KILLED
    kept.save(update_fields=["state"])
    _tell("gone", kept, killed, actor, None)
    return Done(kept, killed)


@transaction.atomic
def delete_draft(written: Written) -> None:
    """Delete what readers never had. Raises ItemRefused."""
    kept = locked(written)
    if editions.head(kept.record) is not None:
        raise ItemRefused(_("Readers had this: take it back, or withdraw it for good."))
    kept.delete()


def _not_killed(kept: Written) -> None:
    if kept.state == kept.State.KILLED:
        raise ItemRefused(_("This was withdrawn for good; write a new one."))


def make_edition(
    craft: Craft[W, D], kept: W, before: Document | None, actor: str, note: str = ""
) -> editions.Published:
    """Publish a row with its pictures; those that it shows no longer go, if nothing else shows them."""
    document = craft.document(kept)
    used = pictures_of(document)
    for media in used:
        pictures.publish(media, actor=actor)
    reason: editions.Reason = "published" if before is None else "updated"
    edition = editions.publish(document, reason=reason, actor=actor, note=note)
    if before is not None:
        dropped = [media for media in pictures_of(before) if media not in used]
        pictures.withdraw_unused(dropped, actor=actor)
    return edition


def _tell(
    kind: Kind, kept: Written, edition: editions.Published, actor: str, document: FeedItem | Post | None
) -> None:
    tell(Change(kind, kept.record, edition.seq, actor, document))
