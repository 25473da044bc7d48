"""The desk's models."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image


class Picture(AbstractImage):
    """A picture in the newsroom's library."""

    admin_form_fields = Image.admin_form_fields


class PictureRendition(AbstractRendition):
    """The desk's own small copies; what readers get is derived at publish."""

    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("image", "filter_spec", "focal_point_key"), name="one_rendition")
        ]


class File(AbstractDocument):
    """A file for readers to download."""

    admin_form_fields = Document.admin_form_fields

    class Meta:
        verbose_name = _("file")
