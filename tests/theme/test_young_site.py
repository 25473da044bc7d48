"""A site with no story, with one, with a few: every place says what will be there, or is not there at all."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from standfirst.editions.documents import Document, Front, Navigation, PictureUse, Site
from tests.theme.samples import SECTIONS, SITE, media, site_documents
from tests.theme.source import MemorySource, soup_of
from tests.theme.test_lists import stories

HERO = PictureUse(media="crane", alt="A crane")


def front(*documents: Document, without: tuple[str, ...] = (), site: Site = SITE) -> BeautifulSoup:
    base = [d for d in site_documents() if d.kind not in (*without, "site")]
    return soup_of(MemorySource([site, *base, *documents]), "front-page", "front:en", "/")


def test_an_empty_front_names_what_will_be_reported_on() -> None:
    page = front()
    shelves = page.select(".shelves__list li")
    assert [shelf.h3.get_text() for shelf in shelves] == [section.name for section in SECTIONS]
    assert shelves[0].p.get_text() == SECTIONS[0].description
    assert shelves[-1].p is None  # a section without a description has its name alone
    assert not page.select(".front, .latest, .empty")


def test_an_empty_front_without_sections_has_its_message_alone() -> None:
    page = front(without=("section", "navigation"))
    assert page.select_one(".front-empty h2")
    assert not page.select(".shelves, nav")


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_a_few_stories_fill_the_front_without_an_empty_column(number: int) -> None:
    page = front(*stories(number, hero=HERO))
    assert page.select_one(".front")["class"] == ["front", "front--alone"]
    assert page.select_one(".lead__headline")
    assert not page.select(".front__side, .empty")
    assert [second["class"] for second in page.select(".second")] == (
        [["second", f"second--{number - 1}"]] if number > 1 else []
    )
    assert page.select(".shelves")  # no section has a band of its own yet


def test_the_column_comes_with_the_fifth_story_and_the_list_of_sections_goes() -> None:
    page = front(*stories(9))
    assert page.select_one(".front")["class"] == ["front"]
    assert page.select(".front__side .timeline li")
    assert page.select(".band")
    assert not page.select(".shelves")


def test_the_list_of_sections_is_the_one_that_editors_chose() -> None:
    chosen = Front(id="en", language="en", path="/", sections=("river",))
    page = front(chosen, without=("front",))
    assert [shelf.get_text() for shelf in page.select(".shelves h3")] == ["River"]


@pytest.mark.parametrize(
    ("renderer", "owner"),
    [("section-page", "section:harbour"), ("topic-page", "topic:dredging"), ("author-page", "author:ines")],
)
def test_a_list_that_shows_everything_leads_to_nothing_older(renderer: str, owner: str) -> None:
    harbour = [one.model_copy(update={"section": "harbour"}) for one in stories(30)]
    for number, links in ((1, 0), (29, 0), (30, 1)):
        source = MemorySource([*site_documents(), *harbour[:number]])
        assert len(soup_of(source, renderer, owner).select(".more a")) == links


def test_a_very_long_name_is_set_smaller() -> None:
    long = SITE.model_copy(update={"name": "The Independent Weekly Courier of the Outer Islands"})
    assert "nameplate--long" in front(site=long).select_one(".nameplate")["class"]
    assert "nameplate--long" not in front().select_one(".nameplate")["class"]


def test_a_logo_stands_for_the_name_and_says_it() -> None:
    site = SITE.model_copy(update={"logo": PictureUse(media="mark", alt="")})
    page = front(media("mark", 600, 150), Navigation(id="uk", language="uk"), site=site)
    assert page.select_one(".nameplate img")["alt"] == "The Tern"
