"""A newsroom of one language with an editor at the desk, made anew for every test."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from standfirst.readers.models import User
from standfirst.stories import api as stories
from standfirst.stories.models import HomePage, Section

ACTOR = "editor@example.org"
PASSWORD = "harbour light 40"


def staff(email: str, group: str | None = None, **fields: Any) -> User:
    """Return a staff account in a group. Its password is fast to check: the hash is not what is tested."""
    user = User(email=email, kind=User.Kind.STAFF, **fields)
    user.set_unusable_password()
    user.save()
    if group:
        user.groups.add(Group.objects.get(name=group))
    return user


def signed_in(user: User) -> Client:
    client = Client(HTTP_HOST="localhost")
    client.force_login(user, backend="standfirst.readers.backends.StaffBackend")
    return client


@pytest.fixture
def newsroom(db: None) -> HomePage:
    """The site with its settings, a section and the front; returns the front."""
    stories.save_site(name="The Harbour", languages=("en",), time_zone="Europe/Kyiv", actor=ACTOR)
    stories.save_section(stories.SectionDraft(name="World"), actor=ACTOR)
    return HomePage.objects.get(language="en")


@pytest.fixture
def editor(newsroom: HomePage) -> User:
    return staff(ACTOR, "Editors", name="Mira Petrenko")


@pytest.fixture
def desk(editor: User) -> Client:
    return signed_in(editor)


@pytest.fixture
def form(newsroom: HomePage) -> Callable[..., dict[str, Any]]:
    """Return a function that makes what the story editor posts, with fields replaced."""

    def build(**fields: Any) -> dict[str, Any]:
        section = Section.objects.get()
        return nested_form_data(
            {
                "title": "Grain ships leave the harbour",
                "slug": "grain-ships",
                "standfirst": "The first convoy since spring.",
                "hero_picture": "",
                "hero_caption": rich_text(""),
                "hero_alt": "",
                "body": streamfield([("text", rich_text("<p>Three ships left at dawn.</p>"))]),
                "section": str(section.pk),
                "format": "news",
                "language": "en",
                "dateline": "ODESA",
                "seo_title": "",
                "search_description": "",
                "social_title": "",
                "retraction": rich_text(""),
                "bylines": inline_formset([{"author": "", "name": "Jan Guest", "role": "author"}]),
                "corrections": inline_formset([]),
                "comments": inline_formset([]),
                **fields,
            }
        )

    return build
