"""A newsroom changes its look while the site runs: pages follow, mistakes reach nobody."""

from __future__ import annotations

import json
import re
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser

from standfirst.kit.sitefolder import SiteFolder
from tests.newsroom.system import Newsroom, newsroom

pytestmark = pytest.mark.newsroom

TOKENS = ":root { --measure: 39rem; }\n"
FRONT = '{% extends "theme/pages/front.html" %}\n{% block content %}\n'
BROKEN = FRONT + "{{ vew.title }}{% endblock %}\n"
FAILING = FRONT + "{{ view.second[3].id }}{% endblock %}\n"
MARKED = FRONT + '<p id="ours">Ours</p>{{ super() }}{% endblock %}\n'


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newsroom]:
    """A site that readers see, without its desk."""
    with newsroom(tmp_path_factory.mktemp("look")) as made:
        made.start("edge", "baker")
        made.until(f"{made.readers}/")
        yield made


@pytest.fixture
def folder(site: Newsroom) -> Iterator[Path]:
    """The look folder, empty before and after."""
    look = site.folder / "look"
    look.mkdir(exist_ok=True)
    yield look
    shutil.rmtree(look)
    until(lambda: "measure:39rem" not in style(site) and 'id="ours"' not in front(site))


def until(true: Callable[[], bool], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def front(site: Newsroom) -> str:
    return httpx.get(f"{site.readers}/").text


def style(site: Newsroom) -> str:
    """Return the style sheet of all pages, which the front page names now after its own."""
    (*_, path, _) = re.findall(r'<link rel="stylesheet" href="([^"]+)"', front(site))
    return httpx.get(site.readers + path).raise_for_status().text


def told(site: Newsroom) -> list[dict[str, str]]:
    """Return what the doctor finds about the look."""
    lines = site.run("doctor", "--site", str(site.folder), "--json", check=False).stdout.splitlines()
    return [finding for line in lines if (finding := json.loads(line))["check"] == "look"]


def put(look: Path, path: str, text: str) -> None:
    (look / path).parent.mkdir(parents=True, exist_ok=True)
    (look / path).write_text(text)


def test_a_change_is_served_within_seconds_and_goes_when_it_is_taken_away(
    site: Newsroom, folder: Path
) -> None:
    assert "measure:39rem" not in style(site)
    put(folder, "tokens.css", TOKENS)
    until(lambda: "measure:39rem" in style(site))
    put(folder, "templates/pages/front.html", MARKED)
    until(lambda: 'id="ours"' in front(site))
    (folder / "templates/pages/front.html").unlink()
    until(lambda: 'id="ours"' not in front(site))
    assert "measure:39rem" in style(site)


@pytest.mark.parametrize(
    ("mistake", "said"),
    [
        (BROKEN, "look/templates/pages/front.html:3: vew is unknown here"),
        (FAILING, "look/templates/pages/front.html:3: tuple object has no element 3 (drawing /)"),
    ],
)
def test_a_mistake_leaves_the_pages_as_they_are_also_after_a_restart(
    site: Newsroom, folder: Path, mistake: str, said: str
) -> None:
    put(folder, "tokens.css", TOKENS)
    until(lambda: "measure:39rem" in style(site))
    before = front(site)
    put(folder, "templates/pages/front.html", mistake)
    problems = site.folder / "cache" / "look" / "problems"
    until(problems.exists)
    assert problems.read_text().splitlines() == [said]
    assert [(one["state"], one["what"]) for one in told(site)] == [("broken", said)]
    site.stop("baker")
    site.start("baker")
    site.run("bake", "--site", str(site.folder), "/")
    assert front(site) == before
    assert said in site.logs()
    put(folder, "templates/pages/front.html", MARKED)
    until(lambda: 'id="ours"' in front(site))
    assert not problems.exists()
    assert [one["state"] for one in told(site)] == ["well"]


@pytest.mark.browser
def test_an_open_page_loads_again_by_itself_while_the_site_is_live(
    site: Newsroom, folder: Path, browser: Browser
) -> None:
    assert "data-look" not in front(site)
    live = SiteFolder(site.folder).live
    live.touch()
    until(lambda: "data-look" in front(site))
    page = browser.new_page()
    refused: list[str] = []
    page.on("console", lambda said: refused.append(said.text) if said.type == "error" else None)
    page.goto(f"{site.readers}/")
    put(folder, "templates/pages/front.html", MARKED)
    page.wait_for_selector("#ours", timeout=30_000)
    put(folder, "templates/pages/front.html", BROKEN)
    page.wait_for_timeout(2500)
    assert page.locator("#ours").count() == 1
    assert refused == []
    page.close()
    live.unlink()
    until(lambda: "data-look" not in front(site))
