"""Renderers whose output is no page: a picture's files, the site's colours and icon."""

from __future__ import annotations

from dataclasses import dataclass

from standfirst.bake.reading import Page, RecordingReader
from standfirst.bake.registry import Rendered
from standfirst.editions.documents import Document, Media, Site
from standfirst.editions.records import Records
from standfirst.theme import colours
from standfirst.theme.renderer import PageRenderer, fingerprint

MIME = {"avif": "image/avif", "webp": "image/webp", "jpeg": "image/jpeg"}


@dataclass(frozen=True, slots=True)
class MediaFile:
    """Names the bytes of a rendition; they lie in the store since the picture was published."""

    gone: PageRenderer

    @property
    def fingerprint(self) -> str:
        return (
            "media-file 1"  # bytes do not follow templates; a new fingerprint would bake every picture again
        )

    def render(self, page: Page, reader: RecordingReader) -> Rendered:
        records = Records(reader)
        media = records.media(page.owner.partition(":")[2])
        rendition = next((r for r in media.renditions if r.path == page.path), None) if media else None
        if media is None or rendition is None or self._ended(media, records):
            return self.gone.render(page, reader)
        return Rendered(
            blob=rendition.blob,
            content_type=MIME[rendition.format],
            cache="immutable",
            surrogate_keys=(page.owner,),
        )

    @staticmethod
    def _ended(media: Media, records: Records) -> bool:
        ends = media.licence_ends_at
        return ends is not None and records.site().hide_expired_pictures and records.reader.ends(ends)


@dataclass(frozen=True, slots=True)
class SiteFile:
    """The style sheet of the newsroom's colours, or its icon: drawn from the site record alone."""

    kind: str  # "colours" or "icon"

    @property
    def fingerprint(self) -> str:
        return fingerprint()

    def render(self, page: Page, reader: RecordingReader) -> Rendered:
        site = Records(reader).site()
        if self.kind == "colours":
            body, content_type = colours.style(site.accent, site.accent_dark), "text/css; charset=utf-8"
        else:
            body, content_type = colours.icon(site.name, site.accent), "image/svg+xml"
        return Rendered(
            body=body.encode(), content_type=content_type, cache="immutable", surrogate_keys=(page.owner,)
        )


def media_paths(document: Document) -> list[str]:
    """Return the address of each of a picture's files."""
    if not isinstance(document, Media):
        raise TypeError(f"{document.record} is not a picture")
    return list(dict.fromkeys(rendition.path for rendition in document.renditions))


def style_paths(document: Document) -> list[str]:
    return [colours.style_path(_site(document))]


def icon_paths(document: Document) -> list[str]:
    return [colours.icon_path(_site(document))]


def _site(document: Document) -> Site:
    if not isinstance(document, Site):
        raise TypeError(f"{document.record} is not the site")
    return document
