"""Publishing at the desk, through Wagtail's own screens, makes editions; a refusal leaves nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, rich_text, streamfield

from standfirst.editions import api as editions
from standfirst.editions.documents import Story
from standfirst.stories import api as stories
from standfirst.stories.models import HomePage, StoryPage
from tests.stories.pictures.conftest import small_picture

pytestmark = pytest.mark.django_db(databases=["default", "bake"])
Form = Callable[..., dict[str, Any]]


def add_url(home: HomePage) -> str:
    return reverse("wagtailadmin_pages:add", args=("stories", "storypage", home.pk))


def publish_new(desk: Client, home: HomePage, data: dict[str, Any]) -> StoryPage:
    response = desk.post(add_url(home), {**data, "action-publish": "action-publish"})
    assert response.status_code == 302, response.context["form"].errors
    return StoryPage.objects.latest("pk")


def edit(desk: Client, page: StoryPage, data: dict[str, Any], publish: bool = True) -> Any:
    action = {"action-publish": "action-publish"} if publish else {}
    return desk.post(reverse("wagtailadmin_pages:edit", args=(page.pk,)), {**data, **action})


def public(page: StoryPage) -> Story:
    found = editions.current(page.record)
    assert isinstance(found, Story)
    return found


def test_a_new_story_published_at_the_desk_is_an_edition(
    desk: Client, newsroom: HomePage, form: Form
) -> None:
    page = publish_new(desk, newsroom, form())
    story = public(page)
    assert story.headline == "Grain ships leave the harbour"
    assert story.path == "/grain-ships/"
    assert [block.type for block in story.body] == ["paragraph"]
    assert story.bylines[0].name == "Jan Guest"
    assert editions.history(page.record)[0].actor == "editor@example.org"


def test_a_draft_is_no_edition_and_has_no_address(desk: Client, newsroom: HomePage, form: Form) -> None:
    desk.post(add_url(newsroom), form())
    page = StoryPage.objects.get()
    assert not page.live
    assert editions.head(page.record) is None
    assert editions.owner("/grain-ships/") is None


def test_saving_changes_to_a_live_story_changes_nothing_for_readers(
    desk: Client, newsroom: HomePage, form: Form
) -> None:
    page = publish_new(desk, newsroom, form())
    edit(desk, page, form(title="Not yet public"), publish=False)
    assert public(page).headline == "Grain ships leave the harbour"
    assert editions.head(page.record).number == 1


def test_a_published_change_of_the_text_is_an_update_with_its_time(
    desk: Client, newsroom: HomePage, form: Form
) -> None:
    page = publish_new(desk, newsroom, form())
    edit(desk, page, form(title="Grain ships are at sea"))
    story = public(page)
    assert story.headline == "Grain ships are at sea"
    assert story.updated_at is not None
    assert editions.head(page.record).reason == "updated"


def test_a_minor_change_says_no_updated_and_the_tick_is_gone_afterwards(
    desk: Client, newsroom: HomePage, form: Form
) -> None:
    page = publish_new(desk, newsroom, form())
    edit(desk, page, form(title="Grain ships leave harbour", minor_change="on"))
    assert public(page).headline == "Grain ships leave harbour"
    assert public(page).updated_at is None
    assert not StoryPage.objects.get(pk=page.pk).minor_change


def test_filing_a_story_elsewhere_is_no_update_for_readers(
    desk: Client, newsroom: HomePage, form: Form
) -> None:
    page = publish_new(desk, newsroom, form())
    edit(desk, page, form(section=""))
    assert public(page).section is None
    assert public(page).updated_at is None


def test_a_correction_is_kept_for_ever(desk: Client, newsroom: HomePage, form: Form) -> None:
    page = publish_new(desk, newsroom, form())
    correction = {"text": rich_text("<p>There were three ships, not four.</p>")}
    edit(desk, page, form(corrections=inline_formset([correction])))
    story = public(page)
    assert [item.text for item in story.corrections] == ["There were three ships, not four."]
    assert editions.head(page.record).reason == "corrected"
    row = StoryPage.objects.get(pk=page.pk).corrections.get()
    gone = {"text": rich_text("<p>x</p>"), "id": str(row.pk), "DELETE": "1"}
    response = edit(desk, page, form(corrections=inline_formset([gone], initial=1)))
    assert response.status_code == 200
    assert "Published corrections stay" in response.content.decode()
    assert len(public(page).corrections) == 1
    assert public(page).corrections[0].at == story.corrections[0].at


def test_a_new_slug_moves_the_story_and_the_old_address_leads_to_it(
    desk: Client, newsroom: HomePage, form: Form
) -> None:
    page = publish_new(desk, newsroom, form())
    edit(desk, page, form(slug="grain-convoy"))
    assert public(page).path == "/grain-convoy/"
    assert editions.owner("/grain-ships/") == page.record
    assert not editions.free("/grain-ships/", "story:somebody-else")


def test_unpublishing_takes_the_story_down_and_publishing_brings_it_back(
    desk: Client, newsroom: HomePage, form: Form
) -> None:
    page = publish_new(desk, newsroom, form())
    first = public(page).published_at
    desk.post(reverse("wagtailadmin_pages:unpublish", args=(page.pk,)))
    assert editions.head(page.record).reason == "unpublished"
    edit(desk, page, form())
    assert public(page).published_at == first
    assert editions.head(page.record).reason == "published"


def test_deleting_a_live_story_takes_it_down(
    desk: Client, newsroom: HomePage, form: Form, editor: Any
) -> None:
    page = publish_new(desk, newsroom, form())
    record = page.record
    desk.post(reverse("wagtailadmin_pages:delete", args=(page.pk,)))
    assert not StoryPage.objects.exists()
    assert editions.head(record).state == "gone"


def test_a_taken_address_refuses_the_publish_keeps_the_text_and_says_so(
    desk: Client, newsroom: HomePage, form: Form
) -> None:
    first = publish_new(desk, newsroom, form())
    edit(desk, first, form(slug="elsewhere"))  # its old address stays its own for ever
    response = desk.post(
        add_url(newsroom), {**form(title="Another story"), "action-publish": "action-publish"}
    )
    assert response.status_code == 200
    words = response.content.decode()
    assert "The address /grain-ships/ is taken" in words
    assert "Another story" in words
    assert StoryPage.objects.count() == 1


def test_a_refused_update_leaves_page_and_edition_as_they_were(
    desk: Client, newsroom: HomePage, form: Form
) -> None:
    first = publish_new(desk, newsroom, form())
    edit(desk, first, form(slug="elsewhere"))
    second = publish_new(desk, newsroom, form(slug="second", title="Second"))
    response = edit(desk, second, form(slug="grain-ships", title="Second, changed"))
    assert response.status_code == 200
    assert "Second, changed" in response.content.decode()
    second = StoryPage.objects.get(pk=second.pk)
    assert (second.title, second.slug, second.has_unpublished_changes) == ("Second", "second", False)
    assert public(second).headline == "Second"


def test_reserved_addresses_are_refused_in_words(desk: Client, newsroom: HomePage, form: Form) -> None:
    for slug in ("section", "archive", "en", "_later"):
        response = desk.post(add_url(newsroom), {**form(slug=slug), "action-publish": "action-publish"})
        assert "is kept for the site itself" in response.content.decode(), slug


def test_a_story_cannot_relate_to_itself(desk: Client, newsroom: HomePage, form: Form) -> None:
    page = publish_new(desk, newsroom, form())
    body = streamfield([("text", rich_text("<p>Again.</p>")), ("related_story", str(page.pk))])
    edit(desk, page, form(body=body))
    assert [block.type for block in public(page).body] == ["paragraph"]


def test_links_to_stories_of_the_desk_lead_to_their_public_address(
    desk: Client, newsroom: HomePage, form: Form
) -> None:
    target = publish_new(desk, newsroom, form(slug="target", title="Target"))
    linking = rich_text(f'<p>As <a linktype="page" id="{target.pk}">reported</a>.</p>')
    page = publish_new(desk, newsroom, form(body=streamfield([("text", linking)])))
    assert public(page).body[0].html == 'As <a href="/target/">reported</a>.'
    desk.post(reverse("wagtailadmin_pages:unpublish", args=(target.pk,)))
    edit(desk, page, form(body=streamfield([("text", linking)])))
    assert public(page).body[0].html == "As reported."


def test_the_front_of_a_language_cannot_be_unpublished(desk: Client, newsroom: HomePage) -> None:
    desk.post(reverse("wagtailadmin_pages:unpublish", args=(newsroom.pk,)))
    assert HomePage.objects.get().live
    assert editions.head("front:en").state == "live"


EMPTY = {
    "nothing": [],
    "an empty text": [("text", rich_text(""))],
    "spaces": [("text", rich_text("<p>\xa0</p>"))],
    "a divider and a heading": [("divider", ""), ("text", rich_text("<h2>Later</h2>"))],
}


@pytest.mark.parametrize("body", EMPTY.values(), ids=EMPTY)
def test_a_story_without_words_is_not_published_and_the_body_says_why(
    desk: Client, newsroom: HomePage, form: Form, body: list[Any]
) -> None:
    data = form(body=streamfield(body))
    answer = desk.post(add_url(newsroom), {**data, "action-publish": "action-publish"})
    assert answer.status_code == 200
    assert "Write something before you publish" in str(answer.context["form"].errors["body"])
    assert not StoryPage.objects.exists()
    assert desk.post(add_url(newsroom), data).status_code == 302  # as a draft it is saved as ever
    assert not StoryPage.objects.get().live


def test_nor_is_its_next_version_and_nor_for_later(desk: Client, newsroom: HomePage, form: Form) -> None:
    page = publish_new(desk, newsroom, form())
    for later in ({}, {"go_live_at": "2099-07-01 09:00"}):
        answer = edit(desk, page, form(body=streamfield([]), **later))
        assert "Write something" in str(answer.context["form"].errors["body"])
    assert not StoryPage.objects.get(pk=page.pk).approved_schedule
    assert [block.type for block in public(page).body] == ["paragraph"]
    new = form(title="Another", slug="another", body=streamfield([]), go_live_at="2099-07-01 09:00")
    answer = desk.post(add_url(newsroom), {**new, "action-publish": "action-publish"})
    assert "Write something" in str(answer.context["form"].errors["body"])
    assert StoryPage.objects.count() == 1


def test_nor_by_the_list_or_the_admin_api(desk: Client, newsroom: HomePage, form: Form) -> None:
    desk.post(add_url(newsroom), form(body=streamfield([])))
    page = StoryPage.objects.get()
    bulk = reverse("wagtail_bulk_action", args=("wagtailcore", "page", "publish"))
    answer = desk.post(f"{bulk}?id={page.pk}&next=/desk/stories/", {"include_descendants": ""}, follow=True)
    assert "Write something before you publish" in answer.content.decode()
    answer = desk.post(reverse("wagtailadmin_api:pages:action", args=(page.pk, "publish")))
    assert answer.status_code == 409
    assert editions.head(page.record) is None
    edit(desk, page, form(), publish=False)  # the control: with words both publish
    desk.post(f"{bulk}?id={page.pk}&next=/desk/stories/", {"include_descendants": ""})
    assert editions.head(page.record).state == "live"


def test_a_gallery_of_pictures_needs_no_words_but_news_does(
    desk: Client, newsroom: HomePage, form: Form
) -> None:
    shown = {"picture": small_picture().pk, "alt": "A crane", "caption": rich_text(""), "width": "column"}
    pictures = streamfield([("image", shown)])
    answer = desk.post(add_url(newsroom), {**form(body=pictures), "action-publish": "action-publish"})
    assert "Write something" in str(answer.context["form"].errors["body"])
    page = publish_new(desk, newsroom, form(body=pictures, format="gallery"))
    assert [block.type for block in public(page).body] == ["image"]
    answer = edit(desk, page, form(body=streamfield([]), format="gallery"))
    assert "Write something" in str(answer.context["form"].errors["body"])


def test_what_came_without_words_can_be_mended_and_a_retraction_may_take_them(
    desk: Client, newsroom: HomePage, form: Form, editor: Any
) -> None:
    draft = stories.StoryDraft(headline="A wire's headline", slug="wire")
    made = stories.save_story(draft, actor="system:test", publish=True)
    page = StoryPage.objects.get(pk=made.page)
    assert (
        edit(desk, page, form(title="A mended headline", slug="wire", body=streamfield([]))).status_code
        == 302
    )
    assert public(page).headline == "A mended headline"
    written = publish_new(desk, newsroom, form())
    editor.groups.set([Group.objects.get(name="Publishers")])
    told = rich_text("<p>It was not so.</p>")
    answer = edit(desk, written, form(body=streamfield([]), retraction=told))
    assert answer.status_code == 302, answer.context["form"].errors
    assert (public(written).body, public(written).retraction) == ((), "It was not so.")
