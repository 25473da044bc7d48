"""Who may go where: every route of the desk is in the table, and opens for nobody below the role it names
(PROMISES.md, 4). The whole matrix is a campaign: `make faults NAME=desk_routes`."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import get_resolver

from standfirst.editions.documents import Paragraph
from standfirst.project.urls import public_urls
from standfirst.readers.models import User
from standfirst.stories import api as stories
from standfirst.stories.models import StoryPage
from tests.stories.conftest import ACTOR, signed_in, staff
from tests.stories.matrix import client_of, furnish
from tests.stories.routes import ROLES, TABLE, Ids, address, answer_to, opens, routes

pytestmark = pytest.mark.django_db(databases=["default", "bake"])

PUBLIC = {
    "-/staff", "-/staff/out", "-/staff.js", "-/staff/story/<str:story_id>", "-/push/",
    "-/api/v1/openapi.json", "-/api/v1/items", "-/api/v1/items/<item_id>", "-/api/v1/items/<item_id>/publish",
    "-/api/v1/items/<item_id>/undo", "-/api/v1/items/<item_id>/take-back", "-/api/v1/items/<item_id>/kill",
    "-/api/v1/topics", "-/api/v1/<path:rest>",
}  # fmt: skip
"""Behind the readers' host; what each answers to whom is in test_handoff, tests/wire/test_alerts and
tests/wire/test_api_tokens."""

BELOW = {"editor": "contributor", "publisher": "editor", "admin": "publisher", "closed": "admin"}


@pytest.fixture
def ids(db: None) -> Ids:
    return furnish()


def leaks(role: str, table: dict[str, str], ids: Ids) -> list[str]:
    """Return what opens for `role` of the routes in `table`."""
    client = client_of(role)
    return [
        f"{method} {address(route, ids)}"
        for route in table
        for method in ("GET", "POST")
        if opens(answer_to(client, address(route, ids), method))
    ]


def test_every_route_is_in_the_table() -> None:
    assert set(routes(get_resolver("standfirst.project.urls").url_patterns)) == set(TABLE)
    assert set(routes(public_urls())) == PUBLIC


def test_strangers_get_in_nowhere(ids: Ids) -> None:
    assert leaks("anonymous", {r: least for r, least in TABLE.items() if least != "anonymous"}, ids) == []


@pytest.mark.parametrize("least", ["editor", "publisher", "admin"])
def test_nobody_gets_in_below_the_role_in_the_table(ids: Ids, least: str) -> None:
    assert leaks(BELOW[least], {r: role for r, role in TABLE.items() if role == least}, ids) == []


def test_the_test_would_see_a_leak(ids: Ids) -> None:
    """The control: an editor does get in where editors may."""
    mine = {r: role for r, role in TABLE.items() if "snippets/stories/section/" in r and role == "editor"}
    assert len(leaks("editor", mine, ids)) >= len(mine) / 2
    assert ROLES.index("editor") > ROLES.index("contributor")


def test_an_account_without_a_group_gets_in_nowhere(ids: Ids) -> None:
    client = signed_in(staff("nobody@example.org"))
    for path in ("/desk/", "/desk/stories/", "/desk/pages/add/stories/storypage/3/", "/_a/x.css"):
        assert not opens(answer_to(client, path, "GET")), path


def test_a_readers_account_cannot_hold_a_desk_session(ids: Ids) -> None:
    reader = User.objects.create(email="reader@example.org", kind=User.Kind.READER, is_superuser=True)
    client = Client(HTTP_HOST="localhost")
    client.force_login(reader, backend="standfirst.readers.backends.StaffBackend")
    assert not opens(answer_to(client, "/desk/", "GET"))


def test_contributors_write_but_do_not_publish(ids: Ids) -> None:
    contributor = client_of("contributor")
    draft = stories.StoryDraft(headline="Mine", slug="mine", body=(Paragraph(id="p", html="x"),))
    page = StoryPage.objects.get(pk=stories.save_story(draft, actor=ACTOR, publish=False).page)
    StoryPage.objects.filter(pk=page.pk).update(owner=User.objects.get(email="contributor@example.org"))
    assert contributor.get(f"/desk/pages/{page.pk}/edit/").status_code == 200
    assert contributor.post(f"/desk/api/main/pages/{page.pk}/action/publish/").status_code == 403
    assert not StoryPage.objects.get(pk=page.pk).live
