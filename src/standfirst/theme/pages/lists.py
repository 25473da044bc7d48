"""Section, topic and author pages: the newest thirty, then the archive."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from markupsafe import Markup

from standfirst.bake.reading import Page, RecordingReader
from standfirst.editions.documents import Author, Byline, Section, Topic
from standfirst.editions.records import HEAD_LENGTH
from standfirst.theme.parts.byline import names_only
from standfirst.theme.parts.card import Card, card, cards
from standfirst.theme.parts.context import Context, open_context
from standfirst.theme.parts.frame import Frame, Meta, NavLink, forms, frame, full_url, titled
from standfirst.theme.parts.picture import Picture, picture
from standfirst.theme.parts.structured import breadcrumbs, graph, organization, profile
from standfirst.theme.parts.textual import text_form
from standfirst.theme.renderer import View
from standfirst.theme.text import url
from standfirst.theme.trusted import trusted


@dataclass(frozen=True, slots=True)
class ListView:
    """A page of cards. `lead` is set large; `empty` says what will be here when there is nothing yet."""

    frame: Frame
    kicker: str
    title: str
    description: str
    lead: Card | None
    cards: tuple[Card, ...]
    empty: str
    archive: str


@dataclass(frozen=True, slots=True)
class AuthorView:
    """An author: who they are, then what they wrote."""

    frame: Frame
    name: str
    role: str
    bio: Markup
    portrait: Picture | None
    links: tuple[NavLink, ...]
    cards: tuple[Card, ...]
    empty: str
    archive: str


def build_section(page: Page, reader: RecordingReader) -> View | None:
    """Return a section's page."""
    section = open_context(page, reader).records.section(_id(page))
    if section is None:
        return None
    context = open_context(page, reader, section.language)
    ids = context.records.newest(f"section/{section.id}")
    lead = next(
        (c for i in ids if (c := card(context, i, place="section_lead", eager=True, label=False))), None
    )
    rest = [story_id for story_id in ids if lead is None or story_id != lead.id]
    view = ListView(
        frame=frame(
            context,
            _meta(context, section, section.description),
            current=section.id,
            versions=context.records.versions(section),
        ),
        kicker="",
        title=section.name,
        description=section.description,
        lead=lead,
        cards=tuple(cards(context, rest, place="row", label=False)),
        empty=context.words.text("list.section_empty", name=section.name),
        archive=_older(context, ids),
    )
    return View("pages/list.html", context.language, view)


def build_topic(page: Page, reader: RecordingReader) -> View | None:
    """Return a topic's page."""
    topic = open_context(page, reader).records.topic(_id(page))
    if topic is None:
        return None
    context = open_context(page, reader, topic.language)
    ids = context.records.newest(f"topic/{topic.id}")
    view = ListView(
        frame=frame(
            context, _meta(context, topic, topic.description), versions=context.records.versions(topic)
        ),
        kicker=context.words.text("list.topic"),
        title=topic.name,
        description=topic.description,
        lead=None,
        cards=tuple(cards(context, ids, place="row")),
        empty=context.words.text("list.topic_empty", name=topic.name),
        archive=_older(context, ids),
    )
    return View("pages/list.html", context.language, view)


def build_author(page: Page, reader: RecordingReader) -> View | None:
    """Return an author's page."""
    author = open_context(page, reader).records.author(_id(page))
    if author is None:
        return None
    context = open_context(page, reader, author.language)
    ids = context.records.newest(f"author/{author.id}")
    view = AuthorView(
        frame=frame(context, _meta(context, author, author.role), versions=context.records.versions(author)),
        name=author.name,
        role=author.role,
        bio=trusted(author.bio),
        portrait=picture(context, author.portrait, "portrait", eager=True),
        links=_links(context, author),
        cards=tuple(_unnamed(context, author, cards(context, ids, place="row"))),
        empty=context.words.text("list.author_empty", name=author.name),
        archive=_older(context, ids),
    )
    return View("pages/author.html", context.language, view)


def _unnamed(context: Context, author: Author, found: Iterable[Card]) -> Iterator[Card]:
    """Yield the cards, without the byline where it names nobody but the one whose page this is."""
    alone = names_only(context, (Byline(author=author.id),))
    return (replace(card, byline="") if card.byline == alone else card for card in found)


def _older(context: Context, ids: Collection[str]) -> str:
    """Return the address of what is older than a list shows; "" while it shows everything."""
    return url(f"{context.prefix}archive/") if len(ids) >= HEAD_LENGTH else ""


def _meta(context: Context, document: Section | Topic | Author, description: str) -> Meta:
    way = breadcrumbs(context, NavLink(document.name, document.path))
    person = (profile(context, document), organization(context)) if isinstance(document, Author) else ()
    return Meta(
        title=titled(context, document.name),
        description=description,
        canonical=full_url(context, document.path),
        kind="profile" if isinstance(document, Author) else "website",
        social_title=document.name,
        data=graph(*person, way),
        forms=(
            *forms(context, document.kind, document.path),
            *(text_form(context, document.path) if isinstance(document, Section) else ()),
        ),
    )


def _links(context: Context, author: Author) -> tuple[NavLink, ...]:
    """Return an author's links: an e-mail address by that word, others by their host."""
    return tuple(NavLink(_label(context, link), link) for link in author.links)


def _label(context: Context, link: str) -> str:
    if link.startswith("mailto:"):
        return context.words.text("author.mail")
    return link.partition("://")[2].partition("/")[0].removeprefix("www.") or link.partition(":")[2]


def _id(page: Page) -> str:
    return page.owner.partition(":")[2]
