"""Pages for an address that holds nothing: never was (404), taken down (410), cannot be had now (503)."""

from __future__ import annotations

from dataclasses import dataclass

from standfirst.bake.reading import Page, RecordingReader
from standfirst.editions.documents import Document, Site
from standfirst.theme.parts.context import Context, open_context
from standfirst.theme.parts.frame import Frame, Meta, frame, titled
from standfirst.theme.renderer import View
from standfirst.theme.text import url

MESSAGES = {404: "missing", 410: "gone", 503: "away"}
"""Status to the prefix of its words."""


@dataclass(frozen=True, slots=True)
class ErrorView:
    """What happened, and where to go from here. Names nothing that stood at the address."""

    frame: Frame
    status: int
    title: str
    text: str
    archive: str
    again: bool


def paths(document: Document) -> list[str]:
    """Return the addresses of a site's error pages, for every language."""
    if not isinstance(document, Site):
        raise TypeError(f"{document.record} is not the site")
    prefixes = (document.prefix(language) for language in document.languages)
    return [f"{prefix}_e/{status}/" for prefix in prefixes for status in MESSAGES]


def build_error(page: Page, reader: RecordingReader) -> View:
    """Return the error page at `/_e/404/` or `/uk/_e/404/`.

    Its language is that of its address: the record behind it, the site, is in the first of them.
    """
    *before, _, status = page.path.strip("/").split("/")
    language = before[0] if before else open_context(page, reader).site.language
    return _view(open_context(page, reader, language), int(status))


def build_gone(page: Page, reader: RecordingReader) -> View:
    """Return the page of an address whose story was taken down."""
    return _view(open_context(page, reader), 410)


def _view(context: Context, status: int) -> View:
    message = MESSAGES[status]
    title = context.words.text(f"{message}.title")
    view = ErrorView(
        frame=frame(context, Meta(title=titled(context, title), indexed=False)),
        status=status,
        title=title,
        text=context.words.text(f"{message}.text"),
        archive=url(f"{context.prefix}archive/"),
        again=status == 503,
    )
    return View("pages/error.html", context.language, view, status=status)
