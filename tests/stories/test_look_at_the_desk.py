"""The own look at the desk: previews are drawn with it, its mistakes are told to those who can mend them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client, RequestFactory

from standfirst.kit.sitefolder import SiteFolder
from standfirst.stories.models import HomePage
from standfirst.stories.preview import asset_view, preview_response
from standfirst.theme import look
from standfirst.theme.assets import assets
from standfirst.theme.look import Look
from standfirst.theme.ownlook.taking import OwnLook
from tests.stories.conftest import signed_in, staff

pytestmark = pytest.mark.django_db(databases=["default", "bake"])

OURS = '{% extends "theme/pages/front.html" %}{% block content %}<p id="ours">Ours</p>{% endblock %}'


@pytest.fixture
def site() -> Iterator[SiteFolder]:
    """The site folder of the tests, without a look before and after."""
    folder: SiteFolder = settings.STANDFIRST_SITE
    (folder.look / "templates" / "pages").mkdir(parents=True)
    yield folder
    shutil.rmtree(folder.look)
    shutil.rmtree(folder.taken_look, ignore_errors=True)
    look.use(Look())


def preview() -> HttpResponse:
    return preview_response(HomePage.objects.get(), RequestFactory().get("/"))


def test_a_preview_is_drawn_with_the_look_that_bakers_took(newsroom: HomePage, site: SiteFolder) -> None:
    (site.look / "templates" / "pages" / "front.html").write_text(OURS)
    assert b'id="ours"' not in preview().content  # nobody has checked it yet
    assert OwnLook().take(site)
    look.use(Look())  # as in the desk's own process, which takes nothing by itself
    assert b'id="ours"' in preview().content


def test_its_style_sheet_is_answered_on_the_desks_host(newsroom: HomePage, site: SiteFolder) -> None:
    (site.look / "tokens.css").write_text(":root { --measure: 39rem; }")
    OwnLook().take(site)
    name = assets().style.removeprefix("/_a/")
    look.use(Look())
    answer = asset_view(RequestFactory().get(f"/_a/{name}"), name)
    assert b"--measure:39rem" in answer.content


def test_mistakes_are_told_to_administrators_on_the_first_page(newsroom: HomePage, site: SiteFolder) -> None:
    (site.look / "tokens.css").write_text("\n:root { --papr: #ffffff; }")
    assert not OwnLook().take(site)
    said = "look/tokens.css:2: --papr is no token; is it --paper?"
    admin, editor = staff("admin@example.org", is_superuser=True), staff("editor@example.org", "Editors")
    assert said in home(signed_in(admin))
    assert "look/tokens.css" not in home(signed_in(editor))


def home(client: Client) -> str:
    return client.get("/desk/").content.decode()
