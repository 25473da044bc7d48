"""A page of the site itself: about us, how we work, how to reach us."""

from __future__ import annotations

from dataclasses import dataclass

from standfirst.bake.reading import Page, RecordingReader
from standfirst.theme.pages.contact import form_path
from standfirst.theme.parts.blocks import Blocks, block_views
from standfirst.theme.parts.context import Time, open_context
from standfirst.theme.parts.formats import contents
from standfirst.theme.parts.frame import Frame, Meta, NavLink, frame, full_url, titled
from standfirst.theme.renderer import View
from standfirst.theme.text import url


@dataclass(frozen=True, slots=True)
class PlainView:
    """A title, a sentence, the text, and when it was last changed."""

    frame: Frame
    title: str
    description: str
    contents: tuple[NavLink, ...]
    blocks: Blocks
    changed: Time
    form: str  # where the form for messages is, on the page about how to reach the newsroom


def build(page: Page, reader: RecordingReader) -> View | None:
    """Return a page of the site."""
    document = open_context(page, reader).records.plain_page(page.owner.partition(":")[2])
    if document is None:
        return None
    context = open_context(page, reader, document.language)
    meta = Meta(
        title=titled(context, document.title),
        description=document.description,
        canonical=full_url(context, document.path),
        social_title=document.title,
    )
    blocks = block_views(context, document)
    view = PlainView(
        frame=frame(context, meta, versions=context.records.versions(document)),
        title=document.title,
        description=document.description,
        contents=contents(blocks),
        blocks=blocks,
        changed=context.day(document.changed_at),
        form=url(form_path(context.prefix)) if document.purpose == "contact" else "",
    )
    return View("pages/plain.html", context.language, view)
