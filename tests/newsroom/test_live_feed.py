"""The feed on open pages: what is new comes by itself, once, in order, and nobody is disturbed."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.newsroom.system import Newsroom

pytestmark = [pytest.mark.newsroom, pytest.mark.browser]

PHONE = {"width": 390, "height": 844}

_ACT = """
import json, sys, django
django.setup()
from datetime import datetime, timedelta
from standfirst.kit import instants
from standfirst.wire import api as wire
ACTOR = "bot@example.org"
for line in sys.stdin:
    ask = json.loads(line)
    item = wire.find_item(ask["id"]) if "id" in ask else None
    if ask["do"] == "kill":
        done = wire.kill_item(item, actor=ACTOR, why="x")
    else:
        until = instants.now() + timedelta(seconds=ask["breaking"]) if "breaking" in ask else None
        draft = wire.ItemDraft(
            headline=ask["headline"], language="en", body=("What there is.",), breaking_until=until
        )
        at = datetime.fromisoformat(ask["at"]) if "at" in ask else None
        done = wire.publish_item(wire.save_item(draft, actor=ACTOR, item=item), actor=ACTOR, at=at)
    print(json.dumps({"id": done.item.public_id, "seq": done.edition.seq}), flush=True)
"""


_WATCH_SHIFTS = """
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) window.moved = (window.moved || 0) + entry.value;
}).observe({ type: "layout-shift" });
"""


class Writer:
    """An editor who writes by program: a process of its own, for the desk's settings are not the test's."""

    def __init__(self, room: Newsroom) -> None:
        environment = room.environment() | {"DJANGO_SETTINGS_MODULE": "standfirst.project.settings"}
        self.process = subprocess.Popen(
            [sys.executable, "-c", _ACT],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __call__(self, headline: str = "", **more: object) -> str:
        """Publish an item, or what else `do` says; return its id."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps({"do": "publish", "headline": headline, **more}) + "\n")
        self.process.stdin.flush()
        return str(json.loads(self.process.stdout.readline())["id"])


@pytest.fixture
def write(room: Newsroom) -> Iterator[Writer]:
    writer = Writer(room)
    yield writer
    writer.process.kill()
    writer.process.wait()


@pytest.fixture
def reader(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport=PHONE)  # type: ignore[arg-type]
    yield context
    context.close()


def read_once(room: Newsroom, words: str) -> None:
    """Wait until the feed's own page holds what was written, so that a page opened now begins with it."""
    for _ in range(150):
        with urllib.request.urlopen(f"{room.readers}/feed/", timeout=10) as answer:
            if words in answer.read().decode():
                return
        time.sleep(0.1)
    raise AssertionError(f"the feed does not hold “{words}” after 15 seconds")


def opened(reader: BrowserContext, room: Newsroom, path: str = "/feed/") -> Page:
    """Open a page; return it once it, or another tab, hears of changes."""
    page = reader.new_page()
    page.goto(room.readers + path)
    return page


def lines(page: Page) -> list[str]:
    return page.locator("article.item .item__headline").all_inner_texts()


def test_an_item_reaches_an_open_page_by_itself_is_edited_in_place_and_leaves_when_killed(
    room: Newsroom, reader: BrowserContext, write: Writer
) -> None:
    write("There before")
    read_once(room, "There before")
    page = opened(reader, room)
    expect(page.get_by_text("There before")).to_be_visible()
    item = write("Came while it was open")
    expect(page.locator("article.item").first).to_contain_text("Came while it was open")
    write("Came, and was corrected", id=item)
    expect(page.locator("article.item").first).to_contain_text("Came, and was corrected")
    assert page.locator(f"#i-{item}").count() == 1
    write(do="kill", id=item)
    expect(page.locator(f"#i-{item}")).to_have_count(0)


