"""Finding a page of every type on a site, by following its own links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from bs4 import BeautifulSoup, Tag
from playwright.sync_api import APIRequestContext

_STORY = re.compile(r"^story--(\w+)$")
ERRORS = ("404", "410")
CONTACT = ("form", "again", "sent")


@dataclass(frozen=True, slots=True)
class Found:
    """A page of a type (`front`, `story-opinion`) in a language."""

    kind: str
    language: str
    path: str


class Finder:
    """Reads a site as its readers do."""

    def __init__(self, request: APIRequestContext, base: str) -> None:
        self._request = request
        self._base = base.rstrip("/")

    def languages(self) -> dict[str, str]:
        """Return the front of every language, by language: those that answer, of the folders the site has."""
        first = self._read("/")
        found = {_language(first): "/"}
        for tag in _languages_of(first) or ("uk", "ar"):
            path = f"/{tag}/"
            if tag not in found and self._answers(path):
                found[tag] = path
        return found

    def pages(self, language: str, front: str) -> Iterator[Found]:
        """Yield the first page met of every type in `language`, whose front is at `front`."""
        home = self._read(front)
        yield Found("front", language, front)
        months = _links(self._read(f"{front}archive/"), ".year__months a")
        plain = [path for path in _links(home, ".foot a") if self._is(path, "article.plain")]
        for kind, paths in (
            ("section", _links(home, ".sections a")), ("archive", [f"{front}archive/"]), ("month", months),
            ("plain", sorted(plain, key=self._length, reverse=True)),
        ):  # fmt: skip
            yield from (Found(kind, language, path) for path in paths[:1])
        yield from self._stories(language, [path for month in months for path in self._month(month)])
        for name in CONTACT:
            yield Found(f"contact-{name}", language, f"{front}contact/{name}/")
        yield from (Found(status, language, f"{front}_e/{status}/") for status in ERRORS)

    def _stories(self, language: str, paths: list[str]) -> Iterator[Found]:
        """Yield a story of each format, and the first topic and author that the stories lead to."""
        seen: set[str] = set()
        for path in paths:
            page = self._read(path)
            kinds = {"topic": _links(page, ".topics a"), "author": _links(page, "a[rel=author]")}
            kinds[f"story-{_form(page)}"] = [path]
            for kind, found in kinds.items():
                if found and kind not in seen:
                    seen.add(kind)
                    yield Found(kind, language, found[0])

    def _month(self, path: str) -> list[str]:
        return _links(self._read(path), ".archive-day__headline a")

    def _length(self, path: str) -> int:
        return len(self._read(path).get_text())

    def _is(self, path: str, selector: str) -> bool:
        return self._answers(path) and bool(self._read(path).select(selector))

    def _answers(self, path: str) -> bool:
        return self._request.get(self._base + path).ok

    def _read(self, path: str) -> BeautifulSoup:
        return BeautifulSoup(self._request.get(self._base + path).text(), "html.parser")


def _links(page: BeautifulSoup, selector: str) -> list[str]:
    """Return where links of this site lead, each once, in order."""
    found = (str(link["href"]) for link in page.select(selector))
    return list(dict.fromkeys(unquote(path) for path in found if path.startswith("/")))


def _form(page: BeautifulSoup) -> str:
    article = page.select_one("article.story")
    names: list[str] = list(article["class"]) if isinstance(article, Tag) else []
    return next((match[1] for name in names if (match := _STORY.match(name))), "none")


def _language(page: BeautifulSoup) -> str:
    return str(page.html["lang"]) if page.html else "en"


def _languages_of(page: BeautifulSoup) -> list[str]:
    links = page.select("a[hreflang], link[hreflang]")
    return [str(link["hreflang"]) for link in links if link["hreflang"] != "x-default"]
