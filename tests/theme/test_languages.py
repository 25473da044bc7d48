"""Pages in several languages: how they lead to each other, and how each is written."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup

from standfirst.editions.documents import (
    Author,
    Byline,
    Credit,
    Document,
    Front,
    Navigation,
    PlainPage,
    RelatedStory,
    Section,
    SiteName,
    Story,
    Topic,
)
from standfirst.theme.locales import formats
from standfirst.theme.parts.picture import credit_line
from standfirst.theme.strings import spoken, strings
from standfirst.theme.text import isolated
from tests.theme.samples import PUBLISHED, SITE, site_documents, story
from tests.theme.source import MemorySource, render, soup_of, story_page

THREE = SITE.model_copy(update={"languages": ("en", "uk", "ar")})
UK = story(
    "uk1", language="uk", path="/uk/паром/", headline="Пором лишається", translation_of="ferry",
    section=None, bylines=(),
)  # fmt: skip
AR = story(
    "ar1", language="ar", path="/ar/العبارة/", headline="العبّارة باقية", translation_of="ferry",
    section=None, bylines=(),
)  # fmt: skip
FERRY = story("ferry", headline="The ferry stays")
ALONE = story("alone")


def fronts() -> list[Document]:
    return [
        document
        for language in ("uk", "ar")
        for document in (
            Front(id=language, language=language, path=f"/{language}/"),
            Navigation(id=language, language=language),
        )
    ]


def source(*more: Document) -> MemorySource:
    return MemorySource([*site_documents(), THREE, *fronts(), *more])


def alternates(page: BeautifulSoup) -> dict[str, str]:
    return {link["hreflang"]: link["href"] for link in page.select("link[rel=alternate][hreflang]")}


def switch(page: BeautifulSoup) -> dict[str, str]:
    return {link["hreflang"]: link["href"] for link in page.select(".languages a")}


class TestAlternates:
    EVERY = {
        "en": "https://tern.example/ferry/",
        "uk": "https://tern.example/uk/%D0%BF%D0%B0%D1%80%D0%BE%D0%BC/",
        "ar": "https://tern.example/ar/%D8%A7%D9%84%D8%B9%D8%A8%D8%A7%D8%B1%D8%A9/",
        "x-default": "https://tern.example/ferry/",
    }

    @pytest.mark.parametrize("told", [FERRY, UK, AR])
    def test_each_of_a_group_names_all_of_it(self, told: Story) -> None:
        page = story_page(source(FERRY, UK, AR), told)
        assert alternates(page) == self.EVERY
        assert page.select_one("link[rel=canonical]")["href"] == self.EVERY[told.language]

    def test_a_story_told_once_names_none(self) -> None:
        assert alternates(story_page(source(ALONE), ALONE)) == {}

    def test_one_that_is_not_public_is_not_named_but_would_be_noticed(self) -> None:
        records = source(FERRY, AR)
        assert set(alternates(story_page(records, FERRY))) == {"en", "ar", "x-default"}
        _, reader = render(records, "story-page", AR.record, AR.path)
        assert {"story:ferry/address", "list:translations/story/ferry/head"} <= reader.keys

    def test_without_the_first_language_the_next_one_is_for_everybody_else(self) -> None:
        assert alternates(story_page(source(UK, AR), AR))["x-default"] == self.EVERY["uk"]

    def test_a_language_that_the_site_has_given_up_is_not_named(self) -> None:
        records = MemorySource(
            [*site_documents(), THREE.model_copy(update={"languages": ("en", "uk")}), FERRY, UK, AR]
        )
        assert set(alternates(story_page(records, FERRY))) == {"en", "uk", "x-default"}

    def test_a_site_of_one_language_reads_no_translations(self) -> None:
        records = MemorySource([*site_documents(), FERRY])
        _, reader = render(records, "story-page", FERRY.record, FERRY.path)
        assert not [key for key in reader.keys if "translations" in key or key.endswith("/address")]

    @pytest.mark.parametrize(
        ("renderer", "first", "second"),
        [
            (
                "section-page",
                Section(id="s", language="en", path="/section/s/", name="Port"),
                Section(id="t", language="uk", path="/uk/section/t/", name="Порт", translation_of="s"),
            ),
            (
                "topic-page",
                Topic(id="s", language="en", path="/topic/s/", name="Fish"),
                Topic(id="t", language="uk", path="/uk/topic/t/", name="Риба", translation_of="s"),
            ),
            (
                "author-page",
                Author(id="s", path="/author/s/", name="Ines Halloran"),  # from before authors had a language
                Author(id="t", language="uk", path="/uk/author/t/", name="Інес Галоран", translation_of="s"),
            ),
            (
                "page-page",
                PlainPage(id="s", language="en", path="/about/", title="About us", changed_at=PUBLISHED),
                PlainPage(
                    id="t",
                    language="uk",
                    path="/uk/about/",
                    title="Про нас",
                    changed_at=PUBLISHED,
                    translation_of="s",
                ),
            ),
        ],
    )
    def test_sections_topics_authors_and_pages_have_them_too(
        self, renderer: str, first: Any, second: Any
    ) -> None:
        records = source(first, second)
        for told in (first, second):
            page = soup_of(records, renderer, told.record, told.path)
            assert alternates(page) == {
                "en": f"https://tern.example{first.path}",
                "uk": f"https://tern.example{second.path}",
                "x-default": f"https://tern.example{first.path}",
            }
            assert switch(page) == {"en": first.path, "uk": second.path, "ar": "/ar/"}

    @pytest.mark.parametrize(("renderer", "below"), [("front-page", ""), ("archive-page", "archive/")])
    def test_fronts_and_archives_are_there_in_every_language(self, renderer: str, below: str) -> None:
        page = soup_of(source(), renderer, "front:uk", f"/uk/{below}", language="uk")
        assert alternates(page) == {
            "en": f"https://tern.example/{below}",
            "uk": f"https://tern.example/uk/{below}",
            "ar": f"https://tern.example/ar/{below}",
            "x-default": f"https://tern.example/{below}",
        }

    @pytest.mark.parametrize(
        ("renderer", "owner", "path"),
        [
            ("error-page", "site:main", "/uk/_e/404/"),
            ("month-page", "list:month/uk/2026-11", "/uk/archive/2026/11/"),
        ],
    )
    def test_pages_without_a_counterpart_lead_to_the_fronts(
        self, renderer: str, owner: str, path: str
    ) -> None:
        page = soup_of(source(UK), renderer, owner, path, language="uk")
        assert alternates(page) == {}
        assert switch(page) == {"en": "/", "uk": "/uk/", "ar": "/ar/"}


class TestSwitch:
    def test_is_not_there_on_a_site_of_one_language(self) -> None:
        page = story_page(MemorySource([*site_documents(), FERRY]), FERRY)
        assert not page.select(".languages")

    def test_leads_to_the_translation_where_there_is_one_and_else_to_the_front(self) -> None:
        page = story_page(source(FERRY, UK), FERRY)
        assert switch(page) == {"en": "/ferry/", "uk": "/uk/%D0%BF%D0%B0%D1%80%D0%BE%D0%BC/", "ar": "/ar/"}

    def test_names_each_language_in_its_own_words_and_marks_the_one_we_read(self) -> None:
        page = story_page(source(FERRY, UK, AR), UK)
        links = page.select(".languages a")
        assert [link.get_text() for link in links] == ["English", "Українська", "العربية"]
        assert [(link["lang"], link["dir"]) for link in links] == [
            ("en", "ltr"),
            ("uk", "ltr"),
            ("ar", "rtl"),
        ]
        assert [link["lang"] for link in links if link.get("aria-current")] == ["uk"]
        assert page.select_one(".languages")["aria-label"] == "Мови"

    def test_a_story_invites_in_the_languages_that_it_is_told_in(self) -> None:
        page = story_page(source(FERRY, UK, AR), UK)
        invited = {a["lang"]: (a.get_text(), a["href"]) for a in page.select(".byline .elsewhere a")}
        assert invited["en"] == ("Read in English", "/ferry/")
        assert invited["ar"][0] == "اقرأ بالعربية"
        assert not story_page(source(FERRY, UK, ALONE), ALONE).select(".elsewhere")

    def test_a_language_we_do_not_speak_invites_by_its_name(self) -> None:
        german = story("de1", language="de", path="/de/f/", translation_of="ferry")
        site = SITE.model_copy(update={"languages": ("en", "de")})
        page = story_page(MemorySource([*site_documents(), site, FERRY, german]), FERRY)
        assert page.select_one(".elsewhere a").get_text() == "Deutsch"
        assert not spoken("de")
        assert spoken("en-GB")


class TestWhatAPageSaysOfItself:
    def test_language_direction_and_script_stand_at_the_root(self) -> None:
        page = story_page(source(FERRY, UK, AR), AR)
        assert (page.html["lang"], page.html["dir"], page.html["data-script"]) == ("ar", "rtl", "Arab")

    def test_the_newsroom_is_called_as_it_is_called_in_the_language(self) -> None:
        names = (
            SiteName(language="ar", name="الخرشنة", tagline="أخبار المصب"),
            SiteName(language="uk", tagline="З лиману"),
        )
        site = THREE.model_copy(update={"names": names})
        records = MemorySource([*site_documents(), site, *fronts(), UK, AR])
        arabic = soup_of(records, "front-page", "front:ar", "/ar/", language="ar")
        assert arabic.select_one(".nameplate").get_text(strip=True) == "الخرشنة"
        assert arabic.title.string == "الخرشنة · أخبار المصب"
        ukrainian = story_page(records, UK)
        assert ukrainian.select_one(".nameplate").get_text(strip=True) == "The Tern"
        assert ukrainian.select_one(".tagline").get_text() == "З лиману"
        assert soup_of(records, "front-page", "front:en", "/").title.string == f"{SITE.name} · {SITE.tagline}"

    def test_open_graph_names_the_locale_and_those_of_its_translations(self) -> None:
        page = story_page(source(FERRY, UK, AR), AR)
        assert page.select_one("meta[property='og:locale']")["content"] == "ar_EG"
        others = page.select("meta[property='og:locale:alternate']")
        assert [other["content"] for other in others] == ["en_US", "uk_UA"]

    def test_a_card_told_in_another_language_says_so(self) -> None:
        mixed = story("mixed", body=(RelatedStory(id="r1", story="ar1"),))
        page = story_page(source(mixed, AR, ALONE, FERRY), mixed)
        related = page.select_one(".related__headline")
        assert (related["lang"], related["dir"]) == ("ar", "rtl")
        assert page.select_one(".related .card__excerpt")["lang"] == "ar"
        led = story("led", trail=("ar1", "alone"))
        page = story_page(source(led, AR, ALONE, FERRY), led)
        assert [h.get("lang") for h in page.select(".trail .card__headline")][:2] == ["ar", None]

    def test_names_in_a_byline_are_kept_apart(self) -> None:
        told = AR.model_copy(
            update={
                "bylines": (Byline(name="Ines Halloran"), Byline(name="ليلى منصور"), Byline(name="Bo Ek"))
            }
        )
        line = story_page(source(FERRY, told), told).select_one(".byline__names p")
        assert [name.get_text() for name in line.select("bdi")] == ["Ines Halloran", "ليلى منصور", "Bo Ek"]
        front = soup_of(source(FERRY, told), "front-page", "front:ar", "/ar/", language="ar")
        assert "\u2068Ines Halloran\u2069" in front.select_one(".lead .card__facts").get_text()


class TestWords:
    @pytest.mark.parametrize(
        ("language", "minutes", "words"),
        [
            ("uk", 1, "1 хвилина читання"), ("uk", 3, "3 хвилини читання"), ("uk", 5, "5 хвилин читання"),
            ("uk", 11, "11 хвилин читання"), ("uk", 21, "21 хвилина читання"),
            ("uk", 22, "22 хвилини читання"),
            ("ar", 1, "قراءة في دقيقة"), ("ar", 2, "قراءة في دقيقتين"), ("ar", 3, "قراءة في 3 دقائق"),
            ("ar", 10, "قراءة في 10 دقائق"), ("ar", 11, "قراءة في 11 دقيقة"),
            ("ar", 100, "قراءة في 100 دقيقة"),
            ("ar", 103, "قراءة في 103 دقائق"),
        ],
    )  # fmt: skip
    def test_reading_time_is_counted_as_the_language_counts(
        self, language: str, minutes: int, words: str
    ) -> None:
        assert strings(language).plural("story.reading", minutes) == words

    def test_a_latin_name_in_arabic_words_is_isolated_and_an_arabic_one_is_not(self) -> None:
        assert "\u2068The Tern\u2069" in strings("ar").text("archive.intro", site="The Tern")
        assert "\u2068" not in strings("ar").text("archive.intro", site="جرس")
        assert "\u2068جرس\u2069" in strings("en").text("archive.intro", site="جرس")

    def test_a_credit_of_latin_names_runs_as_the_arabic_around_it(self) -> None:
        credit = Credit(photographer="Emil Tovar", agencies=("Holm Wire", "Mareld Press"))
        assert credit_line(credit, strings("ar")) == (
            "(\u2068Emil Tovar\u2069 / \u2068Holm Wire\u2069 عبر \u2068Mareld Press\u2069)"
        )
        assert credit_line(credit, strings("en")) == "(Emil Tovar / Holm Wire via Mareld Press)"

    @pytest.mark.parametrize("text", ["", "2026", "… – 14"])
    def test_what_has_no_direction_is_left_alone(self, text: str) -> None:
        assert isolated(text, "rtl") == isolated(text, "ltr") == text

    def test_words_of_a_language_without_a_folder_run_as_the_english_they_are(self) -> None:
        english = strings("en").text("archive.intro", site="Tern")
        assert strings("he").text("archive.intro", site="Tern") == f"\u2066{english}\u2069"
        assert strings("de").text("archive.intro", site="Tern") == english


def test_formats_know_a_language_by_its_tag_alone() -> None:
    tags = ("en", "uk", "ar", "pt-BR", "sr-Latn", "zh-Hant", "ka")
    found = {tag: (formats(tag).script, formats(tag).open_graph, formats(tag).name) for tag in tags}
    assert found == {
        "en": ("Latn", "en_US", "English"),
        "uk": ("Cyrl", "uk_UA", "Українська"),
        "ar": ("Arab", "ar_EG", "العربية"),
        "pt-BR": ("Latn", "pt_BR", "Português (Brasil)"),
        "sr-Latn": ("Latn", "sr_RS", "Srpski (latinica)"),
        "zh-Hant": ("Hant", "zh_TW", "中文 (繁體)"),
        "ka": ("Geor", "ka_GE", "ქართული"),
    }
