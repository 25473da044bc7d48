"""Where text is cut, and how times and names are written."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standfirst.kit.urls import url
from standfirst.theme.locales import capitalised, formats
from standfirst.theme.text import excerpt, plain

LIMITS = st.integers(min_value=2, max_value=300)
WRITING = st.lists(st.text(max_size=30), max_size=30).map(" ".join)


@given(WRITING, LIMITS)
def test_an_excerpt_fits_and_ends_with_a_sentence_or_an_ellipsis(text: str, limit: int) -> None:
    cut = excerpt(text, limit)
    assert len(cut) <= limit
    assert not cut or cut.rstrip("\"'”’»)]")[-1:] in ".!?…。！？؟۔"


@given(WRITING, LIMITS)
def test_an_excerpt_invents_nothing(text: str, limit: int) -> None:
    cut = excerpt(text, limit).removesuffix("…").rstrip()
    assert " ".join(text.split()).startswith(cut)


@pytest.mark.parametrize(
    ("text", "limit", "cut"),
    [
        ("Short and whole.", 40, "Short and whole."),
        ("No stop at the end", 40, "No stop at the end…"),
        ("One sentence here. And another that is too long.", 30, "One sentence here."),
        ("He said “never.” Then he left the room again.", 20, "He said “never.”"),
        ("A long first sentence without any end in sight at all", 22, "A long first…"),
        ("Unbreakablewordthatgoeson", 10, "Unbreakab…"),
        ("", 20, ""),
    ],
)
def test_excerpts_by_example(text: str, limit: int, cut: str) -> None:
    assert excerpt(text, limit) == cut


def test_tags_are_dropped_and_addresses_encoded() -> None:
    assert plain('It <a href="/x/">was</a> so') == "It was so"
    assert url("/порт/") == "/%D0%BF%D0%BE%D1%80%D1%82/"
    assert url('/a"b/') == "/a%22b/"
    assert url("https://x.example/?q=1#y") == "https://x.example/?q=1#y"


def test_each_language_writes_dates_and_lists_its_own_way() -> None:
    at = datetime(2026, 11, 23, 9, 9, tzinfo=UTC)
    assert formats("uk").moment(at, "Europe/Kyiv") == "23 листопада 2026\u00a0р., 11:09\u00a0GMT+2"
    assert formats("uk").short_day(at, "Europe/Kyiv") == "23 лист. 2026\u00a0р."
    assert formats("ar").moment(at, "Europe/Kyiv") == "23 نوفمبر 2026، 11:09\u00a0ص\u00a0غرينتش+2"
    assert formats("ar").short_day(at, "Europe/Kyiv") == "23 نوفمبر 2026"
    assert formats("en-GB").day(at, "Europe/London") == "23 November 2026"
    assert formats("uk").listing(2) == "{0} і {1}"
    assert formats("ar").listing(3).format("أ", "ب", "ج") == "أ وب وج"
    assert formats("ar").direction == "rtl"


def test_weekday_and_month_are_spelt_out_in_the_languages_own_order() -> None:
    day = date(2026, 11, 23)
    shown = {language: formats(language).weekday(day) for language in ("en", "en-GB", "uk", "ar", "de", "ja")}
    assert shown == {
        "en": "Monday, November 23",
        "en-GB": "Monday 23 November",
        "uk": "понеділок, 23 листопада",
        "ar": "الاثنين، 23 نوفمبر",
        "de": "Montag, 23. November",
        "ja": "11月23日月曜日",
    }


def test_a_heading_begins_with_a_capital_where_there_are_capitals() -> None:
    assert formats("uk").month_name(date(2026, 11, 1)) == "Листопад"
    assert capitalised("понеділок") == "Понеділок"
    assert capitalised("ქართული") == "ქართული"
    assert capitalised("") == ""
