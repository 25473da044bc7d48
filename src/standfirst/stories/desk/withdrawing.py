"""Killing a story, and erasing it for good: the second needs two people."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from standfirst.editions import api as editions
from standfirst.editions.models import ExpungeRequest
from standfirst.kit.redirects import redirect
from standfirst.stories import receipts
from standfirst.stories.actions import taking_down
from standfirst.stories.desk.receipts import tell
from standfirst.stories.errors import CannotPublish
from standfirst.stories.pages import StoryPage


class WhyForm(forms.Form):
    why = forms.CharField(
        label=gettext_lazy("Why"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Kept with the record, for whoever asks later. Not shown to readers."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("editions.kill", raise_exception=True)
def kill_view(request: HttpRequest, page_id: int) -> HttpResponse:
    """Ask for a reason, then withdraw the story everywhere."""
    page = _story(request, page_id)
    form = WhyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            with receipts.collecting() as made:
                taking_down.kill_story(
                    page, actor=_email(request), why=form.cleaned_data["why"], user=request.user
                )
        except CannotPublish as refusal:
            form.add_error(None, refusal.message)
        else:
            tell(request, made, page)
            return redirect(reverse("wagtailadmin_pages:edit", args=(page.pk,)))
    return _ask(request, page, form, {
        "page_title": _("Kill"),
        "warning": _("The story goes from every page, list and cache at once, with the pictures that only it "
                     "uses. Its address answers that it is gone. It cannot be published again."),
        "submit": _("Kill this story"),
    })  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("editions.expunge", raise_exception=True)
def expunge_view(request: HttpRequest, page_id: int) -> HttpResponse:
    """Ask that a story be erased; somebody else has to agree."""
    page = _story(request, page_id)
    form = WhyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            editions.request_expunge(page.record, actor=_email(request), why=form.cleaned_data["why"])
        except LookupError:
            form.add_error(None, _("This story was never published; delete the draft instead."))
        else:
            messages.success(request, _("Asked. Somebody else with this right has to agree."))
            return redirect(reverse("standfirst_erasures"))
    return _ask(request, page, form, {
        "page_title": _("Erase for good"),
        "warning": _("Text, versions and pictures are erased from everything we control, for reasons of law. "
                     "A mark stays that something was here. A second person has to agree."),
        "submit": _("Ask for it"),
    })  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("editions.expunge", raise_exception=True)
def erasures_view(request: HttpRequest) -> HttpResponse:
    """Show the open requests to erase; agree to one of them."""
    beyond_recall: tuple[str, ...] = ()
    if request.method == "POST":
        try:
            number = int(request.POST.get("request", "0"))
            beyond_recall = editions.approve_expunge(number, actor=_email(request)).beyond_recall
        except PermissionError:
            messages.error(request, _("You asked for this yourself: somebody else has to agree."))
        except (LookupError, ValueError):
            messages.error(request, _("This request is not open any more."))
        else:
            messages.success(request, _("Erased. What is listed below cannot be recalled by us."))
    waiting = ExpungeRequest.objects.filter(expungeapproval=None).order_by("pk")
    requests = [
        {"request": one, "own": one.actor.lower() == _email(request).lower(), "story": _title(one.record)}
        for one in waiting
    ]
    context = {
        "requests": requests,
        "beyond_recall": [_(sentence) for sentence in beyond_recall],
        "page_title": _("Requests to erase"),
        "header_icon": "bin",
    }
    return TemplateResponse(request, "stories/desk/erasures.html", context)


def _email(request: HttpRequest) -> str:
    return str(getattr(request.user, "email", ""))


def _story(request: HttpRequest, page_id: int) -> StoryPage:
    page = get_object_or_404(StoryPage, pk=page_id)
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    return page


def _title(record: str) -> str:
    page = StoryPage.objects.filter(public_id=record.partition(":")[2]).first()
    return page.title if page else record


def _ask(request: HttpRequest, page: StoryPage, form: forms.Form, words: dict[str, Any]) -> HttpResponse:
    context = {
        **words,
        "page": page,
        "page_subtitle": page.title,
        "header_icon": "warning",
        "form": form,
        "back": reverse("wagtailadmin_pages:edit", args=(page.pk,)),
    }
    return TemplateResponse(request, "stories/desk/confirm.html", context)
