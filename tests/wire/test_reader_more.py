"""Older items are loaded below those shown: none twice, none left out, whatever comes meanwhile."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.wire.conftest import WATCH, Reading, shown
from tests.wire.readers import NOW

pytestmark = pytest.mark.browser

_OLD = [f"n{number:02}" for number in range(75)]


def load(page: Page) -> None:
    """Ask for more once, and wait for it."""
    page.get_by_role("link", name="Load more").click()
    expect(page.locator("a[data-more][aria-busy]")).to_have_count(0)


def test_all_of_three_months_is_loaded_while_items_come_change_and_leave(reading: Reading) -> None:
    feed = reading.feed
    for number in range(40, 75):
        feed.add(f"n{number:02}", at=NOW - timedelta(days=2 * (number - 38)), bake=False)
    feed.bake()
    page = reading.open()
    feed.add("during")
    load(page)
    assert page.evaluate("document.activeElement.closest('article').id") == "i-n30"
    feed.add("late", at=feed.items["n70"].published_at + timedelta(seconds=1))
    feed.add("between", at=feed.items["n20"].published_at + timedelta(seconds=1))
    feed.kill("n50")
    feed.kill("n05")
    for _ in range(8):
        if page.locator("a[data-more]").count():
            load(page)
    expect(page.locator("a[data-more]")).to_have_count(0)
    if page.locator("button[data-new]").count():
        page.locator("button[data-new]").click()
    wanted = [one for one in _OLD if one not in ("n50", "n05")]
    wanted.insert(wanted.index("n70"), "late")
    wanted.insert(wanted.index("n20"), "between")
    assert shown(page) == ["during", *wanted]
    days = page.evaluate("[...document.querySelectorAll('[data-day]')].map((one) => one.dataset.day)")
    assert days == sorted(set(days), reverse=True)


def test_nothing_above_moves_when_more_is_loaded(reading: Reading) -> None:
    page = reading.open()
    page.get_by_role("link", name="Load more").scroll_into_view_if_needed()
    page.evaluate(WATCH)
    seen = "document.querySelector('#i-n29').getBoundingClientRect().top"
    before = page.evaluate(seen)
    load(page)
    assert page.evaluate(seen) == pytest.approx(before, abs=1)
    assert page.evaluate("moved") == 0


def test_what_was_killed_does_not_come_back_from_an_older_copy_of_its_day(reading: Reading) -> None:
    page = reading.open()
    reading.feed.frozen |= {path for path in reading.feed.written if path.startswith("/feed/20")}
    assert reading.feed.frozen
    reading.feed.kill("n35")
    page.wait_for_timeout(500)
    load(page)
    assert "n34" in shown(page)
    assert "n35" not in shown(page)


def test_when_a_page_cannot_be_fetched_the_link_leads_there(reading: Reading) -> None:
    page = reading.open()
    page.route(
        "**/feed/20*/**",
        lambda route: route.abort() if route.request.resource_type == "fetch" else route.continue_(),
    )
    page.get_by_role("link", name="Load more").click()
    page.wait_for_url("**/feed/20*/**")
    expect(page.locator("#i-n29")).to_be_visible()


def test_a_topic_goes_on_through_the_days_of_the_whole_feed_and_takes_its_own(reading: Reading) -> None:
    """Some days have none of it, and what is said of another topic meanwhile stays out."""
    feed = reading.feed
    for number in range(75):
        feed.add(
            f"n{number:02}",
            at=NOW - timedelta(days=number),
            topics=() if number % 3 else ("dredging",),
            bake=False,
        )
    for number in range(75, 120):
        feed.add(f"n{number}", at=NOW - timedelta(days=80 + number), topics=("dredging",), bake=False)
    feed.bake()
    page = reading.open("/feed/topic/dredging/")
    assert len(shown(page)) == 30
    feed.add("other", topics=())
    feed.add("own", topics=("dredging",))
    feed.add("late", at=feed.items["n117"].published_at + timedelta(seconds=1), topics=())
    for _ in range(12):
        if page.locator("a[data-more]").count():
            load(page)
    expect(page.locator("a[data-more]")).to_have_count(0)
    if page.locator("button[data-new]").count():
        page.locator("button[data-new]").click()
    wanted = [f"n{number:02}" for number in range(0, 75, 3)] + [f"n{number}" for number in range(75, 120)]
    assert shown(page) == ["own", *wanted]


def test_a_topic_of_which_there_is_no_more_offers_none(reading: Reading) -> None:
    reading.feed.add("n03", topics=())
    page = reading.open("/feed/topic/dredging/")
    expect(page.locator("a[data-more]")).to_have_count(1)
    for number in range(10, 75):
        reading.feed.add(f"n{number}", topics=(), bake=False)
    reading.feed.bake()
    page.reload()
    expect(page.locator("a[data-more], .feed__pages")).to_have_count(0)
