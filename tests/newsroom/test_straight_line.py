"""The straight line: from a draft in the editor to a reader's page, the application switched off."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.newsroom import desk
from tests.newsroom.system import Newsroom

pytestmark = [pytest.mark.newsroom, pytest.mark.browser]

HEADLINE = "Harbour board keeps the night ferry"


SLOW_SAVES = """
const ask = window.fetch;
window.fetch = async (url, options) => {
  const answer = await ask(url, options);
  const saves = options && options.body instanceof FormData && !String(url).includes("/preview/");
  if (saves) await new Promise((done) => setTimeout(done, 2000));
  return answer;
};
"""


def test_publishing_waits_for_an_automatic_save_that_is_under_way(room: Newsroom, browser: Browser) -> None:
    page = browser.new_page()
    page.add_init_script(SLOW_SAVES)
    desk.sign_in(page, room)
    page.goto(f"{room.desk}/desk/")
    page.get_by_role("link", name="Write a story").first.click()
    page.wait_for_timeout(2500)  # what is written in the first two seconds Wagtail does not count as a change
    with page.expect_request(lambda sent: sent.method == "POST" and "json" in sent.headers["accept"]):
        page.locator("[name=title]").fill("Pilots strike at noon")
        desk.add_text(page, "No pilot boarded a ship after noon.")
    desk.publish(page)
    expect(page.get_by_text(re.compile(f"{desk.TOLD}, all visible"))).to_be_visible(timeout=20_000)
    page.goto(f"{room.desk}/desk/stories/")
    expect(page.get_by_role("link", name="Pilots strike at noon", exact=True)).to_have_count(1)


def test_a_story_goes_from_the_desk_to_readers_and_stays_when_all_else_stops(
    room: Newsroom, browser: Browser
) -> None:
    page = browser.new_page()
    desk.sign_in(page, room)
    desk.add_section(page, room, "Harbour")
    desk.begin_story(page, room, HEADLINE, "The vote ends a year of doubt for 400 commuters.")
    desk.add_text(page, "The harbour board voted seven to two on Monday to keep the night ferry.")
    desk.add_text(page, "Fares stay as they are until spring.")
    desk.file_under(page, "Harbour")
    desk.publish(page)
    expect(page.get_by_text(re.compile(f"{desk.TOLD}, all visible"))).to_be_visible(timeout=20_000)

    room.stop("desk", "app", "baker", "worker")
    reader = browser.new_context().new_page()
    reader.goto(f"{room.readers}/")
    reader.get_by_role("link", name=HEADLINE).first.click()
    expect(reader.get_by_role("heading", level=1)).to_have_text(HEADLINE)
    expect(reader.get_by_text("voted seven to two")).to_be_visible()
    reader.get_by_role("link", name="Harbour", exact=True).first.click()
    expect(reader).to_have_url(f"{room.readers}/section/harbour/")
    expect(reader.get_by_role("link", name=HEADLINE).first).to_be_visible()
    answer = reader.goto(f"{room.readers}/archive/")
    assert answer is not None
    assert answer.status == 200
