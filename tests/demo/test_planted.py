"""Each check of a page finds the fault it is there for, planted into a page of the demo."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, Route

from tests.demo import looking
from tests.demo.looking import opened
from tests.demo.site import DemoSite
from tests.demo.walking import walk

pytestmark = pytest.mark.browser

Check = Callable[[Page], list[str]]
LATE = re.compile(r"/_m/")
FAULTS: list[tuple[str, Check, str]] = [
    ("main.insertAdjacentHTML('beforeend', '<img src=/favicon.ico>')", looking.inaccessible, "image-alt"),
    ("main.querySelector('p').style.color = '#c8c0b0'", looking.inaccessible, "color-contrast"),
    (
        "main.querySelector('p').style.color = '#c8c0b0'",
        lambda page: looking.inaccessible(page, "dark"),
        "color-contrast",
    ),
    ("main.firstElementChild.style.width = '130vw'", looking.overflowing, "page "),
    (
        "main.insertAdjacentHTML('beforeend', '<p><a href=/x/>x</a></p>')",
        looking.small_targets,
        'href="/x/"',
    ),
    ("main.querySelector('a').style.outline = 'none'", lambda page: walk(page)[1], "no ring"),
    ("main.querySelector('a').style.position = 'fixed', main.querySelector('a').style.top = '-99px'",
     lambda page: walk(page)[1], "out of sight"),
    ("main.querySelector('a').tabIndex = 3", lambda page: walk(page)[1], "not the skip link"),
    (
        "document.body.prepend(document.querySelector('.foot'))",
        lambda page: walk(page)[1],
        "not the skip link",
    ),
    (
        "main.querySelector('a').addEventListener('keydown', (e) => e.preventDefault())",
        lambda page: walk(page)[1],
        "places take focus",
    ),
]  # fmt: skip


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with opened(browser, 390) as made:
        yield made


@pytest.mark.parametrize(("fault", "check", "found"), FAULTS)
def test_a_fault_is_found(demo_site: DemoSite, page: Page, fault: str, check: Check, found: str) -> None:
    looking.visit(page, f"{demo_site.url}/archive/")
    assert check(page) == []
    looking.visit(page, f"{demo_site.url}/archive/")
    page.evaluate(f"() => {{ const main = document.querySelector('main'); {fault} }}")
    assert found in "\n".join(check(page))


def test_a_picture_without_room_of_its_own_moves_what_is_below(demo_site: DemoSite, page: Page) -> None:
    def without_sizes(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=re.sub(r' (width|height)="\d+"', "", answer.text()))

    path = demo_site.page_types("en")["story-news"]
    assert looking.shifts(page, demo_site.url + path, LATE) == []
    page.route(f"**{path}", without_sizes)
    assert looking.shifts(page, demo_site.url + path, LATE) != []
