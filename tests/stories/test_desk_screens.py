"""The desk's screens open, say what they are about, and are ours."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from wagtail.models import ReferenceIndex

from standfirst.editions import api as editions
from standfirst.editions.documents import Paragraph
from standfirst.readers.models import User
from standfirst.stories import api as stories
from standfirst.stories.models import Author, HomePage, Section, SiteSettings, StoryPage, Topic
from tests.stories.conftest import ACTOR, signed_in, staff

pytestmark = pytest.mark.django_db(databases=["default", "bake"])


@pytest.fixture
def story(newsroom: HomePage) -> StoryPage:
    draft = stories.StoryDraft(
        headline="Ships leave", section="world", body=(Paragraph(id="p1", html="At dawn."),)
    )
    return StoryPage.objects.get(pk=stories.save_story(draft, actor=ACTOR, publish=True).page)


@pytest.fixture
def admin(newsroom: HomePage) -> Client:
    return signed_in(staff("admin@example.org", is_superuser=True))


def test_every_screen_an_administrator_has_opens(admin: Client, story: StoryPage) -> None:
    section, author = (
        Section.objects.get(),
        stories.save_author(stories.AuthorDraft(name="Mira"), actor=ACTOR),
    )
    names: list[tuple[str, tuple[Any, ...]]] = [
        ("wagtailadmin_home", ()),
        ("wagtailadmin_explore_root", ()),
        ("wagtailadmin_explore", (HomePage.objects.get().pk,)),
        ("stories:index", ()),
        ("site_pages:index", ()),
        ("wagtailadmin_pages:add", ("stories", "plainpage", HomePage.objects.get().pk)),
        ("wagtailadmin_pages:add", ("stories", "storypage", HomePage.objects.get().pk)),
        ("wagtailadmin_pages:edit", (story.pk,)),
        ("wagtailadmin_pages:edit", (HomePage.objects.get().pk,)),
        ("wagtailadmin_pages:history", (story.pk,)),
        ("wagtailadmin_pages:delete", (story.pk,)),
        ("wagtailadmin_pages:unpublish", (story.pk,)),
        ("wagtailadmin_pages:copy", (story.pk,)),
        ("wagtailadmin_pages:usage", (story.pk,)),
        ("wagtailsnippets_stories_section:list", ()),
        ("wagtailsnippets_stories_section:add", ()),
        ("wagtailsnippets_stories_section:edit", (section.pk,)),
        ("wagtailsnippets_stories_topic:add", ()),
        ("wagtailsnippets_stories_author:list", ()),
        ("wagtailsnippets_stories_author:edit", (author.pk,)),
        ("wagtailimages:index", ()),
        ("wagtailimages:add", ()),
        ("wagtailusers_users:index", ()),
        ("wagtailusers_users:add", ()),
        ("wagtailusers_users:edit", (User.objects.get(email="admin@example.org").pk,)),
        ("wagtailusers_groups:index", ()),
        ("wagtailadmin_account", ()),
        ("standfirst_erasures", ()),
        ("standfirst_kill", (story.pk,)),
        ("standfirst_erase", (story.pk,)),
        ("standfirst_receipt", (editions.last_seq(), editions.last_seq())),
    ]
    for name, arguments in names:
        url = reverse(name, args=arguments)
        assert admin.get(url).status_code == 200, url
    settings_url = reverse("wagtailsettings:edit", args=("stories", "sitesettings"))
    assert admin.get(settings_url, follow=True).status_code == 200


def test_the_desk_bears_our_name_and_leads_to_writing(desk: Client, newsroom: HomePage) -> None:
    page = desk.get(reverse("wagtailadmin_home")).content.decode()
    assert "Write a story" in page
    assert "There is none yet" in page
    assert ">Standfirst<" in page
    assert "Wagtail" not in page.split("<main")[1]


def test_the_menu_has_the_newsrooms_words(desk: Client, newsroom: HomePage) -> None:
    from wagtail.admin.menu import admin_menu

    request = desk.get(reverse("wagtailadmin_home")).wsgi_request
    items = sorted(admin_menu.menu_items_for_request(request), key=lambda item: item.order)
    labels = [str(item.label) for item in items]
    first = ["Stories", "News feed", "Fronts", "Pages", "Sections", "Topics", "Authors", "Pictures"]
    assert labels[:8] == first


def test_the_welcome_panel_shows_recent_stories_with_their_state(desk: Client, story: StoryPage) -> None:
    page = desk.get(reverse("wagtailadmin_home")).content.decode()
    assert "Ships leave" in page
    assert "sf-state--live" in page


def test_the_bare_address_leads_to_the_desk(client: Client) -> None:
    assert client.get("/", HTTP_HOST="localhost").headers["Location"] == "/desk/"


def test_the_side_panel_says_what_readers_have(desk: Client, story: StoryPage) -> None:
    page = desk.get(reverse("wagtailadmin_pages:edit", args=(story.pk,))).content.decode()
    assert "What readers have" in page
    assert "/ships-leave/" in page
    assert "Last receipt" in page


def test_colours_that_cannot_be_read_are_refused_in_words(admin: Client, newsroom: HomePage) -> None:
    site = SiteSettings.objects.get()
    site.accent = "#f7c6c5"
    with pytest.raises(Exception, match="Too little contrast"):
        site.full_clean()
    site.accent, site.accent_dark = "#8a1c1c", "#550000"
    with pytest.raises(Exception, match="Choose a lighter one"):
        site.full_clean()


def test_settings_that_make_no_sense_are_refused(newsroom: HomePage) -> None:
    for field, value in (("languages", "xx-nonsense-9"), ("languages", " "), ("time_zone", "Kiev")):
        site = SiteSettings.objects.get()
        setattr(site, field, value)
        with pytest.raises(Exception, match=r"language|time zone"):
            site.full_clean()


def test_a_second_language_gets_its_front_and_navigation(newsroom: HomePage) -> None:
    stories.save_site(languages=("en", "uk"), actor=ACTOR)
    assert editions.current("front:uk").path == "/uk/"
    assert editions.current("navigation:uk") is not None
    assert editions.current("site:main").languages == ("en", "uk")


def test_a_language_with_stories_stays_and_so_does_the_main_one(story: StoryPage) -> None:
    stories.save_site(languages=("en", "uk"), actor=ACTOR)
    with pytest.raises(Exception, match="main language stays"):
        stories.save_site(languages=("uk", "en"), actor=ACTOR)
    with pytest.raises(Exception, match="There are stories in"):
        stories.save_site(languages=("uk",), actor=ACTOR)
    stories.save_site(languages=("en",), actor=ACTOR)


def test_renaming_an_author_changes_the_public_record(admin: Client, newsroom: HomePage) -> None:
    author = stories.save_author(stories.AuthorDraft(name="Mira Petrenko"), actor=ACTOR)
    url = reverse("wagtailsnippets_stories_author:edit", args=(author.pk,))
    data = {
        "name": "Mira Koval", "slug": author.slug, "role": "", "bio": "null", "links": "", "portrait": "",
        "language": "en", "translation_of": "",
    }  # fmt: skip
    assert admin.post(url, data).status_code == 302
    record = f"author:{author.public_id}"
    assert editions.current(record).name == "Mira Koval"
    assert editions.history(record)[-1].actor == "admin@example.org"
    Author.objects.get().delete()
    assert editions.head(record).state == "gone"


def test_a_section_is_in_the_navigation_in_its_order(newsroom: HomePage) -> None:
    world = Section.objects.get()
    sport = stories.save_section(stories.SectionDraft(name="Sport", order=-1), actor=ACTOR)
    assert editions.current("navigation:en").sections == (sport.public_id, world.public_id)
    sport.delete()
    assert editions.current("navigation:en").sections == (world.public_id,)


def test_a_section_can_be_left_out_of_the_navigation(newsroom: HomePage) -> None:
    world = Section.objects.get(slug="world")
    world.at_head = False
    world.save()
    assert editions.current("navigation:en").sections == ()
    assert editions.current(world.record) is not None  # its own page stays


def test_links_at_the_head_are_for_one_language_or_for_all(newsroom: HomePage) -> None:
    links = [
        {"label": "About", "url": "/about/", "language": ""},
        {"label": "Порти", "url": "/uk/topic/ports/", "language": "uk"},
        {"label": "Bad", "url": "javascript:alert(1)", "language": ""},
    ]
    stories.save_site(actor=ACTOR, languages=("en", "uk"), head=links)  # the desk's form refuses the last
    shown = {tag: [link.url for link in editions.current(f"navigation:{tag}").links] for tag in ("en", "uk")}
    assert shown == {"en": ["/about/"], "uk": ["/about/", "/uk/topic/ports/"]}


def test_a_section_with_stories_cannot_be_deleted(admin: Client, story: StoryPage) -> None:
    section = Section.objects.get()
    admin.post(reverse("wagtailsnippets_stories_section:delete", args=(section.pk,)))
    assert Section.objects.filter(pk=section.pk).exists()


def test_topics_have_pages_of_their_own(newsroom: HomePage) -> None:
    topic = stories.save_topic(stories.SectionDraft(name="Black Sea"), actor=ACTOR)
    assert editions.current(f"topic:{topic.public_id}").path == "/topic/black-sea/"
    again = stories.save_topic(
        stories.SectionDraft(name="Black Sea", description="All about it."), actor=ACTOR
    )
    assert (again.pk, Topic.objects.count()) == (topic.pk, 1)


def test_a_front_leads_with_what_was_chosen(desk: Client, story: StoryPage) -> None:
    stories.save_front(language="en", actor=ACTOR, lead=story.public_id)
    assert editions.current("front:en").lead == story.public_id


def titles(client: Client, *paths: str) -> list[str]:
    pages = (BeautifulSoup(client.get(path).content, "html.parser") for path in paths)
    return [" ".join(page.title.get_text().split()) if page.title else "" for page in pages]


def test_titles_name_the_newsroom_and_nothing_else(desk: Client, story: StoryPage, client: Client) -> None:
    edit = reverse("wagtailadmin_pages:edit", args=(story.pk,))
    found = titles(desk, "/desk/", "/desk/stories/", edit, "/desk/messages/", "/desk/nothing/")
    found += titles(Client(HTTP_HOST="localhost"), "/desk/login/")
    assert all(title.endswith(" - The Harbour · Standfirst") for title in found), found
    assert not any("Wagtail" in title for title in found)


def test_a_lost_editor_is_led_back_in_our_words(desk: Client, newsroom: HomePage) -> None:
    answer = desk.get("/desk/nothing/")
    assert answer.status_code == 404
    page = BeautifulSoup(answer.content, "html.parser")
    assert page.main is not None
    assert "Wagtail" not in page.main.get_text()
    assert [a["href"] for a in page.main.find_all("a")] == ["/desk/"]


def test_where_a_story_is_used_is_said_when_it_is_used(desk: Client, story: StoryPage) -> None:
    def said() -> list[str]:
        pages = (
            BeautifulSoup(
                desk.get(reverse(f"wagtailadmin_pages:{name}", args=(story.pk,))).content, "html.parser"
            )
            for name in ("unpublish", "delete")
        )
        return [link.get_text() for page in pages for link in page.select("main a[href*='/usage/']")]

    assert said() == []
    link = f'<a linktype="page" id="{story.pk}">as reported</a>'
    other = StoryPage(title="Other", slug="other", body=[("text", f"<p>{link}</p>")])
    HomePage.objects.get().add_child(instance=other)
    ReferenceIndex.create_or_update_for_object(other)
    assert said() == ["It is used in 1 place."] * 2
