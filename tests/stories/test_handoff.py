"""Staff on the readers' site: a token used once, a pass that opens nothing but the way into the editor."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from standfirst.editions.documents import Paragraph
from standfirst.readers.models import User
from standfirst.stories import api as stories
from standfirst.stories.handoff import passes
from standfirst.stories.models import HandoffToken, HomePage, StaffPass, StoryPage
from tests.stories.conftest import ACTOR, signed_in, staff

pytestmark = [
    pytest.mark.django_db(databases=["default", "bake"]),
    pytest.mark.urls("tests.stories.public_urls"),
]
DESK = "http://localhost:8001"


@pytest.fixture
def story(newsroom: HomePage) -> StoryPage:
    draft = stories.StoryDraft(headline="Ships leave", body=(Paragraph(id="p1", html="At dawn."),))
    return StoryPage.objects.get(pk=stories.save_story(draft, actor=ACTOR, publish=True).page)


@pytest.fixture
def reader() -> Client:
    return Client(HTTP_HOST="localhost")


def arrive(browser: Client, token: str, origin: str = DESK) -> int:
    return browser.post("/-/staff", {"token": token}, headers={"origin": origin}).status_code


@pytest.mark.urls("standfirst.project.urls")
def test_the_desk_posts_a_token_and_never_puts_it_into_an_address(desk: Client, newsroom: HomePage) -> None:
    answer = desk.post(reverse("standfirst_leave_desk"), {"onward": "/ships-leave/"})
    page = answer.content.decode()
    (token,) = re.findall(r'name="token" value="([^"]+)"', page)
    assert 'method="post" action="http://localhost:8000/-/staff"' in page
    assert f"?{token}" not in page
    assert f"={token}" not in page
    assert "<script>" not in page
    assert "no-store" in answer.headers["Cache-Control"]
    assert not HandoffToken.objects.filter(key_hash=token).exists()
    assert passes.exchange(token) is not None


@pytest.mark.urls("standfirst.project.urls")
def test_looking_at_the_way_out_changes_nothing(desk: Client, newsroom: HomePage) -> None:
    assert desk.get(reverse("standfirst_leave_desk")).status_code == 405
    assert not HandoffToken.objects.exists()


@pytest.mark.urls("standfirst.project.urls")
@pytest.mark.parametrize("onward", ["//evil.example/", "/\\evil.example", "https://evil.example/", ""])
def test_the_way_on_stays_on_the_site(desk: Client, newsroom: HomePage, onward: str) -> None:
    desk.post(reverse("standfirst_leave_desk"), {"onward": onward})
    assert HandoffToken.objects.get().onward == "/"


def test_a_token_becomes_a_pass_and_the_pass_shows_the_way_into_the_editor(
    reader: Client, editor: User, story: StoryPage
) -> None:
    token = passes.issue(editor, "/ships-leave/")
    answer = reader.post("/-/staff", {"token": token}, headers={"origin": DESK})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'data-onward="/ships-leave/"' in page
    assert re.findall(r"<script(?![^>]*\bsrc=)", page) == []
    assert token not in page
    cookie = answer.cookies["standfirst_staff"]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/-/", True, "Lax")
    told = reader.get(f"/-/staff/story/{story.public_id}")
    assert told.json()["edit"] == f"{DESK}/desk/pages/{story.pk}/edit/"
    assert told.headers["Cache-Control"] == "private, no-store"


def test_a_token_works_once(reader: Client, editor: User, story: StoryPage) -> None:
    token = passes.issue(editor, "/")
    assert arrive(reader, token) == 200
    assert arrive(Client(HTTP_HOST="localhost"), token) == 403
    assert StaffPass.objects.count() == 1


def test_a_token_is_too_old_after_ten_minutes(reader: Client, editor: User, story: StoryPage) -> None:
    token = passes.issue(editor, "/")
    HandoffToken.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert arrive(reader, token) == 403
    assert timedelta(minutes=10) == passes.TOKEN_LIFE


@pytest.mark.parametrize("origin", ["http://localhost:8000", "https://evil.example", "null", ""])
def test_a_token_from_another_page_is_refused_and_stays_unused(
    reader: Client, editor: User, story: StoryPage, origin: str
) -> None:
    token = passes.issue(editor, "/")
    assert arrive(reader, token, origin) == 403
    assert HandoffToken.objects.get().used_at is None


def test_a_made_up_token_is_refused(reader: Client, story: StoryPage) -> None:
    assert arrive(reader, "made-up") == 403
    assert "standfirst_staff" not in reader.cookies


def test_each_sign_in_gets_a_pass_of_its_own(editor: User, story: StoryPage) -> None:
    browser = Client(HTTP_HOST="localhost")
    browser.cookies["standfirst_staff"] = "chosen-by-an-attacker"
    arrive(browser, passes.issue(editor, "/"))
    assert browser.cookies["standfirst_staff"].value != "chosen-by-an-attacker"
    assert passes.holder("chosen-by-an-attacker") is None


def test_who_may_not_edit_the_story_is_told_nothing(reader: Client, editor: User, story: StoryPage) -> None:
    url = f"/-/staff/story/{story.public_id}"
    assert (reader.get(url).status_code, reader.get(url).content) == (204, b"")
    contributor = staff("young@example.org", "Contributors")
    arrive(reader, passes.issue(contributor, "/"))
    assert reader.get(url).status_code == 204
    own = StoryPage.objects.get(pk=story.pk)
    StoryPage.objects.filter(pk=own.pk).update(owner=contributor)
    assert reader.get(url).status_code == 200  # contributors edit what they have begun
    assert reader.get("/-/staff/story/nothing").status_code == 204


def test_a_pass_of_a_closed_account_opens_nothing(reader: Client, editor: User, story: StoryPage) -> None:
    arrive(reader, passes.issue(editor, "/"))
    editor.is_active = False
    editor.save()
    assert reader.get(f"/-/staff/story/{story.public_id}").status_code == 204


@pytest.mark.urls("standfirst.project.urls")
def test_signing_out_at_the_desk_ends_the_passes(desk: Client, editor: User, story: StoryPage) -> None:
    key, _onward = passes.exchange(passes.issue(editor, "/")) or ("", "")
    assert passes.holder(key) == editor
    desk.post(reverse("wagtailadmin_logout"))
    assert passes.holder(key) is None


def test_leaving_the_site_as_staff_removes_hint_and_pass(
    reader: Client, editor: User, story: StoryPage
) -> None:
    arrive(reader, passes.issue(editor, "/"))
    assert reader.get("/-/staff/out").status_code == 405
    assert reader.post("/-/staff/out", headers={"origin": "https://evil.example"}).status_code == 403
    answer = reader.post("/-/staff/out", headers={"origin": "http://localhost:8000"})
    assert 'data-mode="out"' in answer.content.decode()
    assert not StaffPass.objects.exists()


def test_the_application_behind_the_readers_host_answers_nothing_else(reader: Client) -> None:
    for path in ("/", "/desk/", "/desk/login/", "/-/", "/-/desk/", "/_a/x", "/-/staff/story/"):
        assert reader.get(path).status_code in (301, 404), path
    assert reader.get("/-/staff").status_code == 405
    assert b"standfirst.staff" in reader.get("/-/staff.js").content


def test_a_desk_session_is_no_pass(editor: User, story: StoryPage) -> None:
    assert signed_in(editor).get(f"/-/staff/story/{story.public_id}").status_code == 204
