"""Lists: what is in them, in which order, and which keys move."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from standfirst.bake.registry import source
from standfirst.editions import api
from standfirst.editions.documents import Byline, NavigationLink, PlainPage, StoryCard
from tests.editions import newsroom as room

pytestmark = pytest.mark.django_db


def read(key: str) -> object:
    with source().snapshot():
        return source().read(key)


def state(path: str) -> str:
    with source().snapshot():
        page = source().page(path)
    return page.state if page else "none"


def test_a_story_is_in_every_list_it_is_filed_under() -> None:
    section, author = room.section(), room.author()
    story = room.story(section=section.id, topics=("t1", "t2"), bylines=(Byline(author=author.id),))
    with room.keys_moved() as keys:
        room.publish(story)
    names = ("front/en/head", f"section/{section.id}/head", "topic/t1/head", "topic/t2/head",
             f"author/{author.id}/head", "month/en/2026-11/all", "month/en/2026-11-05/all")  # fmt: skip
    for name in names:
        assert read(f"list:{name}") == (story.id,), name
    assert read("list:months/en/all") == ("2026-11",)
    assert {f"list:{name}" for name in names} <= keys
    assert {"address:/archive/2026/11/", "address:/archive/", "address:/_f/latest/"} <= keys
    assert state("/archive/2026/11/05/") == "none"


def test_newest_first_and_ties_in_the_order_of_their_ids() -> None:
    old, new = room.story("old"), room.story("new", published_at=room.later(1))
    twin = room.story("twin", published_at=room.later(1))
    for story in (twin, old, new):
        room.publish(story)
    assert read("list:front/en/head") == (*sorted((new.id, twin.id), reverse=True), old.id)


def test_an_edit_of_the_body_moves_the_body_alone() -> None:
    story = room.story()
    room.publish(story)
    with room.keys_moved() as keys:
        room.publish(room.change(story, body=story.body[:1]))
    assert keys == {f"{story.record}/body"}
    with room.keys_moved() as keys:
        room.publish(room.change(story, body=story.body[:1], headline="Another"))
    assert keys == {f"{story.record}/body", f"{story.record}/card"}


def test_an_authors_biography_does_not_move_the_card() -> None:
    author = room.author()
    room.publish(author)
    with room.keys_moved() as keys:
        room.publish(room.change(author, bio="Lives in a town."))
    assert keys == {f"{author.record}/body"}


def test_a_lists_head_moves_only_when_its_newest_thirty_do() -> None:
    stories = [room.story(f"s{n}", published_at=room.later(n)) for n in range(31)]
    for story in stories:
        room.publish(story)
    assert read("list:front/en/head") == tuple(story.id for story in reversed(stories[1:]))
    with room.keys_moved() as keys:
        room.publish(room.story("older", published_at=room.later(-5)))
    assert "list:front/en/head" not in keys
    assert "list:month/en/2026-11/all" in keys
    with room.keys_moved() as keys:
        api.unpublish(stories[0].record, actor=room.ACTOR)
    assert "list:front/en/head" not in keys
    with room.keys_moved() as keys:
        api.unpublish(stories[30].record, actor=room.ACTOR)
    assert "list:front/en/head" in keys


def test_a_new_hour_that_changes_no_order_moves_no_list() -> None:
    first, second = room.story("a"), room.story("b", published_at=room.later(60))
    room.publish(first)
    room.publish(second)
    with room.keys_moved() as keys:
        room.publish(room.change(first, published_at=room.later(30)))
    assert keys == {f"{first.record}/body", f"{first.record}/card"}
    with room.keys_moved() as keys:
        room.publish(room.change(first, published_at=room.later(90)))
    assert {"list:front/en/head", "list:month/en/2026-11/all", "list:month/en/2026-11-05/all"} <= keys
    assert read("list:front/en/head") == (first.id, second.id)


def test_a_story_that_changes_section_leaves_the_old_list() -> None:
    story = room.story(section="s1")
    room.publish(story)
    with room.keys_moved() as keys:
        room.publish(room.change(story, section="s2"))
    assert (read("list:section/s1/head"), read("list:section/s2/head")) == ((), (story.id,))
    assert {"list:section/s1/head", "list:section/s2/head"} <= keys
    assert "list:front/en/head" not in keys


def test_an_unpublished_story_leaves_every_list_and_an_empty_month_is_gone() -> None:
    story = room.story(section="s1")
    room.publish(story)
    with room.keys_moved() as keys:
        api.unpublish(story.record, actor=room.ACTOR)
    assert read("list:front/en/head") == ()
    assert read("list:months/en/all") == ()
    assert state("/archive/2026/11/") == "gone"
    assert {"list:months/en/all", "address:/archive/2026/11/", "list:section/s1/head"} <= keys
    room.publish(story, "published")
    assert state("/archive/2026/11/") == "live"


def test_months_are_those_of_the_sites_time_zone_and_move_with_it() -> None:
    late = datetime(2026, 10, 31, 22, 30, tzinfo=UTC)  # November already in Kyiv
    story = room.story(published_at=late)
    room.publish(story)
    assert read("list:months/en/all") == ("2026-10",)
    with room.keys_moved() as keys:
        room.publish(room.site(time_zone="Europe/Kyiv"))
    assert read("list:months/en/all") == ("2026-11",)
    assert read("list:month/en/2026-11-01/all") == (story.id,)
    assert (state("/archive/2026/10/"), state("/archive/2026/11/")) == ("gone", "live")
    assert {"list:month/en/2026-10/all", "list:month/en/2026-11/all"} <= keys
    with room.keys_moved() as keys:
        room.publish(room.site(time_zone="Europe/Kyiv", name="Another name"))
    assert keys == {"site:main/body"}


def test_a_month_above_a_hundred_stories_gets_pages_for_its_days() -> None:
    for number in range(100):
        room.publish(room.story(f"s{number}", published_at=room.START + timedelta(hours=number)))
    assert read("list:days/en/2026-11/all") == ()
    assert state("/archive/2026/11/05/") == "none"
    last = room.story("last", published_at=room.START + timedelta(hours=100))
    with room.keys_moved() as keys:
        room.publish(last)
    assert read("list:days/en/2026-11/all") == ("2026-11-09", "2026-11-08", "2026-11-07", "2026-11-06",
                                               "2026-11-05")  # fmt: skip
    assert len(read("list:month/en/2026-11/all")) == 101  # type: ignore[arg-type]
    assert state("/archive/2026/11/05/") == "live"
    assert {"list:days/en/2026-11/all", "address:/archive/2026/11/05/"} <= keys
    with room.keys_moved() as keys:
        room.publish(room.story("tomorrow", published_at=datetime(2026, 11, 20, tzinfo=UTC)))
    assert {"list:days/en/2026-11/all", "address:/archive/2026/11/20/"} <= keys
    with room.keys_moved() as keys:
        room.publish(room.story("same day", path="/same-day/", published_at=room.START))
    assert "list:days/en/2026-11/all" not in keys


def test_languages_have_lists_of_their_own() -> None:
    room.publish(room.site(languages=("en", "uk", "pt-BR")))
    room.publish(room.story("en"))
    other = room.story(language="uk", path="/uk/x/")
    room.publish(other)
    brazil = room.story(language="pt-BR", path="/pt-BR/x/")
    room.publish(brazil)
    assert read("list:front/uk/head") == (other.id,)
    assert state("/uk/archive/2026/11/") == "live"
    assert read("list:months/pt-BR/all") == ("2026-11",)


def test_a_card_is_what_lists_show() -> None:
    story = room.story()
    room.publish(story)
    card = read(f"{story.record}/card")
    assert isinstance(card, StoryCard)
    assert card.headline == story.headline


def test_sections_topics_authors_and_pages_are_in_a_list_of_all_of_their_kind() -> None:
    world, later = room.section(), room.section("later")
    with room.keys_moved() as keys:
        room.publish(world)
    assert "list:every/section/en/all" in keys
    room.publish(later)
    assert set(read("list:every/section/en/all")) == {world.id, later.id}  # type: ignore[call-overload]
    with room.keys_moved() as keys:
        room.publish(room.change(world, description="Another."))
    assert "list:every/section/en/all" not in keys
    with room.keys_moved() as keys:
        api.unpublish(world.record, actor=room.ACTOR)
    assert "list:every/section/en/all" in keys
    assert read("list:every/section/en/all") == (later.id,)


def test_an_author_of_no_language_is_among_those_of_the_sites_first() -> None:
    room.publish(room.site(languages=("uk", "en")))
    author = room.author()
    room.publish(author)
    assert read("list:every/author/uk/all") == (author.id,)


def test_a_new_version_puts_records_into_lists_that_it_brought() -> None:
    world = room.section()
    room.publish(world)
    room.sql("DELETE FROM editions_listentry WHERE list LIKE 'every/%%'")  # as an older version left it
    with room.keys_moved() as keys:
        api.claim_all()
    assert read("list:every/section/en/all") == (world.id,)
    assert "list:every/section/en/all" in keys
    assert api.claim_all() == 0


def test_a_link_to_a_page_of_the_site_stays_while_its_text_changes() -> None:
    page = PlainPage(
        id="about", language="en", path="/about/", title="About us", purpose="about", changed_at=room.START
    )
    room.publish(page)
    assert read("page:about/card") == NavigationLink(label="About us", url="/about/")
    with room.keys_moved() as keys:
        room.publish(room.change(page, description="Another.", changed_at=room.later(1)))
    assert keys == {"page:about/body"}
