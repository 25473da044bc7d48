"""The story page: PAGE.md rows 1 to 4, and what a story says of itself elsewhere."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

import pytest
from bs4 import BeautifulSoup

from standfirst.bake.reading import Page, RecordingReader
from standfirst.bake.registry import renderers
from standfirst.editions.documents import Byline, Claim, Correction, Paragraph, Story
from tests.theme.samples import AUTHORS, PUBLISHED, SITE, every_block, ferry, site_documents, story
from tests.theme.source import AS_OF, MemorySource, story_page


def page_of(one: Story, *more: Story, **render: object) -> BeautifulSoup:
    return story_page(MemorySource([*site_documents(), one, *more]), one, **render)


def structured(page: BeautifulSoup) -> dict[str, object]:
    return json.loads(page.select_one('script[type="application/ld+json"]').string)["@graph"][0]


def meta(page: BeautifulSoup, name: str) -> str | None:
    found = page.select_one(f'meta[property="{name}"], meta[name="{name}"]')
    return found["content"] if found else None


class TestSkipLink:
    """Row 1."""

    def test_is_the_first_thing_that_takes_focus_and_there_is_one(self) -> None:
        page = page_of(story())
        assert page.select_one("a, button, input, [tabindex]")["href"] == "#content"
        assert len(page.select('a[href="#content"]')) == 1

    def test_leads_to_the_main_part_which_can_take_focus(self) -> None:
        target = page_of(story()).select("#content")
        assert [(element.name, element["tabindex"]) for element in target] == [("main", "-1")]


class TestStaffSlot:
    """Row 2."""

    def test_public_bytes_name_the_story_and_hold_an_empty_slot_only(self) -> None:
        page = page_of(story())
        assert page.html["data-story"] == "dredger"
        assert page.select_one("[data-slot=staff]").get_text() == ""
        assert "/-/" not in str(page)
        assert "Edit" not in page.get_text()

    def test_pages_without_a_story_have_no_slot(self) -> None:
        from tests.theme.source import soup_of

        page = soup_of(MemorySource([*site_documents(), story()]), "front-page", "front:en", "/")
        assert not page.select("[data-slot], html[data-story]")


class TestHeadline:
    """Row 3."""

    HEADLINES = (
        "“We asked for a year” – pilots’ answer",
        "سفينة تعود إلى المرفأ بعد أحد عشر عاماً",
        "A headline that goes on " + "and on " * 25,
        'Less < more & "most"',
    )

    @pytest.mark.parametrize("headline", HEADLINES)
    def test_is_the_one_h1_and_the_same_everywhere(self, headline: str) -> None:
        page = page_of(story(headline=headline))
        assert [h1.get_text() for h1 in page.select("h1")] == [headline]
        assert page.title.string == f"{headline} · {SITE.name}"
        assert meta(page, "og:title") == headline
        assert structured(page)["headline"] == headline

    def test_titles_for_search_and_for_cards_replace_it_there_and_nowhere_else(self) -> None:
        page = page_of(story(headline="Own", seo_title="For search", social_title="For cards"))
        assert page.h1.get_text() == "Own"
        assert page.title.string == f"For search · {SITE.name}"
        assert meta(page, "og:title") == "For cards"
        assert (structured(page)["headline"], structured(page)["alternativeHeadline"]) == (
            "Own",
            "For search",
        )

    def test_a_page_in_a_language_written_from_the_right_says_so(self) -> None:
        page = page_of(story(language="ar", headline="سفينة"))
        assert (page.html["lang"], page.html["dir"]) == ("ar", "rtl")
        assert page_of(story()).html["dir"] == "ltr"


class TestByline:
    """Row 4."""

    @staticmethod
    def lines(page: BeautifulSoup) -> list[str]:
        return [line.get_text() for line in page.select(".byline__names p")]

    def test_names_authors_with_links_and_every_role_in_its_own_line(self) -> None:
        page = page_of(
            story(
                bylines=(
                    Byline(author="ines"),
                    Byline(name="Osei Lindqvist", role="photo"),
                    Byline(author="marek"),
                    Byline(name="Ada Vance", role="editing"),
                )
            )
        )
        assert self.lines(page) == [
            "By Ines Halloran and Marek Dune",
            "Photos by Osei Lindqvist",
            "Edited by Ada Vance",
        ]
        links = {link.get_text(): link["href"] for link in page.select(".byline a[rel=author]")}
        assert links == {author.name: author.path for author in AUTHORS}

    def test_a_guest_is_named_without_a_link(self) -> None:
        page = page_of(story(bylines=(Byline(name="Guest <Writer>"),)))
        assert self.lines(page) == ["By Guest <Writer>"]
        assert not page.select(".byline__names a")

    def test_a_story_without_authors_has_no_line_of_names(self) -> None:
        page = page_of(story(bylines=()))
        assert not page.select(".byline__names")
        assert page.select_one(".byline time")
        assert "author" not in structured(page)

    def test_five_authors_are_all_named(self) -> None:
        names = ("Ann A", "Bo B", "Cy C", "Di D", "Ed E")
        page = page_of(story(bylines=tuple(Byline(name=name) for name in names)))
        assert self.lines(page) == ["By Ann A, Bo B, Cy C, Di D, and Ed E"]
        assert [author["name"] for author in structured(page)["author"]] == list(names)  # type: ignore[index,attr-defined]

    def test_a_withdrawn_author_leaves_the_name_that_the_story_kept(self) -> None:
        page = page_of(story(bylines=(Byline(author="nobody", name="A. Formerly"), Byline(author="none"))))
        assert self.lines(page) == ["By A. Formerly"]


class TestTimes:
    """Row 4: instants, zone, reading time."""

    @pytest.mark.parametrize(
        ("at", "machine", "shown"),
        [
            # Kyiv leaves summer time on 25 October 2026 at 04:00, that is 01:00 UTC.
            ("2026-10-25T00:30Z", "2026-10-25T03:30:00+03:00", "October 25, 2026, 3:30 AM EEST"),
            ("2026-10-25T01:30Z", "2026-10-25T03:30:00+02:00", "October 25, 2026, 3:30 AM EET"),
            ("2026-12-31T23:05Z", "2027-01-01T01:05:00+02:00", "January 1, 2027, 1:05 AM EET"),
        ],
    )
    def test_publication_is_machine_readable_and_shown_in_the_sites_zone(
        self, at: str, machine: str, shown: str
    ) -> None:
        time = page_of(story(published_at=datetime.fromisoformat(at))).select_one(".byline time")
        assert time["datetime"] == machine
        assert time.get_text().replace("\u00a0", " ") == shown

    def test_a_zone_without_letters_is_shown_as_its_distance_from_greenwich(self) -> None:
        one = story()
        documents = [SITE.model_copy(update={"time_zone": "Asia/Dubai"}), *site_documents()[1:], one]
        shown = story_page(MemorySource(documents), one).select_one(".byline time").get_text()
        assert shown.endswith("GMT+4")

    @pytest.mark.parametrize("later", [None, timedelta(0), -timedelta(hours=1)])
    def test_an_update_is_not_mentioned_unless_it_came_later(self, later: timedelta | None) -> None:
        page = page_of(story(updated_at=None if later is None else PUBLISHED + later))
        assert not page.select(".updated")
        assert meta(page, "article:modified_time") is None
        assert "dateModified" not in structured(page)

    def test_an_update_of_the_same_day_shows_its_time_and_a_later_one_its_date(self) -> None:
        same = page_of(story(updated_at=PUBLISHED + timedelta(minutes=40))).select_one(".updated")
        later = page_of(story(updated_at=PUBLISHED + timedelta(days=3))).select_one(".updated")
        assert same.get_text().replace("\u00a0", " ") == "Updated 11:49 AM EET"
        assert same.time["datetime"] == "2026-11-23T11:49:00+02:00"
        assert later.get_text().startswith("Updated November 26, 2026, 11:09")

    @pytest.mark.parametrize(
        ("minutes", "shown"), [(0, "1 min read"), (1, "1 min read"), (12, "12 min read")]
    )
    def test_reading_time_is_never_nothing(self, minutes: int, shown: str) -> None:
        assert page_of(story(reading_minutes=minutes)).select_one(".reading").get_text() == shown


class TestAboutTheStory:
    def test_addresses_are_full_and_encoded(self) -> None:
        page = page_of(story(path="/порт/"))
        assert (
            page.select_one("link[rel=canonical]")["href"] == "https://tern.example/%D0%BF%D0%BE%D1%80%D1%82/"
        )

    def test_structured_data_cannot_end_its_element(self) -> None:
        page = page_of(story(headline="</script><script>alert(1)</script>"))
        assert structured(page)["headline"] == "</script><script>alert(1)</script>"
        assert len(page.select("script:not([src])")) == 1

    def test_a_correction_stands_at_the_foot_and_in_the_structured_data(self) -> None:
        correction = Correction(at=PUBLISHED + timedelta(hours=2), text="It was <em>14</em> to 9.")
        page = page_of(story(corrections=(correction,)))
        assert "It was 14 to 9." in page.select_one(".story__foot .corrections").get_text()
        assert page.select_one(".corrections h2").get_text() == "Correction"
        assert structured(page)["correction"][0]["text"] == "It was 14 to 9."  # type: ignore[index]

    def test_a_retracted_story_says_so_before_its_text_and_wherever_it_is_named(self) -> None:
        page = page_of(story(retraction="We could not stand by this."))
        order = [element.get("class", [""])[0] for element in page.select(".retraction, .text")]
        assert order == ["retraction", "text"]
        assert meta(page, "description").startswith("[Retracted]")  # type: ignore[union-attr]

    def test_a_claim_takes_its_status_along(self) -> None:
        claims = (
            Claim(id="c1", text="The dredger is ordered", status="unverified", source="two people"),
            Claim(id="c2", text="The vote was legal", status="verified"),
        )
        page = page_of(story(claims=claims))
        assert "The Tern could not verify this." in page.select_one(".claims").get_text()
        assert "legal" not in page.select_one(".claims").get_text()
        for name in ("description", "og:description"):
            assert meta(page, name).startswith("[Unverified claims]")  # type: ignore[union-attr]
        assert str(structured(page)["description"]).startswith("[Unverified claims]")

    def test_a_checked_story_carries_no_status(self) -> None:
        page = page_of(story(claims=(Claim(id="c", text="True", status="verified"),)))
        assert not page.select(".claims, .status")
        assert not str(meta(page, "description")).startswith("[")

    def test_opinion_is_labelled_for_readers_and_machines(self) -> None:
        page = page_of(story(format="opinion"))
        assert page.select_one(".story__head .kind").get_text() == "Opinion"
        assert structured(page)["@type"] == "OpinionNewsArticle"

    def test_a_story_for_members_says_where_it_ends(self) -> None:
        page = page_of(story(access="members", gated_blocks=4))
        assert page.select_one(".gated")
        assert structured(page)["isAccessibleForFree"] is False
        assert not page_of(story()).select(".gated")


class TestBody:
    def test_every_block_has_its_place(self) -> None:
        page = page_of(story(body=every_block()), ferry())
        for selector in (
            ".text > p a[href='/ferry/']", "h2#b-h1", "ul#b-l1 em", "ol#b-l2", ".quote blockquote", ".pull",
            ".picture--wide img", ".embed a[href='https://birdsong.example/p/1']", ".related", "hr",
            ".table caption", ".table th[scope=col]", ".table th[scope=row]", ".facts li strong",
        ):  # fmt: skip
            assert page.select(selector), selector

    def test_an_embed_loads_nothing_from_elsewhere(self) -> None:
        page = page_of(story(body=every_block()), ferry())
        loaded = [
            e.get("src") or e.get("href") or ""
            for e in page.select("script, img, iframe, source, link[rel=stylesheet]")
        ]
        assert [address for address in loaded if not address.startswith("/")] == [""] * len(
            page.select("source")
        ) + [""]

    def test_a_dateline_opens_the_first_paragraph(self) -> None:
        page = page_of(story(dateline="Kestrel Point"))
        assert page.select_one(".text > p").get_text() == "Kestrel Point — The tide turned at four."

    def test_a_dateline_stands_alone_before_another_block(self) -> None:
        page = page_of(story(dateline="Kestrel Point", body=every_block()[1:]), ferry())
        assert page.select_one(".text > p").get_text() == "Kestrel Point"

    def test_the_same_block_id_twice_makes_two_anchors(self) -> None:
        block = every_block()[1]
        page = page_of(story(body=(block, block, block)))
        assert len({heading["id"] for heading in page.select(".text h2")}) == 3

    def test_an_empty_body_is_a_page_all_the_same(self) -> None:
        assert page_of(story(body=(), standfirst="")).h1

    def test_words_set_large_are_read_aloud_once(self) -> None:
        pull = page_of(story(body=every_block()), ferry()).select_one(".pull")
        assert pull["aria-hidden"] == "true"

    def test_the_column_beside_comes_after_the_story_and_works_without_scripts(self) -> None:
        page = page_of(story())
        names = [e.name for e in page.select("main, aside.page__side")]
        assert names == ["main", "aside"]
        frames = [frame["src"] for frame in page.select("aside noscript iframe")]
        assert frames == ["/_f/latest/", "/_f/picks/#s-dredger"]  # the picks hide what stands at that place

    def test_the_next_stories_are_those_frozen_at_publication(self) -> None:
        page = page_of(story(trail=("ferry", "gone", "dredger")), ferry())
        assert [a["href"] for a in page.select(".trail h3 a")] == ["/ferry/"]

    def test_where_those_are_gone_or_few_the_newest_follow(self) -> None:
        others = [story(name, path=f"/{name}/") for name in ("mole", "tram", "dam", "eels")]
        page = page_of(story(trail=("ferry", "gone")), ferry(), *others)
        found = [a["href"] for a in page.select(".trail h3 a")]
        assert found[0] == "/ferry/"
        assert len(found) == len(set(found)) == 3
        assert "/dredger/" not in found
        assert not page_of(story(trail=("gone",))).select(".trail")  # the only one there is

    def test_a_page_whose_next_stories_are_there_hangs_on_no_list(self) -> None:
        others = [story(name, path=f"/{name}/") for name in ("mole", "tram", "dam", "eels")]
        source = MemorySource([*site_documents(), story(trail=("mole", "tram", "dam")), *others])
        reader = RecordingReader(source, AS_OF)
        renderers.get("story-page").render(Page("/dredger/", "story:dredger", "story-page", "live"), reader)
        assert not [key for key in reader.keys if key.startswith("list:front")]

    def test_a_paragraph_of_nothing_is_left_out(self) -> None:
        page = page_of(story(body=(Paragraph(id="a", html=" "), Paragraph(id="b", html="x"))))
        assert len(page.select(".text > p")) == 1
