"""A desk of several languages: chosen by name, listed by name, and translations begun beside the story."""

from __future__ import annotations

import re
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from standfirst.editions import api as editions
from standfirst.editions.documents import Paragraph
from standfirst.readers.models import User
from standfirst.stories import api as stories
from standfirst.stories.actions.translations import start_translation
from standfirst.stories.models import HomePage, Section, SiteSettings, StoryPage
from tests.stories.conftest import ACTOR, signed_in, staff

pytestmark = pytest.mark.django_db(databases=["default", "bake"])
NAMES = ["English", "Українська", "العربية"]
TEXT = (Paragraph(id="p1", html="At dawn."),)


@pytest.fixture(autouse=True)
def languages(newsroom: HomePage) -> None:
    """A site of three languages, with two sections that say the same."""
    stories.save_site(actor=ACTOR, languages=("en", "uk", "ar"))
    world = Section.objects.get()
    stories.save_section(
        stories.SectionDraft(name="Світ", language="uk", translation_of=world.public_id), actor=ACTOR
    )


@pytest.fixture
def story() -> StoryPage:
    author = stories.save_author(stories.AuthorDraft(name="Mira"), actor=ACTOR)
    stories.save_author(
        stories.AuthorDraft(name="Міра", language="uk", translation_of=author.public_id), actor=ACTOR
    )
    draft = stories.StoryDraft(
        headline="Ships leave", standfirst="Three of them.", section="world", body=TEXT,
        bylines=(stories.DraftByline(author="mira"), stories.DraftByline(name="A guest")),
    )  # fmt: skip
    return StoryPage.objects.get(pk=stories.save_story(draft, actor=ACTOR, publish=True).page)


def page_of(client: Client, name: str, *arguments: Any) -> BeautifulSoup:
    return BeautifulSoup(client.get(reverse(name, args=arguments)).content, "html.parser")


def options(page: BeautifulSoup, name: str) -> list[str]:
    return [option.text for option in page.select(f'select[name="{name}"] option')]


def groups(page: BeautifulSoup, name: str) -> dict[str, list[str]]:
    found = page.select(f'select[name="{name}"] optgroup')
    return {str(group["label"]): [option.text for option in group.select("option")] for group in found}


def add_story(front: HomePage) -> tuple[str, str, str, int]:
    return "wagtailadmin_pages:add", "stories", "storypage", front.pk


@pytest.mark.parametrize("kind", ["section", "topic", "author"])
def test_sections_topics_and_authors_are_in_a_language_of_the_site(desk: Client, kind: str) -> None:
    page = page_of(desk, f"wagtailsnippets_stories_{kind}:add")
    assert options(page, "language") == NAMES
    assert page.select_one('select[name="language"] option[selected]').text == "English"


def test_another_language_than_the_sites_is_refused(desk: Client) -> None:
    url = reverse("wagtailsnippets_stories_topic:add")
    answer = desk.post(url, {"name": "Sea", "language": "xx", "description": "", "translation_of": ""})
    assert answer.status_code == 200
    assert "xx" in answer.content.decode()


def test_a_language_the_site_no_longer_has_stays_until_another_is_chosen(desk: Client) -> None:
    section = Section.objects.get(language="uk")
    SiteSettings.objects.update(languages="en")
    page = page_of(desk, "wagtailsnippets_stories_section:edit", section.pk)
    assert options(page, "language") == ["English", "Українська"]


def test_a_section_is_a_translation_only_of_a_first_one_in_another_language(desk: Client) -> None:
    sport = stories.save_section(stories.SectionDraft(name="Спорт", language="uk"), actor=ACTOR)
    page = page_of(desk, "wagtailsnippets_stories_section:edit", sport.pk)
    assert options(page, "translation_of") == ["---------", "World"]
    new = page_of(desk, "wagtailsnippets_stories_section:add")
    assert groups(new, "translation_of") == {"English": ["World"], "Українська": ["Спорт"]}


def test_a_story_offers_what_is_in_its_language_first(desk: Client) -> None:
    stories.save_topic(stories.SectionDraft(name="Sea"), actor=ACTOR)
    stories.save_topic(stories.SectionDraft(name="Море", language="uk"), actor=ACTOR)
    page = page_of(desk, *add_story(HomePage.objects.get(language="uk")))
    assert options(page, "language") == NAMES
    assert page.select_one('select[name="language"] option[selected]').text == "Українська"
    assert list(groups(page, "section").items()) == [("Українська", ["Світ"]), ("English", ["World"])]
    assert list(groups(page, "topics").items()) == [("Українська", ["Море"]), ("English", ["Sea"])]


def test_a_newsroom_of_one_language_sees_no_groups(desk: Client, newsroom: HomePage) -> None:
    Section.objects.filter(language="uk").delete()
    page = page_of(desk, *add_story(newsroom))
    assert groups(page, "section") == {}
    assert options(page, "section") == ["---------", "World"]


def test_lists_say_the_language_by_its_name(desk: Client, story: StoryPage) -> None:
    stories.save_plain_page(stories.PlainPageDraft(title="Про нас", language="uk"), actor=ACTOR)
    for name, there in (
        ("stories:index", "English"), ("site_pages:index", "Українська"),
        ("wagtailsnippets_stories_section:list", "Українська"),
        ("wagtailsnippets_stories_author:list", "Українська"),
    ):  # fmt: skip
        cells = [cell.get_text(strip=True) for cell in page_of(desk, name).select("tbody td")]
        assert there in cells, name


