"""The desk speaks its user's language, else the newsroom's, else the browser's."""

from __future__ import annotations

import re
import time
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.users.models import UserProfile

from standfirst.editions.documents import Paragraph
from standfirst.readers.models import User
from standfirst.stories import api as stories
from standfirst.stories.actions import timetable
from standfirst.stories.desk.receipts import Receipt
from standfirst.stories.models import HomePage, SiteSettings, StoryPage
from tests.stories.conftest import ACTOR, signed_in, staff

pytestmark = pytest.mark.django_db(databases=["default", "bake"])


def choose(user: User, language: str) -> None:
    UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": language})


def main_language(tags: str) -> None:
    SiteSettings.objects.update(languages=tags)


def opening(page: str) -> str:
    return re.search(r"<html[^>]*>", page).group()  # type: ignore[union-attr]


def sign_in_page(**headers: str) -> str:
    return Client(HTTP_HOST="localhost").get(reverse("wagtailadmin_login"), headers=headers).content.decode()


def test_an_editor_who_chose_ukrainian_has_a_ukrainian_desk(desk: Client, editor: User) -> None:
    choose(editor, "uk")
    page = desk.get(reverse("wagtailadmin_home")).content.decode()
    assert 'lang="uk"' in opening(page)
    assert "Написати матеріал" in page
    assert "Поки що немає жодного" in page
    from wagtail.admin.menu import admin_menu

    request = desk.get(reverse("wagtailadmin_home")).wsgi_request
    with translation.override("uk"):
        items = sorted(admin_menu.menu_items_for_request(request), key=lambda item: item.order)
        labels = [str(item.label) for item in items][:7]
    assert labels == [
        "Матеріали",
        "Стрічка новин",
        "Головні сторінки",
        "Сторінки",
        "Рубрики",
        "Теми",
        "Автори",
    ]


def test_a_message_after_publishing_is_in_the_editors_language(desk: Client, editor: User, form: Any) -> None:
    choose(editor, "uk")
    url = reverse("wagtailadmin_pages:add", args=("stories", "storypage", HomePage.objects.get().pk))
    answer = desk.post(url, {**form(), "action-publish": "1"}, follow=True)
    page = answer.content.decode()
    assert "«Grain ships leave the harbour» опубліковано." in page
    assert "Звіт про публікацію" in page


def test_a_refusal_is_in_the_editors_language(desk: Client, editor: User, form: Any) -> None:
    choose(editor, "ar")
    url = reverse("wagtailadmin_pages:add", args=("stories", "storypage", HomePage.objects.get().pk))
    page = desk.post(url, {**form(slug="archive"), "action-publish": "1"}, follow=True).content.decode()
    assert "«archive» محجوز للموقع نفسه" in page


def test_an_arabic_desk_runs_from_right_to_left(desk: Client, editor: User) -> None:
    choose(editor, "ar")
    assert 'dir="rtl"' in opening(desk.get(reverse("stories:index")).content.decode())
    handoff = desk.post(reverse("standfirst_leave_desk"), {"onward": "/"}).content.decode()
    assert 'lang="ar" dir="rtl"' in opening(handoff)


def test_who_has_chosen_nothing_gets_the_main_language_of_the_site(desk: Client) -> None:
    assert 'lang="en"' in opening(desk.get(reverse("wagtailadmin_home")).content.decode())
    main_language("uk, en")
    assert 'lang="uk"' in opening(desk.get(reverse("wagtailadmin_home")).content.decode())


def test_the_account_offers_three_languages_and_the_sites(desk: Client, editor: User) -> None:
    page = desk.get(reverse("wagtailadmin_account")).content.decode()
    for words in ("The main language of the site", "English", "Українська", "العربيّة"):
        assert words in page
    assert "server" not in page.lower().split("<main")[1]


def test_the_sign_in_page_is_in_the_main_language_whatever_the_browser_asks_for() -> None:
    stories.save_site(name="Маяк", languages=("uk",), actor=ACTOR)
    page = sign_in_page(accept_language="ar")
    assert "Вхід до редакторської" in page
    assert "Пароль" in page


