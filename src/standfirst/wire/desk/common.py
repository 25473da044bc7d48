"""What the screens of items and of posts share."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail.admin import messages

from standfirst.editions import api as editions
from standfirst.wire import api as wire
from standfirst.wire.models import Item, Post, Written


@dataclass(frozen=True)
class Killing:
    """The words of the screen that asks why something is withdrawn for good."""

    title: str
    warning: str
    button: str
    back: str


def ask_why(
    request: HttpRequest, written: Item | Post, words: Killing, back: str, problem: str
) -> HttpResponse:
    """Return the screen that asks why, with what was wrong in the answer."""
    context = {
        "item": written, "words": words, "back": back, "problem": problem, "page_title": words.title,
        "header_icon": "bin",
    }  # fmt: skip
    return TemplateResponse(request, "wire/desk/kill.html", context, status=422 if problem else 200)


def show_both(form: forms.Form, written: Item | Post | None, said: str) -> None:
    """Two wrote at once: what is typed stays, what was saved is shown, the next save goes over it."""
    assert written is not None
    written.refresh_from_db()
    data = form.data.copy()  # type: ignore[attr-defined]  # a QueryDict
    data["version"] = str(written.version)
    form.data = data
    words = _("Their words: “%(headline)s”. Yours are below; save again to put them in their place.")
    form.add_error(None, f"{said} {words % {'headline': written.headline}}")
    form.theirs = written  # type: ignore[attr-defined]  # for the template, which shows them whole


def tell(
    request: HttpRequest, words: str, edition: editions.Published | None = None, *, form: str = ""
) -> None:
    """Say what was done, and follow when readers have it; `form` is the key of the form it came from."""
    if form:  # the browser need not keep what was typed any more
        words = format_html('{} <span data-taken="{}"></span>', words, form)
    if edition is None or not edition.changed:
        messages.success(request, words)
        return
    address = reverse("standfirst_receipt_json", args=(edition.seq, edition.seq))
    buttons = [messages.button(reverse("standfirst_receipt", args=(edition.seq, edition.seq)), _("Receipt"))]
    said = format_html('{} <span data-receipt="{}">{}</span>', words, address, _("Waiting for the baker …"))
    messages.success(request, said, buttons=buttons)


def no_story(request: HttpRequest, back: str) -> HttpResponse:
    """Return the refusal for who may write the feed but add no story."""
    context = {
        "words": _("You may not add stories, so none was made of it. Ask somebody who may."),
        "back": back, "page_title": _("Make a story of it"), "header_icon": "warning",
    }  # fmt: skip
    return TemplateResponse(request, "wire/desk/refused.html", context, status=403)


def undone(done: wire.Done[Item] | wire.Done[Post]) -> str:
    """Return what to say of an undo."""
    if done.item.state != Written.State.LIVE:
        return _("Taken back.")
    if done.waits:
        return _("Readers have again what they had before. What was not published still waits here.")
    return _("It says again what it said before.")


def email(request: HttpRequest) -> str:
    """Return who acts."""
    return str(getattr(request.user, "email", ""))
