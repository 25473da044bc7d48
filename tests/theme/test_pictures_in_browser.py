"""Pictures as a browser draws them: the right file for every place and width, whole, and not too high."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

PATHS = (
    "/", "/section/harbour/", "/author/ines-halloran/", "/ferry/", "/dredger/", "/crossing/", "/dam/",
    "/clock/", "/prints/", "/_f/picks/", *(f"/front-{number}/" for number in (1, 2, 3, 4)),
)  # fmt: skip
WIDTHS = (320, 390, 768, 1100, 1280, 1600, 1920)

# What is drawn of a picture: a crop hides the rest of it, which has to be fetched all the same; but for the
# sides of a panorama at the head of a story, which a phone does without.
MEASURE = """() => Promise.all([...document.images].map(async (image) => {
  image.loading = "eager";
  await image.decode().catch(() => 0);
  const box = image.getBoundingClientRect();
  const ratio = image.getAttribute("width") / image.getAttribute("height");
  const fit = getComputedStyle(image).objectFit;
  const spared = innerWidth < 720 && image.closest(".hero.is-panorama");
  const wide = spared ? box.width : fit === "cover" ? Math.max(box.width, box.height * ratio)
    : fit === "contain" ? Math.min(box.width, box.height * ratio) : box.width;
  const source = [...image.parentElement.children].find((element) => element.srcset);
  const offered = source.srcset.split(", ").map((part) => parseInt(part.split(" ")[1]));
  const place = image.closest("article, figure, header, section, body");
  const [, name, width, format] = image.currentSrc.match(/([a-z]+)-(\\d+)\\.(\\w+)$/);
  return { place: place.className || place.tagName, shown: box.width > 0, wide, told: image.naturalWidth,
           offered, name, chosen: parseInt(width), format };
}))"""


@pytest.fixture(params=WIDTHS)
def fresh(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """Yield a page of each width that has no picture from before: browsers prefer a large one they have."""
    context = browser.new_context(viewport={"width": request.param, "height": 900})
    yield context.new_page()
    context.close()


def test_each_picture_is_drawn_as_wide_as_browsers_were_told(fresh: Page, address: str) -> None:
    """A file with a `w` descriptor has the natural width that its `sizes` says."""
    for path in PATHS:
        fresh.goto(address + path)
        found = [one for one in fresh.evaluate(MEASURE) if one["shown"]]
        assert found, path
        wrong = [
            (one["place"], one["told"], one["wide"]) for one in found if abs(one["told"] - one["wide"]) > 2
        ]
        assert wrong == [], path


def test_the_smallest_file_that_is_large_enough_is_fetched(fresh: Page, address: str) -> None:
    fetched: dict[str, int] = {}  # a browser does not fetch the same picture twice in a smaller size
    for path in PATHS:
        fresh.goto(address + path)
        for one in fresh.evaluate(MEASURE):
            if not one["shown"]:
                continue
            enough = [w for w in sorted(one["offered"]) if w >= one["wide"] - 2] or [max(one["offered"])]
            fetched[one["name"]] = max(enough[0], fetched.get(one["name"], 0))
            assert enough[0] <= one["chosen"] <= fetched[one["name"]], (path, one)
            assert one["format"] == "avif"


def test_a_sharp_screen_gets_a_sharp_file(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844}, device_scale_factor=3)
    page.goto(address + "/crossing/")
    hero, *_ = page.evaluate(MEASURE)
    assert hero["chosen"] == min(width for width in hero["offered"] if width >= 3 * 390)
    page.close()


def test_what_is_seen_first_is_fetched_first_and_the_rest_when_it_comes_near(
    page: Page, address: str
) -> None:
    for path in ("/", "/section/harbour/", "/crossing/", "/dam/"):
        page.goto(address + path)
        states = page.evaluate(
            """() => [...document.images].filter(i => i.offsetWidth).map(i => [
               i.getBoundingClientRect().top < 900, i.loading, i.fetchPriority])"""
        )
        assert states[0][2] == "high", path
        assert [state for state in states if not state[0] and state[1] != "lazy"] == [], path


@pytest.mark.parametrize("width", [390, 1280])
def test_no_picture_is_higher_than_the_window(page: Page, address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    for path in PATHS:
        page.goto(address + path)
        high = page.evaluate(
            "[...document.images].map(i => i.getBoundingClientRect().height).filter(h => h > innerHeight)"
        )
        assert high == [], path


def test_a_broad_hero_is_cropped_on_a_phone_around_its_focus(page: Page, address: str) -> None:
    def hero() -> list[object]:
        page.goto(address + "/crossing/")
        return page.evaluate(
            """() => { const i = document.querySelector('.hero img'), s = getComputedStyle(i);
            const shape = (i.clientWidth / i.clientHeight).toFixed(2);
            return [shape, s.objectFit, s.objectPosition, i.clientWidth] }"""
        )

    page.set_viewport_size({"width": 390, "height": 844})
    assert hero() == ["1.50", "cover", "90% 50%", 390]  # the focus lies at eight tenths; from edge to edge
    page.set_viewport_size({"width": 1280, "height": 844})
    assert hero() == ["2.22", "cover", "90% 50%", 1200]


def test_an_upright_hero_shows_whole_on_a_desk(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(address + "/dam/")
    height, fit = page.evaluate(
        "(i => [i.clientHeight, getComputedStyle(i).objectFit])(document.querySelector('.hero img'))"
    )
    assert (height, fit) == (680, "contain")  # 85 % of the window
