"""A disk that is full when an editor saves or publishes: words, and the text kept, not an error page."""

from __future__ import annotations

import errno
import html
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from standfirst.editions import api as editions
from standfirst.stories.models import HomePage, StoryPage

pytestmark = pytest.mark.django_db(databases=["default", "bake"], transaction=True)
Form = Callable[..., dict[str, Any]]
LONG = "Grain ships wait outside. " * 20_000


@contextmanager
def full() -> Iterator[None]:
    """Let the database have no more pages than it has: SQLite then says that the disk is full."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")  # pages that other tests left free would be room
        cursor.execute("PRAGMA page_count")
        (pages,) = cursor.fetchone()
        cursor.execute(f"PRAGMA max_page_count = {pages}")
        try:
            yield
        finally:
            cursor.execute("PRAGMA max_page_count = 1073741823")


def too_much() -> dict[str, Any]:
    """A text of more pages than the database has free."""
    return nested_form_data({"body": streamfield([("text", rich_text(f"<p>{LONG}</p>"))])})


def add_url(home: HomePage) -> str:
    return reverse("wagtailadmin_pages:add", args=("stories", "storypage", home.pk))


def test_the_editor_is_told_in_words_and_the_text_waits_in_the_page(
    desk: Client, newsroom: HomePage, form: Form
) -> None:
    sent = {**form(title="Ships & <grain>", **too_much()), "action-publish": "action-publish"}
    before = editions.last_seq()
    with full():
        response = desk.post(add_url(newsroom), sent)
    words = response.content.decode()
    assert response.status_code == 507
    assert "disk is full" in html.unescape(words)
    assert "Nothing was saved or published" in words
    assert not StoryPage.objects.exists()
    assert editions.last_seq() == before

    kept = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', words)
    again = {html.unescape(name): html.unescape(value) for name, value in kept}
    assert again["title"] == "Ships & <grain>"
    response = desk.post(add_url(newsroom), again)
    assert response.status_code == 302
    page = StoryPage.objects.get()
    assert page.live
    assert editions.current(page.record) is not None


def test_an_autosave_is_told_too(desk: Client, newsroom: HomePage, form: Form) -> None:
    with full():
        response = desk.post(add_url(newsroom), form(**too_much()), headers={"accept": "application/json"})
    assert response.status_code == 507
    assert "disk is full" in response.json()["error_message"]


def test_a_store_without_room_undoes_the_publish(
    desk: Client, newsroom: HomePage, form: Form, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_room(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("standfirst.stories.actions.publishing.publish_document", no_room)
    response = desk.post(add_url(newsroom), {**form(), "action-publish": "action-publish"})
    assert response.status_code == 507
    assert not StoryPage.objects.exists()


def test_other_troubles_are_not_called_a_full_disk(
    desk: Client, newsroom: HomePage, form: Form, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr("standfirst.stories.actions.publishing.publish_document", broken)
    with pytest.raises(OSError, match="Input/output"):
        desk.post(add_url(newsroom), {**form(), "action-publish": "action-publish"})
