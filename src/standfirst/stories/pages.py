"""The story on the desk."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import classproperty
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import (
    CommentPanel,
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    PageChooserPanel,
    PublishingPanel,
    TabbedInterface,
    TitleFieldPanel,
)
from wagtail.admin.widgets import AdminAutoHeightTextInput
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Orderable, Page
from wagtail.search import index

from standfirst.kit.html import text
from standfirst.kit.ids import new_id
from standfirst.stories import paths, translating
from standfirst.stories.body.blocks import INLINE, StoryBody
from standfirst.stories.body.publish import strings
from standfirst.stories.filing import Author, Section, Topic
from standfirst.stories.forms import StoryForm
from standfirst.stories.publishable import Publishable
from standfirst.stories.sitesettings import SiteSettings


class StoryBase(Publishable):
    """A story, whatever page class carries it."""

    class Format(models.TextChoices):
        NEWS = "news", _("News")
        LONG_READ = "long_read", _("Long read")
        OPINION = "opinion", _("Opinion")
        EXPLAINER = "explainer", _("Explainer")
        GALLERY = "gallery", _("Gallery")
        Q_AND_A = "q_and_a", _("Questions and answers")
        LIVE = "live", _("Live coverage")

    public_id = models.CharField(max_length=26, unique=True, default=new_id, editable=False)
    source_uri = models.CharField(max_length=500, blank=True, db_index=True, editable=False)
    source_updated_at = models.DateTimeField(null=True, blank=True, editable=False)
    language = models.CharField(_("language"), max_length=35, default="en")
    format = models.CharField(_("format"), max_length=20, choices=Format.choices, default=Format.NEWS)
    standfirst = models.TextField(
        _("standfirst"), max_length=600, blank=True, help_text=_("What the story says, in a sentence or two.")
    )
    social_title = models.CharField(
        _("title for cards elsewhere"), max_length=255, blank=True, help_text=_("The headline where empty.")
    )
    section = models.ForeignKey(
        Section, verbose_name=_("section"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    dateline = models.CharField(
        _("dateline"), max_length=100, blank=True, help_text=_("Where it was written.")
    )
    hero_picture = models.ForeignKey(
        "stories.Picture",
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    hero_caption = RichTextField(_("caption"), blank=True, features=INLINE)
    hero_alt = models.CharField(
        _("alt text"), max_length=500, blank=True,
        help_text=_("What the picture shows, for those who do not see it. Not the caption."),
    )  # fmt: skip
    hero_decorative = models.BooleanField(
        _("decorative"), default=False, help_text=_("It says nothing that the text does not say.")
    )
    body = StreamField(StoryBody(), blank=True, verbose_name=_("story"))
    minor_change = models.BooleanField(
        _("minor change"), default=False,
        help_text=_("Publishes without an “Updated” line: for a typo, not for news."),
    )  # fmt: skip
    retraction = RichTextField(
        _("retraction"), blank=True, features=INLINE,
        help_text=_("The story stays at its address, under this notice."),
    )  # fmt: skip

    class Meta:
        abstract = True

    @property
    def record(self) -> str:
        return f"story:{self.public_id}"

    @property
    def search_text(self) -> str:
        """Return the words of the body, for the desk's own search."""
        return text("\n".join(strings(self.body.get_prep_value())))

    @property
    def public_path(self) -> str:
        return paths.story(self.slug, self.language, SiteSettings.load().language_tags)  # type: ignore[attr-defined]


