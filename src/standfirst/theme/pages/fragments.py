"""Parts of pages that change often, each a file of its own (ARCHITECTURE.md, idea 5).

A fragment is a whole small page: shown in a frame where scripts are off, its `[data-part]` taken out of it
where they are on.
"""

from __future__ import annotations

from dataclasses import dataclass

from standfirst.bake.reading import Page, RecordingReader
from standfirst.theme.parts.context import open_context
from standfirst.theme.parts.frame import Frame, Meta, frame
from standfirst.theme.parts.latest import Day, latest
from standfirst.theme.renderer import View
from standfirst.theme.text import url


@dataclass(frozen=True, slots=True)
class LatestView:
    frame: Frame
    days: tuple[Day, ...]
    archive: str


def latest_path(_name: str, prefix: str) -> str:
    """Return where the fragment of the list `front/LANG` is."""
    return f"{prefix}_f/latest/"


def build_latest(page: Page, reader: RecordingReader) -> View | None:
    """Return the column of newest stories."""
    language = page.owner.removeprefix("list:").removesuffix("/head").rsplit("/", 1)[-1]
    context = open_context(page, reader, page.language or language)
    title = context.words.text("list.latest")
    view = LatestView(
        frame=frame(context, Meta(title=title, indexed=False)),
        days=latest(context),
        archive=url(f"{context.prefix}archive/"),
    )
    return View("pages/latest.html", context.language, view)
