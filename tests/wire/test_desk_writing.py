"""What is typed at the desk's feed: never half kept, never twice in the feed, never lost."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from standfirst.editions import api as editions
from standfirst.kit import instants
from standfirst.kit.ids import new_id
from standfirst.stories import api as stories
from standfirst.wire import api as wire
from standfirst.wire.desk.forms import ItemForm
from tests.stories.conftest import signed_in, staff
from tests.wire.conftest import ACTOR, published

pytestmark = [pytest.mark.django_db(databases=["default", "bake"]), pytest.mark.usefixtures("newsroom")]


@pytest.fixture
def desk() -> Client:
    return signed_in(staff(ACTOR, "Editors"))


@pytest.fixture
def other() -> Client:
    return signed_in(staff("other@example.org", "Editors"))


def typed(**more: str) -> dict[str, str]:
    return {"headline": "Ferry delayed", "body": "By **wind**.", "language": "en", "do": "publish", **more}


def page(answer: Any) -> BeautifulSoup:
    return BeautifulSoup(answer.content, "html.parser")


def feed() -> str:
    return reverse("standfirst_feed")


def test_what_cannot_be_published_leaves_no_draft_behind(desk: Client) -> None:
    """The form is still on the screen: a draft beside it would be a second one after the next press."""
    assert desk.post(feed(), typed(headline="")).status_code == 422
    assert not wire.Item.objects.exists()
    item = published()
    address = reverse("standfirst_feed_item", args=(item.pk,))
    assert desk.post(address, typed(headline="", version=str(item.version))).status_code == 422
    item.refresh_from_db()
    assert item.headline == "Ferry delayed"


def test_the_same_press_that_comes_twice_is_one_item(desk: Client) -> None:
    """On a bad line the answer gets lost, and the press is repeated."""
    sent = typed(once=page(desk.get(feed())).select_one("[name=once]")["value"])
    assert desk.post(feed(), sent).status_code == 302
    assert desk.post(feed(), sent).status_code == 302
    item = wire.Item.objects.get()
    head = editions.head(item.record)
    assert head is not None
    assert (item.public_id, head.number) == (sent["once"], 1)


def test_another_text_with_the_same_mark_is_another_item(desk: Client, other: Client) -> None:
    """A form may outlive its item in the browser; it never writes over what is in the feed."""
    mark = new_id()
    desk.post(feed(), typed(once=mark))
    desk.post(feed(), typed(once=mark, headline="Crane out of service"))
    other.post(feed(), typed(once=mark))
    lines = sorted(wire.Item.objects.values_list("headline", flat=True))
    assert lines == ["Crane out of service", "Ferry delayed", "Ferry delayed"]


def test_a_mark_that_is_no_id_is_not_taken(desk: Client) -> None:
    desk.post(feed(), typed(once="../../etc"))
    assert wire.Item.objects.get().public_id != "../../etc"


def test_of_two_who_saved_the_later_sees_all_the_other_wrote(desk: Client, other: Client) -> None:
    item = published()
    address, began = reverse("standfirst_feed_item", args=(item.pk,)), str(item.version)
    theirs = typed(headline="Theirs", body="Their **whole** text.", source_name="Harbour", version=began)
    other.post(address, theirs)
    answer = desk.post(address, typed(headline="Mine", body="My text.", version=began))
    shown = page(answer).select_one(f"#item-{item.pk}")
    alert = shown.select_one("[role=alert]")
    assert "other@example.org" in alert.get_text()
    assert str(alert.select_one("strong").get_text()) == "Theirs"
    assert "Their <strong>whole</strong> text." in str(alert)
    assert "Harbour" in alert.get_text()
    assert shown.select_one("[name=headline]")["value"] == "Mine"
    assert shown.select_one("[name=body]").get_text().strip() == "My text."
    assert getattr(editions.current(item.record), "headline", "") == "Theirs"


def test_a_draft_that_was_deleted_while_somebody_wrote_comes_back_as_a_new_one(
    desk: Client, other: Client
) -> None:
    other.post(feed(), typed(do="draft"))
    draft = wire.Item.objects.get()
    address = reverse("standfirst_feed_item", args=(draft.pk,))
    other.post(address, {"do": "delete"})
    answer = desk.post(address, typed(headline="My words", version="1", do="draft"))
    assert answer.status_code == 422
    shown = page(answer)
    form = shown.select_one("[data-item-form]")
    assert "deleted this draft meanwhile" in form.select_one("[role=alert]").get_text()
    assert form.select_one("[name=headline]")["value"] == "My words"
    again = {field["name"]: field.get("value", "") for field in form.select("input")}
    assert desk.post(form["action"], {**again, "language": "en", "do": "draft"}).status_code == 302
    assert wire.Item.objects.get().headline == "My words"
    assert desk.get(address).status_code == 404


def test_a_draft_that_was_withdrawn_meanwhile_keeps_what_is_typed_on_the_screen(desk: Client) -> None:
    item = published()
    wire.kill_item(item, actor=ACTOR, why="wrong")
    address = reverse("standfirst_feed_item", args=(item.pk,))
    answer = desk.post(address, typed(headline="My words", version=str(item.version)))
    assert answer.status_code == 422
    assert page(answer).select_one(f"#item-{item.pk} [name=headline]")["value"] == "My words"


def test_one_press_makes_an_item_breaking_for_an_hour_and_another_ends_it(desk: Client) -> None:
    item = published()
    address = reverse("standfirst_feed_item", args=(item.pk,))
    assert page(desk.get(feed())).select_one("[name=do][value=flag]")
    desk.post(address, {"do": "flag"})
    until = getattr(editions.current(item.record), "breaking_until", None)
    assert until is not None
    assert timedelta(minutes=59) < until - instants.now() <= timedelta(hours=1)
    shown = page(desk.get(feed()))
    assert shown.select_one("[name=do][value=calm]")
    assert not shown.select_one("[name=do][value=flag]")
    desk.post(address, {"do": "calm"})
    assert getattr(editions.current(item.record), "breaking_until", 1) is None


def test_nobody_calls_breaking_what_is_not_in_the_feed_or_without_the_right(desk: Client) -> None:
    desk.post(feed(), typed(do="draft"))
    draft = wire.Item.objects.get()
    with pytest.raises(wire.ItemRefused):
        wire.start_breaking(draft, until=instants.now(), actor=ACTOR)
    with pytest.raises(wire.ItemRefused, match="a day at most"):
        wire.start_breaking(published(), until=instants.now() + timedelta(days=2), actor=ACTOR)
    contributor = signed_in(staff("new@example.org", "Contributors"))
    contributor.post(reverse("standfirst_feed_item", args=(published().pk,)), {"do": "flag"})
    assert not wire.Item.objects.exclude(breaking_until=None).exists()


@pytest.mark.parametrize(("chosen", "minutes"), [("30", 30), ("60", 60), ("180", 180), ("720", 720)])
def test_breaking_lasts_as_long_as_was_chosen(desk: Client, chosen: str, minutes: int) -> None:
    desk.post(feed(), typed(breaking=chosen))
    until = wire.Item.objects.get().breaking_until
    assert until is not None
    assert abs(until - instants.now() - timedelta(minutes=minutes)) < timedelta(minutes=1)


def test_too_many_and_unknown_choices_are_said_at_their_fields(desk: Client) -> None:
    shown = page(desk.post(feed(), typed(topic="no-such", language="fi", headline="x" * 301)))
    wrong = [field.select_one("[name]")["name"] for field in shown.select(".sf-item__field--wrong")]
    assert wrong == ["headline", "language", "topic"]


def test_topics_stand_by_language_where_there_are_several(db: None) -> None:
    for name, language in (("Ferries", "en"), ("Пороми", "uk")):
        stories.save_topic(stories.SectionDraft(name=name, language=language), actor=ACTOR)
    choices = ItemForm().fields["topic"].choices  # type: ignore[attr-defined]
    groups = {str(name): [label for _id, label in found] for name, found in choices[1:]}
    assert groups == {"English": ["Ferries"], "Українська": ["Пороми"]}


def test_what_a_browser_keeps_is_named_by_the_account_and_let_go_by_the_answer(
    desk: Client, other: Client
) -> None:
    """Two who share a computer do not find each other's words."""
    mine, theirs = (page(client.get(feed())).select_one("[name=form]")["value"] for client in (desk, other))
    assert mine != theirs
    answer = desk.post(feed(), typed(form=mine, do="draft"), follow=True)
    assert page(answer).select_one("[data-taken]")["data-taken"] == mine


def test_the_line_of_keys_says_what_the_account_may(desk: Client) -> None:
    contributor = signed_in(staff("new@example.org", "Contributors"))
    assert "Ctrl+Enter publishes, Ctrl+S" in page(desk.get(feed())).select_one(".sf-item__keys").get_text()
    assert "publishes" not in page(contributor.get(feed())).select_one(".sf-item__keys").get_text()
