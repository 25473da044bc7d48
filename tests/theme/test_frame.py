"""Top and bottom of every page: PAGE.md row 20."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from standfirst.editions.documents import Document, Navigation, NavigationLink
from standfirst.editions.links import FrameLink, frame_links
from standfirst.editions.pages import page_rules
from tests.theme.samples import PAGES as SITE_PAGES
from tests.theme.samples import site_documents
from tests.theme.source import MemorySource, render, soup_of
from tests.theme.test_safety import PAGES, newsroom

WHOLE = [page for page in PAGES if "fragment" not in page[0] and not page[0].startswith("text-")]


def frame_of(documents: list[Document]) -> BeautifulSoup:
    return soup_of(MemorySource(documents), "archive-page", "front:en", "/archive/")


def without_groups() -> list[Document]:
    bare = Navigation(id="en", language="en", sections=("harbour",))
    return [bare if d.kind == "navigation" else d for d in site_documents()]


def addresses(documents: list[Document]) -> set[str]:
    """Return every address that these records have pages at."""
    return {
        path
        for _, rule in page_rules.items()
        for document in documents
        if document.kind == rule.kind
        for path in rule.paths(document)
    }


@pytest.mark.parametrize(("renderer", "owner", "path"), WHOLE)
def test_no_link_of_the_frame_is_dead(renderer: str, owner: str, path: str) -> None:
    page = soup_of(MemorySource(newsroom()), renderer, owner, path)
    links = {a["href"] for a in page.select(".masthead a, .foot a")} - {"mailto:desk@tern.example"}
    assert links
    assert links <= addresses(newsroom())


def test_a_dead_link_would_be_seen() -> None:
    # The control: without the pages of the site the same look finds those that lead to them.
    documents = [d for d in newsroom() if d.kind != "page"]
    links = {a["href"] for a in frame_of(documents).select(".foot a")} - {"mailto:desk@tern.example"}
    assert links - addresses(documents) == {"/about/", "/corrections/"}


def test_links_that_editors_add_stand_after_the_sections() -> None:
    more = Navigation(
        id="en", language="en", sections=("harbour",), links=(NavigationLink(label="Help", url="/about/"),)
    )
    page = frame_of([more if d.kind == "navigation" else d for d in site_documents()])
    for place in (".sections a", ".foot__sections a"):
        assert [a.get_text() for a in page.select(place)] == ["Harbour", "Help"]


class TestLinksOfRooms:
    def test_none_is_there_that_no_room_added(self) -> None:
        assert "search" not in frame_links
        assert not frame_of(site_documents()).select(".tools")

    def test_one_at_the_head_stands_beside_the_name(self) -> None:
        with frame_links.temporarily(
            "search", FrameLink("head", "frame.archive", lambda prefix: f"{prefix}search/")
        ):
            page = frame_of(site_documents())
        assert [(a["href"], a.get_text()) for a in page.select(".masthead .tools a")] == [
            ("/search/", "All stories by month")
        ]
        assert not page.select(".foot a[href='/search/']")

    def test_one_at_the_foot_stands_with_what_is_about_the_site(self) -> None:
        with frame_links.temporarily("zoo", FrameLink("foot", "list.latest", lambda prefix: f"{prefix}zoo/")):
            page = frame_of(site_documents())
        assert page.select(".foot a")[-1]["href"] == "/zoo/"

    def test_a_language_that_the_room_has_nothing_for_has_no_link(self) -> None:
        with frame_links.temporarily("search", FrameLink("head", "frame.archive", lambda prefix: "")):
            assert not frame_of(site_documents()).select(".tools")


class TestTrustPages:
    def test_are_at_the_foot_also_where_no_editor_set_any_links(self) -> None:
        links = [(a["href"], a.get_text()) for a in frame_of(without_groups()).select(".foot a")]
        assert ("/about/", "Who we are") in links
        assert ("/corrections/", "Corrections") in links

    def test_are_not_said_twice_where_editors_set_them(self) -> None:
        links = [a["href"] for a in frame_of(site_documents()).select(".foot a")]
        assert links.count("/about/") == 1

    def test_are_known_by_title_and_address_so_that_their_text_may_change(self) -> None:
        source = MemorySource(without_groups())
        _, reader = render(source, "archive-page", "front:en", "/archive/")
        assert "page:about/card" in reader.keys
        assert "page:about/body" not in reader.keys


class TestPlainPage:
    def test_has_a_title_a_list_of_its_headings_and_its_last_change(self) -> None:
        page = soup_of(MemorySource(site_documents()), "page-page", "page:about", "/about/")
        assert page.h1.get_text() == SITE_PAGES[0].title
        assert [a.get_text() for a in page.select(".contents a")] == [
            "The room",
            "The people",
            "The boat",
            "The money",
        ]
        assert page.select_one(".plain__changed time")["datetime"].startswith("2026-11-23")

    def test_a_short_one_has_no_list(self) -> None:
        page = soup_of(MemorySource(site_documents()), "page-page", "page:corrections", "/corrections/")
        assert not page.select(".contents")
