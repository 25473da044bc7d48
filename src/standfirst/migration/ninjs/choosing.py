"""Which of several headlines, descriptions, bodies and renditions is the one to take."""

from __future__ import annotations

import html as entities
import re

from standfirst.kit.html import text
from standfirst.migration.ninjs.item import Item, Rendition, Worded

# Roles are up to the sender; these are the ones in use, the best first. "" is no role at all.
_HEADLINES = ("main", "headline", "text", "title", "simple", "")
_DESCRIPTIONS = (
    *("standfirst", "lead", "lede", "summary", "abstract", "teaser", "dek", "subheadline"),
    *("text", "main", "", "richtext"),
)
_CAPTIONS = ("caption", "text", "main", "", "summary", "description", "richtext")
_ALTS = ("alt", "alttext", "alt-text", "alt_text", "alternative", "accessibility")
_NOT_THE_BODY = set(
    "teaser summary abstract lead headline caption short seo script title keywords bulletpoints push tweet"
    " social".split()
)

# Senders write media types, and names of 1.x properties in their place.
_MARKUP = set(
    "text/html application/xhtml+xml application/html text/xhtml html xhtml html5 body_xhtml"
    " description_xhtml".split()
)
_PLAIN = {"text/plain", "text", "plain", "body_text", "description_text"}
_TAG = re.compile(
    r"</?(?:p|br|div|h[1-6]|ul|ol|li|strong|em|b|i|a|span|blockquote|section|table)\b[^<>]*>", re.IGNORECASE
)


def headline(item: Item) -> str:
    """Return the headline as plain text, or "" where there is none."""
    found = _by_role(item.headlines, _HEADLINES)
    return plain(found) if found else ""


def standfirst(item: Item) -> str:
    """Return the best summary as plain text, or ""."""
    known = [one for one in item.descriptions if one.role not in (*_ALTS, "caption")]
    found = _by_role(known, _DESCRIPTIONS)
    return plain(found) if found else ""


def caption(item: Item) -> str:
    """Return the caption of a picture as plain text, or ""."""
    found = _by_role([one for one in item.descriptions if one.role not in _ALTS], _CAPTIONS)
    return plain(found) if found else ""


def alt(item: Item) -> str:
    """Return what is said about a picture for those who do not see it, or ""."""
    return next((plain(one) for one in item.descriptions if one.role in _ALTS), "")


def body(item: Item) -> Worded | None:
    """Return the body that says most and best: markup before plain text before the agency's own XML."""
    known = [one for one in item.bodies if one.role not in _NOT_THE_BODY] or list(item.bodies)
    ranked = sorted(known, key=lambda one: (-_rank(one), -(len(text(one.value)) if len(known) > 1 else 0)))
    return ranked[0] if ranked else None


def is_markup(worded: Worded) -> bool:
    """Return whether a text is to be read as HTML: by its type, its role, or how it looks."""
    if worded.content_type in _PLAIN:
        return bool(re.search(r"<p[ >]", worded.value)) and "</p>" in worded.value
    if worded.content_type in _MARKUP or "xml" in worded.content_type or "nitf" in worded.content_type:
        return True
    return bool(_TAG.search(worded.value) or re.search(r"&lt;p&gt;", worded.value))


def plain(worded: Worded) -> str:
    """Return the words of a headline or description on one line."""
    words = text(worded.value) if is_markup(worded) else entities.unescape(worded.value)
    return " ".join(words.split())


def renditions(item: Item) -> list[Rendition]:
    """Return the files of a picture that may be fetched, the best first."""
    known = [one for one in item.renditions if one.href and _is_picture(one)]
    return sorted(known, key=_worth, reverse=True)


def _rank(one: Worded) -> int:
    if one.content_type in _MARKUP:
        return 4
    if one.content_type in _PLAIN:
        return 2
    if "nitf" in one.content_type or "xml" in one.content_type:
        return 1
    if one.content_type:
        return 0
    return 3 if _TAG.search(one.value) else 2


def _by_role(worded: tuple[Worded, ...] | list[Worded], roles: tuple[str, ...]) -> Worded | None:
    ranks = {role: number for number, role in enumerate(roles)}
    return min(worded, key=lambda one: ranks.get(one.role, len(roles)), default=None)


def _is_picture(one: Rendition) -> bool:
    if one.content_type:
        return one.content_type.startswith("image/") and "svg" not in one.content_type
    return not re.search(
        r"\.(mp4|mov|webm|mp3|wav|pdf|svg|json|xml|html?|zip)(\?|$)", one.href, re.IGNORECASE
    )


_NAMED = {
    **{"thumb": -3, "small": -2, "preview": -1, "low": -1, "medium": 0, "web": 1, "main": 2, "high": 2},
    **{"large": 2, "base": 2, "full": 2, "hires": 3, "highres": 3, "original": 3},
}
_WIDEST = 6000  # pixels; more only costs, and may be over the limit of what is opened


def _worth(one: Rendition) -> tuple[int, int, int, int]:
    """Unmarked before watermarked, then the largest that is not absurd, then by what it is called."""
    named = max((worth for word, worth in _NAMED.items() if word in one.name), key=abs, default=0)
    clean = -1 if "watermark" in one.name else 0
    fits = 0 if one.width > _WIDEST or one.height > _WIDEST else 1
    area = one.width * one.height
    return (clean, fits, area if fits else -area, named) if area else (clean, fits, 0, named)
