"""Parts of pages that change often, each a file of its own (ARCHITECTURE.md, idea 5).

A fragment is a whole small page: shown in a frame where scripts are off, its `[data-part]` taken out of it
where they are on.
"""

from __future__ import annotations

from dataclasses import dataclass

from standfirst.bake.reading import Page, RecordingReader
from standfirst.editions.documents import Document
from standfirst.theme.pages.front import front_path
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


def latest_paths(front: Document) -> list[str]:
    """Return the address of the column, below the front of its language."""
    return [f"{front_path(front)}_f/latest/"]


def build_latest(page: Page, reader: RecordingReader) -> View | None:
    """Return the column of newest stories."""
    context = open_context(page, reader)
    title = context.words.text("list.latest")
    view = LatestView(
        frame=frame(context, Meta(title=title, indexed=False)),
        days=latest(context),
        archive=url(f"{context.prefix}archive/"),
    )
    return View("pages/latest.html", context.language, view)
