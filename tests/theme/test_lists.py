"""Front, section, topic, author, archive, column, and the pages of addresses that hold nothing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from standfirst.editions.documents import Byline, Document, Front, PictureUse, Story
from tests.theme.samples import PUBLISHED, SITE, site_documents, story
from tests.theme.source import MemorySource, render, soup_of


def stories(number: int, **more: Any) -> list[Story]:
    """Return stories by turns of the four sections, newest first, an hour apart."""
    sections = ("harbour", "council", "river", "culture")
    fields = {"topics": ("dredging",), "bylines": (Byline(author="ines"),)} | more
    return [
        story(
            f"s{i:02}",
            **({"section": sections[i % 4], "published_at": PUBLISHED - timedelta(hours=i)} | fields),
        )
        for i in range(number)
    ]


def source(*documents: Document, front: Front | None = None) -> MemorySource:
    base = [d for d in site_documents() if front is None or d.kind != "front"]
    return MemorySource([*base, *([front] if front else []), *documents])


def headlines(page: Any, selector: str) -> list[str]:
    return [link["href"].strip("/") for link in page.select(f":is({selector}) a")]


class TestFront:
    def test_fills_itself_newest_first_and_shows_no_story_twice(self) -> None:
        page = soup_of(source(*stories(30)), "front-page", "front:en", "/")
        assert headlines(page, ".lead__headline") == ["s00"]
        assert headlines(page, ".second .card__headline") == ["s01", "s02", "s03"]
        # The column may repeat what a section shows below; the lead and the second row stand once.
        above = headlines(page, ".lead__headline") + headlines(page, ".second .card__headline")
        assert not set(above) & set(headlines(page, ".timeline") + headlines(page, ".band .card__headline"))
        bands = headlines(page, ".band .card__headline")
        assert len(bands) == len(set(bands))

    def test_puts_the_editors_choice_first(self) -> None:
        front = Front(id="en", language="en", path="/", lead="s09", second=("s05",), sections=("river",))
        page = soup_of(source(*stories(12), front=front), "front-page", "front:en", "/")
        assert headlines(page, ".lead__headline") == ["s09"]
        assert headlines(page, ".second .card__headline") == ["s05", "s00", "s01"]
        assert [band.get_text() for band in page.select(".band__title")] == ["River"]

    def test_a_chosen_story_that_is_withdrawn_makes_room_for_the_newest(self) -> None:
        front = Front(id="en", language="en", path="/", lead="withdrawn", second=("gone", "s02"))
        page = soup_of(source(*stories(5), front=front), "front-page", "front:en", "/")
        assert headlines(page, ".lead__headline") == ["s00"]
        assert headlines(page, ".second .card__headline") == ["s02", "s01", "s03"]

    def test_says_what_will_be_there_before_the_first_story(self) -> None:
        page = soup_of(source(), "front-page", "front:en", "/")
        assert "The first story that The Tern publishes will lead this page." in page.main.get_text()
        assert not page.select(".band, .latest")

    def test_has_one_h1_the_newsrooms_name(self) -> None:
        page = soup_of(source(*stories(6)), "front-page", "front:en", "/")
        assert [h1.get_text() for h1 in page.select("h1")] == ["The Tern"]


class TestLists:
    PAGES = (
        ("section-page", "section:harbour"),
        ("topic-page", "topic:dredging"),
        ("author-page", "author:ines"),
    )

    @pytest.mark.parametrize(("renderer", "owner"), PAGES)
    def test_show_the_newest_thirty_then_lead_to_the_archive(self, renderer: str, owner: str) -> None:
        many = [s.model_copy(update={"section": "harbour"}) for s in stories(40)]
        page = soup_of(source(*many), renderer, owner)
        shown = headlines(page, ".row__headline, .card__headline")
        assert shown == [f"s{i:02}" for i in range(30)]
        assert page.select_one(".more a")["href"] == "/archive/"

    @pytest.mark.parametrize(("renderer", "owner"), PAGES)
    def test_say_what_will_be_here(self, renderer: str, owner: str) -> None:
        page = soup_of(source(), renderer, owner)
        assert "will appear here" in page.select_one(".empty").get_text()
        assert not page.select(".more")

    def test_a_section_marks_itself_in_the_navigation(self) -> None:
        page = soup_of(source(*stories(4)), "section-page", "section:river")
        assert [a.get_text() for a in page.select("nav [aria-current]")] == ["River"]

    def test_an_author_is_introduced(self) -> None:
        page = soup_of(source(*stories(2)), "author-page", "author:ines")
        assert page.h1.get_text() == "Ines Halloran"
        assert page.select_one(".author__portrait img")["alt"] == "Ines Halloran in a raincoat"
        assert [a.get_text() for a in page.select(".author__links a")] == ["E-mail", "social.example"]

    @pytest.mark.parametrize(
        "renderer", ["section-page", "topic-page", "author-page", "story-page", "front-page"]
    )
    def test_a_record_that_is_not_public_is_drawn_as_gone(self, renderer: str) -> None:
        rendered, _ = render(source(), renderer, f"{renderer.split('-')[0]}:none")
        assert rendered.status == 410


class TestArchive:
    def test_months_by_year_newest_first(self) -> None:
        months = [story(f"m{i}", published_at=PUBLISHED - timedelta(days=31 * i)) for i in range(14)]
        page = soup_of(source(*months), "archive-page", "front:en", "/archive/")
        assert [year.get_text() for year in page.select(".year__name")] == ["2026", "2025"]
        links = [(a.get_text(), a["href"]) for a in page.select(".year__months a")]
        assert links[:2] == [("November", "/archive/2026/11/"), ("October", "/archive/2026/10/")]

    def test_an_empty_archive_says_so(self) -> None:
        assert soup_of(source(), "archive-page", "front:en").select_one(".empty")

    def test_a_month_by_days_in_the_sites_zone(self) -> None:
        page = soup_of(source(*stories(12)), "month-page", "list:month/en/2026-11", "/archive/2026/11/")
        assert page.h1.get_text() == "November 2026"
        days = [time["datetime"] for time in page.select(".archive-day__title time")]
        assert days == ["2026-11-23"]  # 22:09 UTC of the 22nd is past midnight in Kyiv
        clocks = [time["datetime"] for time in page.select(".archive-day__stories time")]
        assert clocks == sorted(clocks, reverse=True)
        assert clocks[0].endswith("+02:00")

    def test_a_crowded_month_leads_to_its_days_and_reads_no_story(self) -> None:
        records = source(*stories(3))
        records.values["list:days/en/2026-11/all"] = ("2026-11-23", "2026-11-22")
        rendered, reader = render(records, "month-page", "list:month/en/2026-11")
        assert rendered.body.count(b'href="/archive/2026/11/2') == 2
        assert not [key for key in reader.keys if key.startswith("story:")]

    def test_a_day(self) -> None:
        page = soup_of(source(*stories(3)), "month-page", "list:month/en/2026-11-23")
        assert page.h1.get_text() == "Monday, November 23, 2026"
        assert len(page.select(".archive-day__stories li")) == 3


class TestColumn:
    def test_is_a_small_page_whose_links_leave_the_frame(self) -> None:
        page = soup_of(source(*stories(30)), "latest-fragment", "front:en", "/_f/latest/")
        assert page.base["target"] == "_top"
        assert page.select_one("meta[name=robots]")["content"] == "noindex"
        times = [time["datetime"] for time in page.select(".timeline time")]
        assert times == sorted(times, reverse=True)
        assert len(times) == 14

    def test_says_what_will_be_here(self) -> None:
        assert soup_of(source(), "latest-fragment", "front:en").select_one("[data-part] .empty")


class TestNothingHere:
    @pytest.mark.parametrize("status", [404, 410, 503])
    def test_answers_with_its_status_and_ways_on(self, status: int) -> None:
        rendered, _ = render(source(), "error-page", "site:main", f"/_e/{status}/")
        page = soup_of(source(), "error-page", "site:main", f"/_e/{status}/")
        assert rendered.status == status
        assert page.h1.get_text()
        assert page.select_one("meta[name=robots]")["content"] == "noindex"
        assert not page.select("link[rel=canonical]")
        assert {"/", "/archive/", "/section/river/"} <= {a["href"] for a in page.select(".error__ways a")}

    def test_speaks_the_language_of_its_address(self) -> None:
        documents = [SITE.model_copy(update={"languages": ("en", "uk")}), *site_documents()[1:]]
        for path, language in (("/_e/404/", "en"), ("/uk/_e/404/", "uk")):
            # The address of every one of them says "en": it is that of the site's own record.
            page = soup_of(MemorySource(documents), "error-page", "site:main", path, language="en")
            assert page.html["lang"] == language

    def test_gone_names_nothing_of_what_stood_there(self) -> None:
        records = source(story("secret", headline="What nobody should read"))
        rendered, reader = render(records, "gone", "story:secret", "/secret/")
        assert rendered.status == 410
        assert b"secret" not in rendered.body
        assert b"nobody should read" not in rendered.body
        assert not [key for key in reader.keys if key.startswith("story:")]

    def test_gone_is_drawn_for_an_address_without_an_owner(self) -> None:
        assert render(source(), "gone", "", "/old/")[0].status == 410


def test_pictures_on_cards_are_for_the_eye_alone() -> None:
    page = soup_of(
        source(*stories(30, hero=PictureUse(media="crane", alt="A crane"))), "front-page", "front:en"
    )
    assert {image["alt"] for image in page.select(".card img, .lead img")} == {""}
    assert page.select_one(".lead img")["fetchpriority"] == "high"
    assert {image.get("loading") for image in page.select(".card img")} == {"lazy"}


@pytest.mark.parametrize(("number", "shapes"), [(1, {"one"}), (2, {"pair"}), (4, {"a", "b", "c"})])
def test_a_section_on_the_front_is_set_by_how_much_it_has(number: int, shapes: set[str]) -> None:
    above = stories(4)
    below = [
        story(f"{section}{i}", section=section, published_at=PUBLISHED - timedelta(days=1 + i))
        for section in ("harbour", "council", "river")
        for i in range(number)
    ]
    page = soup_of(source(*above, *below), "front-page", "front:en", "/")
    assert {band["class"][1].removeprefix("band--") for band in page.select(".band")} == shapes
