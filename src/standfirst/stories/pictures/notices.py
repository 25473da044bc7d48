"""What an editor should know about a picture before readers see it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from standfirst.stories.pictures.dates import taken_year

if TYPE_CHECKING:
    from standfirst.stories.pictures.models import Picture

SOON = timedelta(days=14)

NOTE_WANTED = frozenset(
    name.casefold()
    for name in (
        "TASS", "ТАСС", "RIA Novosti", "РИА Новости", "Sputnik", "Xinhua", "新华社", "KCNA", "BelTA", "БелТА",
        "IRNA", "Fars", "Tasnim", "SANA", "Prensa Latina", "Roscongress",
    )
)  # fmt: skip
"""Agencies of states, whose pictures say so in print. A site's own list comes with its style guide."""


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing to know; `field` names the field of the picture it is about."""

    field: str
    text: str


def notices(picture: Picture, at: datetime) -> list[Notice]:
    """Return what is missing or amiss at the instant `at`, the gravest first."""
    found = (
        ("licence_ends_at", _licence(picture.licence_ends_at, at)),
        ("credit_note", _note(picture)),
        (
            "photographer",
            "" if picture.words.credit_line else _("No credit: neither photographer nor agency is named."),
        ),
        ("alt", "" if picture.alt.strip() else _("No alt text: say what the picture shows.")),
        ("taken_on", _file_photo(picture.taken_on, at)),
    )
    return [Notice(field, text) for field, text in found if text]


def warnings(picture: Picture, at: datetime) -> list[str]:
    """Return the notices as plain text."""
    return [notice.text for notice in notices(picture, at)]


def _licence(ends_at: datetime | None, at: datetime) -> str:
    if ends_at is None:
        return ""
    day = date_format(timezone.localtime(ends_at), "DATE_FORMAT")
    if ends_at <= at:
        return _("The licence ended on %(day)s: readers no longer get this picture.") % {"day": day}
    if ends_at - at > SOON:
        return ""
    days = math.ceil((ends_at - at) / timedelta(days=1))
    text = ngettext("The licence ends within a day.", "The licence ends in %(days)d days.", days)
    return text % {"days": days}


def _note(picture: Picture) -> str:
    wanted = [name for name in picture.agency_chain if name.casefold() in NOTE_WANTED]
    if not wanted or picture.credit_note.strip():
        return ""
    text = _("%(agency)s belongs to a state: say so in the printed note.")
    return text % {"agency": wanted[0]}


def _file_photo(taken_on: str, at: datetime) -> str:
    year = taken_year(taken_on)
    if year is None or year >= timezone.localtime(at).year:
        return ""
    return _("From %(year)d: the site marks it as a file photo.") % {"year": year}
