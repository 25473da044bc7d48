"""What is looked for on a page in a real browser. Each returns what is wrong, in words, or nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route

Scheme = Literal["light", "dark"]

FINGER = 44  # pixels
_LATE = 250  # milliseconds after the first paint: longer than a browser keeps text back for its font
_SIZES = {"rules": {"target-size": {"enabled": True}}}  # WCAG 2.2, which axe leaves out if not asked
_COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}

_SETTLED = "() => !document.querySelector('[data-fragment]:not(:has([data-part]))')"

_OVERFLOW = """() => {
  const wide = document.documentElement.clientWidth, found = [];
  if (document.documentElement.scrollWidth <= wide) return found;
  for (const element of document.body.querySelectorAll('*')) {
    const box = element.getBoundingClientRect();
    const scroller = element.parentElement.closest('.table, .sections__list');
    if (box.width && !scroller && (box.right > wide + 1 || box.left < -1))
      found.push(element.outerHTML.slice(0, 90) + ' ' + Math.round(box.left) + '…' + Math.round(box.right));
  }
  return ['page ' + document.documentElement.scrollWidth + ' wide', ...found.slice(0, 5)];
}"""

# A link in a sentence is as high as its line, and one that leads where a larger one leads may be small.
_SMALL = """(finger) => {
  const inSentence = (link) => {
    let block = link;
    while (getComputedStyle(block).display.startsWith('inline')) block = block.parentElement;
    return block !== link && block.textContent.trim() !== link.textContent.trim();
  };
  const large = new Set(), small = [];
  const targets = 'a[href], button, input:not([type=hidden]), select, summary';
  for (const element of document.querySelectorAll(targets)) {
    const box = element.getBoundingClientRect();
    if (!box.width || element.className === 'skip') continue;
    if (box.width > finger - 1 && box.height > finger - 1) large.add(element.href);
    else if (!inSentence(element)) small.push([element, box]);
  }
  return small.filter(([element]) => !element.href || !large.has(element.href)).map(([element, box]) =>
    element.outerHTML.slice(0, 120) + ' ' + Math.round(box.width) + '×' + Math.round(box.height));
}"""

_WATCH = """window.shifts = [];
new PerformanceObserver((list) => {
  for (const shift of list.getEntries()) {
    const moved = shift.sources.map((s) => s.node && (s.node.outerHTML || s.node.textContent).slice(0, 60));
    window.shifts.push(shift.value.toFixed(4) + ' ' + moved.join(' | '));
  }
}).observe({type: 'layout-shift', buffered: true});"""

_STEADY = """() => document.fonts.ready.then(() => new Promise((done) =>
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => done(true), 20)))))"""


@contextmanager
def opened(browser: Browser, width: int, *, scheme: Scheme = "light", **context: Any) -> Iterator[Page]:
    """A fresh page of its own, `width` pixels wide."""
    made = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, **context)
    try:
        yield made.new_page()
    finally:
        made.close()


def visit(page: Page, url: str) -> None:
    """Open a page and wait until it is as it will stay: loaded, its fragments in their slots."""
    page.goto(url)
    page.wait_for_function(_SETTLED)


def inaccessible(page: Page, scheme: Scheme = "light") -> list[str]:
    """Return what axe finds; in the dark its rules on colour alone, since nothing else can differ there."""
    options = {"resultTypes": ["violations"], **(_COLOURS if scheme == "dark" else _SIZES)}
    return [
        f"{rule['id']}: {node['html'][:120]}"
        for rule in Axe().run(page, options=options).response["violations"]
        for node in rule["nodes"]
    ]


def overflowing(page: Page) -> list[str]:
    """Return what makes the page wider than its window, and nothing when it is not."""
    found: list[str] = page.evaluate(_OVERFLOW)
    return found


def small_targets(page: Page) -> list[str]:
    """Return what can be pressed, stands outside of a sentence, and is smaller than a fingertip."""
    found: list[str] = page.evaluate(_SMALL, FINGER)
    return found


def enlarge_text(page: Page) -> None:
    """Double the size of text as a reader's browser does: by the size that all others are told from."""
    page.evaluate("document.documentElement.style.setProperty('font-size', '200%', 'important')")


def shifts(page: Page, url: str, late: re.Pattern[str]) -> list[str]:
    """Open a page whose files like `late` come only after it was painted; return what moved, and how much."""
    held: list[Route] = []
    painted = False

    def hold(route: Route) -> None:
        route.continue_() if painted else held.append(route)

    page.add_init_script(_WATCH)
    page.route(late, hold)
    page.goto(url, wait_until="domcontentloaded")
    page.wait_for_function("() => performance.getEntriesByType('paint').length")
    page.wait_for_function(_SETTLED)
    page.wait_for_timeout(_LATE)
    painted = True
    for route in held:
        route.continue_()
    page.wait_for_load_state()
    page.evaluate(_STEADY)
    found: list[str] = page.evaluate("window.shifts")
    return found
