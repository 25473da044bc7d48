"""Dates, times and lists as people of a language write them, by Unicode CLDR (through Babel).

Formatting is pure and the same instants come again on many pages, so answers are kept.
"""

from __future__ import annotations

from datetime import date, datetime
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_datetime, format_skeleton, format_time
from babel.lists import format_list
from babel.numbers import format_decimal

_KEPT = 20_000  # a busy site's month of instants


class Formats:
    """How one language writes dates, times, numbers and lists."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.locale = Locale.parse(language, sep="-")

    @property
    def direction(self) -> str:
        """Return `ltr` or `rtl`."""
        return self.locale.text_direction

    def moment(self, at: datetime, zone: str) -> str:
        """Return date, time and zone: `November 23, 2026, 1:09 PM EST`."""
        return _moment(self.locale, at, zone)

    def day(self, at: datetime, zone: str) -> str:
        """Return the date: `November 23, 2026`."""
        return _day(self.locale, local(at, zone).date())

    def short_day(self, at: datetime, zone: str) -> str:
        """Return the date in brief: `Nov 23, 2026`."""
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
        return format_date(day, "full", locale=self.locale)

    def month(self, day: date) -> str:
        """Return `November 2026`."""
        return format_skeleton("yMMMM", day, locale=self.locale)

    def month_name(self, day: date) -> str:
        """Return `November`, as it stands alone."""
        return format_date(day, "LLLL", locale=self.locale)

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
    return format_date(day, "long", locale=locale)


@lru_cache(_KEPT)
def _short_day(locale: Locale, day: date) -> str:
    return format_date(day, "medium", locale=locale)


@lru_cache(_KEPT)
def _weekday(locale: Locale, day: date) -> str:
    return format_skeleton("MMMMEEEEd", day, locale=locale)


@lru_cache(_KEPT)
def _clock(locale: Locale, at: datetime, zone: str) -> str:
    shown = format_time(local(at, zone), "short", tzinfo=zone_of(zone), locale=locale)
    return shown.replace("\u202f", "\u00a0")  # CLDR's narrow space closes up at our small sizes


@lru_cache(_KEPT)
def _abbreviation(locale: Locale, at: datetime, zone: str) -> str:
    """Return `EST`, or `GMT+04:00` for a zone whose time has no name of letters."""
    name = local(at, zone).tzname() or ""
    if name.isalpha():
        return name
    return format_datetime(at, "OOOO", tzinfo=zone_of(zone), locale=locale)


@cache
def _listing(locale: Locale, count: int) -> str:
    return format_list([f"{{{index}}}" for index in range(count)], locale=locale)
