"""The desk's screen of the news feed: write at the top, what is there below, each edited in its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from standfirst.kit import instants
from standfirst.kit.ids import new_id
from standfirst.kit.redirects import redirect
from standfirst.kit.tongues import own_name
from standfirst.stories import api as stories
from standfirst.wire import api as wire
from standfirst.wire.desk.common import Killing, ask_why, email, tell
from standfirst.wire.desk.deeds import DEEDS, do
from standfirst.wire.desk.forms import ItemForm
from standfirst.wire.desk.writing import write, write_lost, write_new
from standfirst.wire.models import Item
from standfirst.wire.waiting import waiting_items

PER_PAGE = 30
SHOWN: dict[str, tuple[Any, Q]] = {
    "live": (gettext_lazy("In the feed"), Q(state=Item.State.LIVE)),
    "drafts": (gettext_lazy("Drafts"), Q(state__in=[Item.State.DRAFT, Item.State.DOWN])),
    "killed": (gettext_lazy("Withdrawn"), Q(state=Item.State.KILLED)),
}


@dataclass(frozen=True)
class Row:
    """An item as a line of the screen says it; with `form` it is being edited."""

    item: Item
    form: ItemForm | None = None
    writer: object = None  # who edits it, by primary key
    waits: bool = False  # whether something was saved that readers have not had yet

    @property
    def key(self) -> str:
        """Return the name under which the browser keeps what is typed: no other account finds it there."""
        return f"{self.writer}.{self.item.pk}"

    @property
    def is_breaking(self) -> bool:
        return self.item.breaking_until is not None and self.item.breaking_until > instants.now()

    @property
    def language(self) -> str:
        return own_name(self.item.language)

    @property
    def may_return(self) -> bool:
        """Return whether it was in the feed once: then it is never deleted."""
        return self.item.published_at is not None


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("wire.add_item", raise_exception=True)
def feed_view(request: HttpRequest) -> HttpResponse:
    """Show the feed; take in a new item."""
    form = ItemForm(request.POST or None, prefilled=None if request.POST else _offered(request))
    if request.method == "POST":
        done = write_new(request, form)
        if done is not None:
            return done
    return _screen(request, form)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("wire.add_item", raise_exception=True)
def item_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the feed with one item opened in its place; take in its changes, or do what is asked."""
    item = Item.objects.filter(pk=pk).first()
    if item is None:
        return _lost(request)
    if not _may_edit(request, item):
        raise PermissionDenied
    asked = request.POST.get("do", "")
    if asked in DEEDS:
        return do(request, item, asked)
    form = ItemForm(request.POST or None, item=item)
    if request.method == "POST":
        done = write(request, form, item)
        if done is not None:
            return done
    return _screen(request, ItemForm(), opened=Row(item, form, request.user.pk))


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("editions.kill", raise_exception=True)
def kill_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask why, then withdraw an item everywhere."""
    item = get_object_or_404(Item, pk=pk)
    problem = ""
    if request.method == "POST":
        try:
            done = wire.kill_item(item, actor=email(request), why=request.POST.get("why", ""))
        except wire.ItemRefused as refusal:
            problem = str(refusal)
        else:
            tell(request, _("Withdrawn everywhere."), done.edition)
            return redirect(reverse("standfirst_feed"))
    words = Killing(
        title=_("Withdraw an item"),
        warning=_(
            "The item goes from every page, list and cache at once. Its address answers that it is gone. "
            "It cannot be published again."
        ),
        button=_("Withdraw this item"),
        back=_("Back to the feed"),
    )
    return ask_why(request, item, words, reverse("standfirst_feed"), problem)


def _lost(request: HttpRequest) -> HttpResponse:
    """Answer for an item that is not there: 404, unless somebody was changing it."""
    if "headline" not in request.POST:
        raise Http404
    data = request.POST.copy()
    data["version"] = ""
    data["once"] = new_id()
    form = ItemForm(data)
    write_lost(form)
    return _screen(request, form)


def _screen(request: HttpRequest, form: ItemForm, opened: Row | None = None) -> HttpResponse:
    chosen = request.GET.get("show", "")
    shown = chosen if chosen in SHOWN else _where(opened.item) if opened else "live"
    found = Item.objects.filter(SHOWN[shown][1]).select_related("story").prefetch_related("topics")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("p"))
    waiting = waiting_items(page)
    rows = [
        opened if opened and opened.item.pk == item.pk else Row(item, waits=item.pk in waiting)
        for item in page
    ]
    if opened and opened not in rows:
        rows.insert(0, opened)
    spoken = {row.item.language for row in rows}
    wrong = bool(form.errors or (opened and opened.form and opened.form.errors))
    context = {
        "form": form,
        "form_key": f"{request.user.pk}.{request.GET.get('story') or 'new'}",
        "rows": rows,
        "opened": opened,
        "page": page,
        "tabs": [
            {"name": name, "label": label, "current": name == shown} for name, (label, _kind) in SHOWN.items()
        ],
        "shown": shown,
        "may_publish": request.user.has_perm("wire.publish_item"),
        "may_change": request.user.has_perm("wire.change_item"),
        "may_add_story": {tag for tag in spoken if stories.may_add_story(request.user, tag)},
        "may_kill": request.user.has_perm("editions.kill"),
        "page_title": _("News feed"),
        "header_icon": "list-ul",
    }
    return TemplateResponse(request, "wire/desk/feed.html", context, status=422 if wrong else 200)


def _where(item: Item) -> str:
    if item.state == Item.State.LIVE:
        return "live"
    return "killed" if item.state == Item.State.KILLED else "drafts"


def _may_edit(request: HttpRequest, item: Item) -> bool:
    own_draft = item.state == Item.State.DRAFT and item.changed_by == email(request)
    return own_draft or bool(request.user.has_perm("wire.change_item"))


def _offered(request: HttpRequest) -> wire.ItemDraft | None:
    """Return what a story would say in the feed, where its publish has led here."""
    story = request.GET.get("story", "")
    return wire.draft_of_story(story) if story else None
