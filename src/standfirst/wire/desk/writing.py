"""Taking in what was typed: kept, published, or shown again with what is wrong in it."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from standfirst.kit.redirects import redirect
from standfirst.wire import api as wire
from standfirst.wire.desk.common import email, show_both, tell
from standfirst.wire.desk.forms import ItemForm
from standfirst.wire.models import Item

_FIELDS = {"topics": "topic", "breaking_until": "breaking"}
"""Where the form has another name for a field than the draft."""


def write_new(request: HttpRequest, form: ItemForm) -> HttpResponse | None:
    """Take in a new item. One that was sent before, and whose answer got lost, is not made twice."""
    if form.is_valid() and form.cleaned_data["once"]:
        sent = wire.find_item(form.cleaned_data["once"])
        if sent is not None:
            return write(request, form, sent if _is_same(form, sent, email(request)) else None, afresh=True)
    try:
        with transaction.atomic():
            return write(request, form, None)
    except IntegrityError:  # the same press came twice at once
        return write(request, form, wire.find_item(form.cleaned_data["once"]))


def write(
    request: HttpRequest, form: ItemForm, item: Item | None, *, afresh: bool = False
) -> HttpResponse | None:
    """Keep what was typed, and publish it if that was pressed; None where something is wrong in it.

    With `afresh` a new item gets an id of its own, whatever the form says.
    """
    publish = request.POST.get("do") == "publish"
    if publish and not request.user.has_perm("wire.publish_item"):
        raise PermissionDenied
    if not form.is_valid():
        return None
    try:
        return _kept(request, form, item, publish=publish, afresh=afresh)
    except wire.ItemRefused as refusal:
        field = _FIELDS.get(refusal.field, refusal.field)
        form.add_error(field if field in form.fields else None, str(refusal))
    except wire.ItemChanged as change:
        show_both(form, item, str(change))
    return None


def write_lost(form: ItemForm) -> None:
    """Say that what was being changed is gone; what was typed stays, as a new item."""
    form.is_valid()
    form.add_error(
        None, _("Somebody deleted this draft meanwhile. Your words are here: save them as a new one.")
    )


@transaction.atomic
def _kept(
    request: HttpRequest, form: ItemForm, item: Item | None, *, publish: bool, afresh: bool
) -> HttpResponse:
    """Keep an item and publish it, both or neither: what is refused leaves nothing half done."""
    draft = form.draft(afresh=afresh)
    version = form.cleaned_data.get("version")
    kept = wire.save_item(draft, actor=email(request), item=item, version=version)
    key = request.POST.get("form", "")
    if not publish:
        tell(request, _("Kept. Readers see nothing of it yet."), form=key)
        return redirect(reverse("standfirst_feed") + "?show=drafts")
    minor = bool(form.cleaned_data.get("minor"))
    done = wire.publish_item(kept, actor=email(request), minor=minor)
    tell(request, _("It is in the feed."), done.edition, form=key)
    return redirect(reverse("standfirst_feed"))


def _is_same(form: ItemForm, item: Item, writer: str) -> bool:
    """Return whether an item says what the form says, and is this writer's."""
    draft = form.draft()
    said = (" ".join(draft.headline.split()), draft.body, draft.source_name, draft.story)
    return item.changed_by == writer and said == (
        item.headline, item.paragraphs, item.source_name, item.story.public_id if item.story else None,
    )  # fmt: skip
