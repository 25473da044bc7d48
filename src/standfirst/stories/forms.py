"""The editor's forms: what must be there before a story may go out, said beside the field."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from wagtail.admin.forms.pages import CopyForm, WagtailAdminPageForm


class DeskPageForm(WagtailAdminPageForm):
    """Knows whether the button pressed was one that publishes."""

    @property
    def publishing(self) -> bool:
        return bool(self.data.get("action-publish"))


class StoryForm(DeskPageForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        from standfirst.stories.sitesettings import SiteSettings

        if "language" in self.fields:
            tags = dict.fromkeys((*SiteSettings.load().language_tags, self.instance.language))
            self.fields["language"] = forms.ChoiceField(
                label=self.fields["language"].label, choices=[(tag, tag) for tag in tags], required=True
            )
            if self.instance.pk is None and self.parent_page is not None:
                self.initial["language"] = getattr(self.parent_page.specific, "language", "en")

    def clean_title(self) -> str:
        """Return the headline on one line, whatever was pasted."""
        return " ".join(str(self.cleaned_data["title"]).split())

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if self.publishing:
            self._check_picture(cleaned)
        return cleaned

    def _check_picture(self, cleaned: dict[str, Any]) -> None:
        picture = cleaned.get("hero_picture")
        if picture is None or cleaned.get("hero_decorative") or cleaned.get("hero_alt"):
            return
        if not picture.default_alt_text:
            self.add_error("hero_alt", _("Describe the picture, or say that it is decorative."))


class DraftCopyForm(CopyForm):
    """Copies are drafts: neither published at once nor kept the same as the original."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("publish_copies", None)
        self.fields.pop("alias", None)
