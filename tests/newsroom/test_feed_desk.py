"""Writing the feed when things go wrong: a lost line, a lost session, a second press, no script at all."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.newsroom import desk
from tests.newsroom.system import EDITOR, PASSWORD, Newsroom

pytestmark = [pytest.mark.newsroom, pytest.mark.browser]

PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def signed_in(room: Newsroom, browser: Browser) -> BrowserContext:
    """An editor's browser, on a desktop: the menu of a phone is folded."""
    context = browser.new_context()
    page = context.new_page()
    desk.sign_in(page, room)
    page.close()
    return context


@pytest.fixture
def page(signed_in: BrowserContext, room: Newsroom) -> Page:
    page = signed_in.new_page()
    page.goto(f"{room.desk}/desk/feed/")
    return page


def written(page: Page, line: str) -> int:
    """Return how many items of the feed say `line`."""
    return page.locator(".sf-feed__line", has_text=line).count()


def test_two_presses_are_one_item(page: Page) -> None:
    page.get_by_label("First line").fill("Pressed twice")
    page.get_by_role("button", name="Publish", exact=True).first.dblclick()
    expect(page.locator("[data-receipt]")).to_be_visible()
    page.reload()
    assert written(page, "Pressed twice") == 1


def test_a_press_whose_answer_gets_lost_is_pressed_again_and_is_one_item(room: Newsroom, page: Page) -> None:
    """The desk gets the item, the phone never hears so."""
    page.get_by_label("First line").fill("Answer got lost")
    lost = []

    def swallow(route):  # type: ignore[no-untyped-def]
        if route.request.method == "POST" and not lost:
            lost.append(route.fetch(max_redirects=0).status)
            page.context.clear_cookies(name="messages")  # what the answer would have said is lost with it
            route.abort("connectionreset")
        else:
            route.continue_()

    page.route("**/desk/feed/", swallow)
    with page.expect_event("requestfailed"):
        page.keyboard.press("Control+Enter")
    assert lost == [302]
    page.wait_for_timeout(300)
    page.goto(f"{room.desk}/desk/feed/")
    expect(page.get_by_label("First line")).to_have_value("Answer got lost")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".messages .success")).to_be_visible()
    assert written(page, "Answer got lost") == 1
    expect(page.get_by_label("First line")).to_have_value("")


def test_a_lost_session_loses_no_word(room: Newsroom, browser: Browser) -> None:
    context = browser.new_context()
    page = context.new_page()
    desk.sign_in(page, room)
    page.goto(f"{room.desk}/desk/feed/")
    page.get_by_label("First line").fill("Written for an hour")
    page.get_by_label("Text", exact=True).fill("With **care**.")
    for cookie in context.cookies():
        if "csrf" not in cookie["name"]:
            context.clear_cookies(name=cookie["name"])
    page.keyboard.press("Control+Enter")
    page.get_by_label("E-mail address").fill(EDITOR)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{room.desk}/desk/feed/")
    expect(page.get_by_text("This is what you typed before")).to_be_visible()
    expect(page.get_by_label("First line")).to_have_value("Written for an hour")
    expect(page.get_by_label("Text", exact=True)).to_have_value("With **care**.")
    page.get_by_role("button", name="Begin afresh").click()
    expect(page.get_by_label("First line")).to_have_value("")
    page.reload()
    expect(page.get_by_text("This is what you typed before")).to_be_hidden()


def test_what_a_browser_kept_of_an_item_is_not_taken_for_a_change_of_a_newer_one(
    page: Page, signed_in: BrowserContext
) -> None:
    page.get_by_label("First line").fill("As it was")
    page.keyboard.press("Control+Enter")
    row = page.locator(".sf-feed > li", has_text="As it was")
    row.get_by_role("link", name="Edit").click()
    page.get_by_label("First line").fill("Mine, half an hour ago")
    other = signed_in.new_page()
    other.goto(page.url)
    other.get_by_role("button", name="Leave it as it was").click()  # that this browser kept
    other.get_by_label("First line").fill("Theirs, since")
    page.get_by_label("First line").fill(
        "Mine, half an hour ago!"
    )  # kept again, at the version it began from
    kept = page.evaluate("Object.entries(localStorage)")
    other.keyboard.press("Control+Enter")
    expect(other.locator("[data-receipt]")).to_be_visible()
    page.evaluate("(kept) => kept.forEach(([name, value]) => localStorage.setItem(name, value))", kept)
    page.reload()
    expect(page.get_by_label("First line")).to_have_value("Mine, half an hour ago!")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("alert")).to_contain_text("Theirs, since")
    expect(page.get_by_label("First line")).to_have_value("Mine, half an hour ago!")


def test_without_script_and_on_a_phone_an_item_is_written_flagged_and_published(
    room: Newsroom, browser: Browser, signed_in: BrowserContext
) -> None:
    state = signed_in.storage_state()
    context = browser.new_context(java_script_enabled=False, viewport=PHONE, storage_state=state)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{room.desk}/desk/feed/")
    page.get_by_role("button", name="Publish", exact=True).first.click()
    expect(page.locator(".sf-item__error")).to_contain_text("Write a first line.")
    page.get_by_label("First line").fill("Written without script")
    page.get_by_label("Breaking", exact=True).select_option("30")
    page.get_by_role("button", name="Publish", exact=True).first.click()
    row = page.locator(".sf-feed > li", has_text="Written without script")
    expect(row).to_contain_text("Breaking until")
    row.get_by_text("More", exact=True).click()
    row.get_by_role("button", name="Take back").click()
    expect(page.locator(".sf-feed > li", has_text="Written without script")).to_have_count(0)
