"""Two editors save at once: whoever is second is told, and nobody's text is lost (PROMISES.md, 20)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from standfirst.editions import api as editions
from standfirst.stories.models import HomePage, StoryPage
from tests.stories.conftest import signed_in, staff

pytestmark = pytest.mark.django_db(databases=["default", "bake"])
Form = Callable[..., dict[str, Any]]


class Tab:
    """An editor's open editor: remembers the version it loaded, as the form does."""

    def __init__(self, browser: Client, page: StoryPage, form: Form) -> None:
        self.browser, self.form = browser, form
        self.url = reverse("wagtailadmin_pages:edit", args=(page.pk,))
        self.load()

    def load(self) -> None:
        context = self.browser.get(self.url).context
        self.seen = {
            "loaded_revision_id": str(context["page"].latest_revision_id),
            "loaded_revision_created_at": context["loaded_revision_created_at"],
        }

    def save(self, title: str, publish: bool = False) -> Any:
        action = {"action-publish": "action-publish"} if publish else {}
        return self.browser.post(self.url, {**self.form(title=title), **self.seen, **action})


@pytest.fixture
def page(desk: Client, newsroom: HomePage, form: Form) -> StoryPage:
    url = reverse("wagtailadmin_pages:add", args=("stories", "storypage", newsroom.pk))
    desk.post(url, {**form(), "action-publish": "action-publish"})
    return StoryPage.objects.get()


@pytest.fixture
def other(newsroom: HomePage) -> Client:
    return signed_in(staff("second@example.org", "Editors", name="Olena Second"))


def kept_titles(page: StoryPage) -> set[str]:
    return {revision.content["title"] for revision in page.revisions.all()}


def test_a_save_over_a_newer_version_is_told_and_kept(
    desk: Client, other: Client, page: StoryPage, form: Form
) -> None:
    first, second = Tab(desk, page, form), Tab(other, page, form)
    assert second.save("Olena's headline").status_code == 302
    answer = first.save("Mira's headline")
    assert answer.status_code == 200
    words = answer.content.decode()
    assert "Olena Second saved this story" in words
    assert "Mira&#x27;s headline" in words
    page = StoryPage.objects.get(pk=page.pk)
    assert page.get_latest_revision_as_object().title == "Olena's headline"
    assert {"Mira's headline", "Olena's headline"} <= kept_titles(page)


def test_a_publish_over_a_newer_version_does_not_happen(
    desk: Client, other: Client, page: StoryPage, form: Form
) -> None:
    first, second = Tab(desk, page, form), Tab(other, page, form)
    second.save("Olena's headline", publish=True)
    assert first.save("Mira's headline", publish=True).status_code == 200
    assert editions.current(page.record).headline == "Olena's headline"
    assert "Mira's headline" in kept_titles(page)


def test_saving_again_after_having_been_told_puts_it_on_top(
    desk: Client, other: Client, page: StoryPage, form: Form
) -> None:
    first, second = Tab(desk, page, form), Tab(other, page, form)
    second.save("Olena's headline")
    told = first.save("Mira's headline")
    latest = StoryPage.objects.get(pk=page.pk).latest_revision
    assert told.context["page"].latest_revision_id == latest.pk
    assert told.context["loaded_revision_created_at"] == latest.created_at.isoformat()
    first.seen = {
        "loaded_revision_id": str(latest.pk),
        "loaded_revision_created_at": latest.created_at.isoformat(),
    }
    assert first.save("Mira's headline").status_code == 302
    assert StoryPage.objects.get(pk=page.pk).get_latest_revision_as_object().title == "Mira's headline"
    assert "Olena's headline" in kept_titles(page)


def test_five_lost_races_lose_no_text(desk: Client, other: Client, page: StoryPage, form: Form) -> None:
    written = set()
    for number in range(5):
        first, second = Tab(desk, page, form), Tab(other, page, form)
        winner, loser = (first, second) if number % 2 else (second, first)
        assert winner.save(f"Winner {number}").status_code == 302
        assert loser.save(f"Loser {number}").status_code == 200
        written |= {f"Winner {number}", f"Loser {number}"}
        assert StoryPage.objects.get().get_latest_revision_as_object().title == f"Winner {number}"
    assert written <= kept_titles(page)


def test_automatic_saves_of_ones_own_do_not_stand_in_the_way(
    desk: Client, page: StoryPage, form: Form
) -> None:
    tab = Tab(desk, page, form)
    ajax = {"Accept": "application/json"}
    first = desk.post(tab.url, {**form(title="Typing"), **tab.seen}, headers=ajax).json()
    # Wagtail's script puts these into the form.
    tab.seen |= {name: first["field_updates"][name] for name in tab.seen}
    again = {**form(title="Typing on"), **tab.seen, "overwrite_revision_id": str(first["revision_id"])}
    assert desk.post(tab.url, again, headers=ajax).json()["success"]
    assert tab.save("Typed", publish=True).status_code == 302
    assert editions.current(page.record).headline == "Typed"


def test_who_saves_alone_is_not_bothered(desk: Client, page: StoryPage, form: Form) -> None:
    tab = Tab(desk, page, form)
    assert tab.save("One").status_code == 302
    tab.load()
    assert tab.save("Two").status_code == 302
    assert "standfirst.set_aside" not in str(list(page.revisions.values_list("object_str")))
