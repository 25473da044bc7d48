"""Formats, picks and the frame in a browser: by keyboard, by thumb, on paper, in large type."""

from __future__ import annotations

import re
from urllib.parse import parse_qs

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from standfirst.theme.assets import HERE
from tests.browser import launching
from tests.theme.small_site import Handler

pytestmark = pytest.mark.browser

FORMATS = ("/crossing/", "/clock/", "/dam/", "/prints/", "/questions/")
PATHS = (*FORMATS, "/", "/about/", "/dredger/", "/section/harbour/", "/_e/404/")
WIDTHS = (320, 390, 768, 1100, 1280, 1600)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", FORMATS)
def test_axe_finds_nothing(browser: Browser, address: str, path: str, scheme: str) -> None:
    page = browser.new_page(color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(address + path, wait_until="networkidle")
    results = Axe().run(page, options={"resultTypes": ["violations"]})
    page.close()
    assert [(v["id"], [n["html"][:120] for n in v["nodes"]]) for v in results.response["violations"]] == []


@pytest.mark.parametrize("path", PATHS)
def test_nothing_is_wider_than_the_screen(page: Page, address: str, path: str) -> None:
    page.goto(address + path, wait_until="networkidle")
    for width in (*WIDTHS, 68 * 16, 75 * 16 - 1, 100 * 16):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, width


def test_nothing_is_wider_than_the_screen_for_readers_who_set_type_twice_as_large(
    browser: Browser, address: str
) -> None:
    large = browser.browser_type.launch(**launching("--blink-settings=defaultFontSize=32"))
    page = large.new_page()
    for path in PATHS:
        page.goto(address + path, wait_until="networkidle")
        assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "32px"
        for width in (390, 768, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (path, width)
    large.close()


SHIFTS = """window.shifts = []; new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) {
    const what = (entry.sources || []).map(({ node, previousRect, currentRect }) =>
      [node && (node.className || node.nodeName), previousRect.y, currentRect.y].join(" "));
    window.shifts.push({ by: entry.value, what });
  }
}).observe({ type: "layout-shift", buffered: true })"""


@pytest.mark.parametrize("path", [*FORMATS, "/", "/about/"])
@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_jumps_while_a_page_loads(browser: Browser, address: str, path: str, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.add_init_script(SHIFTS)
    page.goto(address + path, wait_until="networkidle")
    page.wait_for_timeout(200)
    assert [shift for shift in page.evaluate("window.shifts") if shift["by"] >= 0.002] == []
    page.close()


class TestSharing:
    """A story is passed on by the system's sheet, else by its copied address, else by a letter."""

    def test_the_systems_own_sheet_gets_headline_and_address(self, page: Page, address: str) -> None:
        page.add_init_script("navigator.share = async (what) => { window.passed = what; }")
        page.goto(address + "/crossing/")
        page.get_by_role("link", name="Share").click()
        canonical = page.locator("link[rel=canonical]").get_attribute("href")
        assert page.evaluate("window.passed") == {
            "title": page.locator("h1").inner_text(),
            "url": canonical,
        }

    def test_where_there_is_none_the_address_is_copied_and_said_to_be(self, page: Page, address: str) -> None:
        page.add_init_script(
            "Object.defineProperty(navigator, 'share', { value: undefined });"
            "Object.defineProperty(navigator, 'clipboard',"
            " { value: { writeText: async (text) => { window.copied = text; } } });"
        )
        page.goto(address + "/crossing/")
        link = page.get_by_role("link", name="Share")
        link.focus()
        page.keyboard.press("Enter")
        page.get_by_role("status").filter(has_text="Address copied").wait_for()
        assert page.evaluate("window.copied") == page.locator("link[rel=canonical]").get_attribute("href")

    def test_without_scripts_it_begins_a_letter(self, browser: Browser, address: str) -> None:
        page = browser.new_page(java_script_enabled=False)
        page.goto(address + "/crossing/")
        letter = page.get_by_role("link", name="Share").get_attribute("href") or ""
        scheme, _, rest = letter.partition("?")
        said = parse_qs(rest)
        assert scheme == "mailto:"
        assert said["subject"] == [page.locator("h1").inner_text()]
        assert said["body"] == [page.locator("link[rel=canonical]").get_attribute("href")]
        page.close()


class TestGallery:
    def test_arrow_keys_go_from_picture_to_picture_and_a_counter_says_which(
        self, page: Page, address: str
    ) -> None:
        page.emulate_media(reduced_motion="reduce")
        page.goto(address + "/prints/", wait_until="networkidle")
        seen = []
        for key in ("ArrowRight", "ArrowRight", "ArrowRight", "ArrowLeft"):
            page.keyboard.press(key)
            page.wait_for_timeout(150)
            seen.append(page.inner_text(".counter"))
        assert seen == ["1 of 3", "2 of 3", "3 of 3", "2 of 3"]
        box = page.locator(".plate").nth(1).bounding_box()
        assert box
        assert abs(box["y"] + box["height"] / 2 - 450) < 12  # in the middle of the window

    def test_keys_with_a_meaning_of_their_own_are_left_alone(self, page: Page, address: str) -> None:
        page.goto(address + "/prints/", wait_until="networkidle")
        page.keyboard.press("Alt+ArrowRight")
        page.keyboard.press("ArrowLeft")  # nothing comes before the first
        page.wait_for_timeout(150)
        assert page.evaluate("scrollY") >= 0

    def test_on_a_phone_a_strip_is_moved_by_thumb_and_stops_at_a_picture(
        self, browser: Browser, address: str
    ) -> None:
        context = browser.new_context(
            viewport={"width": 390, "height": 844}, has_touch=True, java_script_enabled=False
        )
        page = context.new_page()
        page.goto(address + "/prints/")
        strip = page.locator(".strip--many")
        strip.scroll_into_view_if_needed()
        first, second = strip.locator(".plate").nth(0), strip.locator(".plate").nth(1)
        assert first.bounding_box()["x"] == 20  # type: ignore[index]
        assert 370 < second.bounding_box()["x"] < 390  # type: ignore[index]  # its edge shows
        strip.focus()
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(600)
        assert abs(second.bounding_box()["x"] - 20) < 2  # type: ignore[index]
        context.close()

    def test_pictures_stand_below_each_other_on_a_desk(self, page: Page, address: str) -> None:
        page.goto(address + "/prints/")
        tops = page.evaluate("[...document.querySelectorAll('.plate')].map(p => p.offsetTop)")
        assert tops == sorted(tops)
        assert len(set(tops)) == 3


class TestPicks:
    SHOWN = (
        "[...document.querySelectorAll('.pick')].filter(pick => pick.offsetHeight)"
        ".map(pick => pick.querySelector('a').pathname)"
    )

    def test_beside_a_story_are_neither_it_nor_those_it_leads_on_to(self, page: Page, address: str) -> None:
        page.goto(address + "/dredger/")
        page.wait_for_selector(".pick")
        assert page.evaluate(self.SHOWN) == ["/crossing/", "/dam/", "/clock/", "/prints/"]
        page.goto(address + "/crossing/")  # leads on to /dam/ and /prints/
        page.wait_for_selector(".pick")
        assert page.evaluate(self.SHOWN) == ["/clock/", "/questions/", "/lasting/"]

    def test_without_scripts_a_page_hides_itself_in_the_frame(self, browser: Browser, address: str) -> None:
        context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900})
        page = context.new_page()
        page.goto(address + "/clock/")
        frame = page.frame_locator("aside iframe >> nth=1")
        page.locator("aside iframe >> nth=1").scroll_into_view_if_needed()
        assert frame.locator("#s-crossing").is_visible()
        assert not frame.locator("#s-clock").is_visible()
        context.close()

    def test_a_fragment_that_cannot_be_had_leaves_no_hole(self, page: Page, address: str) -> None:
        page.route("**/_f/**", lambda route: route.abort())
        page.goto(address + "/dredger/", wait_until="networkidle")
        assert page.locator(".slot").count() == 0


def test_without_scripts_nothing_of_a_gallery_or_an_explainer_is_missing(
    browser: Browser, address: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + "/prints/")
    assert page.locator(".plate figcaption").count() == 3
    page.goto(address + "/dam/")
    page.locator(".contents a").nth(2).click()
    assert page.url.endswith("#b-h2")
    context.close()


def test_without_style_the_story_is_read_first_and_then_what_stands_beside_it(
    browser: Browser, address: str
) -> None:
    page = browser.new_page()
    page.route("**/*.css", lambda route: route.abort())
    page.goto(address + "/dredger/", wait_until="networkidle")
    text = page.inner_text("body")
    order = [
        "Skip to content",
        "The Tern",
        "Harbour",
        "A headline for dredger",
        "The tide turned",
        "Read next",
    ]
    order += ["Latest", "Editors’ picks", "About this site"]
    places = [text.index(words) for words in order]
    assert places == sorted(places)
    page.close()


@pytest.mark.parametrize("path", FORMATS)
def test_on_paper_there_is_the_story_its_address_and_nothing_else(
    page: Page, address: str, path: str
) -> None:
    page.goto(address + path, wait_until="networkidle")
    page.emulate_media(media="print")
    for selector in (
        ".sections",
        ".foot",
        ".page__side",
        ".trail",
        ".skip",
        ".contents",
        ".counter",
        ".reading",
    ):
        for found in page.locator(selector).all():
            assert not found.is_visible(), selector
    for selector in ("h1", ".byline time", ".text > p", ".address"):
        assert page.locator(selector).first.is_visible(), selector
    page.set_viewport_size({"width": 680, "height": 900})  # A4 without its margins
    assert page.evaluate("document.documentElement.scrollWidth") <= 680


def test_with_forced_colours_marks_and_focus_can_be_seen(page: Page, address: str) -> None:
    page.emulate_media(forced_colors="active")
    page.goto(address + "/section/harbour/")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    mark = page.evaluate(
        "getComputedStyle(document.querySelector('[aria-current]'), '::after').borderBlockEndWidth"
    )
    assert mark == "3px"


def test_with_reduced_motion_nothing_moves_by_itself(page: Page, address: str) -> None:
    page.emulate_media(reduced_motion="reduce")
    for path in PATHS:
        page.goto(address + path)
        moving = page.evaluate(
            """[...document.querySelectorAll('*')].filter(e => { const s = getComputedStyle(e);
               return parseFloat(s.transitionDuration) || parseFloat(s.animationDuration) }).length"""
        )
        assert moving == 0, path


def test_every_fragment_is_asked_for_once(page: Page, address: str) -> None:
    Handler.asked.clear()
    page.goto(address + "/clock/", wait_until="networkidle")
    asked = sorted(path for path in Handler.asked if path.startswith("/_f/"))
    assert sorted(set(asked)) == ["/_f/latest/", "/_f/picks/"]
    assert asked.count("/_f/picks/") == 1
    assert asked.count("/_f/latest/") <= 2, "the strip looks once more, when the page has long been there"


# What browsers of late 2021 (Chrome 95, Firefox 94, Safari 15.1) do not know and would drop a whole rule for.
TOO_NEW = (
    r":has\(", r"&", r"@layer", r"@container", r"@scope", r"color-mix\(", r"oklch\(", r"light-dark\(",
    r"\dd[vw]h", r"\d[sl]v[hw]", r"subgrid", r"\(width\s*[<>]", r"@property", r"inset-area", r"field-sizing",
    r"float:\s*inline",
)  # fmt: skip


def too_new(style: str) -> list[str]:
    bare = re.sub(r"/\*.*?\*/", "", style, flags=re.DOTALL)
    bare = re.sub(r"@supports[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", "", bare)
    return [pattern for pattern in TOO_NEW if re.search(pattern, bare)]


def test_nothing_essential_asks_for_a_browser_younger_than_five_years() -> None:
    for file in sorted((HERE / "styles").glob("*.css")):
        assert too_new(file.read_text()) == [], file.name


def test_what_is_too_new_would_be_seen() -> None:
    assert too_new(".a:has(.b) { color: red; }") == [r":has\("]
    assert too_new("@supports (selector(:has(a))) { .a:has(.b) { color: red; } }") == []
