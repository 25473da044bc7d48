"""Pictures: PAGE.md row 5."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup

from standfirst.editions.documents import Credit, ImageBlock, PictureUse
from tests.theme.samples import PUBLISHED, SITE, media, site_documents, story
from tests.theme.source import AS_OF, MemorySource, render, story_page

ENDS = AS_OF + timedelta(days=3)


def with_hero(
    site: Any = SITE, caption: str = "The crane.", alt: str = "A crane", **picture: Any
) -> MemorySource:
    hero = PictureUse(media="shot", caption=caption, alt=alt)
    documents = [d for d in site_documents() if d.kind != "site"]
    return MemorySource([site, *documents, media("shot", **picture), story(hero=hero)])


def page_of(source: MemorySource, as_of: datetime = AS_OF) -> BeautifulSoup:
    return story_page(source, story(), as_of=as_of)


def caption_of(**picture: Any) -> str:
    return page_of(with_hero(**picture)).select_one(".hero figcaption").get_text()


def test_offers_three_formats_in_several_widths_and_reserves_its_room() -> None:
    page = page_of(with_hero())
    assert [s["type"] for s in page.select(".hero source")] == ["image/avif", "image/webp"]
    for source in page.select(".hero source, .hero img"):
        assert [part.split()[-1] for part in source["srcset"].split(", ")] == [
            "400w",
            "800w",
            "1200w",
            "1600w",
        ]
        assert source["sizes"]
    image = page.select_one(".hero img")
    assert (image["width"], image["height"]) == ("1600", "1067")
    assert image["src"].endswith("1600.jpg")


def test_the_first_picture_is_wanted_at_once_and_later_ones_when_they_come_near() -> None:
    one = story(hero=PictureUse(media="crane"), body=(ImageBlock(id="i", picture=PictureUse(media="crane")),))
    page = story_page(MemorySource([*site_documents(), one]), one)
    hero, later = page.select_one(".hero img"), page.select_one(".text img")
    assert (hero.get("fetchpriority"), hero.get("loading")) == ("high", None)
    assert (later.get("fetchpriority"), later.get("loading")) == (None, "lazy")


@pytest.mark.parametrize(
    ("credit", "shown"),
    [
        (
            Credit(photographer="Ann Lee", agencies=("Tern", "Norden")),
            "The crane. (Ann Lee / Tern via Norden)",
        ),
        (Credit(photographer="Ann Lee", agencies=("A", "B", "C")), "The crane. (Ann Lee / A via B via C)"),
        (Credit(photographer="Ann Lee", agencies=("Tern",)), "The crane. (Ann Lee / Tern)"),
        (Credit(agencies=("Tern", "Norden")), "The crane. (Tern via Norden)"),
        (Credit(photographer="Ann Lee"), "The crane. (Ann Lee)"),
        (Credit(), "The crane."),
        (
            Credit(agencies=("State News",), note="Handed out by the ministry."),
            "The crane. (State News) Handed out by the ministry.",
        ),
    ],
)
def test_credit_follows_the_caption(credit: Credit, shown: str) -> None:
    assert caption_of(credit=credit) == shown


def test_credit_is_printed_also_without_a_caption() -> None:
    page = page_of(with_hero(caption="", credit=Credit(photographer="Ann Lee")))
    assert page.select_one(".hero figcaption").get_text().strip() == "(Ann Lee)"


def test_nothing_to_say_is_no_caption() -> None:
    assert not page_of(with_hero(caption="")).select(".hero figcaption")


def test_alternative_text_is_not_the_caption() -> None:
    page = page_of(with_hero(caption="Who & what", alt='A "tall" crane'))
    assert page.select_one(".hero img")["alt"] == 'A "tall" crane'
    assert 'A "tall" crane' not in page.select_one("figcaption").get_text()
    assert page_of(with_hero(alt="")).select_one(".hero img")["alt"] == ""


@pytest.mark.parametrize(
    ("taken_on", "marked"),
    [
        ("2025", True),
        ("2025-12-31", True),
        ("2019-05", True),
        ("2026-01-01", False),
        ("2026", False),
        ("", False),
        ("unknown", False),
    ],
)
def test_a_picture_of_an_earlier_year_is_marked_as_a_file_photo(taken_on: str, marked: bool) -> None:
    shown = caption_of(taken_on=taken_on)
    assert (f"File photo, {taken_on[:4]}." in shown) is marked
    assert ("File photo" in shown) is marked


def test_the_year_is_that_of_publication_in_the_sites_zone() -> None:
    at = datetime(2026, 12, 31, 23, 0, tzinfo=UTC)  # 2027 in Kyiv
    one = story(hero=PictureUse(media="shot", caption="x"), published_at=at)
    source = MemorySource([*site_documents(), media("shot", taken_on="2026-12-31"), one])
    assert "File photo, 2026." in story_page(source, one).select_one("figcaption").get_text()


def test_is_hidden_from_the_instant_its_licence_ends_and_the_page_knows_when() -> None:
    source = with_hero(licence_ends_at=ENDS)
    before, reader = render(source, "story-page", "story:dredger", "/dredger/")
    assert b"/_m/shot" in before.body
    assert (reader.changes_at, reader.removal_at) == (ENDS, ENDS)
    after, _ = render(source, "story-page", "story:dredger", "/dredger/", as_of=ENDS)
    assert b"/_m/shot" not in after.body


def test_stays_when_the_newsroom_says_so() -> None:
    source = with_hero(SITE.model_copy(update={"hide_expired_pictures": False}), licence_ends_at=ENDS)
    after, reader = render(source, "story-page", "story:dredger", "/dredger/", as_of=ENDS)
    assert b"/_m/shot" in after.body
    assert reader.removal_at is None


def test_a_withdrawn_picture_leaves_no_hole() -> None:
    one = story(hero=PictureUse(media="none"), body=(ImageBlock(id="i", picture=PictureUse(media="none")),))
    assert not story_page(MemorySource([*site_documents(), one]), one).select("figure, img")


class TestFile:
    @staticmethod
    def drawn(as_of: datetime = AS_OF, path: str = "/_m/shot-400.avif", **picture: Any) -> Any:
        source = MemorySource([SITE, media("shot", **picture)])
        return render(source, "media-file", "media:shot", path, as_of=as_of)

    def test_is_named_by_its_bytes_and_kept_for_ever(self) -> None:
        rendered, _ = self.drawn()
        wanted = next(r.blob for r in media("shot").renditions if r.path == "/_m/shot-400.avif")
        assert (rendered.blob, rendered.content_type, rendered.cache) == (wanted, "image/avif", "immutable")

    def test_is_gone_once_its_licence_has_ended(self) -> None:
        rendered, reader = self.drawn(licence_ends_at=ENDS)
        assert (rendered.status, reader.removal_at) == (200, ENDS)
        rendered, _ = self.drawn(as_of=ENDS, licence_ends_at=ENDS)
        assert (rendered.status, rendered.blob, rendered.cache) == (410, "", "page")

    def test_is_gone_when_the_record_names_it_no_more(self) -> None:
        assert self.drawn(path="/_m/other.avif")[0].status == 410


def test_published_before_the_test_began() -> None:
    assert PUBLISHED < AS_OF  # a guard: the samples are told from within their own time
