"""Each format has its own quiet character, made of the same parts."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from standfirst.editions.documents import Byline, Story
from tests.theme.formats import clock, crossing, dam, guest, pictures, prints, questions
from tests.theme.samples import every_block, ferry, site_documents, story
from tests.theme.source import MemorySource, soup_of, story_page


def page_of(one: Story) -> BeautifulSoup:
    return story_page(MemorySource([*site_documents(), *pictures(), one, ferry()]), one)


def kinds(page: BeautifulSoup) -> list[str]:
    """Return what a body is made of, in order."""
    return [(child.get("class") or [child.name])[0] for child in page.select(".text > *")]


@pytest.mark.parametrize(
    ("one", "form"),
    [
        (story(), "news"), (crossing(), "long_read"), (clock(), "opinion"), (dam(), "explainer"),
        (prints(), "gallery"), (questions(), "q_and_a"),
    ],
)  # fmt: skip
def test_a_page_says_its_format_to_the_style_sheet_alone(one: Story, form: str) -> None:
    page = page_of(one)
    assert page.select_one("article.story")["class"] == ["story", f"story--{form}"]
    assert bool(page.select(".page--alone")) is (form in ("long_read", "gallery"))
    assert bool(page.select(".page--beside")) is (form not in ("long_read", "gallery"))


class TestLongRead:
    def test_the_dateline_stands_on_its_own_line_before_a_large_letter(self) -> None:
        first, second = page_of(crossing()).select(".text > p")[:2]
        assert (first["class"], first.get_text()) == (["dateline"], "On board the Vesper")
        assert second.get_text().startswith("The pilots met")

    def test_without_a_dateline_the_text_begins_at_once(self) -> None:
        assert page_of(crossing(dateline="")).select_one(".text > p").get_text().startswith("The pilots met")


class TestOpinion:
    def test_whose_it_is_comes_first_with_a_face(self) -> None:
        head = page_of(clock()).select_one(".story__head")
        order = [e.name for e in head.select(".label, .byline__portrait, a[rel=author], h1, .byline__facts")]
        assert order == ["p", "div", "a", "h1", "p"]
        assert head.select_one(".byline__portrait img")["alt"] == "Ines Halloran in a raincoat"

    @pytest.mark.parametrize("bylines", [guest(), (Byline(author="ines"), Byline(author="marek")), ()])
    def test_a_guest_or_several_stand_there_without_one(self, bylines: tuple[Byline, ...]) -> None:
        head = page_of(clock(bylines=bylines)).select_one(".story__head")
        assert not head.select("img")
        assert len(head.select(".byline__names")) == (1 if bylines else 0)

    def test_other_stories_read_no_more_of_an_author_than_the_name(self) -> None:
        assert not page_of(story()).select(".story__head img")

    def test_on_a_card_the_name_comes_before_the_headline_and_not_again(self) -> None:
        card = soup_of(
            MemorySource([*site_documents(), clock(section="council")]), "section-page", "section:council"
        )
        shown = card.select_one(".card")
        assert [e.get_text() for e in shown.select(".voice, h2")] == ["Ines Halloran", "A headline for clock"]
        assert shown.get_text().count("Ines Halloran") == 1


class TestExplainer:
    def test_the_facts_come_first_then_what_it_holds_then_the_text(self) -> None:
        page = page_of(dam())
        assert kinds(page) == ["facts", "contents", "p", *["h2", "p"] * 4]

    def test_the_list_leads_to_every_heading_by_its_words(self) -> None:
        page = page_of(dam())
        links = {a["href"]: a.get_text() for a in page.select(".contents a")}
        headings = {f"#{h['id']}": h.get_text() for h in page.select(".text > h2")}
        assert links == headings
        assert "Who & when?" in links.values()

    def test_three_headings_need_no_list(self) -> None:
        assert not page_of(dam(body=dam().body[:-2])).select(".contents")
        assert page_of(dam()).select(".contents")

    def test_one_without_facts_or_headings_is_left_as_it_is(self) -> None:
        assert kinds(page_of(story(format="explainer"))) == ["p"]

    def test_other_formats_keep_the_editors_order(self) -> None:
        news = page_of(story(body=every_block()))
        assert kinds(news).index("facts") > kinds(news).index("table")
        assert not news.select(".contents")


class TestGallery:
    def test_pictures_are_numbered_through_and_those_in_a_row_are_one_strip(self) -> None:
        page = page_of(prints())
        assert kinds(page) == ["p", "strip", "p", "strip", "p"]
        assert [n.get_text() for n in page.select(".plate__number")] == ["1 of 3", "2 of 3", "3 of 3"]
        assert [len(strip.select(".plate")) for strip in page.select(".strip")] == [2, 1]

    def test_a_hero_that_is_one_of_them_is_not_shown_twice(self) -> None:
        assert not page_of(prints()).select(".hero")
        assert page_of(prints(body=prints().body[:4])).select(".hero")

    def test_the_script_is_asked_for_by_galleries_alone(self) -> None:
        def scripts(one: Story) -> int:
            return len(page_of(one).select("script[type=module]"))

        assert scripts(prints()) == scripts(story()) + 1


def test_questions_are_headings_and_answers_paragraphs() -> None:
    assert kinds(page_of(questions())) == ["p", "h2", "p", "h3", "p"]
