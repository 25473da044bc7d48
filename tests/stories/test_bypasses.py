"""Ways round publishing that Wagtail offers are closed, or lead through it all the same."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from wagtail.actions.copy_page import CopyPageAction
from wagtail.actions.create_alias import CreatePageAliasAction
from wagtail.actions.publish_page_revision import PublishPageRevisionAction

from standfirst.editions import api as editions
from standfirst.editions.documents import Paragraph
from standfirst.stories import api as stories
from standfirst.stories.actions.sweep import sweep
from standfirst.stories.models import HomePage, PlainPage, StoryPage
from tests.stories.conftest import ACTOR, signed_in, staff

pytestmark = pytest.mark.django_db(databases=["default", "bake"])


def written(publish: bool = True, **fields: str) -> StoryPage:
    body = (Paragraph(id="p1", html="At dawn."),)
    draft = stories.StoryDraft(**{"headline": "Ships leave", "body": body, **fields})
    return StoryPage.objects.get(pk=stories.save_story(draft, actor=ACTOR, publish=publish).page)


def test_aliases_are_off(newsroom: HomePage) -> None:
    page = written()
    with pytest.raises(PermissionDenied):
        page.create_alias(update_slug="mirror")
    with pytest.raises(PermissionDenied):
        CreatePageAliasAction(page, update_slug="mirror").execute(skip_permission_checks=True)
    assert StoryPage.objects.count() == 1


def test_a_copy_is_a_draft_of_its_own_whoever_asks_for_it_to_be_live(newsroom: HomePage) -> None:
    page = written(source_uri="tag:wire,1")
    for copy in (
        page.copy(update_attrs={"slug": "one"}, keep_live=True),
        CopyPageAction(page, update_attrs={"slug": "two"}, keep_live=True).execute(),
    ):
        copy = StoryPage.objects.get(pk=copy.pk)
        assert not copy.live
        assert copy.public_id != page.public_id
        assert copy.source_uri == ""
        assert editions.head(copy.record) is None
        assert copy.get_latest_revision_as_object().public_id == copy.public_id


def test_the_copy_screen_offers_neither_mirror_nor_publishing(desk: Client, newsroom: HomePage) -> None:
    page = written()
    url = reverse("wagtailadmin_pages:copy", args=(page.pk,))
    assert {"alias", "publish_copies"}.isdisjoint(desk.get(url).context["form"].fields)
    desk.post(
        url,
        {"new_title": "Copy", "new_slug": "copy", "new_parent_page": str(newsroom.pk),
         "alias": "on", "publish_copies": "on"},
    )  # fmt: skip
    copy = StoryPage.objects.get(slug="copy")
    assert (copy.live, copy.alias_of) == (False, None)


def test_page_privacy_and_alias_conversion_are_off(newsroom: HomePage) -> None:
    page, admin = written(), signed_in(staff("admin@example.org", is_superuser=True))
    for name in ("set_privacy", "convert_alias"):
        url = reverse(f"wagtailadmin_pages:{name}", args=(page.pk,))
        assert admin.get(url).status_code == 404
        assert admin.post(url, {"restriction_type": "login"}).status_code == 404
    assert StoryPage.private_page_options == []


def test_redirects_and_the_public_api_are_not_there(client: Client) -> None:
    assert not apps.is_installed("wagtail.contrib.redirects")
    assert not any(app.name.startswith("wagtail.api") for app in apps.get_app_configs())
    assert client.get("/api/v2/pages/", HTTP_HOST="localhost").status_code == 404


def test_publishing_through_the_admin_api_is_publishing(desk: Client, newsroom: HomePage) -> None:
    page = written(publish=False)
    url = reverse("wagtailadmin_api:pages:action", args=(page.pk, "publish"))
    assert desk.post(url).status_code == 200
    assert editions.history(page.record)[-1].actor == ACTOR


def test_a_refusal_in_the_admin_api_undoes_its_publish(desk: Client, newsroom: HomePage) -> None:
    first = written(slug="taken")
    stories.save_story(
        stories.StoryDraft(id=first.public_id, headline="Moved", slug="elsewhere"), actor=ACTOR, publish=True
    )
    page = written(publish=False)
    page.slug = "taken"  # as an editor may ask for it
    page.save_revision()
    answer = desk.post(reverse("wagtailadmin_api:pages:action", args=(page.pk, "publish")))
    assert answer.status_code == 409
    assert "/taken/ is taken" in answer.json()["error_message"]
    assert not StoryPage.objects.get(pk=page.pk).live
    assert editions.head(page.record) is None


def test_the_publish_action_itself_is_publishing(newsroom: HomePage) -> None:
    page = written(publish=False)
    PublishPageRevisionAction(page.get_latest_revision()).execute(skip_permission_checks=True)
    assert editions.head(page.record).state == "live"


def test_a_page_put_into_the_tree_is_not_live(newsroom: HomePage) -> None:
    page = newsroom.add_child(instance=StoryPage(title="Straight in", slug="straight-in", live=True))
    assert not StoryPage.objects.get(pk=page.pk).live
    assert editions.head(page.record) is None


def test_wagtails_own_timetable_command_is_off() -> None:
    with pytest.raises(CommandError, match="standfirst serve"):
        call_command("publish_scheduled")


def test_pages_are_never_served_by_the_application(desk: Client, newsroom: HomePage) -> None:
    page = written()
    assert page.url == "http://localhost:8000/ships-leave/"
    assert desk.get("/ships-leave/").status_code == 404


def test_the_sweep_finds_and_mends_what_went_round(newsroom: HomePage) -> None:
    assert sweep() == []  # the control: nothing to find is nothing found
    hidden, shown = written(publish=False), written(slug="shown")
    StoryPage.objects.filter(pk=hidden.pk).update(live=True)
    StoryPage.objects.filter(pk=shown.pk).update(live=False)
    found = {finding.record: finding.mended for finding in sweep(mend=False)}
    assert found == {hidden.record: False, shown.record: False}
    assert all(finding.mended for finding in sweep())
    assert editions.head(hidden.record).state == "live"
    assert editions.head(shown.record).state == "gone"
    assert sweep() == []


def test_the_sweep_knows_pages_too(newsroom: HomePage) -> None:
    hidden, shown = (
        stories.save_plain_page(stories.PlainPageDraft(title=title), actor=ACTOR, publish=publish)
        for title, publish in (("Hidden", False), ("Shown", True))
    )
    PlainPage.objects.filter(pk=hidden.pk).update(live=True)
    PlainPage.objects.filter(pk=shown.pk).update(live=False)
    assert {finding.record for finding in sweep(mend=False)} == {hidden.record, shown.record}
    assert all(finding.mended for finding in sweep())
    assert editions.head(hidden.record).state == "live"
    assert editions.head(shown.record).state == "gone"
    assert sweep() == []
