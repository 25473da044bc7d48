"""A source of records in memory: the same facets and lists that publishing would give."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bs4 import BeautifulSoup

from standfirst.bake.reading import Page, RecordingReader
from standfirst.bake.registry import Rendered
from standfirst.editions.documents import Document, FeedItem, Post, Site, Story
from standfirst.editions.lists import wanted as filed
from standfirst.editions.records import facets
from standfirst.theme.hooks import all_renderers

AS_OF = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
RENDERERS = all_renderers()


class MemorySource:
    """Documents by record. Withdrawing one is leaving it out."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self.documents = {document.record: document for document in documents}
        self.values: dict[str, object] = {}
        for document in self.documents.values():
            for facet, value in facets(document).items():
                self.values[f"{document.record}/{facet}"] = value
        self.values |= self._lists()

    def _lists(self) -> dict[str, tuple[str, ...]]:
        site = self.documents.get("site:main")
        zone = ZoneInfo(site.time_zone if isinstance(site, Site) else "UTC")
        stories = [d for d in self.documents.values() if isinstance(d, Story)]
        lists: dict[str, list[str]] = {}
        months: dict[str, list[str]] = {}
        for story in sorted(stories, key=lambda s: (s.published_at, s.id), reverse=True):
            day = story.published_at.astimezone(zone).date().isoformat()
            heads = [f"front/{story.language}", *(f"topic/{topic}" for topic in story.topics)]
            if story.section:
                heads.append(f"section/{story.section}")
            heads += [f"author/{b.author}" for b in story.bylines if b.author]
            for name in dict.fromkeys(heads):
                lists.setdefault(f"list:{name}/head", []).append(story.id)
            for period in (day[:7], day):
                lists.setdefault(f"list:month/{story.language}/{period}/all", []).append(story.id)
            known = months.setdefault(f"list:months/{story.language}/all", [])
            if day[:7] not in known:
                known.append(day[:7])
        for document in self.documents.values():
            if isinstance(document, FeedItem | Post):
                continue
            for name in filed(document, site) if isinstance(site, Site) else ():
                facet = {"every": "all", "translations": "head", "purpose": "head"}.get(name.split("/")[0])
                if facet:
                    lists.setdefault(f"list:{name}/{facet}", []).append(document.id)
        heads_cut = {k: tuple(v[:30]) if k.endswith("/head") else tuple(v) for k, v in lists.items()}
        wire = self._wire(site) if isinstance(site, Site) else {}
        return heads_cut | wire | {name: tuple(found) for name, found in months.items()}

    def _wire(self, site: Site) -> dict[str, tuple[str, ...]]:
        """Return the lists of feed items and posts, as if each had been published when it says."""
        wire = [d for d in self.documents.values() if isinstance(d, FeedItem | Post)]
        lists: dict[str, list[str]] = {}
        for one in sorted(wire, key=lambda d: (d.published_at, d.id), reverse=True):
            for name in filed(one, site):
                facet = "all" if name.startswith(("feedday/", "postpart/")) else "head"
                lists.setdefault(f"list:{name}/{facet}", []).append(one.id)
                if name.startswith("feedday/"):
                    _, language, day = name.split("/")
                    lists.setdefault(f"list:feeddays/{language}/{day[:7]}/all", []).append(day)
                    lists.setdefault(f"list:feedmonths/{language}/all", []).append(day[:7])
        changes = tuple(f"{number} {d.record}" for number, d in enumerate(wire, start=1))
        lists |= {name.replace("/head", "/any"): ["any"] for name in lists if name.startswith("list:feed/")}
        once = {
            name: tuple(dict.fromkeys(found))[: 30 if name.endswith("/head") else None]
            for name, found in lists.items()
        }
        return once | {"list:changes/tail": changes[::-1][:61]}

    @contextlib.contextmanager
    def snapshot(self) -> Iterator[int]:
        yield 1

    def read(self, key: str) -> object | None:
        return self.values.get(key)

    def page(self, path: str) -> Page | None:
        raise NotImplementedError


def render(
    source: MemorySource, renderer: str, owner: str, path: str = "/x/", *, language: str = "",
    as_of: datetime = AS_OF,
) -> tuple[Rendered, RecordingReader]:  # fmt: skip
    """Return what a registered renderer makes of a record or list, and the reader with the keys it noted."""
    reader = RecordingReader(source, as_of)
    page = Page(path, owner, renderer, "live", language=language)
    return RENDERERS[renderer].render(page, reader), reader


def soup_of(
    source: MemorySource, renderer: str, owner: str, path: str = "/x/", **more: object
) -> BeautifulSoup:
    """Return a rendered page, parsed."""
    rendered, _ = render(source, renderer, owner, path, **more)  # type: ignore[arg-type]
    return BeautifulSoup(rendered.body, "html.parser")


def story_page(source: MemorySource, story: Story, **more: object) -> BeautifulSoup:
    """Return a story's page, parsed."""
    return soup_of(source, "story-page", story.record, story.path, **more)
