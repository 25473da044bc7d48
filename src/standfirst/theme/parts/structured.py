"""Structured data: a story as schema.org NewsArticle in JSON-LD.

Source: schema.org 28 NewsArticle, OpinionNewsArticle, CorrectionComment, ImageObject.
"""

from __future__ import annotations

import json
from typing import Any

from markupsafe import Markup

from standfirst.editions.documents import Credit, Media, Story
from standfirst.theme.locales import machine
from standfirst.theme.parts.byline import Person
from standfirst.theme.parts.context import Context
from standfirst.theme.parts.frame import full_url
from standfirst.theme.text import plain

_UNSAFE = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def script_json(value: dict[str, Any]) -> Markup:
    """Return JSON that may stand in a `<script>`: nothing in it can end the element or open another."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for character, escaped in _UNSAFE.items():
        text = text.replace(character, escaped)
    return Markup(text)  # noqa: S704 - escaped for its place, just above


def news_article(
    context: Context, story: Story, authors: tuple[Person, ...], hero: Media | None, description: str
) -> Markup:
    """Return a story's JSON-LD. A title for search engines is the `alternativeHeadline`."""
    site, zone = context.site, context.site.time_zone
    address = full_url(context, story.path)
    section = context.section(story.section)
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "OpinionNewsArticle" if story.format == "opinion" else "NewsArticle",
        "@id": address,
        "url": address,
        "mainEntityOfPage": address,
        "headline": story.headline,
        "alternativeHeadline": story.seo_title,
        "description": description,
        "inLanguage": story.language,
        "datePublished": machine(story.published_at, zone),
        "dateModified": machine(story.updated_at, zone) if _changed(story) and story.updated_at else "",
        "articleSection": section.name if section else "",
        "author": [_person(context, person) for person in authors],
        "publisher": {"@type": "NewsMediaOrganization", "name": site.name, "url": full_url(context, "/")},
        "image": [_image(context, hero)] if hero and hero.renditions else [],
        "isAccessibleForFree": story.access == "public",
        "correction": [
            {
                "@type": "CorrectionComment",
                "text": plain(correction.text),
                "datePublished": machine(correction.at, zone),
            }
            for correction in story.corrections
        ],
    }
    return script_json({name: value for name, value in data.items() if value not in ("", [])})


def largest_jpeg(media: Media) -> str:
    """Return the path of the picture that every reader of a card elsewhere can open."""
    jpegs = [r for r in media.renditions if r.format == "jpeg"] or list(media.renditions)
    return max(jpegs, key=lambda rendition: rendition.width).path


def _changed(story: Story) -> bool:
    return story.updated_at is not None and story.updated_at > story.published_at


def _person(context: Context, person: Person) -> dict[str, str]:
    data = {"@type": "Person", "name": person.name}
    if person.url:
        data["url"] = context.site.base_url + person.url
    return data


def _image(context: Context, media: Media) -> dict[str, Any]:
    data: dict[str, Any] = {
        "@type": "ImageObject",
        "url": full_url(context, largest_jpeg(media)),
        "width": media.width,
        "height": media.height,
    }
    credit = _credit_text(media.credit)
    return {**data, "creditText": credit} if credit else data


def _credit_text(credit: Credit) -> str:
    return " / ".join(part for part in (credit.photographer, *credit.agencies) if part)
