"""Dates, times and lists as people of a language write them, by Unicode CLDR (through Babel).

Formatting is pure and the same instants come again on many pages, so answers are kept.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.core import get_global, parse_locale
from babel.dates import format_date, format_datetime, format_skeleton, format_time
from babel.lists import format_list
from babel.numbers import format_decimal

from standfirst.kit.tongues import capitalised, own_name

_KEPT = 20_000  # a busy site's month of instants
_WEEKDAY_SKELETONS = ("MMMMEEEEd", "MMMEEEEd", "MMMMEd", "MMMEd")  # the nearest to what we want first
_OFFSET = re.compile(r"0?(\d+)(?::00|(:\d\d))$")


class Formats:
    """How one language names itself and writes dates, times, numbers and lists."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.locale = Locale.parse(language, sep="-")
        self.script, self.territory = _script_and_territory(self.locale)

    @property
    def direction(self) -> str:
        """Return `ltr` or `rtl`."""
        return self.locale.text_direction

    @property
    def name(self) -> str:
        """Return the language's own name for itself, as it stands in a menu: `Українська`."""
        return own_name(self.language)

    @property
    def open_graph(self) -> str:
        """Return the language as the Open Graph protocol writes it, with a territory: `uk_UA`."""
        return "_".join(part for part in (self.locale.language, self.territory) if part)

    def moment(self, at: datetime, zone: str) -> str:
        """Return date, time and zone: `November 23, 2026, 1:09 PM EST`."""
        return _moment(self.locale, at, zone)

    def day(self, at: datetime, zone: str) -> str:
        """Return the date: `November 23, 2026`."""
        return _day(self.locale, local(at, zone).date())

    def short_day(self, at: datetime, zone: str) -> str:
        """Return the date in brief, its month in letters: `Nov 23, 2026`."""
        return _short_day(self.locale, local(at, zone).date())

    def clock(self, at: datetime, zone: str) -> str:
        """Return the time of day: `1:09 PM`."""
        return _clock(self.locale, at, zone)

    def clock_with_zone(self, at: datetime, zone: str) -> str:
        """Return the time of day with its zone: `1:09 PM EST`."""
        return f"{_clock(self.locale, at, zone)}\u00a0{_abbreviation(self.locale, at, zone)}"

    def weekday(self, day: date) -> str:
        """Return `Monday, November 23`."""
        return _weekday(self.locale, day)

    def long_day(self, day: date) -> str:
        """Return `Monday, November 23, 2026`."""
        return _spaced(format_date(day, "full", locale=self.locale))

    def month(self, day: date) -> str:
        """Return `November 2026`."""
        return _spaced(format_skeleton("yMMMM", day, locale=self.locale))

    def month_name(self, day: date) -> str:
        """Return `November`, as it stands alone at the head of a line."""
        return capitalised(format_date(day, "LLLL", locale=self.locale))

    def year(self, day: date) -> str:
        return format_date(day, "y", locale=self.locale)

    def number(self, value: int) -> str:
        return format_decimal(value, locale=self.locale)

    def listing(self, count: int) -> str:
        """Return a pattern for `count` things in a row: `{0}, {1}, and {2}`."""
        return _listing(self.locale, count)


@cache
def formats(language: str) -> Formats:
    """Return the formats of a BCP 47 tag. Raises babel.UnknownLocaleError for one that CLDR lacks."""
    return Formats(language)


@cache
def _script_and_territory(locale: Locale) -> tuple[str, str]:
    """Return what a locale is written in (ISO 15924: `Latn`, `Cyrl`, `Arab`) and where most speak it."""
    likely = get_global("likely_subtags")
    _, territory, script, *_ = parse_locale(likely.get(str(locale)) or likely.get(locale.language, "und"))
    return locale.script or script or "Latn", locale.territory or territory or ""


@cache
def zone_of(name: str) -> ZoneInfo:
    return ZoneInfo(name)


@lru_cache(_KEPT)
def local(at: datetime, zone: str) -> datetime:
    """Return `at` in the zone with this IANA name."""
    return at.astimezone(zone_of(zone))


@lru_cache(_KEPT)
def machine(at: datetime, zone: str) -> str:
    """Return the instant for `<time datetime>`: local time with its offset, to the second."""
    return local(at, zone).isoformat(timespec="seconds")


@lru_cache(_KEPT)
def _moment(locale: Locale, at: datetime, zone: str) -> str:
    pattern = str(locale.datetime_formats["medium"])
    clock = f"{_clock(locale, at, zone)}\u00a0{_abbreviation(locale, at, zone)}"
    return pattern.replace("{1}", _day(locale, local(at, zone).date())).replace("{0}", clock)


@lru_cache(_KEPT)
def _day(locale: Locale, day: date) -> str:
    return _spaced(format_date(day, "long", locale=locale))


@lru_cache(_KEPT)
def _short_day(locale: Locale, day: date) -> str:
    return _spaced(format_skeleton("yMMMd", day, locale=locale))


@lru_cache(_KEPT)
def _weekday(locale: Locale, day: date) -> str:
    return format_date(day, _weekday_pattern(locale), locale=locale)


@cache
def _weekday_pattern(locale: Locale) -> str:
    """Return the locale's own order for weekday, day and month, with both names spelt out (UTS 35)."""
    known = locale.datetime_skeletons
    pattern = next((str(known[name]) for name in _WEEKDAY_SKELETONS if name in known), "EEEE, MMMM d")
    return re.sub(r"(M|L){3,}", r"\1\1\1\1", re.sub(r"E+", "EEEE", pattern))


@lru_cache(_KEPT)
def _clock(locale: Locale, at: datetime, zone: str) -> str:
    shown = format_time(local(at, zone), "short", tzinfo=zone_of(zone), locale=locale)
    return _spaced(shown).replace(" ", "\u00a0")  # no line ends in the middle of a time


@lru_cache(_KEPT)
def _abbreviation(locale: Locale, at: datetime, zone: str) -> str:
    """Return `EST`; `GMT+4` where the zone's time has no such name, or readers do not use Latin letters."""
    name = local(at, zone).tzname() or ""
    if name.isalpha() and _script_and_territory(locale)[0] == "Latn":
        return name
    offset = format_datetime(at, "OOOO", tzinfo=zone_of(zone), locale=locale)
    return _OFFSET.sub(r"\1\2", offset)


@cache
def _listing(locale: Locale, count: int) -> str:
    return format_list([f"{{{index}}}" for index in range(count)], locale=locale)


def _spaced(shown: str) -> str:
    """Return a date or time with whole spaces: CLDR's narrow ones close up in our faces and small sizes."""
    return shown.replace("\u202f", "\u00a0")
