"""All links of all pages, followed from the fronts; what they lead to, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from bs4 import BeautifulSoup, Tag

from tests.demo.site import DemoSite
from tests.edge.site import Answer

_PLACES = ("href", "src", "srcset", "data-fragment", "poster", "action")
_HTML = "text/html"


@dataclass(frozen=True, slots=True)
class Link:
    """A place in a page that names an address."""

    page: str
    tag: str
    kind: str  # `alternate`, `stylesheet` … for links of the head, else the attribute's name
    address: str
    language: str = ""  # hreflang
    type: str = ""  # what the page says that the address answers


@dataclass
class Crawl:
    """What a walk over the whole site found. Paths are as people read them, without percent signs."""

    site: DemoSite
    answers: dict[str, Answer] = field(default_factory=dict)
    links: list[Link] = field(default_factory=list)
    anchors: dict[str, set[str]] = field(default_factory=dict)

    def follow(self, *starts: str) -> None:
        """Ask for the starts, and for all of this site that they lead to, however far."""
        waiting = list(starts)
        while waiting:
            path = waiting.pop()
            if path in self.answers:
                continue
            answer = self.answers[path] = self.site.get(path)
            if answer.headers.get("content-type", "").startswith(_HTML):
                links = self.read(path, answer.body)
                waiting += [to for link in links if (to := self.target(link)) is not None]

    def read(self, path: str, body: bytes) -> list[Link]:
        """Note the links and the anchors of one page; return the links."""
        soup = BeautifulSoup(body, "html.parser")
        links = [link for tag in soup.find_all(True) for link in _links(path, tag)]
        self.links += links
        self.anchors[path] = {str(tag["id"]) for tag in soup.find_all(id=True)}
        return links

    def target(self, link: Link) -> str | None:
        """Return the path that a link leads to, None for one out of the site or into the application."""
        path = self.site.path_of(link.address.partition("#")[0] or link.page, link.page)
        return None if path is None or path.startswith("/-/") else path

    def wrong(self) -> list[str]:
        """Return what is wrong with the links noted: dead, moved, of another type, without anchor."""
        return [f"{link.page}: <{link.tag} {link.kind}> {link.address}: {problem}"
                for link in self.links for problem in self._problems(link)]  # fmt: skip

    def one_sided(self) -> list[str]:
        """Return alternates in other languages that do not lead back, or forget the page itself."""
        said: dict[str, dict[str, str]] = {}
        for link in self.links:
            if link.kind == "alternate" and link.language and link.language != "x-default":
                said.setdefault(link.page, {})[link.language] = self.target(link) or link.address
        return [
            f"{page} → {other}"
            for page, others in said.items()
            for other in (*others.values(), page)
            if said.get(other) != others
        ]

    def _problems(self, link: Link) -> Iterator[str]:
        path = self.target(link)
        if path is None:
            return
        answer = self.answers[path]
        if answer.status != 200:
            yield f"answers {answer.status}"
            return
        served = answer.headers.get("content-type", "").partition(";")[0]
        if not _fits(link, served):
            yield f"is {served}"
        anchor = link.address.partition("#")[2]
        if link.tag == "a" and anchor and path in self.anchors and anchor not in self.anchors[path]:
            yield "has no such place"


def _links(page: str, tag: Tag) -> Iterator[Link]:
    rel = " ".join(tag.get("rel") or [])
    kind = rel if tag.name == "link" else ""
    for name in _PLACES:
        for address in _addresses(name, str(tag.get(name, ""))):
            yield Link(
                page, tag.name, kind or name, address, str(tag.get("hreflang", "")), str(tag.get("type", ""))
            )
    if tag.name == "meta" and str(tag.get("property", "")) in ("og:image", "og:url"):
        yield Link(page, tag.name, str(tag["property"]), str(tag["content"]))


def _addresses(name: str, value: str) -> Iterator[str]:
    if name == "srcset":
        yield from (part.split()[0] for part in value.split(",") if part.strip())
    elif value:
        yield value


def _fits(link: Link, served: str) -> bool:
    if link.tag in ("img", "source") or link.kind in ("icon", "og:image"):
        return served.startswith("image/") and (link.kind != "icon" or link.type in ("", served))
    if link.tag == "script":
        return served == "text/javascript"
    if link.kind == "stylesheet":
        return served == "text/css"
    if link.kind == "canonical" or link.tag == "iframe" or link.kind == "og:url":
        return served == _HTML
    return link.type in ("", served)
