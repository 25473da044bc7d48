"""What an editor does at the desk, with mouse and keyboard."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.newsroom.system import EDITOR, PASSWORD, Newsroom

TOLD = r"\d+ pages?, (\d{1,3} ms|\d+\.\d s)"
"""What a receipt says once it is settled."""


def sign_in(page: Page, room: Newsroom) -> None:
    """Sign in as the editor."""
    page.goto(f"{room.desk}/")
    page.get_by_label("E-mail address").fill(EDITOR)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("link", name="Stories", exact=True)).to_be_visible()


def begin_story(page: Page, room: Newsroom, headline: str, standfirst: str) -> None:
    """Open a new story from the menu and write its head."""
    page.goto(f"{room.desk}/desk/")
    page.get_by_role("link", name="Write a story").first.click()
    page.locator("[name=title]").fill(headline)
    page.locator("[name=standfirst]").fill(standfirst)


def add_section(page: Page, room: Newsroom, name: str) -> None:
    """Make a section from the menu."""
    page.goto(f"{room.desk}/desk/snippets/stories/section/add/")
    page.locator("[name=name]").fill(name)
    page.get_by_role("button", name="Save").first.click()
    expect(page.get_by_role("link", name=name).first).to_be_visible()


def file_under(page: Page, section: str) -> None:
    """Choose the story's section."""
    page.get_by_role("tab", name="Filing").click()
    page.locator("select[name=section]").select_option(label=section)
    page.get_by_role("tab", name="Story").click()


def add_text(page: Page, text: str) -> None:
    """Add text at the end of the body."""
    body = page.locator("[data-contentpath=body]")
    editors = body.locator("[contenteditable=true]")
    before = editors.count()
    body.get_by_role("button", name="Insert a block").last.click()
    page.get_by_role("option", name="Text", exact=True).click()
    expect(editors).to_have_count(before + 1)
    editors.last.click()
    expect(editors.last).to_be_focused()
    page.keyboard.type(text)
    expect(editors.last).to_contain_text(text)


def publish(page: Page) -> None:
    """Press Publish and wait for the desk's answer."""
    page.get_by_role("button", name="More actions").click()
    page.locator("button[name=action-publish]").click()
    page.wait_for_load_state()
