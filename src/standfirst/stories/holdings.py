"""All that the desk holds, as public documents: for whoever writes it down elsewhere.

What readers have is told as they have it, whatever has been changed at the desk since. What they do not have
is told as it was last saved. What was withdrawn for good is not told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from standfirst.editions import api as editions
from standfirst.editions import documents as public
from standfirst.kit import instants
from standfirst.stories import projection
from standfirst.stories.errors import CannotPublish
from standfirst.stories.filing import Author, Section, Topic
from standfirst.stories.pages import StoryPage
from standfirst.stories.plainpages import PlainPage
from standfirst.stories.projection import Moment
from standfirst.stories.sitesettings import SiteSettings

D = TypeVar("D", public.Story, public.PlainPage)


@dataclass(frozen=True)
class Held(Generic[D]):
    """A story or page of the desk, and whether readers have it."""

    document: D
    is_public: bool


@dataclass(frozen=True, slots=True)
class Untold:
    """A draft of which no document can be made, and why."""

    title: str
    problem: str


def sections() -> list[public.Section]:
    """Return the sections of the site's languages, in the order of the navigation."""
    site = SiteSettings.load()
    rows = Section.objects.filter(language__in=site.language_tags).order_by("sort_order", "name", "pk")
    return [projection.section(row, site) for row in rows]


def not_at_head() -> frozenset[str]:
    """Return the ids of the sections that the navigation leaves out."""
    return frozenset(Section.objects.filter(at_head=False).values_list("public_id", flat=True))


def topics() -> list[public.Topic]:
    """Return the topics of the site's languages, oldest first."""
    site = SiteSettings.load()
    rows = Topic.objects.filter(language__in=site.language_tags).order_by("pk")
    return [projection.topic(row, site) for row in rows]


def authors() -> list[public.Author]:
    """Return all authors, oldest first."""
    site = SiteSettings.load()
    return [projection.author(row, site) for row in Author.objects.order_by("pk")]


def fronts() -> list[public.Front]:
    """Return the fronts as readers have them, in the order of the site's languages."""
    found = (editions.current(f"front:{language}") for language in SiteSettings.load().language_tags)
    return [front for front in found if isinstance(front, public.Front)]


def stories() -> Iterator[Held[public.Story] | Untold]:
    """Yield every story that is not withdrawn for good, oldest first."""
    site = SiteSettings.load()
    for page in StoryPage.objects.order_by("pk").iterator(chunk_size=200):
        yield from _held(page, public.Story, lambda draft: projection.story(draft, _moment(draft, site)))


def plain_pages() -> Iterator[Held[public.PlainPage] | Untold]:
    """Yield every page of the site, oldest first."""
    site = SiteSettings.load()
    for page in PlainPage.objects.order_by("pk").iterator(chunk_size=200):
        yield from _held(
            page, public.PlainPage, lambda draft: projection.plain_page(draft, _moment(draft, site))
        )


def _held(page: Any, kind: type[D], tell: Callable[[Any], D]) -> Iterator[Held[D] | Untold]:
    head = editions.head(page.record)
    if head is not None and head.reason in ("killed", "expunged"):
        return
    document = editions.current(page.record)
    if isinstance(document, kind):
        yield Held(document, True)
        return
    draft = page.get_latest_revision_as_object()
    try:
        yield Held(tell(draft), False)
    except CannotPublish as refusal:
        yield Untold(draft.title, refusal.message)


def _moment(page: Any, site: SiteSettings) -> Moment:
    """Return when a draft was last saved: it says the same however often it is told."""
    return Moment(at=page.latest_revision_created_at or instants.now(), site=site)
