"""What the buttons beside an item do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages

from standfirst.editions import api as editions
from standfirst.kit import instants
from standfirst.kit.redirects import redirect
from standfirst.stories import api as stories
from standfirst.wire import api as wire
from standfirst.wire.desk.common import email, no_story, tell, undone
from standfirst.wire.models import Item

AT_ONCE = timedelta(hours=1)
"""How long one press makes an item breaking; the form offers other times."""


def do(request: HttpRequest, item: Item, asked: str) -> HttpResponse:
    """Do one thing with an item, by a button beside it."""
    permission, deed = DEEDS[asked]
    if not request.user.has_perm(permission):
        raise PermissionDenied
    if asked == "develop" and not stories.may_add_story(request.user, item.language):
        return no_story(request, reverse("standfirst_feed"))
    try:
        said, edition, place = deed(item, email(request))
    except (wire.ItemRefused, stories.CannotPublish) as refusal:
        messages.error(request, str(refusal))
        return redirect(reverse("standfirst_feed"))
    tell(request, said, edition)
    return redirect(place or reverse("standfirst_feed"))


Deed = tuple[str, editions.Published | None, str]


def _undo(item: Item, actor: str) -> Deed:
    done = wire.undo(item, actor=actor)
    return undone(done), done.edition, ""


def _take_back(item: Item, actor: str) -> Deed:
    return _("Taken out of the feed; it is a draft again."), wire.take_back(item, actor=actor).edition, ""


def _publish(item: Item, actor: str) -> Deed:
    return _("It is in the feed."), wire.publish_item(item, actor=actor).edition, ""


def _delete(item: Item, actor: str) -> Deed:
    wire.delete_draft(item)
    return _("The draft is deleted."), None, reverse("standfirst_feed") + "?show=drafts"


def _flag(item: Item, actor: str) -> Deed:
    done = wire.start_breaking(item, until=instants.now() + AT_ONCE, actor=actor)
    return _("It is called breaking for an hour."), done.edition, ""


def _calm(item: Item, actor: str) -> Deed:
    return _("It is not called breaking any more."), wire.end_breaking(item, actor=actor).edition, ""


def _develop(item: Item, actor: str) -> Deed:
    page = wire.develop(item, actor=actor)
    return _("A draft of a story begins with it."), None, reverse("wagtailadmin_pages:edit", args=(page,))


DEEDS: dict[str, tuple[str, Callable[[Item, str], Deed]]] = {
    "undo": ("wire.publish_item", _undo),
    "back": ("wire.publish_item", _take_back),
    "put": ("wire.publish_item", _publish),
    "flag": ("wire.publish_item", _flag),
    "calm": ("wire.publish_item", _calm),
    "delete": ("wire.change_item", _delete),
    "develop": ("wire.change_item", _develop),
}
"""What a button beside an item does, and who may."""
