"""Pages in a real browser: accessible, readable at every width, whole without scripts."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.theme.small_site import Handler
from tests.theme.test_safety import PAGES

pytestmark = pytest.mark.browser

WIDTHS = (320, 390, 768, 1280, 1600)

WRONG = "/contact/wrong/"  # the form as the edge gives it back
DARK = (
    "/dredger/",
    "/",
    "/strike/",
    "/_f/live/strike/1/",
    "/author/ines-halloran/",
    "/archive/2026/11/",
)  # colours alone are different


@pytest.mark.parametrize(
    ("path", "scheme"),
    [(path, "light") for path in (*(path for _, _, path in PAGES), WRONG)]
    + [(path, "dark") for path in (*DARK, WRONG)],
)
def test_axe_finds_nothing(browser: Browser, address: str, path: str, scheme: str) -> None:
    page = browser.new_page(color_scheme=scheme)  # type: ignore[arg-type]
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text) if message.type == "error" else None)
    page.goto(address + path)
    page.wait_for_load_state("networkidle")
    results = Axe().run(page, options={"resultTypes": ["violations"]})
    page.close()
    found = [(v["id"], [n["html"][:120] for n in v["nodes"]]) for v in results.response["violations"]]
    # A fragment stands in a page that has its own heading of the first level.
    assert [f for f in found if f[0] != "page-has-heading-one" or "/_f/" not in path] == []
    assert refused == []  # nothing that the policy refuses, nothing missing


@pytest.mark.parametrize("path", [*(path for _, _, path in PAGES), WRONG])
def test_nothing_is_wider_than_the_screen(page: Page, address: str, path: str) -> None:
    page.goto(address + path)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, width


def test_the_first_tab_reaches_the_skip_link_and_it_moves_focus_to_the_story(
    page: Page, address: str
) -> None:
    page.goto(address + "/dredger/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.locator(".skip").bounding_box()["y"] >= 0  # type: ignore[index]
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def test_the_column_is_filled_by_script(page: Page, address: str) -> None:
    page.goto(address + "/dredger/")
    page.wait_for_selector("[data-fragment] .timeline li")
    assert page.locator("[data-fragment] .timeline li").count() == 14


def test_without_scripts_the_page_is_whole_and_the_column_stands_in_a_frame(
    browser: Browser, address: str
) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(address + "/long/")
    assert page.locator(".text > p").count() > 40
    frame = page.frame_locator("aside iframe >> nth=0")
    assert frame.locator(".timeline li").count() == 14
    frame.locator(".timeline a").first.click()
    assert page.url != address + "/long/"  # the link left the frame
    context.close()


def test_the_staff_link_is_asked_for_only_with_the_hint(page: Page, address: str) -> None:
    Handler.asked.clear()
    page.goto(address + "/dredger/")
    page.wait_for_load_state("networkidle")
    assert not [path for path in Handler.asked if path.startswith("/-/staff")]
    page.evaluate("localStorage.setItem('standfirst.staff', '1')")
    page.goto(address + "/dredger/")
    page.wait_for_selector("[data-slot=staff] a")
    assert "/-/staff/story/dredger" in Handler.asked
    assert page.inner_text("[data-slot=staff]") == "Edit story"
    page.goto(address + "/long/")
    page.wait_for_load_state("networkidle")
    assert "/-/staff/story/long" in Handler.asked
    assert page.locator("[data-slot=staff] a").count() == 0


@pytest.mark.parametrize("path", ["/", "/dredger/", "/section/harbour/"])
@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_jumps_while_a_page_loads(browser: Browser, address: str, path: str, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.add_init_script(
        "window.shift=0;new PerformanceObserver(l=>{for(const e of l.getEntries())window.shift+=e.value})"
        ".observe({type:'layout-shift',buffered:true})"
    )
    page.goto(address + path)
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(200)
    assert page.evaluate("window.shift") < 0.02
    page.close()


def test_text_lines_are_of_a_readable_length(page: Page, address: str) -> None:
    for width, size in ((390, 19), (1280, 20), (1600, 20)):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(address + "/long/")
        measured = page.evaluate(
            """() => { const p = document.querySelector('.text > p'); const style = getComputedStyle(p);
            const canvas = document.createElement('canvas').getContext('2d'); canvas.font = style.font;
            const text = p.textContent.slice(0, 200), letter = canvas.measureText(text).width / text.length;
            return [parseFloat(style.fontSize), p.clientWidth / letter,
                    parseFloat(style.lineHeight) / parseFloat(style.fontSize)] }"""
        )
        assert measured[0] == size
        assert measured[1] <= 78
        assert width < 1280 or measured[1] >= 60
        assert 1.5 <= measured[2] <= 1.6


def test_links_that_stand_alone_can_be_hit_with_a_finger(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    for path in ("/", "/dredger/", "/archive/", "/_e/404/", "/author/ines-halloran/"):
        page.goto(address + path)
        small = page.evaluate(
            """() => [...document.querySelectorAll('.sections a, .foot li a, .more a, .topics a,'
              + '.error__ways a, .year__months a, .author__links a, .nameplate a')]
              .map(a => [a.textContent, a.getBoundingClientRect()])
              .filter(([, box]) => box.height < 43.5 || box.width < 43.5).map(([text]) => text)"""
        )
        assert small == [], path


def test_on_paper_there_is_the_story_its_address_and_nothing_else(page: Page, address: str) -> None:
    page.goto(address + "/dredger/")
    page.emulate_media(media="print")
    for selector in (".sections", ".foot", ".page__side", ".trail", ".skip", ".related"):
        assert not page.locator(selector).first.is_visible(), selector
    for selector in ("h1", ".byline time", ".text > p", ".hero .credit", ".address"):
        assert page.locator(selector).first.is_visible(), selector
    assert "https://tern.example/dredger/" in page.inner_text(".address")


@pytest.mark.parametrize("width", [390, 1280])
def test_a_form_that_comes_back_leads_to_what_is_wrong(browser: Browser, address: str, width: int) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": width, "height": 844})
    page = context.new_page()
    page.goto(address + WRONG)
    first = page.get_by_role("radio").first
    expect(first).to_be_focused()
    problem = page.locator(".field__problem", has_text="Choose what it is about.")
    expect(problem).to_be_in_viewport()
    expect(page.get_by_role("group")).to_have_accessible_description("Choose what it is about.")
    field = page.get_by_label("How can we answer you?")
    expect(field).to_have_accessible_description(re.compile("This is too long: up to 200 characters.$"))
    for above, below in (
        (page.locator("legend"), problem),
        (problem, page.locator(".choice").first),
        (page.locator("#contact-answer_to-hint"), page.locator("#contact-answer_to-problem p")),
        (page.locator("#contact-answer_to-problem p"), field),
    ):
        upper, lower = above.bounding_box(), below.bounding_box()
        assert upper is not None
        assert lower is not None
        assert lower["y"] - upper["y"] - upper["height"] >= 4, "nobody reads lines that touch"
    context.close()
