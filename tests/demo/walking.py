"""A walk through a page with the Tab key, and what was wrong on the way."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

from playwright.sync_api import Page

_STOPS = """() => [...document.querySelectorAll(
    'a[href], button, input:not([type=hidden]), select, textarea, summary, iframe, [tabindex]')]
  .filter((e) => e.tabIndex >= 0 && e.checkVisibility({ visibilityProperty: true })).length"""

_HERE = """() => {
  const here = document.activeElement;
  if (!here || here === document.body) return null;
  const all = [...document.querySelectorAll('*')], box = here.getBoundingClientRect();
  const style = getComputedStyle(here), wide = innerWidth, high = innerHeight;
  const x = Math.min(Math.max(box.left + box.width / 2, 0), wide - 1);
  const y = Math.min(Math.max(box.top + Math.min(box.height / 2, 10), 0), high - 1);
  const there = document.elementFromPoint(x, y);
  return {
    name: here.outerHTML.slice(0, 100), place: all.indexOf(here), skip: here.className === 'skip',
    ring: style.outlineStyle === 'none' ? 0 : parseFloat(style.outlineWidth),
    seen: box.bottom > 0 && box.top < high && box.right > 0 && box.left < wide &&
          !!there && (here.contains(there) || there.contains(here)),
    top: box.top + scrollY, bottom: box.bottom + scrollY, left: box.left, right: box.right,
  };
}"""


@dataclass(frozen=True, slots=True)
class Stop:
    """Where the focus stood: in the document and on the page."""

    name: str
    place: int
    skip: bool
    ring: float  # pixels of outline
    seen: bool
    top: float
    bottom: float
    left: float
    right: float


def walk(page: Page) -> tuple[list[Stop], list[str]]:
    """Press Tab until the focus leaves the page; return the stops, and what is wrong with them."""
    number: int = page.evaluate(_STOPS)
    stops: list[Stop] = []
    for _ in range(number + 5):
        page.keyboard.press("Tab")
        here = page.evaluate(_HERE)
        if here is None:
            break
        stops.append(Stop(**here))
    # The live feed shows a button of its own a little after the page is there.
    numbers = sorted((number, page.evaluate(_STOPS)))
    found = numbers[0] <= len(stops) <= numbers[1]
    wrong = [] if found else [f"{number} places take focus, Tab went to {len(stops)}"]
    if not stops or not stops[0].skip:
        wrong.append("the first stop is not the skip link")
    wrong += [f"no ring: {stop.name}" for stop in stops if stop.ring < 2]
    wrong += [f"out of sight or covered: {stop.name}" for stop in stops if not stop.seen]
    for one, other in itertools.pairwise(stops):
        if other.place <= one.place or (_one_column(one, other) and other.bottom <= one.top):
            wrong.append(f"against reading: {one.name} → {other.name}")
    return stops, wrong


def _one_column(one: Stop, other: Stop) -> bool:
    return one.left < other.right and other.left < one.right
