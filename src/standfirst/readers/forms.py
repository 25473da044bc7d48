"""Signing in at the desk, and managing its accounts: one name, one e-mail address."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.account import LocalePreferencesForm
from wagtail.admin.forms.auth import LoginForm
from wagtail.users.forms import UserCreationForm, UserEditForm

from standfirst.readers import throttle
from standfirst.readers.models import User


class SignInForm(LoginForm):
    """Asks for the e-mail address. After too many failures it waits, whether the password is right or not."""

    username = forms.EmailField(
        label=_("E-mail address"), max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username", "autofocus": ""}),
    )  # fmt: skip

    error_messages = {
        **LoginForm.error_messages,
        "invalid_login": _("This e-mail address and password do not belong together. Try again."),
        "too_many": _("Too many tries. Wait %(minutes)d minutes, then try again."),
    }

    def __init__(self, request: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(request, *args, **kwargs)
        self.fields["username"].widget.attrs.pop("placeholder", None)
        self.fields["password"].label = _("Password")
        self.fields["password"].widget.attrs = {"autocomplete": "current-password"}

    def clean(self) -> dict[str, Any]:
        email = str(self.cleaned_data.get("username") or "")
        where = str(self.request.META.get("REMOTE_ADDR", "")) if self.request else ""
        if throttle.closed(email, where):
            raise forms.ValidationError(
                self.error_messages["too_many"], "too_many", {"minutes": throttle.MINUTES}
            )
        try:
            cleaned: dict[str, Any] = super().clean()
        except forms.ValidationError:
            throttle.failed(email, where)
            raise
        throttle.passed(email, where)
        return cleaned


class _OneName:
    """Wagtail's user forms, for a model with one name and an address that is unique among staff only."""

    first_name = None
    last_name = None
    error_messages = {
        **UserCreationForm.error_messages,
        "duplicate_username": _("Somebody on the staff has this e-mail address already."),
    }

    def _clean_username(self) -> str | None:
        email: str | None = self.cleaned_data.get("email")  # type: ignore[attr-defined]
        if not email:
            return email
        others = User.objects.filter(kind=User.Kind.STAFF, email__iexact=email)
        if others.exclude(pk=self.instance.pk).exists():  # type: ignore[attr-defined]
            message = self.error_messages["duplicate_username"]
            self.add_error("email", forms.ValidationError(message, "duplicate_username"))  # type: ignore[attr-defined]
        return email

    def separate_username_field(self) -> bool:
        return False


class StaffCreationForm(_OneName, UserCreationForm):
    class Meta:
        model = User
        fields = ["email", "name", "is_superuser", "groups"]
        widgets = {"groups": forms.CheckboxSelectMultiple}


class StaffEditForm(_OneName, UserEditForm):
    class Meta:
        model = User
        fields = ["email", "name", "is_active", "is_superuser", "groups"]
        widgets = {"groups": forms.CheckboxSelectMultiple}


class OwnNameForm(forms.ModelForm[User]):
    """What staff change about themselves.

    Not the address: records name who acted by it, and two addresses are what erasing takes for two people.
    An administrator changes it.
    """

    class Meta:
        model = User
        fields = ["name"]


class LanguageForm(LocalePreferencesForm):
    """Wagtail's form says “server” where nothing is chosen; at our desk that is the newsroom."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, words in (
            ("preferred_language", _("The main language of the site")),
            ("current_time_zone", _("The time zone of the site")),
        ):
            field = self.fields[name]
            field.choices = [("", words), *list(field.choices)[1:]]
        # Or a script of Wagtail's would name the settings file's zone behind the words.
        self.fields["current_time_zone"].widget.attrs.pop("data-w-locale-server-time-zone-param", None)