def test_a_late_item_takes_its_place_in_time_not_the_first(
    room: Newsroom, reader: BrowserContext, write: Writer
) -> None:
    write("Nine o'clock", at="2026-11-01T09:00:00+00:00")
    write("Eleven o'clock", at="2026-11-01T11:00:00+00:00")
    write("Eight o'clock", at="2026-11-01T08:00:00+00:00")
    write("Written last")
    read_once(room, "Written last")
    page = opened(reader, room)
    expect(page.get_by_text("Eleven o'clock")).to_be_visible()
    late = write("Ten o'clock", at="2026-11-01T10:00:00+00:00")
    expect(page.locator(f"#i-{late}")).to_be_visible()
    shown = [line for line in lines(page) if "o'clock" in line]
    assert shown == ["Eleven o'clock", "Ten o'clock", "Nine o'clock", "Eight o'clock"]


def test_a_reader_in_the_middle_is_offered_what_is_new_and_nothing_moves(
    room: Newsroom, reader: BrowserContext, write: Writer
) -> None:
    for number in range(12):
        write(f"Number {number}")
    read_once(room, "Number 11")
    page = opened(reader, room)
    page.evaluate("scrollTo(0, document.querySelectorAll('article.item')[6].getBoundingClientRect().top)")
    page.wait_for_timeout(700)  # what moved with the page's own loading is over
    page.evaluate(_WATCH_SHIFTS)
    first = write("New one")
    write("New two")
    button = page.get_by_role("button", name="2 new")
    expect(button).to_be_visible()
    expect(page.locator(f"#i-{first}")).to_have_count(0)
    assert page.evaluate("window.moved || 0") == 0
    page.keyboard.press("Tab")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator("article.item").nth(0)).to_contain_text("New two")
    expect(page.locator("article.item").nth(1)).to_contain_text("New one")
    expect(button).to_have_count(0)
    assert page.evaluate("document.activeElement.closest('article')?.innerText.includes('New two')")


def test_ten_tabs_hold_one_stream_and_all_hear_of_an_item(
    room: Newsroom, reader: BrowserContext, write: Writer
) -> None:
    asked: list[str] = []
    reader.on("request", lambda request: asked.append(request.url) if "/-/events" in request.url else None)
    tabs = [opened(reader, room) for _ in range(10)]
    tabs[0].wait_for_timeout(1500)
    assert len(asked) == 1
    item = write("For every tab")
    for tab in tabs:
        expect(tab.locator(f"#i-{item}")).to_have_count(1)
    tabs[0].close()
    tabs[1].wait_for_timeout(1000)
    other = write("After the first tab was closed")
    for tab in tabs[1:]:
        expect(tab.locator(f"#i-{other}")).to_have_count(1, timeout=15_000)
        assert tab.locator(f"#i-{item}").count() == 1


def test_where_streams_are_blocked_the_page_asks_for_the_file(
    room: Newsroom, browser: Browser, write: Writer
) -> None:
    context = browser.new_context(viewport=PHONE)  # type: ignore[arg-type]
    context.route("**/-/events", lambda route: route.abort())
    page = context.new_page()
    page.clock.install()
    page.goto(f"{room.readers}/feed/")
    item = write("Found by asking")
    for _ in range(30):
        page.clock.run_for(5000)
        if page.locator(f"#i-{item}").count():
            break
        page.wait_for_timeout(100)
    expect(page.locator(f"#i-{item}")).to_have_count(1)
    context.close()


def test_a_flag_ends_on_an_open_page_whose_clock_is_an_hour_wrong(
    room: Newsroom, browser: Browser, write: Writer
) -> None:
    context = browser.new_context(viewport=PHONE)  # type: ignore[arg-type]
    context.add_init_script("const now = Date.now; Date.now = () => now() - 3600000;")
    item = write("Breaking for a moment", breaking=6)
    page = context.new_page()
    page.goto(f"{room.readers}/feed/")
    expect(page.locator(".flash").get_by_text("Breaking for a moment")).to_be_visible()
    expect(page.locator(f"#i-{item} .item__breaking")).to_be_visible()
    expect(page.locator(f"#i-{item} .item__breaking")).to_have_count(0, timeout=12_000)
    expect(page.locator(".flash")).to_have_count(0)
    expect(page.locator(f"#i-{item}")).to_be_visible()
    context.close()


