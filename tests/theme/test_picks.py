"""Editors' picks: PAGE.md row 19."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup

from standfirst.editions.documents import Story
from standfirst.theme.parts.latest import SHOWN as IN_COLUMN
from tests.theme.samples import PUBLISHED, site_documents, story
from tests.theme.source import MemorySource, render, soup_of


def told(name: str, form: str, days: int, **more: Any) -> Story:
    return story(name, format=form, published_at=PUBLISHED - timedelta(days=days), **more)


def news(number: int) -> list[Story]:
    """Return news of today, newer than all else."""
    return [story(f"n{n:02}", published_at=PUBLISHED + timedelta(minutes=n)) for n in range(number)]


def fragment(*stories: Story) -> BeautifulSoup:
    source = MemorySource([*site_documents(), *news(IN_COLUMN), *stories])
    return soup_of(source, "picks-fragment", "front:en", "/_f/picks/")


def front(*stories: Story) -> BeautifulSoup:
    return soup_of(MemorySource([*site_documents(), *stories]), "front-page", "front:en", "/")


def picked(page: BeautifulSoup) -> list[str]:
    return [a["href"].strip("/") for a in page.select(".pick__headline a, .band--picks h3 a")]


LASTING = (
    told("long", "long_read", 1), told("view", "opinion", 2), told("view2", "opinion", 3),
    told("why", "explainer", 4), told("prints", "gallery", 5), told("talk", "q_and_a", 6),
)  # fmt: skip


class TestRule:
    def test_takes_the_newest_of_each_format_then_the_rest(self) -> None:
        assert picked(fragment(*LASTING)) == ["long", "view", "why", "prints", "talk", "view2"]

    def test_takes_no_news_and_nothing_that_was_retracted(self) -> None:
        assert picked(fragment(told("old", "news", 1), told("wrong", "opinion", 1, retraction="No."))) == []

    def test_looks_no_further_back_than_the_newest_thirty(self) -> None:
        filler = [told(f"f{n}", "news", 0) for n in range(30 - IN_COLUMN)]
        assert picked(fragment(*filler, told("long", "long_read", 9))) == []
        assert picked(fragment(*filler[1:], told("long", "long_read", 9))) == ["long"]


class TestFragment:
    def test_repeats_nothing_of_the_column_above_it(self) -> None:
        many = news(IN_COLUMN - 1)
        source = MemorySource([*site_documents(), *many, *LASTING])
        column = soup_of(source, "latest-fragment", "front:en").select(".timeline a")
        picks = picked(soup_of(source, "picks-fragment", "front:en"))
        assert picks
        assert not {a["href"].strip("/") for a in column} & set(picks)

    def test_without_picks_there_is_no_heading(self) -> None:
        assert not fragment().select("h2, [data-part]")

    def test_each_stands_at_a_place_where_its_own_page_hides_it(self) -> None:
        page = fragment(*LASTING)
        assert [pick["id"] for pick in page.select("[data-once]")] == [f"s-{name}" for name in picked(page)]

    def test_carries_the_status_of_what_it_names(self) -> None:
        from standfirst.editions.documents import Claim

        doubtful = told("long", "long_read", 1, claims=(Claim(id="c", text="x", status="disputed"),))
        assert fragment(doubtful).select_one(".pick .status").get_text() == "Disputed claims"


class TestFront:
    def test_shows_four_that_stand_nowhere_else_on_the_page(self) -> None:
        page = front(*news(12), *LASTING)
        picks = picked(page)
        assert picks == ["long", "view", "why", "prints"]
        links = [a["href"].strip("/") for a in page.main.select("h2 a, h3 a, .timeline p a")]
        assert all(links.count(name) == 1 for name in picks)

    def test_without_any_there_is_no_heading(self) -> None:
        assert not front(*news(12)).select(".band--picks")

    @pytest.mark.parametrize(("number", "shape"), [(1, "one"), (2, "pair"), (3, "c"), (4, "c")])
    def test_is_set_by_how_many_there_are(self, number: int, shape: str) -> None:
        page = front(*news(12), *(told(f"t{n}", "explainer", n + 1) for n in range(number)))
        assert f"band--{shape}" in page.select_one(".band--picks")["class"]

    def test_reads_cards_alone(self) -> None:
        _, reader = render(MemorySource([*site_documents(), *news(12), *LASTING]), "front-page", "front:en")
        assert not [key for key in reader.keys if key.startswith("story:") and key.endswith("/body")]


def test_a_section_of_opinions_is_set_in_words_alone() -> None:
    views = [told(f"v{n}", "opinion", n + 1, section="culture", bylines=()) for n in range(3)]
    mixed = [told("m", "opinion", 4, section="river"), told("m2", "news", 5, section="river")]
    page = front(*news(12), *LASTING, *views, *mixed)
    bands = {band.h2.get_text(): band for band in page.select(".band")}
    assert "band--voices" in bands["Culture"]["class"]
    assert "band--pair" in bands["River"]["class"]
    assert not bands["Culture"].select("img")
