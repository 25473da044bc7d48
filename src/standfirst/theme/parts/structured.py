"""Structured data: what a page says of itself to programs, in the terms of schema.org as JSON-LD.

Source: schema.org 28. `tests/theme/vocabulary.py` lists the terms used here with what they belong to.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from markupsafe import Markup

from standfirst.editions.documents import Author, Media
from standfirst.kit import html
from standfirst.theme.drawn import icons
from standfirst.theme.parts.byline import Person
from standfirst.theme.parts.context import Context
from standfirst.theme.parts.frame import NavLink, full_url

Node = dict[str, Any]

POLICIES = {
    "about": ("masthead",),
    "ethics": ("ethicsPolicy", "publishingPrinciples"),
    "corrections": ("correctionsPolicy",),
    "ownership": ("ownershipFundingInfo",),
}
"""Purpose of a page of the site to the properties of NewsMediaOrganization that it answers."""

LOGO = 512  # pixels

_UNSAFE = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def script_json(value: Node) -> Markup:
    """Return JSON that may stand in a `<script>`: nothing in it can end the element or open another."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for character, escaped in _UNSAFE.items():
        text = text.replace(character, escaped)
    return Markup(text)  # noqa: S704 - escaped for its place, just above


def graph(*nodes: Node) -> Markup:
    """Return the things that a page is about, for its one `<script>`."""
    return script_json({"@context": "https://schema.org", "@graph": [said(node) for node in nodes]})


def said(node: Node) -> Node:
    """Return a node without the properties that have nothing to say."""
    return {name: value for name, value in node.items() if value not in ("", [], None)}


def breadcrumbs(context: Context, *trail: NavLink) -> Node:
    """Return the way from the front to this page, which comes last."""
    steps = (NavLink(context.name, context.prefix), *trail)
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": step.label, "item": full_url(context, step.url)}
            for place, step in enumerate(steps, start=1)
        ],
    }


def organization(context: Context) -> Node:
    """Return the newsroom, with the pages that say how it works, in this page's language where there are."""
    site = context.site
    node: Node = {
        "@type": "NewsMediaOrganization",
        "@id": organization_id(context),
        "name": site.name,
        "url": full_url(context, "/"),
        "slogan": site.tagline,
        "logo": _logo(context),
        "foundingDate": site.founded,
        "email": site.email,
    }
    for purpose, names in POLICIES.items():
        address = _policy(context, purpose)
        node |= dict.fromkeys(names, address)
    contact = _policy(context, "contact")
    if contact:
        node["contactPoint"] = said(
            {"@type": "ContactPoint", "contactType": "newsroom", "url": contact, "email": site.email}
        )
    return said(node)


def website(context: Context, path: str) -> Node:
    """Return the site in one language, whose front is at `path`."""
    address = full_url(context, path)
    return {
        "@type": "WebSite",
        "@id": f"{address}#website",
        "url": address,
        "name": context.name,
        "description": context.tagline,
        "inLanguage": context.language,
        "publisher": {"@id": organization_id(context)},
    }


def profile(context: Context, author: Author) -> Node:
    """Return an author's page, which is about the person."""
    address = full_url(context, author.path)
    media = context.records.shown(author.portrait)
    person: Node = {
        "@type": "Person",
        "@id": f"{address}#person",
        "name": author.name,
        "url": address,
        "jobTitle": author.role,
        "description": html.text(author.bio),
        "image": image(context, media) if media else "",
        "sameAs": [link for link in author.links if link.startswith(("https://", "http://"))],
        "worksFor": {"@id": organization_id(context)},
    }
    return {
        "@type": "ProfilePage",
        "@id": address,
        "url": address,
        "inLanguage": context.language,
        "mainEntity": said(person),
    }


def image(context: Context, media: Media) -> Node | str:
    """Return a picture in the form that all programs read, with whose it is; "" when it has none."""
    file = media.jpeg(media.width)
    if file is None:
        return ""
    photographer = media.credit.photographer
    return said(
        {
            "@type": "ImageObject",
            "url": full_url(context, file.path),
            "width": file.width,
            "height": file.height,
            "creditText": " / ".join(part for part in (photographer, *media.credit.agencies) if part),
            "creator": {"@type": "Person", "name": photographer} if photographer else "",
            "license": media.licence if media.licence.startswith("https://") else "",
        }
    )


def persons(context: Context, people: Iterable[Person]) -> list[Node]:
    """Return who wrote something, those with a page of their own by its address."""
    base = context.site.base_url
    return [
        said({"@type": "Person", "name": one.name, "url": base + one.url if one.url else ""})
        for one in people
    ]


def organization_id(context: Context) -> str:
    """Return the name of the newsroom among all things on the web."""
    return full_url(context, "/") + "#organization"


def _policy(context: Context, purpose: str) -> str:
    """Return the address of the page for a purpose, in this language or the site's first; "" without one."""
    for language in dict.fromkeys((context.language, context.site.language)):
        link = context.records.page_link(purpose, language)
        if link is not None:
            return full_url(context, link.url)
    return ""


def _logo(context: Context) -> Node:
    media = context.records.shown(context.site.logo)
    own = image(context, media) if media else ""
    if isinstance(own, dict):
        return own
    address = full_url(context, icons.icon_path(context.site, LOGO))
    return {"@type": "ImageObject", "url": address, "width": LOGO, "height": LOGO}
