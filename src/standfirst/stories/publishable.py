"""What the desk's pages have in common.

Stock Wagtail pages with our mixin. They are drafts and revisions; what readers get are the editions that
publishing makes of them (`standfirst.stories.actions.publishing`).
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse

from standfirst.stories import paths
from standfirst.stories.forms import DeskPageForm, DraftCopyForm
from standfirst.stories.sitesettings import SiteSettings


class Publishable(models.Model):
    """What our pages share. A page is live only when publishing made it so: not by being made, copied or
    mirrored."""

    private_page_options: ClassVar[list[str]] = []  # nothing here is private after publishing
    base_form_class = DeskPageForm
    copy_form_class = DraftCopyForm

    class Meta:
        abstract = True

    @property
    def public_path(self) -> str:
        raise NotImplementedError

    @property
    def record(self) -> str:
        """Return the name of the public record, `story:01j…`."""
        raise NotImplementedError

    def save(self, *args: Any, **kwargs: Any) -> Any:
        if self.alias_of_id:  # type: ignore[attr-defined]
            raise PermissionDenied("Aliases are off: a mirrored page would be live without being published")
        if self._state.adding:
            self.live = False
        return super().save(*args, **kwargs)

    def create_alias(self, **kwargs: Any) -> None:
        raise PermissionDenied("Aliases are off: a mirrored page would be live without being published")

    def copy(self, **kwargs: Any) -> Any:
        return super().copy(**{**kwargs, "keep_live": False})  # type: ignore[misc]

    def get_url_parts(self, request: HttpRequest | None = None) -> tuple[int, str, str] | None:
        """Return where readers find it, on their own host."""
        return (0, settings.STANDFIRST.base_url, self.public_path) if self.pk and self.slug else None  # type: ignore[attr-defined]

    def get_url(self, request: HttpRequest | None = None, current_site: object = None) -> str | None:
        parts = self.get_url_parts(request)
        return parts[1] + parts[2] if parts else None

    url = property(get_url)

    def route(self, request: HttpRequest, path_components: list[str]) -> None:
        raise PermissionDenied("Readers are not served by the application")

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        from standfirst.stories.preview import preview_response

        return preview_response(self, request)

    def clean(self) -> None:
        super().clean()
        self._check_slug()

    def minimal_clean(self) -> None:
        super().minimal_clean()  # type: ignore[misc]
        self._check_slug()

    def _check_slug(self) -> None:
        try:
            paths.validate_slug(self.slug, SiteSettings.load().language_tags)  # type: ignore[attr-defined]
        except ValidationError as error:
            raise ValidationError({"slug": error}) from error
