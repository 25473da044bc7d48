"""The ways from a page into other languages: for search engines, at the head of the page, beside a byline."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from standfirst.theme.locales import formats
from standfirst.theme.parts.context import Context
from standfirst.theme.strings import spoken, strings
from standfirst.theme.text import url

Versions = Mapping[str, str]
"""The same page in several languages: language to path, as `Records.versions` gives it."""

NOWHERE_ELSE: Versions = MappingProxyType({})
"""The versions of a page that has no counterpart."""


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """A link into a language, its label in that language."""

    language: str
    direction: str
    label: str
    url: str
    current: bool = False


def in_every_language(context: Context, path: str) -> Versions:
    """Return the versions of a page that every language has, at `path` below its front."""
    return {language: context.site.prefix(language) + path for language in context.site.languages}


def switch(context: Context, known: Versions) -> tuple[LanguageLink, ...]:
    """Return a link for each of the site's languages: to this page in it, else to its front.

    None on a site of one language.
    """
    site = context.site
    if len(site.languages) < 2:
        return ()
    return tuple(
        _link(
            language,
            formats(language).name,
            known.get(language, site.prefix(language)),
            current=language == context.language,
        )
        for language in site.languages
    )


def elsewhere(context: Context, known: Versions) -> tuple[LanguageLink, ...]:
    """Return the links to this page's translations: `Читати українською`."""
    return tuple(
        _link(language, _invitation(language), path)
        for language, path in known.items()
        if language != context.language
    )


def _invitation(language: str) -> str:
    """Return "Read in English" in that language; its bare name where we do not speak it."""
    return strings(language).text("language.read") if spoken(language) else formats(language).name


def _link(language: str, label: str, path: str, *, current: bool = False) -> LanguageLink:
    return LanguageLink(language, formats(language).direction, label, url(path), current)
