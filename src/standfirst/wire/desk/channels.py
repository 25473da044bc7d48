"""The desk's screens of channels: which there are, what went out on each, what a person has to decide."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from standfirst.kit.redirects import redirect
from standfirst.wire.actions import channels as actions
from standfirst.wire.channels import failing, rows, subscribing, webhook
from standfirst.wire.channels.models import Channel, Delivery, Subscription
from standfirst.wire.desk.channel_forms import KINDS, ChannelForm
from standfirst.wire.errors import ChannelRefused
from standfirst.wire.models import Item

State, What = Delivery.State, Delivery.What

PER_PAGE = 40
_OPEN = Q(deliveries__state__in=[State.FAILED, State.UNKNOWN], deliveries__subscription=None)
_managers = permission_required("wire.manage_channels", raise_exception=True)


@dataclass(frozen=True)
class Line:
    """A delivery as a line of the screen says it."""

    row: Delivery
    headline: str

    @property
    def error(self) -> str:
        return failing.shown(self.row.error, self.row.error_values)

    @property
    def is_open(self) -> bool:
        return self.row.state in (State.FAILED, State.UNKNOWN)

    @property
    def leave(self) -> str:
        """Return what the button says that lets it be."""
        return _("It stands there") if self.row.state == State.UNKNOWN else _("Leave it")


@require_http_methods(["GET", "HEAD"])
@_managers
def list_view(request: HttpRequest) -> HttpResponse:
    """List the channels, and the kinds that can be added."""
    found = Channel.objects.annotate(open=Count("deliveries", filter=_OPEN))
    push = any(channel.kind == Channel.Kind.WEBPUSH for channel in found)
    kinds = [(kind.value, kind.label) for kind in Channel.Kind if not (push and kind == Channel.Kind.WEBPUSH)]
    context = {"channels": found, "kinds": kinds, "page_title": _("Channels"), "header_icon": "resubmit"}
    return TemplateResponse(request, "wire/desk/channels.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@_managers
def add_view(request: HttpRequest, kind: str) -> HttpResponse:
    """Ask what a new channel is; keep it."""
    if kind not in KINDS:
        raise Http404
    form = ChannelForm(request.POST or None, kind=kind)
    if request.method == "POST" and form.is_valid():
        secret = webhook.new_secret() if kind == Channel.Kind.WEBHOOK else ""
        kept = _save(request, form, None, secret)
        if kept is not None and secret:
            return _secret_once(request, kept, secret)
        if kept is not None:
            return redirect(reverse("standfirst_channel", args=(kept.pk,)))
    return _form(request, form, _("Add a channel"))


@require_http_methods(["GET", "HEAD", "POST"])
@_managers
def channel_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a channel and what went out on it; do what a button asks."""
    channel = get_object_or_404(Channel, pk=pk)
    if request.method == "POST":
        return _do(request, channel)
    page = Paginator(_ordered(channel), PER_PAGE).get_page(request.GET.get("p"))
    browsers = Subscription.objects.count() if channel.kind == Channel.Kind.WEBPUSH else None
    context = {
        "channel": channel,
        "trouble": failing.shown(channel.trouble, channel.trouble_values),
        "lines": _lines(list(page)),
        "page": page,
        "browsers": browsers,
        "most": subscribing.MOST,
        "room": subscribing.room(browsers or 0),
        "told": _told(channel) if browsers is not None else None,
        "may_test": channel.kind != Channel.Kind.WEBPUSH,
        "page_title": channel.name,
        "page_subtitle": channel.get_kind_display(),
        "header_icon": "resubmit",
    }
    return TemplateResponse(request, "wire/desk/channel.html", context)


def _do(request: HttpRequest, channel: Channel) -> HttpResponse:
    shown = None
    try:
        shown = _DEEDS.get(request.POST.get("do", ""), _nothing)(request, channel)
    except ChannelRefused as refusal:
        messages.error(request, str(refusal))
    return shown or redirect(reverse("standfirst_channel", args=(channel.pk,)))


