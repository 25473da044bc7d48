"""What a new site is told about itself: answers read from text, or refused with what to write instead."""

from __future__ import annotations

import zoneinfo
from difflib import get_close_matches
from pathlib import Path
from urllib.parse import urlsplit

from babel.localedata import locale_identifiers
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from standfirst.kit.tongues import canonical
from standfirst.theme import colours

ENOUGH = 4.5
"""Contrast that text needs (WCAG 2.2, 1.4.3)."""

LONGEST_NAME = 200
SHORTEST_PASSWORD = 10
_ZONES = Path("/usr/share/zoneinfo")


class AnswerError(ValueError):
    """An answer that will not do. The message says why, and what would."""


def name(text: str) -> str:
    """Return the newsroom's name. Raises AnswerError."""
    name = " ".join(text.split())
    if not name:
        raise AnswerError("The newsroom needs a name.")
    if len(name) > LONGEST_NAME:
        raise AnswerError(f"A name has at most {LONGEST_NAME} characters; this one has {len(name)}.")
    return name


def languages(text: str) -> tuple[str, ...]:
    """Return language tags (BCP 47), the main one first, each once. Raises AnswerError."""
    tags = text.replace(",", " ").split()
    if not tags:
        raise AnswerError("Give at least one language, for example en or: uk, en")
    found = {}
    for tag in tags:
        try:
            found[canonical(tag)] = True
        except ValueError as error:
            known = [one.replace("_", "-") for one in locale_identifiers()]
            raise AnswerError(
                f"{tag} is no language that Unicode's CLDR knows{_or(tag, known)} "
                "Use tags such as en, uk or pt-BR."
            ) from error
    return tuple(found)


def zone(text: str) -> str:
    """Return the IANA name of a time zone. Raises AnswerError."""
    known = zoneinfo.available_timezones()
    by_folded = {one.casefold(): one for one in known}
    found = by_folded.get(text.strip().replace(" ", "_").casefold())
    if found is None:
        cities = {one.rpartition("/")[2]: one for one in known if "/" in one}
        near = get_close_matches(text.strip().replace(" ", "_").title(), cities, 1)
        instead = f"; is it {cities[near[0]]}?" if near else "."
        raise AnswerError(f"{text} is no time zone{instead} Use a name such as Europe/Kyiv.")
    return found


def colour(text: str) -> str:
    """Return a colour that can be read on the light ground, as `#rrggbb`. Raises AnswerError."""
    return _colour(text, colours.PAPER, colours.INK, "light")


def dark_colour(text: str) -> str:
    """Return a colour that can be read on the dark ground, as `#rrggbb`. Raises AnswerError."""
    return _colour(text, colours.PAPER_DARK, colours.INK_DARK, "dark")


def suggest_dark(accent: str) -> str:
    """Return the newsroom's colour as it can be read on the dark ground."""
    return colours.readable(accent, colours.PAPER_DARK, colours.INK_DARK)


def address(text: str) -> str:
    """Return `https://host` or `http://host:port`. Raises AnswerError."""
    url = text.strip().rstrip("/")
    parts = urlsplit(url)
    try:
        whole = parts.scheme in ("http", "https") and parts.hostname and not (parts.path or parts.query)
        _ = parts.port
    except ValueError:
        whole = False
    if not whole:
        raise AnswerError(f"{text}: an address is https://host or http://host:port, and nothing after it.")
    return url


def email(text: str) -> str:
    """Return an e-mail address. Raises AnswerError."""
    try:
        validate_email(text.strip())
    except ValidationError as error:
        raise AnswerError(f"{text} is no e-mail address; one looks like you@example.org.") from error
    return text.strip()


def password(text: str) -> str:
    """Return a password long enough to begin with; making the account looks closer. Raises AnswerError."""
    if len(text) < SHORTEST_PASSWORD:
        raise AnswerError(f"A password has at least {SHORTEST_PASSWORD} characters; a few words do well.")
    return text


def system_zone() -> str:
    """Return this machine's time zone; UTC where it does not say."""
    try:
        linked = Path("/etc/localtime").resolve().relative_to(_ZONES.resolve()).as_posix()
        return zone(linked)
    except (OSError, ValueError):
        return "UTC"


def _colour(text: str, paper: str, ink: str, ground: str) -> str:
    accent = text.strip().casefold()
    accent = accent if accent.startswith("#") else f"#{accent}"
    if not colours.is_colour(accent):
        raise AnswerError(f"{text}: a colour is # and six hexadecimal digits, for example #8a1c1c.")
    ratio = colours.contrast(accent, paper)
    if ratio < ENOUGH:
        raise AnswerError(
            f"{accent} is hard to read on the {ground} ground: {ratio:.1f} to 1, "
            f"and text needs {ENOUGH} to 1. {colours.readable(accent, paper, ink)} would do."
        )
    return accent


def _or(text: str, known: list[str]) -> str:
    near = get_close_matches(text, known, 1)
    return f"; is it {near[0]}?" if near else "."