def test_the_edge_alone_takes_the_strip_away_when_a_flag_ends(room: Newsroom, write: Writer) -> None:
    """Without scripts, with the baker and all else stopped: the file itself says so no more."""
    write("Breaking, and soon not", breaking=6)
    for _ in range(50):
        shown = strip_of(room)
        if "Breaking, and soon not" in shown:
            break
        time.sleep(0.1)
    assert "Breaking, and soon not" in shown
    room.stop("baker", "desk", "app", "worker")
    time.sleep(7)
    assert "Breaking, and soon not" not in strip_of(room)
    room.start("desk", "baker", "app", "worker")
    room.until(f"{room.desk}/desk/login/")


def strip_of(room: Newsroom) -> str:
    """Return the strip in the file of what is new, "" where there is none."""
    with urllib.request.urlopen(f"{room.readers}/_f/latest/", timeout=10) as answer:
        found = re.search(r'<section class="flash".*?</section>', answer.read().decode(), re.DOTALL)
    return found[0] if found else ""


def test_the_strip_comes_to_every_page_and_stays_away_once_closed(
    room: Newsroom, reader: BrowserContext, write: Writer
) -> None:
    page = opened(reader, room, "/archive/")
    page.wait_for_timeout(800)
    write("The bridge is closed", breaking=600)
    expect(page.locator(".flash")).to_contain_text("The bridge is closed")
    page.get_by_role("button", name="Close").click()
    expect(page.locator(".flash")).to_have_count(0)
    page.reload()
    page.wait_for_timeout(800)
    expect(page.locator(".flash")).to_have_count(0)


def test_more_is_loaded_by_days_and_nothing_is_there_twice_or_left_out(
    room: Newsroom, reader: BrowserContext, write: Writer
) -> None:
    for number in range(45):
        day, hour = 1 + number // 9, number % 9
        write(f"Old {number:02}", at=f"2026-09-{day:02}T{hour + 8:02}:00:00+00:00")
    write("Newer than all the old")
    read_once(room, "Newer than all the old")
    page = opened(reader, room)
    for _ in range(12):
        before = page.locator("article.item").count()
        more = page.locator("a[data-more]")
        if not more.count():
            break
        more.click()
        page.wait_for_timeout(250)
        write(f"Meanwhile {before}")
    expect(page.locator("a[data-more]")).to_have_count(0)
    old = [line for line in lines(page) if re.match(r"Old \d\d", line)]
    assert old == [f"Old {number:02}" for number in reversed(range(45))]
    ids = page.evaluate("[...document.querySelectorAll('article.item')].map((one) => one.id)")
    assert len(ids) == len(set(ids))


def test_without_scripts_the_feed_is_whole(room: Newsroom, browser: Browser, write: Writer) -> None:
    write("Read without scripts")
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    for _ in range(60):  # without scripts nothing tells the page that its bake is done
        page.goto(f"{room.readers}/feed/")
        if page.get_by_text("Read without scripts").is_visible():
            break
        page.wait_for_timeout(500)
    expect(page.get_by_text("Read without scripts")).to_be_visible()
    page.locator("[data-day-page]").first.click()
    expect(page.locator("article.item").first).to_be_visible()
    context.close()


def test_how_many_are_new_is_said_at_most_once_a_minute_and_not_after_pause(
    room: Newsroom, browser: Browser, write: Writer
) -> None:
    context = browser.new_context(viewport=PHONE)  # type: ignore[arg-type]
    page = context.new_page()
    page.clock.install()
    page.goto(f"{room.readers}/feed/")
    page.clock.run_for(2000)
    voice = page.locator("[data-voice]")
    write("First to be told")
    expect(page.get_by_text("First to be told")).to_be_visible()
    page.clock.run_for(1500)
    expect(voice).to_have_text("1 new item")
    write("Second to be told")
    write("Third to be told")
    expect(page.get_by_text("Third to be told")).to_be_visible()
    page.clock.run_for(30_000)
    expect(voice).to_have_text("1 new item")
    page.clock.run_for(31_000)
    expect(voice).to_have_text("2 new items")
    page.get_by_role("button", name="Pause updates").click()
    write("Not told")
    expect(page.get_by_role("button", name="1 new")).to_be_visible()
    page.clock.run_for(120_000)
    expect(voice).to_have_text("2 new items")
    page.reload()
    expect(page.get_by_role("button", name="Pause updates")).to_have_attribute("aria-pressed", "true")
    context.close()
