"""The desk's screen of a live coverage, as contributors, editors and publishers use it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse

from standfirst.editions import api as editions
from standfirst.editions.documents import Coverage, Post, Story
from standfirst.stories import api as stories
from standfirst.stories.models import StoryPage
from standfirst.wire import api as wire
from tests.stories.conftest import signed_in, staff
from tests.wire.conftest import ACTOR, covered, posted

pytestmark = [pytest.mark.django_db(databases=["default", "bake"]), pytest.mark.usefixtures("newsroom")]


@pytest.fixture
def desk() -> Client:
    return signed_in(staff(ACTOR, "Publishers"))


@pytest.fixture
def contributor() -> Client:
    return signed_in(staff("new@example.org", "Contributors"))


def typed(*texts: str, **more: str) -> dict[str, str]:
    """Return a form as a browser sends it, with a block of text for each of `texts`."""
    sent = {"headline": "Polls open", "do": "publish", "body-count": str(len(texts)), **more}
    for number, text in enumerate(texts):
        line = {"key": f"k{number}", "text": text, "type": "unstyled", "depth": 0, "data": {}}
        lines = [{**line, "inlineStyleRanges": [], "entityRanges": []}]
        field = f"body-{number}"
        sent |= {
            f"{field}-deleted": "",
            f"{field}-order": str(number),
            f"{field}-type": "text",
            f"{field}-id": "",
            f"{field}-value": json.dumps({"blocks": lines, "entityMap": {}}),
        }
    return sent


def shown(answer: Any) -> BeautifulSoup:
    return BeautifulSoup(answer.content, "html.parser")


def said(record: str) -> Post:
    found = editions.current(record)
    assert isinstance(found, Post)
    return found


def screen(page: StoryPage) -> str:
    return reverse("standfirst_posts", args=(page.pk,))


def own(post: wire.Post) -> str:
    return reverse("standfirst_post", args=(post.pk,))


def test_a_post_is_written_and_published_with_one_press(desk: Client) -> None:
    page = covered()
    author = stories.save_author(stories.AuthorDraft(name="Ada"), actor=ACTOR)
    answer = desk.post(screen(page), typed("At seven.", key="on", authors=author.public_id))
    assert answer.status_code == 302, shown(answer).get_text()
    post = said(wire.Post.objects.get().record)
    assert (post.headline, [getattr(block, "html", "") for block in post.body]) == (
        "Polls open",
        ["At seven."],
    )
    assert (post.key, [line.author for line in post.bylines]) == (True, [author.public_id])
    after = shown(desk.get(answer["Location"]))
    assert after.select_one(".sf-feed .sf-post__words").get_text() == "At seven.", "no name of a block"
    assert after.select_one("[data-receipt]")
    assert [one["value"] for one in after.select("[name=authors] option[selected]")] == [author.public_id], (
        "who wrote the last one most likely writes the next"
    )


def test_the_screen_offers_the_blocks_of_a_post_and_no_others(desk: Client) -> None:
    answer = shown(desk.get(screen(covered())))
    block = answer.select_one("[data-controller=w-block]")
    value = block["data-w-block-data-value"]
    for name in ("text", "image", "quote", "embed", "related_story"):
        assert f'"{name}"' in value
    assert '"table"' not in value
    assert any("telepath/blocks" in script.get("src", "") for script in answer.select("script"))


def test_a_draft_waits_apart_also_unfinished(desk: Client) -> None:
    page = covered()
    embed = {
        "body-count": "1", "body-0-deleted": "", "body-0-order": "0", "body-0-type": "embed", "body-0-id": "",
        "body-0-value-url": "", "body-0-value-provider": "",
    }  # fmt: skip
    answer = desk.post(screen(page), {**typed(do="draft"), **embed})
    assert answer.status_code == 302
    assert answer["Location"].endswith("?show=drafts")
    assert "Polls open" in shown(desk.get(answer["Location"])).select_one(".sf-feed").get_text()
    post = wire.Post.objects.get()
    answer = desk.post(own(post), {"do": "put"}, follow=True)
    assert "no address" in answer.content.decode()
    assert editions.head(post.record) is None


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(desk: Client) -> None:
    page = covered()
    stories.close_coverage(page, actor=ACTOR)
    answer = desk.post(screen(page), typed("At seven."))
    assert answer.status_code == 422
    after = shown(answer)
    assert "closed" in after.select_one("[role=alert]").get_text()
    assert after.select_one("[name=headline]")["value"] == "Polls open"
    assert "At seven." in after.select_one("[data-controller=w-block]")["data-w-block-arguments-value"]


def test_a_post_is_edited_in_its_place_and_two_editors_lose_no_word(desk: Client) -> None:
    post = posted(covered())
    form = shown(desk.get(own(post))).select_one(f"#post-{post.pk} form")
    version = form.select_one("[name=version]")["value"]
    desk.post(own(post), typed("Now.", headline="Polls close", version=version, minor="on"))
    assert (said(post.record).headline, said(post.record).updated_at) == ("Polls close", None)
    answer = desk.post(own(post), typed("Mine.", headline="Mine", version=version))
    assert answer.status_code == 422
    opened = shown(answer).select_one(f"#post-{post.pk}")
    assert "Polls close" in opened.select_one("[role=alert]").get_text()
    latest = opened.select_one("[name=version]")["value"]
    desk.post(own(post), typed("Mine.", headline="Mine", version=latest))
    assert said(post.record).headline == "Mine"
    assert said(post.record).updated_at is not None


def test_buttons_key_undo_take_back_put_back_and_break_out(desk: Client) -> None:
    post = posted(covered())
    desk.post(own(post), {"do": "key"})
    assert said(post.record).key
    desk.post(own(post), {"do": "undo"})
    assert not said(post.record).key
    desk.post(own(post), {"do": "back"})
    assert editions.current(post.record) is None
    desk.post(own(post), {"do": "put"})
    assert said(post.record).number == 1
    answer = desk.post(own(post), {"do": "break_out"})
    page = StoryPage.objects.get(title="Polls open")
    assert answer["Location"] == reverse("wagtailadmin_pages:edit", args=(page.pk,))


def test_who_may_add_no_story_gets_no_button_and_is_told_so_in_words() -> None:
    wires = Group.objects.create(name="Wire")
    names = ("access_admin", "add_item", "change_item", "publish_item")
    wires.permissions.set(Permission.objects.filter(codename__in=names))
    client = signed_in(staff("wire@example.org", "Wire"))
    post = posted(covered())
    assert shown(client.get(screen(post.story))).select("[value=key]")
    assert not shown(client.get(screen(post.story))).select("[value=break_out]")
    answer = client.post(own(post), {"do": "break_out"})
    assert answer.status_code == 403
    assert "You may not add stories" in shown(answer).select_one("[role=alert]").get_text()
    post.refresh_from_db()
    assert post.became is None
    assert StoryPage.objects.count() == 1


def test_a_coverage_is_closed_opened_and_its_summary_pinned(desk: Client) -> None:
    page = covered()
    address = reverse("standfirst_coverage", args=(page.pk,))

    def live() -> Coverage:
        found = editions.current(page.record)
        assert isinstance(found, Story)
        assert found.live
        return found.live

    desk.post(address, {"do": "pin", "summary": "**Open** until nine\nRain"})
    assert live().summary == ("<strong>Open</strong> until nine", "Rain")
    assert (
        shown(desk.get(screen(page))).select_one("#summary").get_text().strip() == "**Open** until nine\nRain"
    )
    desk.post(address, {"do": "close"})
    assert not live().is_open
    assert "Closed" in shown(desk.get(screen(page))).select_one(".sf-coverage").get_text()
    desk.post(address, {"do": "open"})
    assert live().is_open


def test_a_contributor_drafts_and_does_not_publish(contributor: Client) -> None:
    page = covered()
    assert contributor.post(screen(page), typed("x")).status_code == 302, "sent home with a refusal"
    assert not wire.Post.objects.exists()
    contributor.post(screen(page), typed("x", do="draft"))
    draft = wire.Post.objects.get()
    assert editions.head(draft.record) is None
    assert not shown(contributor.get(own(draft))).select("[data-publish]")
    contributor.post(reverse("standfirst_coverage", args=(page.pk,)), {"do": "close"})
    found = editions.current(page.record)
    assert isinstance(found, Story)
    assert found.live
    assert found.live.is_open


def test_a_publisher_withdraws_a_post_and_says_why(desk: Client) -> None:
    post = posted(covered())
    address = reverse("standfirst_post_kill", args=(post.pk,))
    assert desk.post(address, {"why": " "}).status_code == 422
    assert "Polls open" in shown(desk.get(address)).get_text()
    desk.post(address, {"why": "A name."})
    assert editions.history(post.record)[-1].note == "A name."


def test_coverages_are_found_from_the_menu_and_from_the_storys_editor(desk: Client) -> None:
    assert not shown(desk.get("/desk/")).find(string=lambda text: text and '"live"' in text and "url" in text)
    page = covered()
    listed = shown(desk.get(reverse("standfirst_coverages")))
    assert listed.select_one(".sf-feed__line a")["href"] == screen(page)
    assert reverse("standfirst_coverages") in desk.get("/desk/").content.decode()
    editor = desk.get(reverse("wagtailadmin_pages:edit", args=(page.pk,))).content.decode()
    assert f'href="{screen(page)}"' in editor
    other = stories.save_story(stories.StoryDraft(headline="Plain"), actor=ACTOR, publish=True)
    assert desk.get(reverse("standfirst_posts", args=(other.page,))).status_code == 404
