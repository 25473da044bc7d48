"""The desk's screen of API tokens: make one, see what there is, revoke. A token is shown once, when made."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from standfirst.kit import instants
from standfirst.kit.redirects import redirect
from standfirst.wire.api_v1 import tokens
from standfirst.wire.api_v1.rows import Token
from standfirst.wire.desk.common import email

PERMISSION = "wire.manage_tokens"

SCOPES = {
    "items:read": gettext_lazy("Read items, drafts included"),
    "items:write": gettext_lazy("Write drafts and change its own"),
    "items:publish": gettext_lazy("Publish, change and undo any item, and take it back"),
    "items:kill": gettext_lazy("Withdraw an item everywhere, for good"),
}
NEEDS = {
    "items:read": "wire.change_item",
    "items:write": "wire.add_item",
    "items:publish": "wire.publish_item",
    "items:kill": "editions.kill",
}
"""What a person must be allowed to let a program do the same."""

DAYS = {
    30: gettext_lazy("30 days"), 90: gettext_lazy("90 days"), tokens.LONGEST_DAYS: gettext_lazy("A year"),
}  # fmt: skip


class TokenForm(forms.Form):
    """A token to be made."""

    name = forms.CharField(
        label=gettext_lazy("Name"), max_length=tokens.LONGEST_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=gettext_lazy("Which program it is for. Stands in the record of what the program does."),
    )  # fmt: skip
    scopes = forms.MultipleChoiceField(
        label=gettext_lazy("What it may do"), widget=forms.CheckboxSelectMultiple
    )
    days = forms.TypedChoiceField(label=gettext_lazy("Good for"), choices=DAYS.items, coerce=int, initial=90)

    def __init__(self, user: Any, data: Any = None) -> None:
        super().__init__(data, initial={"scopes": ["items:write"]})
        scopes = self.fields["scopes"]
        assert isinstance(scopes, forms.MultipleChoiceField)
        scopes.choices = [(name, words) for name, words in SCOPES.items() if user.has_perm(NEEDS[name])]


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(PERMISSION, raise_exception=True)
def tokens_view(request: HttpRequest) -> HttpResponse:
    """List the tokens; make a new one and show it, this once."""
    form = TokenForm(request.user, request.POST or None)
    secret = ""
    if request.method == "POST" and form.is_valid():
        try:
            _row, secret = tokens.issue(**form.cleaned_data, actor=email(request))
        except tokens.TokenRefused:
            form.add_error("name", _("A name is printable and has 60 characters at most."))
        else:
            form = TokenForm(request.user)
    now = instants.now()
    rows = [
        {"token": one, "scopes": [SCOPES[name] for name in one.scope_names], "counts": one.counts(now)}
        for one in Token.objects.all()
    ]
    context = {
        "form": form, "secret": secret, "rows": rows, "page_title": _("API tokens"), "header_icon": "key",
    }  # fmt: skip
    status = 422 if form.errors else 200
    response = TemplateResponse(request, "wire/desk/tokens.html", context, status=status)
    response["Cache-Control"] = "private, no-store"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(PERMISSION, raise_exception=True)
def revoke_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then let a token in no more."""
    token = get_object_or_404(Token, pk=pk)
    if request.method == "POST":
        tokens.revoke(token, actor=email(request))
        messages.success(request, _("“%(name)s” is let in no more.") % {"name": token.name})
        return redirect(reverse("standfirst_tokens"))
    context = {"token": token, "page_title": _("Revoke an API token"), "header_icon": "key"}
    return TemplateResponse(request, "wire/desk/revoke.html", context)