def test_the_browser_decides_where_the_main_language_has_no_words_here(newsroom: HomePage) -> None:
    main_language("ka, en")
    assert "الدخول إلى مكتب التحرير" in sign_in_page(accept_language="fr, ar;q=0.8")
    assert "Sign in to the desk" in sign_in_page(accept_language="fr")


def test_a_regional_main_language_is_spoken_in_its_own() -> None:
    stories.save_site(name="Маяк", languages=("uk-UA",), actor=ACTOR)
    assert 'lang="uk"' in opening(sign_in_page())


def test_what_the_worker_could_not_publish_is_told_in_the_main_language(newsroom: HomePage) -> None:
    body = (Paragraph(id="p1", html="At dawn."),)
    draft = stories.StoryDraft(headline="Ships leave", body=body)
    page = StoryPage.objects.get(pk=stories.save_story(draft, actor=ACTOR, publish=False).page)
    main_language("uk, en")
    page.title = " "
    soon = timedelta(seconds=0.3)
    timetable.schedule_story(page, at=timezone.now() + soon, actor=ACTOR)
    time.sleep(soon.total_seconds())
    ((_, why),) = timetable.run_due().refused
    assert why == "Матеріал не має заголовка."


@pytest.mark.parametrize(
    ("language", "pages", "words"),
    [
        ("uk", 1, "1 сторінка,"), ("uk", 3, "3 сторінки,"), ("uk", 5, "5 сторінок,"),
        ("uk", 12, "12 сторінок,"), ("uk", 21, "21 сторінка,"),
        ("ar", 1, "صفحة واحدة،"), ("ar", 2, "صفحتان،"), ("ar", 7, "7 صفحات،"), ("ar", 40, "40 صفحة،"),
    ],
)  # fmt: skip
def test_a_receipt_counts_pages_as_people_do(language: str, pages: int, words: str) -> None:
    receipt = Receipt(1, 1, pages, pages, 0, 84, settled=True, lines=())
    with translation.override(language):
        assert receipt.sentence().startswith(words)


def test_the_way_into_the_editor_is_labelled_in_its_holders_language(newsroom: HomePage) -> None:
    from standfirst.stories import languages

    user = staff("admin@example.org", is_superuser=True)
    assert languages.of_user(user) == translation.get_language()
    choose(user, "uk")
    assert languages.of_user(user) == "uk"
    assert signed_in(user).get(reverse("wagtailadmin_home")).status_code == 200


@pytest.mark.parametrize(("language", "told"), [("en", "3.9 s"), ("uk", "3,9 с"), ("ar", "3,9 ثانية")])
def test_seconds_are_written_as_the_language_writes_them(language: str, told: str) -> None:
    with translation.override(language):
        assert told in Receipt(1, 1, 7, 7, 0, 3917, settled=True, lines=()).sentence()


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "“Ships leave” has this address already; choose another."),
        ("uk", "Цю адресу вже має «Ships leave»; виберіть іншу."),
        ("ar", "هذا العنوان لمادة «Ships leave»؛ اختر غيره."),
    ],
)
def test_who_has_an_address_is_said_in_the_editors_language(
    desk: Client, editor: User, form: Any, language: str, told: str
) -> None:
    choose(editor, language)
    home = HomePage.objects.get()
    body = (Paragraph(id="p1", html="At dawn."),)
    draft = stories.StoryDraft(headline="Ships leave", slug="grain-ships", body=body)
    page = stories.save_story(draft, actor=ACTOR, publish=True).page
    add = reverse("wagtailadmin_pages:add", args=("stories", "storypage", home.pk))
    assert desk.post(add, form()).context["form"].errors["slug"] == [told]
    copy = reverse("wagtailadmin_pages:copy", args=(page,))
    wanted = {"new_title": "Copy", "new_slug": "grain-ships", "new_parent_page": str(home.pk)}
    assert desk.post(copy, wanted).context["form"].errors["new_slug"] == [told]
    own = reverse("wagtailadmin_pages:edit", args=(page,))
    assert desk.post(own, form()).status_code == 302, "its own address is no other's"
    assert desk.post(copy, {**wanted, "new_slug": "free"}).status_code == 302
