"""Arabic and Ukrainian pages in a real browser: turned round, in their own faces, leading to each other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import TypeAlias
from urllib.parse import unquote, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route

from standfirst.editions.documents import (
    Byline,
    Document,
    Front,
    Heading,
    KeyFacts,
    Navigation,
    Paragraph,
    Quote,
    Section,
    Story,
    Table,
)
from standfirst.theme import colours
from standfirst.theme.assets import assets
from tests.browser import chromium
from tests.theme.samples import SITE, site_documents, story
from tests.theme.source import MemorySource, render

pytestmark = pytest.mark.browser

HOST = "https://tern.example"
SENTENCE = (
    "اجتمع المرشدون على الرصيف قبل الفجر، كما يفعلون منذ سقوط الجسر عام 2019، وراجعوا الخرائط مرسى مرسى. "
)
HEADLINE = "سفينة تعود إلى المرفأ بعد أحد عشر عاماً، والمجلس يطلب من The Tern أن تنتظر"
PATHS = ("/ar/", "/ar/ship/", "/ar/archive/", "/ar/section/port/", "/ar/_e/404/", "/uk/")
WIDTHS = (320, 390, 768, 1280, 1600)


def arabic(story_id: str, **fields: object) -> Story:
    body = (
        *(Paragraph(id=f"p{number}", html=SENTENCE * 3) for number in range(6)),
        Heading(id="h1", html="ما الذي يتغير؟"),
        Quote(id="q1", html="«طلبنا سنة، فأعطونا أسبوعاً»", attribution="Lena Orde"),
        Table(id="t1", rows=(("الرصيف", "العمق", "المخطط له"), ("الشمالي", "9.1", "11"))),
        KeyFacts(id="k1", items=("كان التصويت 14 مقابل 9.", "يبدأ العمل في <em>حزيران</em>.")),
    )
    common = {
        "language": "ar", "path": f"/ar/{story_id}/", "headline": HEADLINE, "standfirst": SENTENCE,
        "section": "port", "bylines": (Byline(name="ليلى منصور"), Byline(name="Ines Halloran")), "body": body,
    }  # fmt: skip
    return story(story_id, **(common | fields))


def documents() -> list[Document]:
    return [
        *site_documents(),
        SITE.model_copy(update={"languages": ("en", "uk", "ar")}),
        Front(id="ar", language="ar", path="/ar/"),
        Front(id="uk", language="uk", path="/uk/"),
        Section(id="port", language="ar", path="/ar/section/port/", name="الميناء"),
        Navigation(id="ar", language="ar", sections=("port",)),
        Navigation(id="uk", language="uk"),
        arabic("ship", translation_of="dredger"),
        *(arabic(f"ship{number}") for number in range(6)),
        story("dredger"),
        story("uk1", language="uk", path="/uk/ship/", headline="Корабель", section=None, bylines=()),
    ]


@cache
def files() -> dict[str, tuple[bytes, str]]:
    source = MemorySource(documents())
    pages = [
        ("front-page", "front:ar", "/ar/"), ("story-page", "story:ship", "/ar/ship/"),
        ("archive-page", "front:ar", "/ar/archive/"), ("section-page", "section:port", "/ar/section/port/"),
        ("error-page", "site:main", "/ar/_e/404/"), ("latest-fragment", "front:ar", "/ar/_f/latest/"),
        ("front-page", "front:uk", "/uk/"), ("story-page", "story:dredger", "/dredger/"),
        ("latest-fragment", "front:en", "/_f/latest/"),
        ("site-colours", "site:main", colours.style_path(SITE)),
        ("site-icon", "site:main", colours.icon_path(SITE)),
    ]  # fmt: skip
    served = {}
    for renderer, owner, path in pages:
        language = path.split("/")[1] if path[1:3] in ("ar", "uk") else "en"
        rendered, _ = render(source, renderer, owner, path, language=language)
        served[path] = (rendered.body, rendered.content_type)
    return served | {asset.path: (asset.body, asset.content_type) for asset in assets().files.values()}


Open: TypeAlias = Callable[..., Page]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture
def visit(browser: Browser) -> Iterator[Open]:
    """Open a page of the small site at a width, light or dark; what it asked for is in `page.asked`."""
    pages: list[Page] = []

    def visited(path: str, width: int = 1280, scheme: str = "light") -> Page:
        page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]
        pages.append(page)
        page.asked = asked = []  # type: ignore[attr-defined]

        def answer(route: Route) -> None:
            wanted = unquote(urlsplit(route.request.url).path)
            asked.append(wanted)
            body, content_type = files().get(wanted, (b"", ""))
            route.fulfill(
                status=200 if content_type else 404,
                body=body,
                headers={"Content-Type": content_type, "Access-Control-Allow-Origin": "*"},
            )

        page.route("**/*", answer)
        page.add_init_script(
            "window.shift=0;new PerformanceObserver(l=>{for(const e of l.getEntries())window.shift+=e.value})"
            ".observe({type:'layout-shift',buffered:true})"
        )
        page.goto(HOST + path)
        page.wait_for_load_state("networkidle")
        page.evaluate("document.fonts.ready")
        return page

    yield visited
    for page in pages:
        page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PATHS)
def test_axe_finds_nothing(visit: Open, path: str, scheme: str) -> None:
    found = (
        Axe().run(visit(path, scheme=scheme), options={"resultTypes": ["violations"]}).response["violations"]
    )
    assert [(v["id"], [n["html"][:120] for n in v["nodes"]]) for v in found] == []


@pytest.mark.parametrize("path", PATHS)
def test_nothing_is_wider_than_the_screen(visit: Open, path: str) -> None:
    page = visit(path)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, width


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("path", ["/ar/", "/ar/ship/"])
def test_nothing_jumps_while_a_page_loads(visit: Open, path: str, width: int) -> None:
    page = visit(path, width)
    page.wait_for_timeout(200)
    assert page.evaluate("window.shift") < 0.02


def left(page: Page, selector: str) -> float:
    return page.locator(selector).first.bounding_box()["x"]  # type: ignore[index]


def test_the_page_is_turned_round(visit: Open) -> None:
    ours, theirs = visit("/ar/ship/"), visit("/dredger/")
    assert left(theirs, ".nameplate") < left(theirs, ".languages")
    assert left(ours, ".nameplate") > left(ours, ".languages")
    assert left(theirs, "main") < left(theirs, ".page__side")
    assert left(ours, "main") > left(ours, ".page__side")


def test_an_arabic_page_fetches_its_own_faces_and_no_others(visit: Open) -> None:
    page = visit("/ar/ship/")
    fonts = {path for path in page.asked if path.endswith(".woff2")}  # type: ignore[attr-defined]
    assert fonts == set(assets().preloads("ar"))
    assert page.evaluate("document.fonts.check('600 40px \"Noto Naskh Arabic\"', 'سفينة')")


def test_the_choice_of_languages_costs_other_pages_no_font(visit: Open) -> None:
    page = visit("/dredger/")
    assert page.locator(".languages a[lang=ar]").is_visible()
    fonts = {path for path in page.asked if path.endswith(".woff2")}  # type: ignore[attr-defined]
    assert fonts == set(assets().preloads("en"))


def test_arabic_lines_have_room_and_letters_stay_joined(visit: Open) -> None:
    page = visit("/ar/ship/")
    ratio, spacing = page.evaluate(
        """() => { const text = getComputedStyle(document.querySelector('.text > p'));
        const head = getComputedStyle(document.querySelector('h1'));
        return [parseFloat(text.lineHeight) / parseFloat(text.fontSize), head.letterSpacing] }"""
    )
    assert 1.7 <= ratio <= 2
    assert spacing in ("normal", "0px")
    slanted = page.evaluate("getComputedStyle(document.querySelector('.facts em')).fontStyle")
    assert slanted == "normal"


@pytest.mark.parametrize("path", ["/ar/ship/", "/uk/", "/dredger/"])
def test_the_other_languages_can_be_reached_on_a_phone(visit: Open, path: str) -> None:
    page = visit(path, 390)
    boxes = [link.bounding_box() for link in page.locator(".languages a").all() if link.is_visible()]
    assert len(boxes) >= 2
    assert all(box and box["height"] >= 43.5 and box["width"] >= 43.5 for box in boxes)
    page.locator(".languages a:visible").first.click()
    assert page.url != HOST + path
