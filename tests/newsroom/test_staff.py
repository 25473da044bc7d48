"""Staff find the way from a page into its editor; nobody else sees or asks for it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Request, expect

from tests.newsroom import desk
from tests.newsroom.system import Newsroom

pytestmark = [pytest.mark.newsroom, pytest.mark.browser]

HEADLINE = "Tide gauge moves to the mole"


def test_staff_see_the_way_into_the_editor_and_readers_do_not(room: Newsroom, browser: Browser) -> None:
    page = browser.new_context().new_page()
    desk.sign_in(page, room)
    desk.begin_story(page, room, HEADLINE, "It has stood on the quay since 1911.")
    desk.add_text(page, "The gauge moves 400 metres on Friday.")
    desk.publish(page)
    expect(page.get_by_text(re.compile("all visible"))).to_be_visible(timeout=20_000)
    address = f"{room.readers}/tide-gauge-moves-to-the-mole/"

    asked: list[str] = []
    reader = browser.new_context().new_page()

    def note(request: Request) -> None:
        asked.append(request.url)

    reader.on("request", note)
    reader.goto(address)
    expect(reader.get_by_role("heading", level=1)).to_have_text(HEADLINE)
    reader.wait_for_timeout(500)
    assert asked
    assert not [url for url in asked if "/-/" in url], "an anonymous page view asks the application nothing"
    assert reader.locator("[data-slot=staff] a").count() == 0

    page.goto(f"{room.desk}/desk/")
    page.get_by_role("button", name="Open the site as staff").click()
    page.wait_for_url(re.compile(f"^{room.readers}/"))
    page.goto(address)
    edit = page.locator("[data-slot=staff] a")
    expect(edit).to_be_visible()
    edit.click()
    expect(page.locator("[name=title]")).to_have_value(HEADLINE)
