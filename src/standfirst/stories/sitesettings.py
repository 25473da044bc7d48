"""What the newsroom decides about its site as a whole: the desk's Settings screen."""

from __future__ import annotations

import zoneinfo
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.fields import StreamField

from standfirst.kit.tongues import canonical, own_name
from standfirst.stories import colours


def _validate_languages(text: str) -> None:
    tags = text.replace(",", " ").split()
    if not tags:
        raise ValidationError(_("Give at least one language, for example: en"))
    seen = set()
    for tag in tags:
        try:
            found = canonical(tag)
        except ValueError as error:
            message = _("“%(tag)s” is no language; use tags such as en, uk or pt-BR.") % {"tag": tag}
            raise ValidationError(message) from error
        if found in seen:
            raise ValidationError(_("“%(tag)s” is there twice; name each language once.") % {"tag": tag})
        seen.add(found)


def _as_written(tag: str) -> str:
    """Return the tag as BCP 47 writes it; what is no language, and is about to be refused, as it stands."""
    try:
        return canonical(tag)
    except ValueError:
        return tag


def _validate_zone(name: str) -> None:
    if name not in zoneinfo.available_timezones():
        raise ValidationError(
            _("“%(name)s” is no time zone; use a name such as Europe/Kyiv.") % {"name": name}
        )


class FooterLink(blocks.StructBlock):
    label = blocks.CharBlock(max_length=100, label=_("Label"))
    url = blocks.CharBlock(
        max_length=2000,
        label=_("Address"),
        help_text=_("https://…, mailto:… or a path of this site, /about/"),
    )

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        cleaned = super().clean(value)
        if not str(cleaned["url"]).startswith(("https://", "http://", "mailto:", "tel:", "/")):
            message = _("An address starts with https://, mailto: or, on this site, with /.")
            raise blocks.StructBlockValidationError({"url": ValidationError(message)})
        return cleaned


