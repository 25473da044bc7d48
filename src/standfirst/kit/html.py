"""The one HTML sanitiser. Whatever HTML a person or a machine hands us goes through it before it is kept.

`inline` allows what may stand inside a paragraph, nothing that runs, loads or positions. nh3 (the HTML
parser of a browser engine) decides what is markup; our part is the list of what stays, and tidiness.
"""

from __future__ import annotations

import html as entities
import re
from collections.abc import Callable
from functools import lru_cache

import nh3


def _names(text: str) -> set[str]:
    return set(text.split())


INLINE = _names("a em strong b i sup sub code abbr q cite br span mark bdi")
_ATTRIBUTES = {"*": {"lang", "dir"}, "a": {"href", "title", "rel"}, "abbr": {"title"}}
_SAME = {"b": "strong", "i": "em"}

# Tags that part words: their place is kept as white space when they go.
_BREAKING = _names(
    "address article aside blockquote body caption center dd details dialog div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol option p pre section "
    "summary table tbody td tfoot th thead tr ul"
)
# Tags that go with all they hold: it is code, or words that were never shown.
DROPPED = _names(
    "applet canvas frameset head iframe math noembed noframes object script style svg template textarea title"
)

_SCHEMES = {"http", "https", "mailto", "tel"}
_REL = {"nofollow", "sponsored", "ugc"}  # what a publisher owes to search engines; the rest is ours to say
_LANGUAGE = re.compile(r"^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*$")
# What XML 1.0 and HTML call neither white space nor a character, and halves of surrogate pairs.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
_ELEMENT = re.compile(r'<(/?)([a-z][a-z0-9]*)((?:\s+[a-z-]+="[^"]*")*)\s*/?>')
_LOOSE = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]*)[^<>]*>?")
_LEFT_OPEN = _names("br hr p li dt dd tr td th option img input meta link wbr")
_SPACE = re.compile(r"[ \t\r\n]+")
_DEEPEST = 200
_ROUNDS = 6


@lru_cache(2048)  # a paragraph passes here on its way in, when published and when checked
def inline(html: str) -> str:
    """Return `html` as clean inline HTML; what may not stand in a paragraph is unwrapped, its words kept.

    Allowed are links (http, https, mailto, tel, paths of this site and `#places` of this page), em, strong,
    sup, sub, code, abbr, q, cite, br, mark, bdi, and span with `lang` and `dir`.
    Cleaning twice changes nothing.
    """
    cleaned = _once(bounded(html))
    for _ in range(_ROUNDS):
        again = _once(cleaned)
        if again == cleaned:
            return cleaned.strip()
        cleaned = again
    # Markup that a parser reads differently each time is an attack or broken past repair: keep the words.
    return escaped(text(html))


def text(html: str) -> str:
    """Return the words of `html` as plain text; block elements and `<br>` part them with a line break."""
    kept = nh3.clean(
        bounded(html),
        tags=_BREAKING | {"br"},
        clean_content_tags=DROPPED,
        attributes={},
        link_rel=None,
    )
    plain = entities.unescape(_ELEMENT.sub("\n", kept))
    lines = (" ".join(line.split()) for line in plain.split("\n"))
    return "\n".join(line for line in lines if line)


def escaped(text: str) -> str:
    """Return plain `text` as inline HTML, in the form that `inline` gives."""
    plain = _SPACE.sub(" ", _UNPRINTABLE.sub("", text)).strip()
    return entities.escape(plain, quote=False).replace("\xa0", "&nbsp;")


def link(url: str) -> str:
    """Return `url` as a link that may be kept, or "" when it may not (another scheme, a trick)."""
    cleaned = re.sub(r"[\x00-\x20\x7f-\xa0\u2028\u2029]+", "", url)
    if cleaned.startswith(("//", "\\", "/\\")):
        cleaned = "https://" + cleaned.lstrip("/\\")  # a browser reads both slashes so
    if cleaned.startswith(("/", "#")):
        return cleaned.replace("\\", "%5C")
    scheme, colon, rest = cleaned.partition(":")
    if not colon or scheme.lower() not in _SCHEMES:
        return ""
    if scheme.lower() in ("mailto", "tel"):
        return f"{scheme.lower()}:{rest}" if rest else ""
    host = rest.replace("\\", "/").lstrip("/")
    return f"{scheme.lower()}://{host}" if host and not host.startswith(("?", "#")) else ""


def bounded(html: str) -> str:
    """Return `html` without what is no character, and without its tags when they nest absurdly deep.

    The parser's time grows with the square of the depth: 50,000 open `<div>` would take it seconds.
    """
    printable = _UNPRINTABLE.sub("", html)
    depth: dict[str, int] = {}
    for match in _LOOSE.finditer(printable):
        name = match[2].lower()
        depth[name] = max(0, depth.get(name, 0) + (-1 if match[1] else 1))
        if depth[name] > _DEEPEST and name not in _LEFT_OPEN:
            return _LOOSE.sub(" ", printable).replace("<", "&lt;")
    return printable


def _attribute(_tag: str, name: str, value: str) -> str | None:
    if name == "href":
        return link(value) or None
    if name == "rel":
        kept = sorted(_REL & set(value.lower().split()))
        return " ".join(kept) or None
    if name == "dir":
        return value.lower() if value.lower() in ("ltr", "rtl", "auto") else None
    if name == "lang":
        return value if _LANGUAGE.match(value) else None
    return value


def _once(html: str) -> str:
    """Clean, turn what parted words into white space, clean again what that left, and tidy."""
    parted = _clean(html, INLINE | _BREAKING)
    cleaned = _rewrite(parted, lambda _close, name, _rest: " " if name in _BREAKING else None)
    if cleaned != parted:
        cleaned = _clean(cleaned, INLINE)
    return _SPACE.sub(" ", _tidy(cleaned))


def _clean(html: str, tags: set[str]) -> str:
    return nh3.clean(
        html,
        tags=tags,
        clean_content_tags=DROPPED,
        attributes=_ATTRIBUTES,
        attribute_filter=_attribute,
        link_rel=None,
    )


def _rewrite(html: str, replace: Callable[[str, str, str], str | None]) -> str:
    def one(match: re.Match[str]) -> str:
        new = replace(match[1], match[2], match[3])
        return match[0] if new is None else new

    return _ELEMENT.sub(one, html)


def _tidy(html: str) -> str:
    """One name for one meaning, and no elements that say nothing (`<span>`, `<a>` without an address)."""
    open_spans: list[bool] = []

    def one(close: str, name: str, rest: str) -> str | None:
        if name in ("span", "a"):
            if not close:
                open_spans.append(bool(rest) and (name == "span" or " href=" in rest))
                return None if open_spans[-1] else ""
            return None if (open_spans.pop() if open_spans else True) else ""
        if name in _SAME:
            return f"<{close}{_SAME[name]}{rest}>"
        return None

    return re.sub(r"<(em|strong|sup|sub|code|q|cite|mark)></\1>", "", _rewrite(html, one))
