"""A small newsroom in three languages, with everything that a channel must not lose, and ways to draw it."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

from standfirst.bake.reading import Page, RecordingReader
from standfirst.bake.registry import Rendered, renderers
from standfirst.editions.documents import (
    Byline,
    Claim,
    Correction,
    Document,
    Front,
    Paragraph,
    PictureUse,
    PlainPage,
    Section,
    Story,
)
from tests.theme.samples import PUBLISHED, SITE, every_block, ferry, site_documents, story
from tests.theme.source import AS_OF, MemorySource

LANGUAGES = ("en", "uk", "ar")
HEADLINE = "“We were given a week” — what the dredger’s crew & pilots say <now>"

__all__ = ["AS_OF", "PUBLISHED", "MemorySource", "ferry", "story"]


def full(**more: Any) -> Story:
    """Return a story with every block and everything that must go along with it."""
    fields: dict[str, Any] = {
        "headline": HEADLINE,
        "body": every_block(),
        "dateline": "Kestrel Point",
        "topics": ("dredging",),
        "hero": PictureUse(media="crane", caption="The crane.", alt="A crane"),
        "updated_at": PUBLISHED + timedelta(hours=2),
        "bylines": (Byline(author="ines"), Byline(name="A. Guest"), Byline(name="P", role="photo")),
        "claims": (Claim(id="c", text="It is ordered", status="unverified", source="two people"),),
        "corrections": (Correction(at=PUBLISHED, text='It was 14, <a href="/ferry/">not</a> 13.'),),
    }
    return story(**(fields | more))


def translated(language: str, headline: str, **more: Any) -> Story:
    """Return the translation of `full` into another language."""
    fields: dict[str, Any] = {
        "language": language,
        "path": f"/{language}/dredger/",
        "headline": headline,
        "section": None,
        "bylines": (),
        "body": (Paragraph(id="p", html="…"),),
        "translation_of": "dredger",
    }
    return story(f"dredger-{language}", **(fields | more))


def documents(*more: Document, **site: Any) -> list[Document]:
    """Return a site in three languages with a page about itself, and `more`."""
    own = SITE.model_copy(update={"languages": LANGUAGES, **site})
    others = [Front(id=one, language=one, path=f"/{one}/") for one in LANGUAGES[1:]]
    ethics = PlainPage(
        id="ethics", language="en", path="/how-we-work/", purpose="ethics", title="How we work",
        changed_at=PUBLISHED,
    )  # fmt: skip
    harbour = Section(
        id="gavan", language="uk", path="/uk/section/gavan/", name="Гавань", translation_of="harbour"
    )
    return [own, *site_documents()[1:], *others, ethics, harbour, *more]


def draw(
    source: MemorySource, renderer: str, owner: str, path: str, *, as_of: datetime = AS_OF, language: str = ""
) -> tuple[Rendered, RecordingReader]:
    """Return what a registered renderer makes of a record, and the reader with what it noted."""
    reader = RecordingReader(source, as_of)
    page = Page(path, owner, renderer, "live", language=language)
    return renderers.get(renderer).render(page, reader), reader


def body_of(source: MemorySource, renderer: str, owner: str, path: str, **more: Any) -> bytes:
    return draw(source, renderer, owner, path, **more)[0].body


def json_of(source: MemorySource, renderer: str, owner: str, path: str, **more: Any) -> Any:
    return json.loads(body_of(source, renderer, owner, path, **more))
