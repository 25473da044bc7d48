"""The form of a channel: what every channel is asked, and what each kind is asked beside it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from standfirst.kit import fetch
from standfirst.kit.tongues import own_name
from standfirst.stories.filing import Topic
from standfirst.stories.sitesettings import SiteSettings
from standfirst.wire.actions.channels import ChannelDraft
from standfirst.wire.channels.failing import shown
from standfirst.wire.channels.models import Channel


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked: the name of a setting to its field; what its secret is, "" where nobody gives it."""

    settings: dict[str, Callable[[], forms.CharField]]
    secret: Any = ""
    help: Any = ""


def _address(help_text: Any, **more: Any) -> Callable[[], forms.CharField]:
    return lambda: forms.CharField(label=_("Address"), max_length=1000, help_text=help_text, **more)


KINDS: dict[str, Asked] = {
    "webhook": Asked(
        {"url": _address(_("It gets each item as JSON. No password belongs into it."))},
        help=_("The secret that signs what is sent is made here and shown once."),
    ),
    "telegram": Asked(
        {
            "chat": lambda: forms.CharField(
                label=_("Channel"), max_length=100, help_text=_("@name, or its number beginning with -100.")
            )
        },
        secret=_("Token of the bot"),
        help=_("The bot must be an administrator there that may post, edit and delete messages."),
    ),
    "bluesky": Asked(
        {
            "account": lambda: forms.CharField(
                label=_("Account"), max_length=253, help_text=_("As in name.bsky.social.")
            ),
            "service": _address(_("Where the account lives."), initial="https://bsky.social"),
        },
        secret=_("App password"),
        help=_("Made in the account’s settings. Do not give the account’s own password."),
    ),
    "webpush": Asked(
        {},
        help=_("The feed then has a button by which readers ask for alerts. Only breaking news goes out so."),
    ),
}


class ChannelForm(forms.Form):
    """A channel as it is typed. `draft` gives what is to be kept; a secret is never shown again."""

    name = forms.CharField(label=_("Name"), max_length=100)
    breaking_only = forms.BooleanField(label=_("Breaking news only"), required=False, initial=True)
    language = forms.ChoiceField(label=_("Language"), required=False)
    topics = forms.MultipleChoiceField(
        label=_("Only about"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, kind: str, channel: Channel | None = None, **more: Any) -> None:
        self.kind, self.channel = kind, channel
        super().__init__(*args, initial=_of(channel) if channel else {}, **more)  # type: ignore[misc]
        asked = KINDS[kind]
        for name, make in asked.settings.items():
            self.fields[name] = make()
            if channel:
                self.fields[name].initial = channel.settings.get(name, "")
        if asked.secret:
            self.fields["secret"] = forms.CharField(
                label=asked.secret, max_length=500, required=channel is None or not channel.sealed,
                widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
                help_text=_("Leave it empty to keep the one that is there.") if channel else "",
            )  # fmt: skip
        if kind == Channel.Kind.WEBPUSH:
            for name in ("breaking_only", "language", "topics"):
                del self.fields[name]
            return
        tags = SiteSettings.load().language_tags
        self._choices("language", [("", _("All")), *((tag, own_name(tag)) for tag in tags)])
        self._choices("topics", [(one.public_id, one.name) for one in Topic.objects.order_by("name")])

    def clean_url(self) -> str:
        return self._web("url")

    def clean_service(self) -> str:
        return self._web("service").rstrip("/")

    def draft(self, secret: str = "") -> ChannelDraft:
        """Return what was typed, as the actions take it."""
        data = self.cleaned_data
        return ChannelDraft(
            name=data["name"],
            settings={name: data[name] for name in KINDS[self.kind].settings},
            secret=data.get("secret", "") or secret,
            breaking_only=data.get("breaking_only", True),
            language=data.get("language", ""),
            topics=data.get("topics", ()),
        )

    def _web(self, name: str) -> str:
        url = str(self.cleaned_data[name])
        try:
            target = fetch.check(url)
        except fetch.FetchRefused as error:
            raise forms.ValidationError(shown(error.words.template, dict(error.words.values))) from None
        if target.scheme != "https":
            raise forms.ValidationError(_("It must begin with https://."))
        return url

    def _choices(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices


def _of(channel: Channel) -> dict[str, Any]:
    return {
        "name": channel.name,
        "breaking_only": channel.breaking_only,
        "language": channel.language,
        "topics": list(channel.topics.values_list("public_id", flat=True)),
    }
