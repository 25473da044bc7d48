"""Days and times at the desk: in the language and zone of who reads, the month named, the day and the year
where they are needed."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.template import Context, Template
from django.utils import timezone, translation

from standfirst.kit import instants
from standfirst.stories.templatetags.standfirst import _YEAR

NOW = datetime(2026, 11, 28, 20, 0, tzinfo=UTC)  # ten at night in Kyiv
TODAY = datetime(2026, 11, 28, 3, 31, tzinfo=UTC)
TOMORROW = datetime(2026, 11, 28, 22, 5, tzinfo=UTC)  # five past midnight in Kyiv, the same day in UTC
LAST_YEAR = datetime(2025, 12, 31, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(instants, "now", lambda: NOW)


def shown(name: str, at: datetime | None, language: str = "en", zone: str = "Europe/Kyiv") -> str:
    template = Template("{% load standfirst %}{{ at|" + name + " }}")
    with translation.override(language), timezone.override(zone):
        return template.render(Context({"at": at}))


@pytest.mark.parametrize(
    ("language", "at", "said"),
    [
        ("en", TODAY, "Nov. 28, 5:31 a.m."),
        ("uk", TODAY, "28 листопада, 05:31"),
        ("ar", TODAY, "28 نوفمبر، 5:31 ص"),
        ("en", LAST_YEAR, "Dec. 31, 2025, 2 p.m."),
        ("uk", LAST_YEAR, "31 грудня 2025 р., 14:00"),
        ("ar", LAST_YEAR, "31 ديسمبر، 2025، 2:00 م"),
    ],
)
def test_a_moment_names_its_month_and_a_year_that_is_not_this_one(
    language: str, at: datetime, said: str
) -> None:
    assert shown("moment", at, language) == said


@pytest.mark.parametrize(
    ("language", "today", "tomorrow"),
    [
        ("en", "5:31 a.m.", "Nov. 29, 12:05 a.m."),
        ("uk", "05:31", "29 листопада, 00:05"),
        ("ar", "5:31 ص", "29 نوفمبر، 12:05 ص"),
    ],
)
def test_a_time_has_its_day_where_that_is_not_today(language: str, today: str, tomorrow: str) -> None:
    assert shown("clock", TODAY, language) == today
    assert shown("clock", TOMORROW, language) == tomorrow


def test_today_is_what_it_is_in_the_zone_of_who_reads() -> None:
    assert shown("clock", TOMORROW, zone="UTC") == "10:05 p.m."
    assert shown("clock", TOMORROW, zone="Asia/Tokyo") == "7:05 a.m.", "there it is the 29th by now"
    assert shown("clock", TODAY, zone="Asia/Tokyo") == "Nov. 28, 12:31 p.m."


def test_what_has_no_time_says_nothing() -> None:
    assert (shown("moment", None), shown("clock", None)) == ("", "")


@pytest.mark.parametrize("language", ["en", "uk", "ar"])
def test_no_desk_language_writes_its_year_first(language: str) -> None:
    from django.utils.formats import get_format

    written = get_format("DATE_FORMAT", lang=language)
    assert _YEAR.sub("", written).strip(), f"{language}: nothing is left of {written!r} without its year"
    assert {"j", "d"} & set(_YEAR.sub("", written))
    assert {"N", "E", "F"} & set(_YEAR.sub("", written))
