"""The same story, section, author or page in several languages: linked, one each, and kept in step."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from standfirst.editions import api as editions
from standfirst.editions.documents import Paragraph, PlainPage
from standfirst.editions.lists import newest
from standfirst.stories import api as stories
from standfirst.stories.models import HomePage, StoryPage

ACTOR = "editor@example.org"
TEXT = (Paragraph(id="p1", html="At dawn."),)


@pytest.fixture
def languages(newsroom: HomePage) -> None:
    stories.save_site(actor=ACTOR, languages=("en", "uk", "ar"))


def _story(headline: str, language: str, of: str = "") -> str:
    draft = stories.StoryDraft(headline=headline, language=language, body=TEXT, translation_of=of)
    return stories.save_story(draft, actor=ACTOR, publish=True).record.partition(":")[2]


def test_translations_are_in_the_list_of_the_story_they_translate(languages: None) -> None:
    first = _story("Ships leave", "en")
    second = _story("Кораблі відпливають", "uk", first)
    third = _story("السفن تغادر", "ar", second)  # a translation of a translation is one of the first
    assert set(newest(f"translations/story/{first}")) == {second, third}
    document = editions.current(f"story:{third}")
    assert document.translation_of == first
    assert document.path.startswith("/ar/")


def test_a_translation_that_is_taken_down_leaves_the_list(languages: None) -> None:
    first = _story("Ships leave", "en")
    second = _story("Кораблі відпливають", "uk", first)
    stories.unpublish_story(StoryPage.objects.get(public_id=second), actor=ACTOR)
    assert newest(f"translations/story/{first}") == ()


def test_one_language_is_taken_once(languages: None) -> None:
    first = _story("Ships leave", "en")
    _story("Кораблі відпливають", "uk", first)
    page = StoryPage(title="Ще раз", slug="ще-раз", language="uk")
    page.translation_of = StoryPage.objects.get(public_id=first)
    with pytest.raises(ValidationError, match="in this language already"):
        page.clean()
    page.language = "en"
    with pytest.raises(ValidationError, match="in this language already"):
        page.clean()


def test_a_newsroom_may_have_another_name_in_another_language(languages: None) -> None:
    names = ({"language": "uk", "name": "Гавань"}, {"language": "ar", "tagline": "من المرفأ"})
    stories.save_site(actor=ACTOR, names=names)
    site = editions.current("site:main")
    assert (site.name_in("uk"), site.tagline_in("uk")) == ("Гавань", "")
    assert (site.name_in("ar"), site.tagline_in("ar")) == ("The Harbour", "من المرفأ")
    assert site.name_in("en") == site.name


def test_sections_topics_and_authors_have_translations_too(languages: None) -> None:
    for save, draft in (
        (stories.save_section, stories.SectionDraft), (stories.save_topic, stories.SectionDraft),
        (stories.save_author, stories.AuthorDraft),
    ):  # fmt: skip
        first = save(draft(name="Harbour", language="en"), actor=ACTOR)
        other = save(draft(name="Гавань", language="uk", translation_of=first.public_id), actor=ACTOR)
        kind = type(first).__name__.lower()
        assert newest(f"translations/{kind}/{first.public_id}") == (other.public_id,)
        assert editions.current(f"{kind}:{other.public_id}").path.startswith("/uk/")


def test_a_page_of_the_site_is_published_with_its_purpose(languages: None) -> None:
    draft = stories.PlainPageDraft(
        title="How we work", purpose="ethics", description="Two sources.", body=TEXT
    )
    page = stories.save_plain_page(draft, actor=ACTOR)
    document = editions.current(page.record)
    assert isinstance(document, PlainPage)
    assert (document.path, document.purpose) == ("/how-we-work/", "ethics")
    assert newest("purpose/en/ethics") == (page.public_id,)
    assert newest("front/en") == ()
    before = editions.last_seq()
    stories.save_plain_page(draft, actor=ACTOR)
    assert editions.last_seq() == before, "the same again is no new edition"
    page.refresh_from_db()
    page.unpublish()
    assert editions.head(page.record).state == "gone"
    assert newest("purpose/en/ethics") == ()
