"""Cards: PAGE.md row 10, what they read, and that a doubt goes wherever a story is named."""

from __future__ import annotations

from typing import Any

import pytest

from standfirst.editions.documents import Claim, Document, PictureUse, RelatedStory
from standfirst.editions.documents.story import Story
from tests.theme.samples import SECTIONS, ferry, site_documents, story
from tests.theme.source import MemorySource, render, soup_of, story_page

BODY = (RelatedStory(id="r1", story="ferry"),)
DOUBTFUL = (Claim(id="c", text="A buyer exists", status="unverified"),)

PURPOSES = ("about", "ethics", "corrections", "ownership", "contact")


def source(*stories: Document) -> MemorySource:
    return MemorySource([*site_documents(), *stories])


def related(*others: Story, body: tuple[RelatedStory, ...] = BODY) -> Any:
    one = story(body=body)
    return story_page(source(one, *others), one).select_one(".related")


class TestRelatedStory:
    def test_shows_title_and_excerpt_of_its_target(self) -> None:
        card = related(ferry())
        assert card.select_one(".related__headline a")["href"] == "/ferry/"
        assert card.select_one(".related__headline").get_text() == ferry().headline
        assert card.select_one(".card__excerpt").get_text() == ferry().standfirst

    def test_follows_the_targets_edits(self) -> None:
        assert related(ferry(headline="Sold")).select_one(".related__headline").get_text() == "Sold"

    def test_leaves_with_its_target(self) -> None:
        assert related() is None

    def test_is_never_the_story_itself(self) -> None:
        assert related(body=(RelatedStory(id="r", story="dredger"),)) is None

    def test_a_long_standfirst_is_cut_where_a_reader_would(self) -> None:
        long = ferry(standfirst="The boat may sail again. " * 12)
        text = related(long).select_one(".card__excerpt").get_text()
        assert len(text) <= 200
        assert text.endswith("again.")

    def test_its_picture_is_the_same_link_and_no_second_stop(self) -> None:
        picture = related(ferry()).select_one(".related__picture")
        assert (picture["tabindex"], picture["aria-hidden"], picture.img["alt"]) == ("-1", "true", "")


class TestKeys:
    """A page reads exactly what it shows: nothing else brings it back to the baker."""

    def test_of_a_story_with_a_related_one(self) -> None:
        one = story(body=BODY, trail=("quay",), topics=("dredging",), hero=PictureUse(media="crane"))
        _, reader = render(source(one, ferry(hero=None)), "story-page", one.record, one.path)
        assert reader.keys == {
            "site:main/body", "navigation:en/body", "story:dredger/body",
            "section:harbour/body", "section:council/body", "section:river/body", "section:culture/body",
            "topic:dredging/body", "author:ines/card", "author:marek/card", "media:crane/body",
            "story:ferry/card", "story:quay/card", "page:about/card", "page:corrections/card",
            *(f"list:purpose/en/{purpose}/head" for purpose in PURPOSES),
            "list:front/en/head",  # its trail is not whole: the newest are looked at
        }  # fmt: skip

    def test_of_lists_hold_cards_and_no_bodies(self) -> None:
        records = source(story(), ferry())
        for renderer, owner in (
            ("front-page", "front:en"), ("section-page", "section:harbour"), ("topic-page", "topic:ferries"),
            ("author-page", "author:ines"), ("month-page", "list:month/en/2026-11"),
            ("latest-fragment", "front:en"),
        ):  # fmt: skip
            _, reader = render(records, renderer, owner)
            assert any(key.endswith("/card") for key in reader.keys), renderer
            assert not [key for key in reader.keys if key.startswith("story:") and key.endswith("/body")]

    def test_an_absent_target_is_noted_so_that_its_coming_is_seen(self) -> None:
        one = story(body=BODY)
        _, reader = render(source(one), "story-page", one.record, one.path)
        assert "story:ferry/card" in reader.keys


class TestDoubt:
    """Row 9: a claim never leaves the system without its status."""

    PLACES = (
        ("front-page", "front:en"), ("section-page", "section:river"), ("topic-page", "topic:ferries"),
        ("author-page", "author:marek"), ("month-page", "list:month/en/2026-11"),
        ("latest-fragment", "front:en"), ("story-page", "story:dredger"),
    )  # fmt: skip

    @pytest.mark.parametrize(("renderer", "owner"), PLACES)
    @pytest.mark.parametrize(
        ("doubt", "shown"),
        [
            ({"claims": DOUBTFUL}, "Unverified claims"),
            ({"claims": (*DOUBTFUL, Claim(id="d", text="x", status="disputed"))}, "Disputed claims"),
            ({"retraction": "We were wrong.", "claims": DOUBTFUL}, "Retracted"),
        ],
    )
    def test_goes_with_every_card(self, renderer: str, owner: str, doubt: dict, shown: str) -> None:
        records = source(story(body=BODY, trail=()), ferry(**doubt))
        page = soup_of(records, renderer, owner)
        assert [status.get_text() for status in page.select(".status")] == [shown]

    @pytest.mark.parametrize(("renderer", "owner"), PLACES)
    def test_is_absent_where_there_is_none(self, renderer: str, owner: str) -> None:
        page = soup_of(source(story(body=BODY), ferry()), renderer, owner)
        assert not page.select(".status")


def test_a_kind_that_its_section_says_already_is_not_said_twice() -> None:
    opinion = SECTIONS[0].model_copy(update={"id": "opinion", "name": "Opinion", "path": "/section/opinion/"})
    for section, labels in (("opinion", ["Opinion"]), ("river", ["River", "Opinion"])):
        one = story(format="opinion", section=section)
        label = story_page(source(opinion, one), one).select_one(".story__head .label")
        assert [part.get_text() for part in label.find_all(True)] == labels
