"""How much a reader downloads for a story of the demo. Each figure is the heaviest of its stories.

story_page_bytes_gzip    the page, its styles and its scripts, each as gzip
story_total_bytes_390px  everything a phone fetches (390 px, two device pixels a pixel) before it scrolls:
                         hero, pictures near the screen, fonts, the column; bodies and headers as sent. A
                         gallery is pictures from end to end; it has a figure of its own, without a limit.
first_screen_bytes       what must have come before a phone paints the first screen with its text: the
                         page up to where that screen ends, and all styles, with their headers, in brotli as
                         every browser since 2017 asks for over TLS; "gzip" is the same for older ones.
                         Scripts are modules and fonts are optional: neither holds up the text.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Iterable

import brotli
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, Page
from tests.browser import chromium
from tests.demo.site import DemoPage, DemoSite, made
from tests.edge.site import Answer, edge

from standfirst.kit.sitefolder import SiteFolder

PHONE = {"width": 390, "height": 844}
LIMITS = {"story_page_bytes_gzip": 30_000, "story_total_bytes_390px": 200_000, "first_screen_bytes": 14_000}

_LAST_SEEN = """(high) => {
  document.querySelectorAll('main [role=status]').forEach((e) => e.remove()); // a script's: not in the file
  const all = [...document.querySelectorAll('main *')].filter((e) => !e.closest('[data-fragment]'));
  const seen = all.filter((e) => e.getClientRects().length && e.getBoundingClientRect().top < high);
  const last = seen.at(-1);
  return [last.localName, [...document.querySelectorAll('main ' + last.localName)].indexOf(last)];
}"""


def page_bytes(site: DemoSite, path: str) -> int:
    """Return the bytes of a page, its styles and its scripts, as gzip."""
    soup = BeautifulSoup(site.get(path).body, "html.parser")
    styles = [str(tag["href"]) for tag in soup.select("link[rel=stylesheet]")]
    scripts = [str(tag["src"]) for tag in soup.select("script[src]")]
    return sum(len(_packed(site, file).body) for file in (path, *styles, *scripts))


def total_bytes(site: DemoSite, browser: Browser, path: str) -> int:
    """Return all that a phone fetches for a page before anybody scrolls, as it was sent."""
    context = browser.new_context(viewport=PHONE, device_scale_factor=2, is_mobile=True)  # type: ignore[arg-type]
    context.route("**/-/events", lambda route: route.abort())  # a stream has no end
    page = context.new_page()
    session = context.new_cdp_session(page)
    sent: list[int] = []
    session.send("Network.enable")
    session.on("Network.loadingFinished", lambda event: sent.append(int(event["encodedDataLength"])))
    page.goto(site.url + path)
    page.wait_for_load_state("networkidle")
    context.close()
    return sum(sent)


def first_screen_bytes(site: DemoSite, page: Page, path: str, coding: str = "br") -> int:
    """Return what must have come before the first screen of a phone can be painted with its text."""
    page.goto(site.url + path)
    name, number = page.evaluate(_LAST_SEEN, PHONE["height"])
    answer = site.get(path)
    soup = BeautifulSoup(answer.body, "html.parser")
    last = soup.select(f"main {name}")[number]
    lines = answer.body.decode().splitlines(keepends=True)
    start = sum(map(len, lines[: (last.sourceline or 1) - 1])) + (last.sourcepos or 0)
    head = answer.body.decode()[: start + len(str(last))].encode()
    styles = [_packed(site, str(tag["href"]), coding) for tag in soup.select("link[rel=stylesheet]")]
    packed = brotli.compress(head, quality=5) if coding == "br" else gzip.compress(head, 6)
    return len(packed) + _headers(answer) + sum(len(s.body) + _headers(s) for s in styles)


def _packed(site: DemoSite, path: str, coding: str = "gzip") -> Answer:
    return site.get(path, {"accept-encoding": coding})


def _headers(answer: Answer) -> int:
    return len("HTTP/1.1 200 OK\r\n\r\n") + sum(len(f"{name}: {value}\r\n") for name, value in answer.lines)


def _report(name: str, values: Iterable[tuple[int, str]]) -> bool:
    """Print the heaviest, with the others' middle; return whether it keeps its limit."""
    ranked = sorted(values)
    value, path = ranked[-1]
    figure = {
        "name": name,
        "value": value,
        "unit": "bytes",
        "median": ranked[len(ranked) // 2][0],
        "page": path,
    }
    limit = LIMITS.get(name)
    print(json.dumps(figure | ({"limit": limit} if limit else {}), ensure_ascii=False), flush=True)
    return limit is None or value <= limit


def main() -> int:
    """Print all figures; 0 when the limits of the plan hold."""
    folder = made()
    with edge(SiteFolder(folder)) as server, chromium() as browser:
        site = DemoSite(folder, server)
        stories: list[DemoPage] = [page for page in site.pages if page.kind == "story"]
        texts = [page.path for page in stories if page.format != "gallery"]
        galleries = [page.path for page in stories if page.format == "gallery"]
        phone = browser.new_page(viewport=PHONE)  # type: ignore[arg-type]
        well = [
            _report("story_page_bytes_gzip", [(page_bytes(site, page.path), page.path) for page in stories]),
            _report("story_total_bytes_390px", [(total_bytes(site, browser, path), path) for path in texts]),
            _report(
                "gallery_total_bytes_390px", [(total_bytes(site, browser, path), path) for path in galleries]
            ),
            _report("first_screen_bytes", [(first_screen_bytes(site, phone, path), path) for path in texts]),
            _report(
                "first_screen_bytes_gzip",
                [(first_screen_bytes(site, phone, path, "gzip"), path) for path in texts],
            ),
        ]
    return int(not all(well))


if __name__ == "__main__":
    sys.exit(main())
