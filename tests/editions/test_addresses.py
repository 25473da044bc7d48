"""Addresses are owned for ever: live, moved or gone."""

from __future__ import annotations

import unicodedata

import pytest

from standfirst.bake.reading import Page
from standfirst.bake.registry import source
from standfirst.editions import api
from standfirst.editions.documents import Document
from standfirst.editions.pages import PageRule, page_rules
from tests.editions import newsroom as room

pytestmark = pytest.mark.django_db


def page(path: str) -> Page:
    with source().snapshot():
        found = source().page(path)
    assert found is not None
    return found


def answer(path: str) -> tuple[str, str]:
    found = page(path)
    return found.state, found.target


def test_a_story_has_the_path_its_rule_gives() -> None:
    story = room.story("one")
    with room.keys_moved() as keys:
        room.publish(story)
    assert page("/one/") == Page("/one/", story.record, "story-page", "live", "", "en")
    assert "address:/one/" in keys
    assert api.owner("/one/") == story.record


def test_an_unknown_path_holds_nothing() -> None:
    with source().snapshot():
        assert source().page("/nothing/") is None


def test_a_changed_path_leaves_a_move_behind_and_moves_never_chain() -> None:
    story = room.story("one")
    room.publish(story)
    room.publish(room.change(story, path="/two/"))
    with room.keys_moved() as keys:
        room.publish(room.change(story, path="/three/"))
    assert answer("/one/") == ("moved", "/three/")
    assert answer("/two/") == ("moved", "/three/")
    assert answer("/three/") == ("live", "")
    assert {"address:/one/", "address:/two/", "address:/three/"} <= keys


def test_a_story_may_come_back_to_an_address_of_its_own() -> None:
    story = room.story("one")
    room.publish(story)
    room.publish(room.change(story, path="/two/"))
    room.publish(story)
    assert answer("/one/") == ("live", "")
    assert answer("/two/") == ("moved", "/one/")


@pytest.mark.parametrize("leave", ["nothing", "move", "unpublish"])
def test_no_other_record_may_take_an_address_that_was_ever_given(leave: str) -> None:
    first = room.story("one")
    room.publish(first)
    if leave == "move":
        room.publish(room.change(first, path="/elsewhere/"))
    elif leave == "unpublish":
        api.unpublish(first.record, actor=room.ACTOR)
    with pytest.raises(api.AddressTaken) as taken:
        room.publish(room.story("one"))
    assert (taken.value.path, taken.value.owner) == ("/one/", first.record)
    assert not api.free("/one/", "story:another")
    assert api.free("/one/", first.record)


def test_an_unpublished_storys_addresses_are_gone_until_it_is_back() -> None:
    story = room.story("one")
    room.publish(story)
    with room.keys_moved() as keys:
        api.unpublish(story.record, actor=room.ACTOR)
    assert answer("/one/") == ("gone", "")
    assert {"address:/one/", f"{story.record}/body", f"{story.record}/card"} <= keys
    room.publish(room.change(story, path="/new/"), "published")
    assert answer("/one/") == ("moved", "/new/")


@pytest.mark.parametrize(
    "path",
    [
        "/", "/-/admin/", "/_a/x/", "/_m/x/", "/_f/x/", "/_later/", "/text/x/", "/feed/", "/archive/2026/",
        "/section/world/", "/topic/x/", "/author/x/", "/uk/x/", "/" + "é" * 91 + "/", "/a/../b/", "/a\x00b/",
        "/" + unicodedata.normalize("NFD", "café") + "/", "/a//b/", "/a\\b/", "/a\u202eb/",
    ],
)  # fmt: skip
def test_paths_that_no_story_may_have_are_refused_with_the_reason(path: str) -> None:
    room.publish(room.site(languages=("en", "uk")))
    story = room.story().model_copy(update={"path": path})
    with pytest.raises(api.AddressRefused, match="address"):
        room.publish(story)


def test_stories_of_other_languages_live_under_their_prefix() -> None:
    room.publish(room.site(languages=("en", "uk")))
    room.publish(room.story(language="uk", path="/uk/слово/"))
    assert page("/uk/слово/").language == "uk"
    with pytest.raises(api.AddressRefused, match="must start with /uk/"):
        room.publish(room.story(language="uk", path="/слово/"))
    with pytest.raises(api.AddressRefused, match="reserved"):
        room.publish(room.story(language="uk", path="/uk/archive/"))


def test_the_longest_component_that_is_allowed_is_allowed() -> None:
    room.publish(room.story(path="/" + "é" * 90 + "/"))


def test_the_same_file_may_belong_to_two_pictures_and_stays_while_one_lives() -> None:
    first, second = room.picture("c" * 64), room.picture("c" * 64)
    path = first.renditions[0].path
    room.publish(first)
    room.publish(second)
    api.unpublish(first.record, actor=room.ACTOR)
    assert (page(path).owner, page(path).state) == (second.record, "live")
    api.unpublish(second.record, actor=room.ACTOR)
    assert page(path).state == "gone"
    room.publish(first, "published")
    assert (page(path).owner, page(path).state) == (first.record, "live")


def test_a_rule_that_comes_later_claims_pages_for_what_is_published_already() -> None:
    stories = [room.story(f"s{n}") for n in range(3)]
    for story in stories:
        room.publish(story)
    assert api.claim_all() == 0

    def text_edition(document: Document) -> list[str]:
        return [f"/text{document.path}"]  # type: ignore[attr-defined]

    with page_rules.temporarily("text-page", PageRule("story", text_edition)), room.keys_moved() as keys:
        assert api.claim_new() == 3
        assert api.claim_new() == 0
        assert api.claim_all() == 0
    assert keys == {f"address:/text/s{n}/" for n in range(3)}
    assert page("/text/s1/").renderer == "text-page"
    assert api.verify_chain() == []
