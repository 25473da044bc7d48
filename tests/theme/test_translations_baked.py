"""A translation that comes or goes changes the pages of the others: through publishing and a real bake."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.conf import settings

from standfirst.bake import api as bake
from standfirst.edge import blobs
from standfirst.editions.documents import Paragraph
from standfirst.stories import api as stories
from standfirst.stories.models import StoryPage

ACTOR = "editor@example.org"
pytestmark = pytest.mark.django_db(databases=["default", "bake"])


@pytest.fixture
def newsroom(db: None) -> None:
    stories.save_site(name="The Harbour", languages=("en", "uk", "ar"), time_zone="Europe/Kyiv", actor=ACTOR)


def publish(headline: str, language: str, **fields: str) -> StoryPage:
    body = (Paragraph(id="p1", html="At dawn."),)
    draft = stories.StoryDraft(headline=headline, language=language, body=body, **fields)
    return StoryPage.objects.get(pk=stories.save_story(draft, actor=ACTOR, publish=True).page)


def baked(page: StoryPage) -> BeautifulSoup:
    """Bake what is due and return what readers are given at the story's address."""
    return baked_at(page.public_path)


def baked_at(path: str) -> BeautifulSoup:
    assert bake.run_until_idle().failed == ()
    last = bake.served(path)[-1]
    return BeautifulSoup(blobs.read(settings.STANDFIRST_SITE.store, last.blob).plain, "html.parser")


def linked(page: StoryPage) -> set[str]:
    """Return the languages that the baked page of a story leads to, for search engines and readers."""
    found = baked(page)
    alternates = {link["hreflang"] for link in found.select("link[rel=alternate][hreflang]")} - {"x-default"}
    invited = {link["hreflang"] for link in found.select(".elsewhere a")}
    assert alternates in (set(), invited | {page.language})
    return invited


def test_a_later_translation_is_linked_from_the_others_and_leaves_them_when_it_is_taken_down(
    newsroom: None,
) -> None:
    first = publish("Ships leave", "en")
    assert linked(first) == set()
    second = publish("Кораблі відпливають", "uk", translation_of=first.public_id)
    assert linked(first) == {"uk"}
    assert linked(second) == {"en"}
    third = publish("السفن تغادر", "ar", translation_of=first.public_id)
    assert linked(first) == {"uk", "ar"}
    assert linked(second) == {"en", "ar"}
    stories.unpublish_story(second, actor=ACTOR)
    assert linked(first) == {"ar"}
    assert linked(third) == {"en"}


def test_a_translation_that_moves_is_followed(newsroom: None) -> None:
    first = publish("Ships leave", "en")
    second = publish("Кораблі відпливають", "uk", translation_of=first.public_id)
    baked(first)
    publish("Кораблі відпливають", "uk", id=second.public_id, slug="флот", translation_of=first.public_id)
    link = baked(first).select_one("link[hreflang=uk]")
    assert link["href"].endswith("/uk/%D1%84%D0%BB%D0%BE%D1%82/")


def test_an_edit_of_a_translations_text_leaves_the_other_pages_alone(newsroom: None) -> None:
    first = publish("Ships leave", "en")
    second = publish("Кораблі відпливають", "uk", translation_of=first.public_id)
    baked(first)
    before = bake.served(first.public_path)
    publish("Кораблі пішли", "uk", id=second.public_id, slug=second.slug, translation_of=first.public_id)
    assert "пішли" in baked(second).h1.get_text()
    assert bake.served(first.public_path) == before


def test_what_is_not_there_is_said_in_the_language_of_the_address(newsroom: None) -> None:
    for path, language in (("/_e/404/", "en"), ("/uk/_e/404/", "uk"), ("/ar/_e/503/", "ar")):
        assert baked_at(path).html["lang"] == language
    story = publish("Кораблі відпливають", "uk")
    baked(story)
    stories.unpublish_story(story, actor=ACTOR)
    gone = baked(story)
    assert gone.html["lang"] == "uk"
    assert gone.h1.get_text() == "Цю сторінку знято з публікації"
