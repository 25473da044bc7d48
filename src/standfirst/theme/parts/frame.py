"""What stands around every page: head, masthead, sections, foot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup

from standfirst.editions.documents import Navigation
from standfirst.editions.forms import forms_of
from standfirst.editions.links import Place, frame_links
from standfirst.theme import colours
from standfirst.theme.assets import assets
from standfirst.theme.locales import formats
from standfirst.theme.parts.context import Context
from standfirst.theme.parts.languages import NOWHERE_ELSE, LanguageLink, Versions, switch
from standfirst.theme.parts.picture import Picture, picture
from standfirst.theme.text import url
from standfirst.theme.trusted import NOTHING

Kind = Literal["website", "article", "profile"]

TRUST = ("about", "ethics", "corrections", "ownership", "contact", "privacy")
"""Purposes of the pages that say who publishes and how, in the order of the foot."""


@dataclass(frozen=True, slots=True)
class NavLink:
    label: str
    url: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class NavGroup:
    title: str
    links: tuple[NavLink, ...]


@dataclass(frozen=True, slots=True)
class Alternate:
    """A page that says the same, for `<link rel="alternate">`. `language` may be `x-default`."""

    language: str
    address: str


@dataclass(frozen=True, slots=True)
class FormLink:
    """The same, or what is new in it, in another form: a feed, the text edition."""

    media_type: str
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Meta:
    """What a page says of itself to machines. Full addresses; "" where there is nothing to say."""

    title: str
    description: str = ""
    canonical: str = ""
    kind: Kind = "website"
    social_title: str = ""
    social_image: str = ""
    social_image_alt: str = ""
    social_image_size: tuple[int, int] | None = None  # pixels
    published: str = ""
    modified: str = ""
    data: Markup = NOTHING  # JSON-LD
    indexed: bool = True
    forms: tuple[FormLink, ...] = ()


@dataclass(frozen=True, slots=True)
class Frame:
    """The same on all pages of one language but for `meta`, `nav`'s mark and `story`."""

    language: str
    direction: str
    script: str  # ISO 15924
    locale: str  # as the Open Graph protocol writes the language
    languages: tuple[LanguageLink, ...]
    alternates: tuple[Alternate, ...]
    other_locales: tuple[str, ...]  # those of the alternates
    meta: Meta
    site_name: str
    tagline: str
    founded: str
    logo: Picture | None
    home: str
    on_home: bool
    nav: tuple[NavLink, ...]
    groups: tuple[NavGroup, ...]
    trust: tuple[NavLink, ...]  # who we are, how we work: where editors have set no groups
    archive: str
    head: tuple[NavLink, ...]  # what rooms add beside the masthead, and at the foot
    foot: tuple[NavLink, ...]
    forms: tuple[FormLink, ...]
    style: str  # address of the site's colours
    icon: str
    preloads: tuple[str, ...]
    latest: str  # address of the column of what is new, which holds the strip of breaking news
    story: str = ""  # id of the story on this page: for the staff's own module
    beside: tuple[NavLink, ...] = ()  # fragments in the column beside the page


def frame(
    context: Context,
    meta: Meta,
    *,
    current: str = "",
    story: str = "",
    beside: bool = False,
    home: bool = False,
    versions: Versions = NOWHERE_ELSE,
) -> Frame:
    """Return the frame of a page. `current` is the id of the section that the page belongs to.

    `versions` are this page in all languages that it is in, its own included.
    """
    site = context.site
    navigation = context.records.navigation(context.language)
    groups = navigation.footer if navigation else ()
    trust = () if groups else _trust_pages(context)
    return Frame(
        language=context.language,
        direction=context.formats.direction,
        script=context.formats.script,
        locale=context.formats.open_graph,
        languages=switch(context, versions),
        alternates=_alternates(context, versions),
        other_locales=tuple(formats(other).open_graph for other in versions if other != context.language),
        meta=meta,
        site_name=context.name,
        tagline=context.tagline,
        founded=site.founded,
        logo=picture(context, site.logo, "logo", eager=True),
        home=url(context.prefix),
        on_home=home,
        nav=_nav(context, navigation, current) if navigation else (),
        groups=tuple(
            NavGroup(group.title, tuple(NavLink(link.label, url(link.url)) for link in group.links))
            for group in groups
            if group.links
        ),
        trust=trust,
        archive=url(f"{context.prefix}archive/"),
        head=_added(context, "head"),
        foot=_added(context, "foot"),
        forms=tuple(dict.fromkeys((*meta.forms, *forms(context, "front", context.prefix)))),
        style=colours.style_path(site),
        icon=colours.icon_path(site),
        preloads=assets().preloads(context.language),
        latest=url(f"{context.prefix}_f/latest/"),
        story=story,
        beside=_fragments(context, story) if beside else (),
    )


def forms(context: Context, kind: str, path: str) -> tuple[FormLink, ...]:
    """Return the feeds of a record at `path`, by the names that readers of feeds choose by."""
    site = f"{context.name}: " if kind == "front" else ""
    return tuple(
        FormLink(form.media_type, f"{site}{context.words.text(form.words)}", url(address))
        for form, address in forms_of(kind, path)
    )


def full_url(context: Context, path: str) -> str:
    """Return the full address of a path of this site."""
    return context.site.base_url + url(path)


def titled(context: Context, title: str) -> str:
    """Return the text of `<title>`: the page's own title, letter for letter, then the site's name."""
    return context.words.text("frame.title").format(page=title, site=context.name)


def _alternates(context: Context, versions: Versions) -> tuple[Alternate, ...]:
    """Return the alternates of a page with translations, itself among them.

    Readers of any other language are best served by the one that comes first among the site's.
    """
    if len(versions) < 2:
        return ()
    found = [Alternate(language, full_url(context, path)) for language, path in versions.items()]
    return (*found, Alternate("x-default", found[0].address))


def _nav(context: Context, navigation: Navigation, current: str) -> tuple[NavLink, ...]:
    """Return the sections and links at the head; the section that the page is in is marked."""
    found = ((section_id, context.section(section_id)) for section_id in navigation.sections)
    sections = (NavLink(s.name, url(s.path), section_id == current) for section_id, s in found if s)
    return (*sections, *(NavLink(link.label, url(link.url)) for link in navigation.links))


def _trust_pages(context: Context) -> tuple[NavLink, ...]:
    links = (context.records.page_link(purpose, context.language) for purpose in TRUST)
    return tuple(NavLink(link.label, url(link.url)) for link in links if link)


def _added(context: Context, place: Place) -> tuple[NavLink, ...]:
    """Return the links that rooms registered for `place`, in this page's language."""
    added = ((link, link.path(context.prefix)) for _, link in frame_links.items() if link.place == place)
    return tuple(NavLink(context.words.text(link.words), url(path)) for link, path in added if path)


def _fragments(context: Context, story: str) -> tuple[NavLink, ...]:
    """Return what stands beside a story. The picks are opened at its own place, where they hide it."""
    return (
        NavLink(context.words.text("list.latest"), url(f"{context.prefix}_f/latest/")),
        NavLink(context.words.text("picks.title"), f"{url(context.prefix)}_f/picks/#s-{story}"),
    )
