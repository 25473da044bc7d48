"""What pages say of themselves to programs, read as those do (extruct), in schema.org's own terms."""

from __future__ import annotations

from typing import Any

import extruct
import pytest

from standfirst.editions.documents import Document, Story
from tests.syndication.newsroom import PUBLISHED, MemorySource, body_of, documents, ferry, full, translated
from tests.theme.vocabulary import problems

PAGES = {
    "story": ("story-page", "story:dredger", "/dredger/"),
    "front": ("front-page", "front:en", "/"),
    "section": ("section-page", "section:harbour", "/section/harbour/"),
    "topic": ("topic-page", "topic:dredging", "/topic/dredging/"),
    "author": ("author-page", "author:ines", "/author/ines-halloran/"),
    "archive": ("archive-page", "front:en", "/archive/"),
    "month": ("month-page", "list:month/en/2026-11", "/archive/2026/11/"),
}


def graph(page: str, *more: Document, **site: Any) -> list[Any]:
    source = MemorySource(documents(*(more or (full(dateline="Kestrel Point"), ferry())), **site))
    found = extruct.extract(body_of(source, *PAGES[page]).decode(), syntaxes=["json-ld"])["json-ld"]
    assert len(found) == 1
    assert found[0]["@context"] == "https://schema.org"
    return list(found[0]["@graph"])


def node(page: str, kind: str, *more: Document, **site: Any) -> Any:
    return next(one for one in graph(page, *more, **site) if one["@type"] == kind)


@pytest.mark.parametrize("page", PAGES)
def test_every_term_is_one_of_the_vocabulary(page: str) -> None:
    everything = [full(format=form, retraction="Wrong.", seo_title="Seo") for form in ("news", "opinion")]
    for one in everything:
        assert problems(graph(page, one, translated("uk", "Земснаряд"))) == []


def test_the_check_sees_a_term_that_is_none() -> None:
    article = graph("story")[0]
    assert problems({**article, "standfirst": "x"}) == ["NewsArticle has no standfirst"]
    assert problems({**article, "author": [{"@type": "Human"}]}) == ["'Human' is no type"]
    assert problems({**article, "publisher": {"@type": "Person", "masthead": "x"}}) == [
        "Person has no masthead"
    ]


class TestStory:
    def test_says_who_when_where_and_about_what(self) -> None:
        article = node("story", "NewsArticle")
        assert article["author"] == [
            {"@type": "Person", "name": "Ines Halloran", "url": "https://tern.example/author/ines-halloran/"},
            {"@type": "Person", "name": "A. Guest"},
        ]
        assert (article["datePublished"], article["dateModified"]) == (
            "2026-11-23T11:09:00+02:00", "2026-11-23T13:09:00+02:00",
        )  # fmt: skip
        assert article["dateline"] == "Kestrel Point"
        assert (article["articleSection"], article["keywords"]) == ("Harbour", ["Dredging"])
        assert article["timeRequired"] == "PT3M"
        assert article["isAccessibleForFree"] is True
        assert article["correction"][0]["text"] == "It was 14, not 13."
        assert article["image"][0]["creditText"] == "Osei Lindqvist / Tern Pictures / Norden"

    def test_names_the_newsroom_and_how_it_works(self) -> None:
        publisher = node("story", "NewsArticle")["publisher"]
        assert publisher["@type"] == "NewsMediaOrganization"
        assert publisher["foundingDate"] == "2019"
        assert (
            publisher["ethicsPolicy"]
            == publisher["publishingPrinciples"]
            == "https://tern.example/how-we-work/"
        )
        assert publisher["logo"]["url"].endswith("-512.png")
        assert "ownershipFundingInfo" not in publisher

    def test_a_page_about_the_newsroom_may_be_in_the_first_language_alone(self) -> None:
        source = MemorySource(documents(full(), translated("uk", "Земснаряд")))
        body = body_of(source, "story-page", "story:dredger-uk", "/uk/dredger/", language="uk")
        article = extruct.extract(body.decode(), syntaxes=["json-ld"])["json-ld"][0]["@graph"][0]
        assert article["publisher"]["ethicsPolicy"] == "https://tern.example/how-we-work/"

    def test_names_its_translations_and_they_name_it(self) -> None:
        stories = (full(), translated("uk", "Земснаряд"))
        assert [
            (w["inLanguage"], w["url"]) for w in node("story", "NewsArticle", *stories)["workTranslation"]
        ] == [("uk", "https://tern.example/uk/dredger/")]
        body = body_of(MemorySource(documents(*stories)), "story-page", "story:dredger-uk", "/uk/dredger/")
        article = extruct.extract(body.decode(), syntaxes=["json-ld"])["json-ld"][0]["@graph"][0]
        assert article["translationOfWork"]["url"] == "https://tern.example/dredger/"

    def test_a_retracted_story_says_so(self) -> None:
        assert node("story", "NewsArticle", full(retraction="Wrong."))["creativeWorkStatus"] == "Retracted"

    def test_is_reached_through_its_section(self) -> None:
        way = node("story", "BreadcrumbList")["itemListElement"]
        assert [(step["position"], step["item"]) for step in way] == [
            (1, "https://tern.example/"),
            (2, "https://tern.example/section/harbour/"),
            (3, "https://tern.example/dredger/"),
        ]

    def test_without_picture_is_shown_by_its_card(self) -> None:
        plain: Story = full(hero=None)
        (image,) = node("story", "NewsArticle", plain)["image"]
        assert image.startswith("https://tern.example/_c/dredger.jpg?v=")


def test_an_author_page_is_about_a_person() -> None:
    person = node("author", "ProfilePage")["mainEntity"]
    assert (person["@type"], person["name"], person["jobTitle"]) == (
        "Person", "Ines Halloran", "Harbour correspondent",
    )  # fmt: skip
    assert person["sameAs"] == ["https://social.example/@ines"]
    assert person["worksFor"] == {"@id": node("author", "NewsMediaOrganization")["@id"]}


def test_a_front_is_a_site_of_the_newsroom() -> None:
    site = node("front", "WebSite")
    assert (site["name"], site["url"], site["inLanguage"]) == ("The Tern", "https://tern.example/", "en")
    assert site["publisher"] == {"@id": node("front", "NewsMediaOrganization")["@id"]}


def test_a_month_is_reached_through_the_archive() -> None:
    way = node("month", "BreadcrumbList")["itemListElement"]
    assert [step["item"].removeprefix("https://tern.example") for step in way] == [
        "/", "/archive/", "/archive/2026/11/",
    ]  # fmt: skip
    assert PUBLISHED.month == 11
