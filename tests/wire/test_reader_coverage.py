"""Live coverage on an open page: posts come, the reader sees what is new, and gets to any post."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.theme.samples import PUBLISHED
from tests.wire.conftest import LATER, WATCH, Reading
from tests.wire.readers import NOW

pytestmark = pytest.mark.browser


def posts(page: Page) -> list[int]:
    """Return the numbers of the posts on a page, in its order."""
    ids = page.evaluate("[...document.querySelectorAll('[data-posts] article')].map((one) => one.id)")
    return [int(str(one).removeprefix("p-post")) for one in ids]


@pytest.fixture
def covered(reading: Reading) -> Reading:
    """The newsroom with a coverage of seventy posts."""
    for number in range(1, 71):
        reading.feed.post(number, bake=False)
    reading.feed.bake()
    return reading


def test_a_post_comes_is_edited_and_leaves_and_a_line_says_what_is_new(covered: Reading) -> None:
    page = covered.open("/strike/")
    there = posts(page)
    page.evaluate("document.querySelector('[data-posts]').scrollIntoView()")
    page.evaluate("scrollBy(0, -200)")
    page.evaluate(WATCH)
    covered.feed.post(71)
    expect(page.locator("[data-posts] article").first).to_have_attribute("id", "p-post0071")
    covered.feed.post(72)
    covered.feed.post(72, headline="Corrected")
    expect(page.locator("[data-posts] article").first).to_contain_text("Corrected")
    line = page.locator(".since")
    expect(line).to_have_text("New since you opened this page")
    assert line.evaluate("(one) => one.nextElementSibling.id") == f"p-post{there[0]:04d}"
    covered.feed.kill_post("post0071")
    expect(page.locator("#p-post0071")).to_have_count(0)
    page.wait_for_timeout(300)
    assert posts(page) == [72, *there]
    assert page.evaluate("moved") == 0


def test_posts_wait_for_who_reads_in_the_middle_and_their_number_is_said(covered: Reading) -> None:
    page = covered.open("/strike/")
    page.evaluate("scrollTo(0, 4000)")
    covered.feed.add("elsewhere")
    covered.feed.post(71)
    covered.feed.post(72)
    button = page.locator("[data-posts] button[data-new]")
    expect(button).to_have_text("2 new")
    page.wait_for_timeout(1500)
    expect(page.locator("[data-voice]")).to_have_text("2 new items")
    button.focus()
    page.keyboard.press("Enter")
    assert posts(page)[:2] == [72, 71]
    expect(page.locator("#p-post0072 a").first).to_be_focused()


def test_earlier_posts_are_loaded_part_by_part_none_twice_none_left_out(covered: Reading) -> None:
    page = covered.open("/strike/")
    covered.feed.post(73, published_at=PUBLISHED + timedelta(minutes=60, seconds=1))  # late, told as of then
    covered.feed.kill_post("post0012")
    while page.locator("a[data-more]").count():
        before = len(posts(page))
        page.get_by_role("link", name="Earlier posts").click()
        for _ in range(100):
            page.wait_for_timeout(30)
            if len(posts(page)) > before:
                break
        page.wait_for_timeout(100)
    wanted = [number for number in range(70, 0, -1) if number != 12]
    wanted.insert(wanted.index(30), 73)
    assert posts(page) == wanted


@pytest.mark.parametrize("number", [70, 65, 3])
def test_a_link_to_a_post_leads_to_it_though_it_is_not_on_the_page_yet(covered: Reading, number: int) -> None:
    page = covered.context.new_page()
    page.goto(f"{covered.network.url}/strike/#p-post{number:04d}")
    expect(page.locator(f"#p-post{number:04d}")).to_be_in_viewport(timeout=LATER + 8_000)
    covered.feed.kill_post("post0002")
    page.goto(f"{covered.network.url}/strike/#p-post0004")
    expect(page.locator("#p-post0004")).to_be_in_viewport()


def test_without_scripts_earlier_posts_are_a_link_away(covered: Reading) -> None:
    page = covered.other(java_script_enabled=False).open("/strike/")
    page.get_by_role("link", name="Earlier posts").click()
    expect(page.locator("[data-posts] article").first).to_be_visible()


def test_a_link_to_a_post_that_was_withdrawn_loads_no_older_ones(covered: Reading) -> None:
    asked: list[str] = []
    page = covered.open("/strike/")
    page.on("request", lambda request: asked.append(request.url))
    before = page.locator("[data-posts] article").count()
    page.goto(f"{covered.network.url}/strike/#p-nowhere")
    page.wait_for_timeout(1500)
    assert any("/live/nowhere/" in url for url in asked)
    assert page.locator("[data-posts] article").count() == before


def overview(page: Page) -> list[str]:
    return page.locator(".live__summary li").all_inner_texts()


def test_what_is_known_is_renewed_on_open_pages_and_nothing_jumps(covered: Reading) -> None:
    page = covered.open("/strike/")
    assert overview(page) == ["No ship has moved since six.", "Talks begin at noon."]
    page.evaluate(WATCH)
    covered.feed.cover(summary=("Talks have begun.", "Two ships have sailed.", "A third waits."))
    expect(page.locator(".live__summary li").first).to_have_text("Talks have begun.")
    assert len(overview(page)) == 3
    covered.feed.cover(summary=())
    expect(page.locator(".live__summary")).to_have_count(0)
    covered.feed.cover(summary=("All ships sail.",))
    expect(page.locator(".live__summary li")).to_have_text("All ships sail.")
    page.evaluate("document.querySelector('[data-posts] article:nth-of-type(9)').scrollIntoView()")
    seen = "document.querySelector('[data-posts] article:nth-of-type(9)').getBoundingClientRect().top"
    page.wait_for_timeout(400)
    before = page.evaluate(seen)
    covered.feed.cover(summary=("All ships sail.", "The pilots are back."))
    expect(page.locator(".live__summary li")).to_have_count(2)
    assert page.evaluate(seen) == pytest.approx(before, abs=1)
    assert page.evaluate("moved") == 0


def test_a_key_event_and_the_close_come_to_open_pages(covered: Reading) -> None:
    page = covered.open("/strike/")
    expect(page.locator(".live__now")).to_be_visible()
    before = page.locator(".live__list a").count()
    covered.feed.post(71, key=True, headline="The strike is over")
    expect(page.locator(".live__events").get_by_role("link", name="The strike is over")).to_be_visible()
    covered.feed.post(71, headline="The strike is not over")
    expect(page.locator(".live__list a")).to_have_count(before)
    covered.feed.cover(closed_at=NOW)
    expect(page.locator(".live__state")).to_contain_text("Closed")
    expect(page.locator(".live__now")).to_have_count(0)


def test_who_wants_no_motion_keeps_what_is_on_the_screen_and_has_the_new_out_of_sight(
    covered: Reading,
) -> None:
    page = covered.other(reduced_motion="reduce").open("/strike/")
    page.locator(".live__summary").scroll_into_view_if_needed()
    page.evaluate(WATCH)
    covered.feed.cover(summary=("Talks have begun.",))
    page.wait_for_timeout(1500)
    assert overview(page)[0] == "No ship has moved since six."
    page.evaluate("scrollTo(0, 6000)")
    covered.feed.cover(summary=("Talks have ended.",))
    expect(page.locator(".live__summary li")).to_have_text(["Talks have ended."])