def test_stories_are_filtered_by_language(desk: Client, story: StoryPage) -> None:
    start_translation(story, "uk", user=None)
    for language, count in (("uk", 1), ("en", 1), ("ar", 0), ("", 2)):
        rows = BeautifulSoup(
            desk.get(reverse("stories:index"), {"language": language}).content, "html.parser"
        ).select("tbody td.title")
        assert len(rows) == count, language


def test_links_at_the_foot_are_for_one_language_or_all(newsroom: HomePage) -> None:
    admin = signed_in(staff("admin@example.org", is_superuser=True))
    url = reverse("wagtailsettings:edit", args=("stories", "sitesettings"))
    page = admin.get(url, follow=True).content.decode()
    assert "In all of them" in page
    for name in NAMES:
        assert name in page or name.encode("ascii", "backslashreplace").decode() in page


def panel(client: Client, story: StoryPage) -> Tag:
    found = page_of(client, "wagtailadmin_pages:edit", story.pk).select_one(
        '[data-side-panel="translations"]'
    )
    assert found is not None
    return found


def test_the_editor_says_which_translations_there_are_and_begins_others(
    desk: Client, story: StoryPage
) -> None:
    buttons = [button.get_text(strip=True) for button in panel(desk, story).select("form button")]
    assert buttons == ["Translate into Українська", "Translate into العربية"]
    answer = desk.post(str(panel(desk, story).select_one("form")["action"]))
    draft = StoryPage.objects.get(language="uk")
    assert answer.headers["Location"] == reverse("wagtailadmin_pages:edit", args=(draft.pk,))
    there = panel(desk, story)
    assert [button.get_text(strip=True) for button in there.select("form button")] == [
        "Translate into العربية"
    ]
    assert there.select_one("a")["href"] == reverse("wagtailadmin_pages:edit", args=(draft.pk,))
    back = panel(desk, draft)
    assert "English" in back.text
    assert back.select_one("a")["href"] == reverse("wagtailadmin_pages:edit", args=(story.pk,))


def test_a_site_of_one_language_has_no_such_panel(desk: Client, story: StoryPage) -> None:
    SiteSettings.objects.update(languages="en")
    page = page_of(desk, "wagtailadmin_pages:edit", story.pk)
    assert page.select_one('[data-side-panel="translations"]') is None


def test_a_begun_translation_is_a_linked_draft_of_what_was_last_saved(story: StoryPage, editor: User) -> None:
    story.title = "Ships leave at last"
    story.save_revision()
    draft = start_translation(story, "uk", user=editor)
    draft.refresh_from_db()
    assert (draft.live, draft.title, draft.slug) == (False, "Ships leave at last", "ships-leave-at-last")
    assert (draft.translation_of_id, draft.language, draft.owner) == (story.pk, "uk", editor)
    assert (draft.standfirst, draft.section.name) == ("Three of them.", "Світ")
    assert [line.author.name if line.author else line.name for line in draft.bylines.all()] == [
        "Міра", "A guest",
    ]  # fmt: skip
    assert re.search("At dawn", str(draft.body))
    assert editions.head(draft.record) is None
    assert draft.get_parent().specific.language == "uk"


def test_a_translation_is_begun_once_and_always_of_the_first(story: StoryPage) -> None:
    draft = start_translation(story, "uk", user=None)
    assert start_translation(story, "uk", user=None).pk == draft.pk
    assert start_translation(draft, "en", user=None).pk == story.pk
    third = start_translation(draft, "ar", user=None)
    assert third.translation_of_id == story.pk
    assert third.section is None  # there is none in Arabic


def test_a_begun_translation_can_be_published(desk: Client, story: StoryPage) -> None:
    draft = start_translation(story, "uk", user=None)
    draft.title, draft.slug = "Кораблі відпливають", "кораблі"
    draft.save_revision().publish()
    document = editions.current(draft.record)
    assert (document.path, document.translation_of) == ("/uk/кораблі/", story.public_id)


def test_who_may_not_write_there_begins_no_translation(story: StoryPage) -> None:
    contributor = signed_in(staff("new@example.org", "Contributors"))
    url = reverse("standfirst_translate", args=(story.pk, "uk"))
    assert contributor.post(url).status_code in (302, 403)
    assert not StoryPage.objects.filter(language="uk").exists()


def test_a_translation_begins_by_a_button_into_a_language_of_the_site(desk: Client, story: StoryPage) -> None:
    assert desk.get(reverse("standfirst_translate", args=(story.pk, "uk"))).status_code == 405
    assert desk.post(reverse("standfirst_translate", args=(story.pk, "de"))).status_code == 404
    assert StoryPage.objects.count() == 1


def test_a_section_that_changes_its_language_changes_both_navigations(newsroom: HomePage) -> None:
    sport = stories.save_section(stories.SectionDraft(name="Sport"), actor=ACTOR)
    sport.language = "ar"
    sport.save()
    assert sport.public_id not in editions.current("navigation:en").sections
    assert editions.current("navigation:ar").sections == (sport.public_id,)


@pytest.mark.parametrize(("text", "said"), [("en, uk, EN", "is there twice"), ("en, und", "is no language")])
def test_languages_of_the_site_are_each_named_once(newsroom: HomePage, text: str, said: str) -> None:
    site = SiteSettings.load()
    site.languages = text
    with pytest.raises(ValidationError, match=said):
        site.full_clean()


def test_languages_are_known_by_their_proper_tags(newsroom: HomePage) -> None:
    assert SiteSettings(languages="EN, pt-br zh-hant").language_tags == ("en", "pt-BR", "zh-Hant")
