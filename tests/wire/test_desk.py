"""The desk's screen of the feed, as contributors, editors and publishers use it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse
from wagtail.models import GroupPagePermission

from standfirst.editions import api as editions
from standfirst.editions.documents import FeedItem
from standfirst.kit import instants
from standfirst.stories import api as stories
from standfirst.stories.models import HomePage
from standfirst.stories.pages import StoryPage
from standfirst.wire import api as wire
from standfirst.wire.offering import offer
from tests.stories.conftest import signed_in, staff
from tests.wire.conftest import ACTOR, published

pytestmark = [pytest.mark.django_db(databases=["default", "bake"]), pytest.mark.usefixtures("newsroom")]


@pytest.fixture
def desk() -> Client:
    return signed_in(staff(ACTOR, "Editors"))


@pytest.fixture
def contributor() -> Client:
    return signed_in(staff("new@example.org", "Contributors"))


def typed(**more: str) -> dict[str, str]:
    return {"headline": "Ferry delayed", "body": "By **wind**.", "language": "en", "do": "publish", **more}


def page(answer: Any) -> BeautifulSoup:
    return BeautifulSoup(answer.content, "html.parser")


def test_an_item_is_written_and_published_with_one_press(desk: Client) -> None:
    answer = desk.post(
        reverse("standfirst_feed"), typed(breaking="60", source_name="Port", source_status="unverified")
    )
    assert answer.status_code == 302
    found = editions.current(wire.Item.objects.get().record)
    assert isinstance(found, FeedItem)
    assert (found.headline, found.body) == ("Ferry delayed", ("By <strong>wind</strong>.",))
    assert found.breaking_until
    assert 3500 < (found.breaking_until - instants.now()).total_seconds() <= 3600
    assert found.source
    assert found.source.status == "unverified"
    shown = page(desk.get(answer["Location"]))
    assert "Ferry delayed" in shown.select_one(".sf-feed").get_text()
    assert shown.select_one("[data-receipt]")


def test_a_draft_waits_apart(desk: Client) -> None:
    answer = desk.post(reverse("standfirst_feed"), typed(do="draft"))
    assert answer["Location"].endswith("?show=drafts")
    assert "Ferry delayed" in page(desk.get(answer["Location"])).select_one(".sf-feed").get_text()
    assert not page(desk.get(reverse("standfirst_feed"))).select(".sf-feed")


def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(desk: Client) -> None:
    answer = desk.post(reverse("standfirst_feed"), typed(source_status="disputed", source_url="javascript:x"))
    assert answer.status_code == 422
    shown = page(answer)
    assert shown.select_one("[name=headline]")["value"] == "Ferry delayed"
    assert shown.select_one("[name=body]").get_text().strip() == "By **wind**."
    wrong = shown.select_one(".sf-item__field--wrong")
    assert wrong.select_one("[name=source_url]")
    assert wrong.select_one("[aria-invalid=true]")
    assert wrong.select_one(".sf-item__error")["id"] in wrong.select_one("input")["aria-describedby"].split()
    assert shown.select_one("details").has_attr("open")
    assert not wire.Item.objects.exists()


@pytest.mark.parametrize("do", ["draft", "publish"])
def test_an_address_that_is_too_long_with_its_scheme_is_said_at_its_field(desk: Client, do: str) -> None:
    answer = desk.post(
        reverse("standfirst_feed"),
        typed(do=do, source_name="Port", source_url="//port.example/" + "x" * 1985),
    )
    assert answer.status_code == 422
    wrong = page(answer).select_one(".sf-item__field--wrong")
    assert wrong.select_one("[name=source_url]")
    assert "2000 is the most" in wrong.get_text()
    assert not wire.Item.objects.exists()


def test_an_item_without_a_first_line_is_not_published(desk: Client) -> None:
    answer = desk.post(reverse("standfirst_feed"), typed(headline=" "))
    assert answer.status_code == 422
    assert "Write a first line" in page(answer).select_one(".sf-item__field--wrong").get_text()
    assert wire.Item.objects.count() <= 1, "what was typed may be kept as a draft"


def test_an_item_is_edited_in_its_place_and_says_updated_unless_it_was_a_slip(desk: Client) -> None:
    item = published()
    address = reverse("standfirst_feed_item", args=(item.pk,))
    form = page(desk.get(address)).select_one(f"#item-{item.pk} form")
    version = form.select_one("[name=version]")["value"]
    desk.post(address, typed(headline="Ferry delayed!", version=version, minor="on"))
    found = editions.current(item.record)
    assert isinstance(found, FeedItem)
    assert (found.headline, found.updated_at) == ("Ferry delayed!", None)
    item.refresh_from_db()
    desk.post(address, typed(headline="Ferry cancelled", version=str(item.version)))
    found = editions.current(item.record)
    assert isinstance(found, FeedItem)
    assert found.updated_at is not None


def test_two_editors_who_save_at_once_lose_no_word(desk: Client) -> None:
    item = published()
    address = reverse("standfirst_feed_item", args=(item.pk,))
    began = str(item.version)
    desk.post(address, typed(headline="First", version=began))
    answer = desk.post(address, typed(headline="Second", version=began))
    assert answer.status_code == 422
    shown = page(answer).select_one(f"#item-{item.pk}")
    assert "First" in shown.select_one("[role=alert]").get_text()
    assert shown.select_one("[name=headline]")["value"] == "Second"
    desk.post(address, typed(headline="Second", version=shown.select_one("[name=version]")["value"]))
    found = editions.current(item.record)
    assert isinstance(found, FeedItem)
    assert found.headline == "Second"


def test_buttons_undo_take_back_put_back_and_calm(desk: Client) -> None:
    item = published(breaking_until=instants.now() + timedelta(hours=1))
    address = reverse("standfirst_feed_item", args=(item.pk,))
    desk.post(address, {"do": "calm"})
    assert getattr(editions.current(item.record), "breaking_until", 1) is None
    desk.post(address, {"do": "back"})
    assert editions.current(item.record) is None
    desk.post(address, {"do": "put"})
    assert editions.current(item.record) is not None
    desk.post(address, typed(headline="Other"))
    desk.post(address, {"do": "undo"})
    assert getattr(editions.current(item.record), "headline", "") == "Ferry delayed"


def test_the_feed_names_the_month_and_the_day_on_which_breaking_ends(
    desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = datetime(2026, 11, 28, 20, 0, tzinfo=UTC)  # ten at night in Kyiv, where the newsroom is
    monkeypatch.setattr(instants, "now", lambda: now)
    item = published(breaking_until=now + timedelta(hours=1))
    said = page(desk.get(reverse("standfirst_feed"))).select_one(f"#item-{item.pk}").get_text()
    assert "Breaking until 11 p.m." in said
    assert "Nov. 28, 10 p.m." in said
    assert "11/28" not in said
    wire.start_breaking(item, until=now + timedelta(hours=3), actor=ACTOR)
    said = page(desk.get(reverse("standfirst_feed"))).select_one(f"#item-{item.pk}").get_text()
    assert "Breaking until Nov. 29, 1 a.m." in said


def test_a_draft_that_nobody_had_is_deleted_and_one_that_readers_had_is_not(desk: Client) -> None:
    desk.post(reverse("standfirst_feed"), typed(do="draft"))
    draft = wire.Item.objects.get()
    desk.post(reverse("standfirst_feed_item", args=(draft.pk,)), {"do": "delete"})
    assert not wire.Item.objects.exists()
    item = published()
    wire.take_back(item, actor=ACTOR)
    answer = desk.post(reverse("standfirst_feed_item", args=(item.pk,)), {"do": "delete"}, follow=True)
    assert "Readers had this" in answer.content.decode()


def test_killing_asks_why_and_needs_its_right(desk: Client) -> None:
    item = published()
    address = reverse("standfirst_feed_kill", args=(item.pk,))
    assert desk.get(address).status_code in (302, 403)
    publisher = signed_in(staff("p@example.org", "Publishers"))
    assert publisher.post(address, {"why": " "}).status_code == 422
    assert publisher.post(address, {"why": "A source."}).status_code == 302
    assert editions.current(item.record) is None
    assert "Ferry delayed" in page(publisher.get(reverse("standfirst_feed") + "?show=killed")).get_text()


def test_a_contributor_writes_drafts_of_their_own_and_publishes_nothing(contributor: Client) -> None:
    shown = page(contributor.get(reverse("standfirst_feed")))
    assert not shown.select("[data-publish]")
    assert contributor.post(reverse("standfirst_feed"), typed()).status_code in (302, 403)
    assert not wire.Item.objects.filter(state="live").exists()
    contributor.post(reverse("standfirst_feed"), typed(do="draft"))
    own = wire.Item.objects.get()
    address = reverse("standfirst_feed_item", args=(own.pk,))
    assert contributor.get(address).status_code == 200
    contributor.post(address, {"do": "put"})
    assert editions.head(own.record) is None
    foreign = published()
    assert contributor.get(reverse("standfirst_feed_item", args=(foreign.pk,))).status_code in (302, 403)


def test_an_item_develops_into_a_story_that_readers_do_not_see_yet(desk: Client) -> None:
    item = published()
    answer = desk.post(reverse("standfirst_feed_item", args=(item.pk,)), {"do": "develop"})
    story = StoryPage.objects.get()
    assert answer["Location"] == reverse("wagtailadmin_pages:edit", args=(story.pk,))
    assert (story.title, story.live) == ("Ferry delayed", False)
    item.refresh_from_db()
    assert item.story == story
    assert getattr(editions.current(item.record), "story", "") is None
    assert "Changes not published" not in desk.get(reverse("standfirst_feed")).content.decode()
    story.get_latest_revision().publish()
    assert getattr(editions.current(item.record), "story", "") == story.public_id, "it leads on to it"
    assert "Changes not published" not in desk.get(reverse("standfirst_feed")).content.decode()


def test_a_story_that_comes_out_lets_out_no_word_that_waits_and_is_kept_by_none(desk: Client) -> None:
    item, empty = published(), published("Other")
    pages = [StoryPage.objects.get(pk=wire.develop(one, actor=ACTOR)) for one in (item, empty)]
    for one, headline, page_ in ((item, "Waits", pages[0]), (empty, "", pages[1])):
        draft = wire.ItemDraft(headline=headline, language="en", body=("By wind.",), story=page_.public_id)
        wire.save_item(draft, actor=ACTOR, item=one)
        page_.get_latest_revision().publish()
        assert StoryPage.objects.get(pk=page_.pk).live
    said = editions.current(item.record)
    assert isinstance(said, FeedItem)
    assert (said.headline, said.story) == ("Ferry delayed", pages[0].public_id)
    item.refresh_from_db()
    assert item.headline == "Waits"


def test_who_may_add_no_story_gets_no_button_and_is_told_so_in_words() -> None:
    """The feed's own people: they write and publish items, and no page."""
    wires = Group.objects.create(name="Wire")
    names = ("access_admin", "add_item", "change_item", "publish_item")
    wires.permissions.set(Permission.objects.filter(codename__in=names))
    client = signed_in(staff("wire@example.org", "Wire"))
    item = published()
    assert not page(client.get(reverse("standfirst_feed"))).select("[value=develop]")
    answer = client.post(reverse("standfirst_feed_item", args=(item.pk,)), {"do": "develop"})
    assert answer.status_code == 403
    assert "You may not add stories" in page(answer).select_one("[role=alert]").get_text()
    assert not StoryPage.objects.exists()
    item.refresh_from_db()
    assert item.story is None
    front = HomePage.objects.get(language="uk")  # the item is in English
    GroupPagePermission.objects.create(
        group=wires, page=front, permission=Permission.objects.get(codename="add_page")
    )
    assert client.post(reverse("standfirst_feed_item", args=(item.pk,)), {"do": "develop"}).status_code == 403
    own = published("Пором", language="uk")
    assert len(page(client.get(reverse("standfirst_feed"))).select("[value=develop]")) == 1
    answer = client.post(reverse("standfirst_feed_item", args=(own.pk,)), {"do": "develop"})
    assert StoryPage.objects.get().language == "uk"
    assert client.get(answer["Location"]).status_code == 200, "who began it may go on with it"


def test_a_published_story_offers_its_item(desk: Client) -> None:
    topic = stories.save_topic(stories.SectionDraft(name="Ferries"), actor=ACTOR).public_id
    draft = stories.StoryDraft(headline="The ferry and the wind", standfirst="A long day.", topics=(topic,))
    made = stories.save_story(draft, actor=ACTOR, publish=True)
    story = StoryPage.objects.get(pk=made.page)
    offered = offer(story)
    assert offered
    form = page(desk.get(offered.url)).select_one("[data-item-form]")
    assert form.select_one("[name=headline]")["value"] == "The ferry and the wind"
    assert form.select_one("[name=body]").get_text().strip() == "A long day."
    assert form.select_one("[name=story] [selected]")["value"] == story.public_id
    assert form.select_one("[name=topic] [selected]")["value"] == topic
    desk.post(offered.url, typed(story=story.public_id))
    assert offer(story) is None, "it is told once"
