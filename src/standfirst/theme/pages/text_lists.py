"""Fronts and sections of the text edition: headlines with their days, newest first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from standfirst.bake.reading import Page, RecordingReader
from standfirst.editions.documents import Document, Front, Section
from standfirst.theme.parts.card import status, with_status
from standfirst.theme.parts.context import Context, open_context
from standfirst.theme.parts.frame import NavLink, titled
from standfirst.theme.parts.textual import Listed, TextFrame, fitting, text_frame, text_path
from standfirst.theme.renderer import View
from standfirst.theme.text import url


@dataclass(frozen=True, slots=True)
class TextListView:
    """A list of stories. A label begins with the story's status where it has one."""

    frame: TextFrame
    title: str
    stories: tuple[Listed, ...]
    empty: str


def paths(document: Document) -> list[str]:
    """Return the address of a front or a section. Raises TypeError for another record."""
    if not isinstance(document, Front | Section):
        raise TypeError(f"{document.record} has no list in the text edition")
    return [text_path(document.path)]


def build_front(page: Page, reader: RecordingReader) -> View | None:
    """Return the front of a language."""
    front = open_context(page, reader).records.front(page.owner.partition(":")[2])
    if front is None:
        return None
    context = open_context(page, reader, front.language)
    navigation = context.records.navigation(front.language)
    sections = [context.section(one) for one in (navigation.sections if navigation else ())]
    view = TextListView(
        frame=text_frame(
            context,
            titled(context, context.words.text("text.title")),
            front.path,
            description=context.tagline,
            nav=(NavLink(one.name, url(text_path(one.path))) for one in sections if one),
        ),
        title=context.name,
        stories=_stories(context, context.records.newest(f"front/{front.language}")),
        empty=context.words.text("text.empty"),
    )
    return View("text/list.html", context.language, view)


def build_section(page: Page, reader: RecordingReader) -> View | None:
    """Return a section."""
    section = open_context(page, reader).records.section(page.owner.partition(":")[2])
    if section is None:
        return None
    context = open_context(page, reader, section.language)
    view = TextListView(
        frame=text_frame(
            context, titled(context, section.name), section.path, description=section.description
        ),
        title=section.name,
        stories=_stories(context, context.records.newest(f"section/{section.id}")),
        empty=context.words.text("text.empty"),
    )
    return View("text/list.html", context.language, view)


def _stories(context: Context, ids: Iterable[str]) -> tuple[Listed, ...]:
    found = (card for story in ids if (card := context.records.card(story)))
    words = context.words
    listed = (
        Listed(
            with_status(card.headline, status(card, words), words),
            url(text_path(card.path)),
            context.day(card.published_at),
        )
        for card in found
    )
    return tuple(fitting(listed))
