"""The desk's screen for what readers wrote: newest first, one at a time, handled, deleted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, cast
from urllib.parse import quote

from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.core.validators import validate_email
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from standfirst.kit.redirects import redirect
from standfirst.kit.tongues import own_name
from standfirst.readers.messages import set_handled
from standfirst.readers.models import Message, User

PER_PAGE = 50
AWAY = timedelta(seconds=60)
"""What a message may take from the reader to the desk; after longer the application was away meanwhile."""

SUBJECTS = {
    "tip": gettext_lazy("Tip"),
    "correction": gettext_lazy("Mistake in a story"),
    "other": gettext_lazy("Something else"),
}
SHOWN: dict[str, tuple[Any, Q]] = {
    "waiting": (gettext_lazy("Waiting"), Q(handled_at=None, suspect=False)),
    "handled": (gettext_lazy("Handled"), Q(handled_at__isnull=False)),
    "suspect": (gettext_lazy("Probably from a program"), Q(handled_at=None, suspect=True)),
}


@dataclass(frozen=True, slots=True)
class Row:
    """A message as a line or a page of the desk says it."""

    message: Message

    @property
    def title(self) -> str:
        """Return its first words."""
        if self.message.broken:
            return _("It came damaged, or sealed with another key")
        return Truncator(" ".join(self.message.text.split())).chars(90)

    @property
    def subject(self) -> str:
        return str(SUBJECTS.get(self.message.subject, ""))

    @property
    def language(self) -> str:
        return own_name(self.message.language) if self.message.language else ""

    @property
    def came_while_away(self) -> bool:
        return self.message.taken_at - self.message.received_at > AWAY

    @property
    def mail_link(self) -> str:
        """Return a link that begins a mail to the sender; "" where they left no e-mail address."""
        try:
            validate_email(self.message.answer_to)
        except ValidationError:
            return ""
        return f"mailto:{quote(self.message.answer_to, safe='@')}"


@require_http_methods(["GET", "HEAD"])
@permission_required("readers.view_message", raise_exception=True)
def list_view(request: HttpRequest) -> HttpResponse:
    """List the messages that wait, or those of another kind."""
    chosen = request.GET.get("show", "")
    shown = chosen if chosen in SHOWN else "waiting"
    found = _of(shown)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("p"))
    tabs = [
        {"name": name, "label": label, "count": _of(name).count(), "current": name == shown}
        for name, (label, _kind) in SHOWN.items()
    ]
    context = {
        "rows": [Row(message) for message in page],
        "page": page,
        "tabs": tabs,
        "shown": shown,
        "page_title": _("Messages"),
        "header_icon": "mail",
    }
    return TemplateResponse(request, "readers/desk/messages.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("readers.view_message", raise_exception=True)
def message_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a message; mark it as handled, or as waiting again."""
    message = get_object_or_404(Message, pk=pk)
    may_change = request.user.has_perm("readers.change_message")
    if request.method == "POST" and may_change:
        handled = request.POST.get("state") == "handled"
        set_handled(message, handled=handled, actor=cast(User, request.user))
        messages.success(request, _("Marked as handled.") if handled else _("It waits again."))
        return redirect(reverse("standfirst_messages"))
    context = {
        "row": Row(message),
        "may_change": may_change,
        "may_delete": request.user.has_perm("readers.delete_message"),
        "page_title": _("Message"),
        "header_icon": "mail",
    }
    return TemplateResponse(request, "readers/desk/message.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("readers.delete_message", raise_exception=True)
def delete_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then delete a message for good."""
    message = get_object_or_404(Message, pk=pk)
    if request.method == "POST":
        message.delete()
        messages.success(request, _("The message is deleted."))
        return redirect(reverse("standfirst_messages"))
    context = {"row": Row(message), "page_title": _("Delete this message"), "header_icon": "bin"}
    return TemplateResponse(request, "readers/desk/delete_message.html", context)


def count_waiting() -> int:
    """Return how many messages nobody has dealt with; those that a program sent, most likely, are apart."""
    return _of("waiting").count()


def _of(shown: str) -> QuerySet[Message]:
    return Message.objects.filter(SHOWN[shown][1])
