"""The desk's picture form: files pass the gate, and what is amiss is said beside the field."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from standfirst.kit import instants
from standfirst.kit.images import MAX_BYTES, BadPicture, check_picture, refuse_size
from standfirst.stories.pictures.messages import shown
from standfirst.stories.pictures.notices import notices


class PictureField(WagtailImageField):
    """Wagtail's field behind our gate."""

    def to_python(self, data: Any) -> Any:
        """Return the uploaded file. Raises ValidationError with what to do, before anything else opens it."""
        if data is not None and hasattr(data, "read"):
            try:
                if data.size > MAX_BYTES:
                    raise refuse_size(data.size)
                data.seek(0)
                check_picture(data.read())
            except BadPicture as refusal:
                raise ValidationError(shown(refusal), code=refusal.code) from refusal
            data.seek(0)
        return super().to_python(data)


class PictureForm(BaseImageForm):
    """Wagtail builds the form of every way to upload or edit a picture on this one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if plain := self.fields.get("file"):
            self.fields["file"] = PictureField(
                label=plain.label, required=plain.required, widget=plain.widget, help_text=plain.help_text
            )
        if self.instance.pk:
            for notice in notices(self.instance, instants.now()):
                if field := self.fields.get(notice.field):
                    field.help_text = f"{notice.text} {field.help_text}"
