"""The text edition: the whole story, under 10 kB a page, in every language."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from bs4 import BeautifulSoup

from standfirst.editions.documents import Claim, Correction, Paragraph, PictureUse, Story, Table
from standfirst.theme.pages import text_story
from tests.syndication.newsroom import PUBLISHED, MemorySource, body_of, documents, ferry, full, story
from tests.theme.samples import long_story

MOST = 10_000  # bytes


def page(source: MemorySource, one: Story, path: str = "", **more: Any) -> BeautifulSoup:
    return BeautifulSoup(
        body_of(source, "text-story", one.record, path or f"/text{one.path}", **more), "html.parser"
    )


def addresses(one: Story) -> list[str]:
    return [*text_story.first_paths(one), *text_story.later_paths(one)]


def bodies(source: MemorySource, one: Story) -> list[bytes]:
    return [body_of(source, "text-part", one.record, path, language=one.language) for path in addresses(one)]


def long(language: str, words: str, blocks: int = 60, **more: Any) -> Story:
    """Return a story of about 3,000 words."""
    prefix = "/" if language == "en" else f"/{language}/"
    body = tuple(Paragraph(id=f"b{n}", html=f"{n}. {words}") for n in range(blocks))
    fields = {"language": language, "path": f"{prefix}long/", "body": body, "section": None, "bylines": ()}
    return story("long", **(fields | more))


SENTENCE = {
    "en": "The pilots met on the quay before first light and went through the charts berth by berth. " * 3,
    "uk": "Лоцмани зібралися на причалі ще до світанку і пройшли карти причал за причалом, з олівцем. " * 3,
    "ar": "اجتمع المرشدون على الرصيف قبل الفجر وراجعوا الخرائط مرسى بعد مرسى والقلم في اليد. " * 3,
}


class TestStory:
    def test_has_all_words_in_their_order_before_any_navigation(self) -> None:
        one = full()
        text = page(MemorySource(documents(one, ferry())), one)
        words = " ".join(text.body.get_text(" ").split())
        order = [
            one.headline, "Unverified claims", one.standfirst, "By Ines Halloran and A. Guest",
            "[Picture: A crane. The crane. (Osei Lindqvist / Tern Pictures via Norden)]",
            "Kestrel Point — The tide turned at", "What the vote changes", "First the survey",
            "Lena Orde, pilot",
            "Open on Birdsong", "Related story: The last ferry", "11 m", "The vote was 14 to 9.",
            "Nobody left early.",
            "The Tern could not verify this.", "It was 14, not 13.", "This page with its pictures",
        ]  # fmt: skip
        places = [words.replace(" .", ".").replace(" ,", ",").find(said) for said in order]
        assert -1 not in places, order[places.index(-1)]
        assert places == sorted(places)

    def test_has_no_picture_script_or_style_of_its_own(self) -> None:
        one = full()
        body = body_of(MemorySource(documents(one, ferry())), "text-story", one.record, "/text/dredger/")
        text = BeautifulSoup(body, "html.parser")
        assert not text.select("img, script, style, svg, iframe, [style], [class]:not(.name)")
        assert len(text.select("link[rel=stylesheet]")) == 1
        assert len(body) < MOST

    def test_is_the_storys_own_by_its_canonical_and_the_story_names_it(self) -> None:
        one = full()
        source = MemorySource(documents(one, ferry()))
        assert page(source, one).select_one("link[rel=canonical]")["href"] == "https://tern.example/dredger/"
        whole = BeautifulSoup(body_of(source, "story-page", one.record, one.path), "html.parser")
        assert whole.select_one('link[rel=alternate][type="text/html"]')["href"] == "/text/dredger/"
        assert whole.select_one(".story__foot a[href='/text/dredger/']")
        assert whole.select_one(".foot a[href='/text/']")

    def test_leads_to_the_text_edition_of_a_related_story(self) -> None:
        one = full()
        assert page(MemorySource(documents(one, ferry())), one).select_one('a[href="/text/ferry/"]')

    def test_says_that_it_was_retracted_before_its_text(self) -> None:
        one = full(retraction="We <em>withdraw</em> it.", claims=())
        found = page(MemorySource(documents(one)), one).find_all("p")
        assert [p.get_text() for p in found[:2]] == ["Retracted", "We withdraw it."]

    def test_says_that_there_is_more_for_members_and_shows_none_of_it(self) -> None:
        one = story(access="members", gated_blocks=3)
        assert "The rest of this story is for members." in page(MemorySource(documents(one)), one).get_text()


class TestParts:
    @pytest.mark.parametrize("language", SENTENCE)
    def test_of_a_long_story_are_under_ten_kilobytes_and_hold_all_of_it_once(self, language: str) -> None:
        one = long(language, SENTENCE[language].strip())
        found = bodies(MemorySource(documents(one)), one)
        assert len(found) > 1
        assert max(map(len, found)) < MOST
        text = "\n".join(BeautifulSoup(body, "html.parser").main.get_text() for body in found)
        assert [int(n) for n in re.findall(r"^(\d+)\. ", text, re.MULTILINE)] == list(range(60))

    def test_of_a_story_with_every_block_are_under_ten_kilobytes(self) -> None:
        one = long_story(60)
        found = bodies(MemorySource(documents(one, ferry())), one)
        assert max(map(len, found)) < MOST

    def test_lead_from_one_to_the_next_and_repeat_what_a_reader_must_know(self) -> None:
        doubt = Claim(id="c", text="x", status="disputed")
        one = long("en", SENTENCE["en"].strip(), claims=(doubt,))
        source, paths = MemorySource(documents(one)), addresses(one)
        assert paths[:2] == ["/text/long/", "/text/long/2/"]
        for number, path in enumerate(paths, start=1):
            text = page(source, one, path)
            assert text.h1.get_text() == one.headline
            assert "Disputed claims" in text.main.get_text()
            assert f"Part {number} of {len(paths)}" in text.get_text()
            onward = text.select_one("a[rel=next]")
            assert (onward["href"] if onward else None) == (paths[number] if number < len(paths) else None)

    def test_a_short_story_has_one(self) -> None:
        assert addresses(story()) == ["/text/dredger/"]
        assert "Part" not in page(MemorySource(documents(story())), story()).get_text()

    def test_many_corrections_get_a_page_of_their_own(self) -> None:
        notes = tuple(Correction(at=PUBLISHED, text="It was 14 to 9. " * 20) for _ in range(15))
        one = long("en", SENTENCE["en"].strip(), blocks=20, corrections=notes)
        found = bodies(MemorySource(documents(one)), one)
        assert max(map(len, found)) < MOST
        assert [body.count(b"It was 14 to 9. It was") > 0 for body in found] == [False] * (len(found) - 1) + [
            True
        ]

    def test_a_block_larger_than_a_page_stands_alone(self) -> None:
        rows = tuple(("A berth of the harbour", "9.1 m") for _ in range(200))
        body = (Paragraph(id="a", html="Before."), Table(id="t", rows=rows), Paragraph(id="z", html="After."))
        assert len(addresses(story(body=body))) == 3


class TestLists:
    def test_the_front_lists_the_newest_with_their_status_and_leads_to_sections(self) -> None:
        doubt = Claim(id="c", text="x", status="disputed")
        source = MemorySource(documents(full(claims=()), ferry(claims=(doubt,))))
        front = BeautifulSoup(body_of(source, "text-front", "front:en", "/text/"), "html.parser")
        assert [(a["href"], a.get_text()[:10]) for a in front.select("main a")] == [
            ("/text/dredger/", "“We were g"), ("/text/ferry/", "[Disputed "),
        ]  # fmt: skip
        assert front.select_one('nav a[href="/text/section/harbour/"]')

    def test_a_section_has_its_own(self) -> None:
        source = MemorySource(documents(full(), ferry()))
        section = BeautifulSoup(
            body_of(source, "text-section", "section:harbour", "/text/section/harbour/"), "html.parser"
        )
        assert [a["href"] for a in section.select("main a")] == ["/text/dredger/"]

    @pytest.mark.parametrize("language", ["en", "uk", "ar"])
    def test_stay_under_ten_kilobytes_in_every_language(self, language: str) -> None:
        headline = SENTENCE[language][:180]
        prefix = "/" if language == "en" else f"/{language}/"
        many = [
            story(
                f"s{n}",
                language=language,
                path=f"{prefix}{'шлях-історії-' * 3}{n}/",
                headline=headline,
                section=None,
            )
            for n in range(30)
        ]
        body = body_of(
            MemorySource(documents(*many)),
            "text-front",
            f"front:{language}",
            f"/text{prefix}",
            language=language,
        )
        assert len(body) < MOST
        assert body.count(b"<li>") > 8

    @pytest.mark.parametrize(
        ("language", "shown"),
        [("en", "November 25, 2026"), ("uk", "25 листопада 2026"), ("ar", "25 نوفمبر 2026")],
    )
    def test_say_the_day_of_each_story_to_people_and_to_machines(self, language: str, shown: str) -> None:
        prefix = "/" if language == "en" else f"/{language}/"
        at = datetime(2026, 11, 24, 22, 30, tzinfo=UTC)
        one = story(language=language, path=f"{prefix}dredger/", section=None, published_at=at)
        source = MemorySource(documents(one))
        body = body_of(source, "text-front", f"front:{language}", f"/text{prefix}", language=language)
        when = BeautifulSoup(body, "html.parser").select("main li time")
        assert [datetime.fromisoformat(str(one["datetime"])) for one in when] == [at]
        assert shown in when[0].get_text()

    def test_of_thirty_headlines_of_a_usual_length_is_whole(self) -> None:
        headline = "The council votes to move the night ferry to the old quay"
        many = [
            story(f"s{n}", path=f"/the-night-ferry-moves-{n}/", headline=headline, section=None)
            for n in range(30)
        ]
        body = body_of(MemorySource(documents(*many)), "text-front", "front:en", "/text/")
        assert body.count(b"<li>") >= 30
        assert len(body) < MOST

    def test_say_what_will_be_there(self) -> None:
        assert b"Stories will be listed here" in body_of(
            MemorySource(documents()), "text-front", "front:en", "/text/"
        )


def test_a_picture_whose_licence_ended_is_not_described() -> None:
    one = full(hero=PictureUse(media="none", alt="Hidden"))
    assert "Hidden" not in page(MemorySource(documents(one)), one).get_text()
