"""What stories are filed under and who makes them: sections, topics, authors."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.search import index

from standfirst.editions import api as editions
from standfirst.kit.ids import new_id
from standfirst.stories import paths, translating
from standfirst.stories.body.blocks import INLINE
from standfirst.stories.forms import FiledForm
from standfirst.stories.sitesettings import SiteSettings


class Filed(index.Indexed, models.Model):
    """A public record of the desk that is published by saving it. `public_id` is the record's id."""

    public_id = models.CharField(max_length=26, unique=True, default=new_id, editable=False)
    name = models.CharField(_("name"), max_length=200)
    language = models.CharField(_("language"), max_length=35, default="en")
    slug = models.SlugField(
        _("address"),
        max_length=180,
        allow_unicode=True,
        blank=True,
        help_text=_("The last part of its address. Made from the name when left empty."),
    )

    base_form_class = FiledForm
    search_fields = [index.SearchField("name"), index.AutocompleteField("name")]

    translation_of = models.ForeignKey(
        "self", verbose_name=_("translation of"), null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+", help_text=_("What says the same in another language; pages link to each other."),
    )  # fmt: skip

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def record(self) -> str:
        """Return the name of the public record, `author:01j…`."""
        return f"{type(self).__name__.lower()}:{self.public_id}"

    @property
    def public_path(self) -> str:
        raise NotImplementedError

    def clean(self) -> None:
        super().clean()
        translating.check(self)
        self.slug = self.slug or paths.shorten(slugify(self.name, allow_unicode=True))
        if not self.slug:
            raise ValidationError({"slug": _("Give an address: none can be made from this name.")})
        if not editions.free(self.public_path, self.record):
            message = _("The address %(path)s is taken, now or by what stood there before; choose another.")
            raise ValidationError({"slug": message % {"path": self.public_path}})

    def save(self, *args: object, **kwargs: object) -> None:
        self.slug = self.slug or paths.shorten(slugify(self.name, allow_unicode=True))
        super().save(*args, **kwargs)  # type: ignore[arg-type]


class Shelf(Filed):
    """What sections and topics share."""

    description = models.TextField(_("description"), blank=True, help_text=_("Shown on its page."))

    panels = [
        FieldPanel("name"),
        FieldPanel("description"),
        FieldRowPanel([FieldPanel("slug"), FieldPanel("language")]),
        FieldPanel("translation_of"),
    ]

    class Meta:
        abstract = True


class Section(Shelf):
    """A part of the paper. Every story may be in one; the order is that of the navigation."""

    at_head = models.BooleanField(
        _("at the head of every page"), default=True,
        help_text=_("Where readers choose among the sections. Its own page is there in any case."),
    )  # fmt: skip

    panels = [*Shelf.panels, FieldPanel("at_head")]

    @property
    def public_path(self) -> str:
        return paths.section(self.slug, self.language, SiteSettings.load().language_tags)

    sort_order = models.IntegerField(_("order"), default=0, db_index=True, editable=False)
    sort_order_field = "sort_order"

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ["sort_order", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=("language", "slug"),
                name="one_section_per_address",
                violation_error_message=_("Another section has this address."),
            )
        ]


class Topic(Shelf):
    """What stories are about, across sections."""

    @property
    def public_path(self) -> str:
        return paths.topic(self.slug, self.language, SiteSettings.load().language_tags)

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=("language", "slug"),
                name="one_topic_per_address",
                violation_error_message=_("Another topic has this address."),
            )
        ]


def _validate_links(text: str) -> None:
    check = URLValidator(schemes=["http", "https"])
    for line in text.split():
        if not line.startswith("mailto:"):
            check(line)


class Author(Filed):
    """Somebody whose name stands over stories; needs no account."""

    # Not as in a section's name: other languages have a word of its own for a person's.
    name = models.CharField(pgettext_lazy("a person’s", "name"), max_length=200)
    role = models.CharField(
        _("position"), max_length=200, blank=True, help_text=_("For example: Political correspondent")
    )
    bio = RichTextField(_("about"), blank=True, features=INLINE)
    portrait = models.ForeignKey(
        "stories.Picture",
        verbose_name=_("portrait"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    links = models.TextField(
        _("links"), blank=True, validators=[_validate_links],
        help_text=_("Profiles elsewhere, one address a line; an e-mail address as mailto:name@example.org."),
    )  # fmt: skip

    panels = [
        FieldPanel("name"),
        FieldPanel("role"),
        MultiFieldPanel([FieldPanel("portrait"), FieldPanel("bio"), FieldPanel("links")], _("On their page")),
        FieldRowPanel([FieldPanel("slug"), FieldPanel("language")]),
        FieldPanel("translation_of"),
    ]

    class Meta:
        verbose_name = _("author")
        verbose_name_plural = _("authors")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=("language", "slug"),
                name="one_author_per_address",
                violation_error_message=_("Another author has this address."),
            )
        ]

    @property
    def public_path(self) -> str:
        return paths.author(self.slug, self.language, SiteSettings.load().language_tags)
