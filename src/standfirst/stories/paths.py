"""Where a record of the desk is found on the readers' site (ARCHITECTURE.md, idea 7)."""

from __future__ import annotations

import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

LONGEST = 180
"""Bytes one part of an address may have, in UTF-8: file names and logs cut longer ones."""

RESERVED = {
    "-", "_a", "_c", "_e", "_f", "_m", "apple-touch-icon.png", "archive", "author", "desk", "favicon.ico",
    "feed", "live", "robots.txt", "section", "site.webmanifest", "sitemap", "sitemap.xml", "static", "text",
    "topic",
}  # fmt: skip
"""First parts of addresses that are the platform's own; so is whatever begins with `_`, now or later."""


def reserved(slug: str, languages: tuple[str, ...]) -> bool:
    """Return whether a slug is kept for the site itself, or for one of its languages."""
    return slug in RESERVED or slug.startswith("_") or slug in languages


def prefix(language: str, languages: tuple[str, ...]) -> str:
    """Return what addresses of `language` start with: `/` for the site's first one, else `/uk/`."""
    return "/" if language == languages[0] else f"/{language}/"


def story(slug: str, language: str, languages: tuple[str, ...]) -> str:
    return f"{prefix(language, languages)}{slug}/"


def section(slug: str, language: str, languages: tuple[str, ...]) -> str:
    return f"{prefix(language, languages)}section/{slug}/"


def topic(slug: str, language: str, languages: tuple[str, ...]) -> str:
    return f"{prefix(language, languages)}topic/{slug}/"


def author(slug: str, language: str, languages: tuple[str, ...]) -> str:
    return f"{prefix(language, languages)}author/{slug}/"


def shorten(slug: str) -> str:
    """Return `slug` in NFC, cut to the longest that an address may have, at a dash where there is one."""
    slug = unicodedata.normalize("NFC", slug)
    if len(slug.encode()) <= LONGEST:
        return slug
    cut = slug.encode()[:LONGEST].decode("utf-8", "ignore")
    head, dash, _tail = cut.rpartition("-")
    return head if dash and len(head) > len(cut) // 2 else cut


def validate_slug(slug: str, languages: tuple[str, ...] = ()) -> None:
    """Raise ValidationError, in words for an editor, when `slug` cannot be an address."""
    if len(unicodedata.normalize("NFC", slug).encode()) > LONGEST:
        raise ValidationError(_("This address is too long: %(most)d bytes at most.") % {"most": LONGEST})
    if reserved(slug, languages):
        raise ValidationError(_("“%(slug)s” is kept for the site itself; choose another.") % {"slug": slug})
