"""Loads markup in a real browser and counts what ran."""

from __future__ import annotations

import html as entities
from collections.abc import Callable, Iterable

from playwright.sync_api import sync_playwright

from standfirst.kit.html import inline, text
from standfirst.kit.html_pieces import html_pieces
from standfirst.kit.pieces import Card, Grid, Image, Items, Quoted, Text, Title

CHROMIUM = "/usr/bin/chromium"
_CALL = "CANARY(0)"
_HEAD = "<!doctype html><meta charset=utf-8><script>CANARY = alert = n => parent.CANARY(n)</script>"
_RUN = """async frames => {
  window.ran = new Set();
  window.CANARY = n => { ran.add(n); return 1 };
  document.body.replaceChildren();
  const loaded = frames.map(([number, markup]) => new Promise(done => {
    const frame = document.createElement('iframe');
    frame.onload = () => done([number, frame]);
    setTimeout(() => done([number, frame]), 1500);
    frame.srcdoc = markup;
    document.body.append(frame);
  }));
  for (const [number, frame] of await Promise.all(loaded)) {
    try {
      frame.contentWindow.addEventListener('click', event => event.preventDefault(), true);
      for (const e of frame.contentDocument.querySelectorAll('body *')) {
        if (/script:/i.test(e.protocol || '')) CANARY(number);
        for (const name of ['focus', 'mouseover', 'click', 'animationstart', 'toggle'])
          e.dispatchEvent(new MouseEvent(name, {cancelable: true}));
      }
    } catch (_) {}
  }
  await new Promise(done => setTimeout(done, 60));
  return [...ran];
}"""


def ran(markup: Iterable[str], together: int = 1) -> set[int]:
    """Return which pieces of `markup` ran something, by their place; `together` many share a document."""
    found: set[int] = set()
    numbered = [_numbered(html, number) for number, html in enumerate(markup)]
    starts = range(0, len(numbered), together)
    documents = [(start, _HEAD + "\n".join(numbered[start : start + together])) for start in starts]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page()
        page.route("**/*", lambda route: route.abort())
        for start in range(0, len(documents), 50):
            page.set_content("<body>")
            found |= set(page.evaluate(_RUN, documents[start : start + 50]))
        browser.close()
    return found


def _numbered(html: str, number: int) -> str:
    return html.replace(_CALL, f"CANARY({number})")


def as_inline(html: str) -> str:
    return f"<p>{inline(html)}</p><p>{entities.escape(text(html))}</p>"


def as_pieces(html: str) -> str:
    """Return `html` taken apart and put together again the way a template does it."""
    return "".join(_markup(piece) for piece in html_pieces(html).pieces)


def _markup(piece: object) -> str:
    escape: Callable[[str], str] = entities.escape
    if isinstance(piece, Text | Title | Quoted):
        return f"<p>{piece.html}</p><p>{escape(getattr(piece, 'attribution', ''))}</p>"
    if isinstance(piece, Items):
        return "".join(f"<li>{item}</li>" for item in piece.items)
    if isinstance(piece, Grid):
        return "<table>" + "".join(f"<td>{cell}</td>" for row in piece.rows for cell in row) + "</table>"
    if isinstance(piece, Card):
        return f'<a href="{escape(piece.url)}">{escape(piece.title)} {escape(piece.text)}</a>'
    if isinstance(piece, Image):
        return f'<img alt="{escape(piece.alt)}"><p>{piece.caption}</p>'
    return "<hr>"