@require_http_methods(["GET", "HEAD", "POST"])
@_managers
def edit_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what a channel is."""
    channel = get_object_or_404(Channel, pk=pk)
    form = ChannelForm(request.POST or None, kind=channel.kind, channel=channel)
    if request.method == "POST" and form.is_valid() and _save(request, form, channel, "") is not None:
        return redirect(reverse("standfirst_channel", args=(pk,)))
    return _form(request, form, channel.name)


def _save(request: HttpRequest, form: ChannelForm, channel: Channel | None, secret: str) -> Channel | None:
    try:
        kept = actions.save_channel(form.draft(secret), form.kind, actor=_email(request), channel=channel)
    except ChannelRefused as refusal:
        form.add_error(None, str(refusal))
        return None
    messages.success(request, _("“%(name)s” is kept.") % {"name": kept.name})
    return kept


def _test(request: HttpRequest, channel: Channel) -> None:
    if channel.kind == Channel.Kind.WEBPUSH:
        raise ChannelRefused(_("A test would reach every reader."))
    actions.test_channel(channel)
    messages.success(request, _("A test is on its way; reload this page to see what came of it."))


def _pause(request: HttpRequest, channel: Channel) -> None:
    actions.set_active(channel, active=False, actor=_email(request))
    messages.success(request, _("Paused. What is withdrawn is still taken away there."))


def _resume(request: HttpRequest, channel: Channel) -> None:
    actions.set_active(channel, active=True, actor=_email(request))
    messages.success(request, _("It goes on."))


def _again(request: HttpRequest, channel: Channel) -> None:
    actions.send_again(_delivery(request, channel))
    messages.success(request, _("It is sent again."))


def _leave(request: HttpRequest, channel: Channel) -> None:
    actions.leave(_delivery(request, channel))
    messages.success(request, _("Left as it is."))


def _new_secret(request: HttpRequest, channel: Channel) -> HttpResponse:
    """Make another secret and show it; in this answer alone, which nothing keeps."""
    if channel.kind != Channel.Kind.WEBHOOK:
        raise ChannelRefused(_("Nothing was done."))
    secret = webhook.new_secret()
    draft = actions.ChannelDraft(
        channel.name, channel.settings, secret, channel.breaking_only, channel.language,
        tuple(channel.topics.values_list("public_id", flat=True)),
    )  # fmt: skip
    kept = actions.save_channel(draft, channel.kind, actor=_email(request), channel=channel)
    return _secret_once(request, kept, secret)


def _nothing(request: HttpRequest, channel: Channel) -> None:
    raise ChannelRefused(_("Nothing was done."))


_DEEDS: dict[str, Callable[[HttpRequest, Channel], HttpResponse | None]] = {
    "test": _test,
    "pause": _pause,
    "resume": _resume,
    "again": _again,
    "leave": _leave,
    "secret": _new_secret,
}


def _delivery(request: HttpRequest, channel: Channel) -> Delivery:
    number = request.POST.get("delivery", "")
    return get_object_or_404(channel.deliveries, pk=int(number) if number.isdecimal() else 0)


def _ordered(channel: Channel) -> QuerySet[Delivery]:
    """Return a channel's deliveries: those that want a decision first, then the newest."""
    first = Case(
        When(state__in=[State.FAILED, State.UNKNOWN], then=Value(0)), default=Value(1),
        output_field=IntegerField(),
    )  # fmt: skip
    return rows.history(channel).order_by(first, "-made_at", "-pk")


def _lines(found: list[Delivery]) -> list[Line]:
    ids = {row.record.partition(":")[2] for row in found}
    said = dict(Item.objects.filter(public_id__in=ids).values_list("public_id", "headline"))
    return [Line(row, said.get(row.record.partition(":")[2], "")) for row in found]


def _told(channel: Channel) -> dict[str, int]:
    """Return how many browsers each state holds of the newest alert."""
    single = channel.deliveries.exclude(subscription=None)
    newest = single.order_by("-seq").first()
    if newest is None:
        return {}
    counted = single.filter(seq=newest.seq).order_by().values("state")
    labels = dict(State.choices)
    return {str(labels[row["state"]]): row["n"] for row in counted.annotate(n=Count("pk"))}


def _form(request: HttpRequest, form: ChannelForm, title: str) -> HttpResponse:
    context: dict[str, Any] = {
        "form": form,
        "help": KINDS[form.kind].help,
        "page_title": title,
        "page_subtitle": Channel.Kind(form.kind).label,
        "header_icon": "resubmit",
    }
    status = 422 if form.errors else 200
    return TemplateResponse(request, "wire/desk/channel_form.html", context, status=status)


def _secret_once(request: HttpRequest, channel: Channel, secret: str) -> HttpResponse:
    context = {
        "channel": channel, "secret": secret, "page_title": channel.name, "header_icon": "resubmit",
    }  # fmt: skip
    response = TemplateResponse(request, "wire/desk/channel_secret.html", context)
    response["Cache-Control"] = "no-store"
    return response


def _email(request: HttpRequest) -> str:
    return str(getattr(request.user, "email", ""))