class StoryPage(StoryBase, Page):  # type: ignore[django-manager-missing]  # modelcluster is untyped
    """A story on the desk."""

    topics = ParentalManyToManyField(Topic, blank=True, verbose_name=_("topics"), related_name="+")
    translation_of = models.ForeignKey(
        "self", verbose_name=_("translation of"), null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+", help_text=_("The same story in another language; the two link to each other."),
    )  # fmt: skip

    parent_page_types = ["stories.HomePage"]
    subpage_types: ClassVar[list[str]] = []
    page_description = _("What the newsroom writes.")
    base_form_class = StoryForm
    exclude_fields_in_copy = [
        "public_id", "translation_of", "source_uri", "source_updated_at", "corrections", "retraction",
        "minor_change",
    ]  # fmt: skip
    search_fields = [
        *Page.search_fields,
        index.SearchField("standfirst"),
        index.SearchField("search_text"),
        index.FilterField("section"),
        index.FilterField("language"),
        index.FilterField("public_id"),
    ]

    search_auto_update = False  # by our own signal: once a save, not three times

    story_panels = [
        TitleFieldPanel(
            "title",
            heading=_("Headline"),
            widget=AdminAutoHeightTextInput,
            placeholder=_("Headline"),
            help_text=_("A headline is a claim: say whose it is."),
        ),
        FieldPanel("standfirst"),
        MultiFieldPanel(
            [
                FieldPanel("hero_picture"),
                FieldPanel("hero_caption"),
                FieldRowPanel([FieldPanel("hero_alt"), FieldPanel("hero_decorative")]),
            ],
            heading=_("Picture at the top"),
        ),
        FieldPanel("body"),
    ]
    filing_panels = [
        InlinePanel("bylines", heading=_("By"), label=pgettext_lazy("a person’s", "name"), panels=[
            FieldPanel("author"), FieldPanel("name"), FieldPanel("role"),
        ]),
        FieldRowPanel([FieldPanel("section"), FieldPanel("format")]),
        FieldPanel("topics"),
        FieldRowPanel([FieldPanel("dateline"), FieldPanel("language")]),
        PageChooserPanel("translation_of", "stories.StoryPage"),
    ]  # fmt: skip
    address_panels = [
        FieldPanel("slug", heading=_("Address")),
        FieldPanel("seo_title", heading=_("Title for search engines")),
        FieldPanel("search_description"),
        FieldPanel("social_title"),
    ]
    change_panels = [
        PublishingPanel(),
        CommentPanel(),
        FieldPanel("minor_change"),
        InlinePanel(
            "corrections", heading=_("Corrections"), label=_("correction"), panels=[FieldPanel("text")],
            help_text=_("What was wrong and what is right. Shown at the foot of the story, for good."),
        ),
        FieldPanel("retraction", permission="editions.kill"),
    ]  # fmt: skip

    class Meta:
        verbose_name = _("story")
        verbose_name_plural = _("stories")

    def clean(self) -> None:
        super().clean()
        translating.check(self)

    @classmethod
    def from_serializable_data(cls, data: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        """Read a version, also an old one that names a section or an author who has been deleted since."""
        return super().from_serializable_data(_without_the_deleted(data), *args, **kwargs)

    @classproperty
    def edit_handler(cls) -> TabbedInterface:  # noqa: N805 - Django's classproperty gets the class
        return TabbedInterface(
            [
                ObjectList(cls.story_panels, heading=_("Story")),
                ObjectList(cls.filing_panels, heading=_("Filing")),
                ObjectList(cls.address_panels, heading=_("Address and titles")),
                ObjectList(cls.change_panels, heading=_("Changes and corrections")),
            ],
            base_form_class=cls.base_form_class,
        )


def _without_the_deleted(data: dict[str, Any]) -> dict[str, Any]:
    """Leave out what modelcluster cannot read: keys of protected rows that are there no longer."""
    section, bylines = data.get("section"), data.get("bylines", [])
    if section and not Section.objects.filter(pk=section).exists():
        section = None
    named = {line["author"] for line in bylines if line.get("author")}
    gone = named.difference(Author.objects.filter(pk__in=named).values_list("pk", flat=True))
    kept = [line for line in bylines if line.get("author") not in gone] if gone else bylines
    return {**data, "section": section, "bylines": kept}


class StoryByline(Orderable):
    """Who made the story, and as what: an author of the desk, or a guest by name."""

    class Role(models.TextChoices):
        AUTHOR = "author", _("Text")
        PHOTO = "photo", _("Pictures")
        EDITING = "editing", _("Editing")
        TRANSLATION = "translation", _("Translation")
        GRAPHICS = "graphics", _("Graphics")

    story = ParentalKey(StoryPage, on_delete=models.CASCADE, related_name="bylines")
    author = models.ForeignKey(
        Author, verbose_name=_("author"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    name = models.CharField(
        _("or a guest's name"),
        max_length=200,
        blank=True,
        help_text=_("For somebody without a page."),
    )
    role = models.CharField(_("role"), max_length=20, choices=Role.choices, default=Role.AUTHOR)

    class Meta(Orderable.Meta):
        pass

    def clean(self) -> None:
        super().clean()
        if bool(self.author_id) == bool(self.name.strip()):
            raise ValidationError(_("Choose an author, or write a guest's name."))


class StoryCorrection(Orderable):
    """What was wrong and since when it is right. `at` is set when it is first published."""

    story = ParentalKey(StoryPage, on_delete=models.CASCADE, related_name="corrections")
    at = models.DateTimeField(null=True, blank=True, editable=False)
    text = RichTextField(_("correction"), features=INLINE)

    class Meta(Orderable.Meta):
        pass
