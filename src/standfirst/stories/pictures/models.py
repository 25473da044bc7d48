"""Pictures, their derived files, and files for download."""

from __future__ import annotations

from datetime import UTC
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.search import index

from standfirst.kit.canonical import digest
from standfirst.kit.ids import new_id
from standfirst.stories.pictures import embedded
from standfirst.stories.pictures.agencies import format_agencies, parse_agencies
from standfirst.stories.pictures.dates import is_taken_on
from standfirst.stories.pictures.words import Words


def validate_taken_on(text: str) -> None:
    """Raise ValidationError unless `text` is a date as far as it is known."""
    if not is_taken_on(text):
        raise ValidationError(_("Write a year, a month or a day: 2024, 2024-05 or 2024-05-24."))


class Picture(AbstractImage):
    """A picture in the newsroom's library, with the credit and rights that go into every file of it."""

    public_id = models.CharField(max_length=26, unique=True, default=new_id, editable=False)
    alt = models.CharField(
        _("alt text"), max_length=500, blank=True,
        help_text=_(
            "What the picture shows, for people who do not see it: “A woman lights a candle in a church.” "
            "Not the caption. A story may say it differently."
        ),
    )  # fmt: skip
    caption = models.TextField(
        _("caption"), blank=True,
        help_text=_("Who, what, where, when: the text under the picture. A story may use another one."),
    )  # fmt: skip
    photographer = models.CharField(
        _("photographer"), max_length=200, blank=True, help_text=_("Name as it is to be printed.")
    )
    agencies = models.CharField(
        _("agency"), max_length=300, blank=True,
        help_text=_("Nearest to the photographer first: “AP via Reuters”."),
    )  # fmt: skip
    credit_note = models.CharField(
        _("printed note"), max_length=300, blank=True,
        help_text=_("Printed with the credit: what the agency asks for, or that it belongs to a state."),
    )  # fmt: skip
    copyright_notice = models.CharField(
        _("copyright notice"), max_length=300, blank=True,
        help_text=_("Kept inside every file. Empty: made from photographer and agency."),
    )  # fmt: skip
    licence = models.CharField(
        _("licence"), max_length=300, blank=True,
        help_text=_("A licence's name (CC-BY-4.0), its address, or the agency's own words."),
    )  # fmt: skip
    licence_ends_at = models.DateTimeField(
        _("licence ends"), null=True, blank=True,
        help_text=_("From then on readers no longer get the picture, by itself, in every story."),
    )  # fmt: skip
    taken_on = models.CharField(
        _("taken on"), max_length=10, blank=True, validators=[validate_taken_on],
        help_text=_(
            "As far as it is known: 2024, 2024-05 or 2024-05-24. An earlier year is marked as file photo."
        ),
    )  # fmt: skip
    place = models.CharField(_("place"), max_length=200, blank=True, help_text=_("Where it was taken."))
    source_uri = models.CharField(max_length=500, blank=True, db_index=True, editable=False)
    source_hash = models.CharField(max_length=64, blank=True, db_index=True, editable=False)
    metadata_hash = models.CharField(max_length=64, blank=True, editable=False)

    admin_form_fields = (
        "title",
        "file",
        "alt",
        "caption",
        "photographer",
        "agencies",
        "credit_note",
        "copyright_notice",
        "licence",
        "licence_ends_at",
        "taken_on",
        "place",
        "collection",
        "tags",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )

    search_fields = [
        *AbstractImage.search_fields,
        index.SearchField("alt"),
        index.SearchField("caption"),
        index.SearchField("photographer"),
        index.AutocompleteField("photographer"),
        index.SearchField("agencies"),
        index.SearchField("place"),
        index.FilterField("licence_ends_at"),
    ]

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    @property
    def agency_chain(self) -> tuple[str, ...]:
        """Return the agencies, nearest to the photographer first."""
        return parse_agencies(self.agencies)

    @property
    def record(self) -> str:
        """Return the name of the public record."""
        return f"media:{self.public_id}"

    @property
    def words(self) -> Words:
        """Return what goes inside every file of the picture."""
        ends = self.licence_ends_at
        return Words(
            media=self.public_id,
            photographer=self.photographer.strip(),
            agencies=self.agency_chain,
            note=self.credit_note.strip(),
            copyright=self.copyright_notice.strip(),
            licence=self.licence.strip(),
            licence_ends_on=ends.astimezone(UTC).date().isoformat() if ends else "",
            alt=self.alt.strip(),
            taken_on=self.taken_on,
            place=self.place.strip(),
        )

    @property
    def default_alt_text(self) -> str:
        """Return the alt text that the desk offers where the picture is placed (Wagtail asks for it)."""
        return self.alt

    def _set_file_hash(self) -> None:
        """Know the file by what is in it, and take from a new one what it says about itself.

        Wagtail calls this wherever a file is set; so does `save`.
        """
        super()._set_file_hash()
        before = self.source_hash
        with self.open_file() as file:
            data = file.read()
        self.source_hash = digest(data)
        if self.source_hash != before:
            for name, text in embedded.read(data).items():
                if not getattr(self, name):
                    setattr(self, name, text)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, with the agencies in one form and the hashes as they now are."""
        if self.file and (not self.source_hash or not self.file._committed):
            self._set_image_file_metadata()
        self.agencies = format_agencies(self.agency_chain)
        self.metadata_hash = self.words.hash
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "metadata_hash"}
        super().save(*args, **kwargs)


class PictureRendition(AbstractRendition):
    """The desk's own small copies; what readers get is derived at publish."""

    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("image", "filter_spec", "focal_point_key"), name="one_rendition")
        ]


class Derivation(models.Model):
    """What was made of a picture: by its source, the words inside its files, and the recipe.

    Bound to the media record's id, not to the picture: it outlives the picture in the library.
    """

    media = models.CharField(max_length=26, db_index=True)
    source_hash = models.CharField(max_length=64)
    metadata_hash = models.CharField(max_length=64)
    recipe = models.CharField(max_length=20)
    files = models.JSONField(default=list)  # as in `editions.documents.Rendition`
    colour = models.CharField(max_length=7, blank=True)
    error = models.TextField(blank=True)  # why nothing could be made of it
    milliseconds = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("media", "source_hash", "metadata_hash", "recipe"), name="derived_once"
            )
        ]


class File(AbstractDocument):
    """A file for readers to download."""

    admin_form_fields = Document.admin_form_fields

    class Meta:
        verbose_name = _("file")
