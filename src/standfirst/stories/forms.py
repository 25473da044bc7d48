"""The editor's forms: what must be there before a story may go out, said beside the field."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.forms.models import ModelChoiceIterator
from django.utils.translation import gettext as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.forms.pages import CopyForm, WagtailAdminPageForm
from wagtail.models import Page

from standfirst.kit.tongues import own_name


def refuse_taken(slug: str, parent: Page, own: Page | None = None) -> str:
    """Return `slug`. Raises ValidationError, before Wagtail does, when another page below `parent` has it."""
    others = parent.get_children().filter(slug=slug)
    other = others.exclude(pk=own.pk).first() if own and own.pk else others.first()
    if other is not None:
        title = other.specific_deferred.get_admin_display_title()
        message = _("“%(title)s” has this address already; choose another.")
        raise forms.ValidationError(message % {"title": title})
    return slug


class DeskPageForm(WagtailAdminPageForm):
    """Knows whether the button pressed was one that publishes, and who has an address."""

    @property
    def publishing(self) -> bool:
        return bool(self.data.get("action-publish"))

    def clean_slug(self) -> str:
        slug = str(self.cleaned_data["slug"] or "")
        parent = self.parent_page or (self.instance.get_parent() if self.instance.pk else None)
        return refuse_taken(slug, parent, self.instance) if parent else slug


class ByLanguage(ModelChoiceIterator):  # type: ignore[type-arg]  # not generic at run time
    """Choices under the names of their languages, those of the form's own language first."""

    def __iter__(self) -> Iterator[Any]:
        if self.field.empty_label is not None:
            yield "", self.field.empty_label
        first: str = self.field.first_language  # type: ignore[attr-defined]  # see `offer_by_language`
        groups: dict[str, list[Any]] = {first: []}
        for row in self.queryset:
            groups.setdefault(row.language, []).append(self.choice(row))
        filled = {language: choices for language, choices in groups.items() if choices}
        if len(filled) == 1:
            yield from next(iter(filled.values()))
        else:
            yield from ((own_name(language), choices) for language, choices in filled.items())


def offer_by_language(field: Any, language: str, widget: forms.Widget) -> None:
    """Let a field of a form offer its rows by language, those in `language` first."""
    field.first_language, field.iterator, field.widget = language, ByLanguage, widget
    field.widget.choices = field.choices


def language_field(field: Any, tags: Iterable[str]) -> forms.ChoiceField:
    """Return a choice of languages in place of the field for a tag."""
    choices = [(tag, own_name(tag)) for tag in dict.fromkeys(tags)]
    return forms.ChoiceField(label=field.label, help_text=field.help_text, choices=choices)


class FiledForm(WagtailAdminModelForm):
    """Sections, topics and authors: in a language of the site, translations of those in others."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        from standfirst.stories.sitesettings import SiteSettings

        tags = SiteSettings.load().language_tags
        if self.instance.pk is None:
            self.initial["language"] = tags[0]
        language = self.initial["language"]
        self.fields["language"] = language_field(self.fields["language"], (*tags, language))
        originals = self.fields["translation_of"]
        originals.queryset = originals.queryset.filter(translation_of=None).exclude(pk=self.instance.pk)
        if self.instance.pk is not None:
            originals.queryset = originals.queryset.exclude(language=language)
        offer_by_language(originals, tags[0], forms.Select())


class StoryForm(DeskPageForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        from standfirst.stories.sitesettings import SiteSettings

        if "language" in self.fields:
            if self.instance.pk is None and self.parent_page is not None:
                self.initial["language"] = getattr(self.parent_page.specific, "language", "en")
            language = self.initial["language"]
            tags = (*SiteSettings.load().language_tags, language)
            self.fields["language"] = language_field(self.fields["language"], tags)
            for name, widget in (("section", forms.Select()), ("topics", forms.SelectMultiple({"size": 12}))):
                if name in self.fields:
                    offer_by_language(self.fields[name], language, widget)

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

    def clean(self) -> dict[str, Any]:
        parent = self.cleaned_data.get("new_parent_page") or self.page.get_parent()
        try:
            refuse_taken(self.cleaned_data.get("new_slug", ""), parent)
        except forms.ValidationError as taken:
            self.add_error("new_slug", taken)
        cleaned: dict[str, Any] = super().clean()
        return cleaned