class LanguageBlock(blocks.CharBlock):
    """A language of the site, or all of them. What is stored is a tag: no migration knows of the choice."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.field.widget = forms.Select()
        self.field.widget.choices = _every_or_one

    def deconstruct(self) -> tuple[str, Any, Any]:
        return "wagtail.blocks.CharBlock", *self._constructor_args


def _every_or_one() -> list[tuple[str, Any]]:
    tags = SiteSettings.load().language_tags
    return [("", _("In all of them")), *((tag, own_name(tag)) for tag in tags)]


class HeadLink(FooterLink):
    language = LanguageBlock(
        required=False, max_length=35, label=_("Only in this language"), help_text=_("Empty: in all of them")
    )

    class Meta:
        icon = "link"
        label = _("Link")


class FooterGroup(blocks.StructBlock):
    title = blocks.CharBlock(required=False, max_length=100, label=_("Title"))
    language = LanguageBlock(
        required=False, max_length=35, label=_("Only in this language"), help_text=_("Empty: in all of them")
    )
    links = blocks.ListBlock(FooterLink(), label=_("Links"))

    class Meta:
        icon = "list-ul"
        label = _("Group of links")


class NameInLanguage(blocks.StructBlock):
    language = blocks.CharBlock(max_length=35, label=_("Language"), help_text=_("A tag, for example: uk"))
    name = blocks.CharBlock(required=False, max_length=200, label=_("Name of the newsroom"))
    tagline = blocks.CharBlock(required=False, max_length=300, label=_("Tagline"))

    class Meta:
        icon = "globe"
        label = _("In another language")


@register_setting(icon="cogs", order=900)
class SiteSettings(BaseGenericSetting):
    """One row. Published as `site:main` and the navigations when it is saved."""

    name = models.CharField(_("name of the newsroom"), max_length=200, default="Newsroom")
    tagline = models.CharField(_("tagline"), max_length=300, blank=True)
    names = StreamField(
        [("name", NameInLanguage())], blank=True, verbose_name=_("in other languages"),
        help_text=_("Where the newsroom is called otherwise in one of its languages."),
    )  # fmt: skip
    logo = models.ForeignKey(
        "stories.Picture", verbose_name=_("logo"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="+",
        help_text=_("Shown in place of the name; the name is read out."),
    )  # fmt: skip
    accent = models.CharField(
        _("colour"), max_length=7, default="#8a1c1c",
        help_text=_("The newsroom's colour, for links and marks on a light ground."),
    )  # fmt: skip
    accent_dark = models.CharField(
        _("colour on a dark ground"), max_length=7, default="#e08a7a",
        help_text=_("Shown to readers who have their device set to dark."),
    )  # fmt: skip
    languages = models.CharField(
        _("languages"), max_length=200, default="en", validators=[_validate_languages],
        help_text=_("Tags, the main one first, for example: en, uk"),
    )  # fmt: skip
    time_zone = models.CharField(
        _("time zone"), max_length=64, default="UTC", validators=[_validate_zone],
        help_text=_("Times on the site are in this zone. A name such as Europe/Kyiv."),
    )  # fmt: skip
    founded = models.CharField(_("founded"), max_length=50, blank=True)
    email = models.EmailField(_("e-mail address for readers"), blank=True)
    hide_expired_pictures = models.BooleanField(
        _("hide pictures whose licence has ended"), default=True,
        help_text=_("Otherwise they stay, and the desk warns about them."),
    )  # fmt: skip
    ai_crawlers = models.CharField(
        _("programs that train models"), max_length=10, default="allow",
        choices=[("allow", _("May read the site")), ("refuse", _("Are asked to stay away"))],
        help_text=_("What robots.txt says to crawlers that collect text for training. They may ignore it."),
    )  # fmt: skip
    head = StreamField(
        [("link", HeadLink())], blank=True, verbose_name=_("links at the head"),
        help_text=_("After the sections. Which of those stand there is said at each of them."),
    )  # fmt: skip
    footer = StreamField([("group", FooterGroup())], blank=True, verbose_name=_("links at the foot"))

    panels = [
        MultiFieldPanel(
            [FieldPanel("name"), FieldPanel("tagline"), FieldPanel("names"), FieldPanel("logo")],
            _("Name and logo"),
        ),
        MultiFieldPanel([FieldRowPanel([FieldPanel("accent"), FieldPanel("accent_dark")])], _("Colours")),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("languages"), FieldPanel("time_zone")])], _("Language and time")
        ),
        MultiFieldPanel([FieldPanel("email"), FieldPanel("founded")], _("About")),
        FieldPanel("hide_expired_pictures"),
        FieldPanel("ai_crawlers"),
        FieldPanel("head"),
        FieldPanel("footer"),
    ]

    class Meta:
        verbose_name = _("site settings")

    def __str__(self) -> str:
        return self.name

    @classmethod
    def load(cls, request_or_site: object = None) -> SiteSettings:  # noqa: ARG003
        """Return the settings, or defaults that are not saved yet: looking at them makes no site."""
        return cls.objects.first() or cls()

    @property
    def language_tags(self) -> tuple[str, ...]:
        """Return the site's languages, the main one first."""
        return tuple(dict.fromkeys(_as_written(tag) for tag in self.languages.replace(",", " ").split()))

    def clean(self) -> None:
        super().clean()
        problems = {
            name: problem
            for name, ground in (("accent", colours.PAPER), ("accent_dark", colours.NIGHT))
            if (problem := colours.problem(getattr(self, name), ground))
        }
        if problems:
            raise ValidationError(problems)
        self._keep_languages()

    def _keep_languages(self) -> None:
        """Refuse to take away a language that stories are in, and their addresses with it."""
        before = type(self).objects.filter(pk=self.pk).first() if self.pk else None
        if before is None or not self.language_tags or before.language_tags == self.language_tags:
            return
        from standfirst.stories.pages import StoryPage

        live = StoryPage.objects.filter(live=True)
        gone = set(before.language_tags) - set(self.language_tags)
        if used := live.filter(language__in=gone).values_list("language", flat=True).first():
            message = _("There are stories in “%(language)s”: unpublish them first.") % {"language": used}
            raise ValidationError({"languages": message})
        if before.language_tags[0] != self.language_tags[0] and live.exists():
            raise ValidationError(
                {"languages": _("The main language stays the first: all addresses depend on it.")}
            )
