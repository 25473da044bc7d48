"""A story in brief: on fronts and lists, in the middle of another story, under it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from standfirst.editions.documents import Story, StoryCard
from standfirst.editions.standing import standing
from standfirst.theme.locales import formats
from standfirst.theme.parts.byline import names_only
from standfirst.theme.parts.context import Context, Time
from standfirst.theme.parts.picture import Picture, picture
from standfirst.theme.parts.sizes import Place
from standfirst.theme.strings import Strings
from standfirst.theme.text import excerpt, url

EXCERPT = 200  # characters


@dataclass(frozen=True, slots=True)
class Card:
    """What a card shows. `status` is what a reader must know before believing it; "" when nothing."""

    id: str
    url: str
    headline: str
    excerpt: str
    label: str
    label_url: str
    form: str  # news, opinion …: how it is set
    kind: str
    live: bool  # a live coverage that is open
    status: str
    byline: str
    day: Time
    clock: Time
    picture: Picture | None
    language: str = ""  # where it is another than the page's
    direction: str = ""


def card(
    context: Context,
    story_id: str,
    *,
    place: Place | None = None,
    eager: bool = False,
    label: bool = True,
    limit: int = EXCERPT,
) -> Card | None:
    """Return the card of a public story, or None. With `place` its picture comes along.

    Reads the story's card facet only: a later edit of its text leaves this page alone.
    """
    found = context.records.card(story_id)
    if found is None:
        return None
    section = context.section(found.section)
    foreign = found.language if found.language != context.language else ""
    return Card(
        id=found.id,
        url=url(found.path),
        headline=found.headline,
        excerpt=excerpt(found.standfirst, limit),
        label=section.name if section and label else "",
        label_url=url(section.path) if section and label else "",
        form=found.format,
        kind=kind_label(found, context.words, beside=section.name if section else ""),
        live=found.live,
        status=status(found, context.words),
        byline=names_only(context, found.bylines),
        day=context.short_day(found.published_at),
        clock=context.clock(found.published_at),
        picture=picture(context, found.hero, place, eager=eager) if place else None,
        language=foreign,
        direction=formats(foreign).direction if foreign else "",
    )


def cards(
    context: Context, ids: Iterable[str], *, place: Place | None = None, label: bool = True
) -> Iterator[Card]:
    """Yield the cards of those that are public, in order."""
    for story_id in ids:
        found = card(context, story_id, place=place, label=label)
        if found is not None:
            yield found


def kind_label(found: StoryCard | Story, words: Strings, *, beside: str = "") -> str:
    """Return what kind of story it is where that is not plain news: `Opinion`, `Live`.

    A word that stands `beside` it already, as the name of its section, is not said twice.
    """
    form = "live_closed" if found.format == "live" and not is_live(found) else found.format
    labels = [words.text(f"format.{form}")] if form != "news" else []
    labels = [label for label in labels if label.casefold() != beside.casefold()]
    if found.access == "members":
        labels.append(words.text("access.members"))
    return " · ".join(labels)


def is_live(found: StoryCard | Story) -> bool:
    """Return whether a story is a live coverage that is open."""
    if isinstance(found, StoryCard):
        return found.live
    return found.live is not None and found.live.is_open


def status(found: StoryCard | Story, words: Strings) -> str:
    """Return the status that a story carries wherever it is named; "" when all is verified."""
    said = standing(found)
    return words.text(f"status.{said}") if said else ""


def with_status(text: str, label: str, words: Strings) -> str:
    """Return an excerpt with its status in front of it, for places that show plain text alone."""
    return words.text("status.excerpt", status=label, text=text).strip() if label else text
