"""Pictures on their way to readers and back. Called inside the transaction of what uses them.

A media record is published before the story that shows it, and taken down when nothing live uses it. When
credit, rights or the picture itself change, the record's next edition has other files (the credit is inside
them), and the addresses of the old ones answer 410 from that publish on: no copy with a wrong credit stays.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.images.models import SourceImageIOError

from standfirst.editions import api as editions
from standfirst.kit import bus
from standfirst.kit.images import BadPicture
from standfirst.stories import receipts
from standfirst.stories.errors import CannotPublish
from standfirst.stories.pictures.messages import shown
from standfirst.stories.pictures.models import Picture
from standfirst.stories.pictures.projection import media_document


def publish(media: str, *, actor: str) -> editions.Published | None:
    """Publish the picture with this media id as it now is in the library.

    Returns None when it has left the library and readers have it already. Raises CannotPublish.
    """
    picture = Picture.objects.filter(public_id=media).first()
    if picture is not None:
        return publish_picture(picture, actor=actor)
    if _is_live(f"media:{media}"):
        return None
    raise CannotPublish(_("A picture of this story is no longer in the library. Choose another."))


def publish_pictures(pictures: Iterable[Picture], *, actor: str) -> list[editions.Published]:
    """Publish these pictures, each once. Raises CannotPublish."""
    return [publish_picture(picture, actor=actor) for picture in dict.fromkeys(pictures)]


@transaction.atomic
def publish_picture(picture: Picture, *, actor: str) -> editions.Published:
    """Publish one picture; no new edition when nothing about it changed. Raises CannotPublish."""
    try:
        document = media_document(picture)
    except BadPicture as refusal:
        message = _("The picture “%(title)s” cannot be published: %(problem)s")
        raise CannotPublish(message % {"title": picture.title, "problem": shown(refusal)}) from refusal
    except SourceImageIOError as missing:
        message = _("The file of the picture “%(title)s” is missing. Upload it again.")
        raise CannotPublish(message % {"title": picture.title}) from missing
    first = editions.current(document.record) is None
    reason: editions.Reason = "published" if first else "updated"
    try:
        return receipts.note(editions.publish(document, reason=reason, actor=actor))
    except editions.Refused as refusal:
        message = _("The picture “%(title)s” was erased for good. Choose another.")
        raise CannotPublish(message % {"title": picture.title}) from refusal


@transaction.atomic
def withdraw(media: str, *, actor: str) -> editions.Published | None:
    """Take a picture down; None when readers do not have it."""
    record = f"media:{media}"
    if not _is_live(record):
        return None
    return receipts.note(editions.unpublish(record, actor=actor))


def withdraw_unused(media: Iterable[str], *, actor: str) -> list[editions.Published]:
    """Take down those of these pictures that no live record uses any more."""
    unused = (name for name in dict.fromkeys(media) if not editions.users_of(f"media:{name}"))
    return [published for name in unused if (published := withdraw(name, actor=actor))]


def picture_saved(picture: Picture, *, actor: str) -> None:
    """Publish a picture again that readers have: a corrected credit reaches every page at once.

    Others are derived ahead by the worker.
    """
    if _is_live(picture.record):
        publish_picture(picture, actor=actor)
    else:
        transaction.on_commit(lambda: bus.send(settings.STANDFIRST_SITE, bus.WORK))


def _is_live(record: str) -> bool:
    head = editions.head(record)
    return head is not None and head.state == "live"
