"""Documents to publish, and short ways to publish them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connections, transaction

from standfirst.bake import moves
from standfirst.editions import api
from standfirst.editions.documents import (
    Author,
    Byline,
    Document,
    ImageBlock,
    Media,
    Paragraph,
    PictureUse,
    Rendition,
    Section,
    Site,
    Story,
)
from standfirst.editions.pages import ListRule, PageRule, list_rules, page_rules
from standfirst.kit.ids import new_id

START = datetime(2026, 11, 5, 12, 0, tzinfo=UTC)
ACTOR = "editor@example.org"


def story(slug: str = "one", **fields: Any) -> Story:
    """Return a story of two paragraphs; `fields` replace what they name."""
    values: dict[str, Any] = {
        "id": new_id(), "language": "en", "path": f"/{slug}/", "headline": f"Headline of {slug}",
        "standfirst": "What it is about.", "published_at": START,
        "body": (Paragraph(id="b1", html="First <em>words</em>."), Paragraph(id="b2", html="Second.")),
    }  # fmt: skip
    return Story(**values | fields)


def long_story(blocks: int = 60) -> Story:
    """Return a story of the length that our figures are for."""
    html = 'Words of <strong>some</strong> weight, with <a href="https://example.org/">a link</a>. ' * 4
    body = tuple(Paragraph(id=f"b{n}", html=f"{n} {html}".strip()) for n in range(blocks))
    return story("long", body=body, section=new_id(), topics=(new_id(), new_id()),
                 bylines=(Byline(author=new_id()),))  # fmt: skip


def picture(blob: str = "a" * 64, **fields: Any) -> Media:
    rendition = Rendition(
        path=f"/_m/{blob[:32]}.webp", blob=blob, format="webp", width=800, height=600, size=1000
    )
    return Media(**{"id": new_id(), "width": 800, "height": 600, "renditions": (rendition,)} | fields)


def with_picture(media: Media, slug: str = "pictured") -> Story:
    image = ImageBlock(id="p1", picture=PictureUse(media=media.id, alt="What it shows"))
    return story(slug, body=(Paragraph(id="b1", html="Words."), image))


def section(slug: str = "world", **fields: Any) -> Section:
    return Section(**{"id": new_id(), "language": "en", "path": f"/section/{slug}/", "name": slug} | fields)


def author(slug: str = "ada", **fields: Any) -> Author:
    return Author(**{"id": new_id(), "path": f"/author/{slug}/", "name": slug.title()} | fields)


def site(**fields: Any) -> Site:
    return Site(**{"name": "The Paper", "base_url": "https://example.org"} | fields)


def publish(document: Document, reason: Any = None, **more: Any) -> api.Published:
    """Publish `document` in a transaction of its own."""
    with transaction.atomic():
        known = api.head(document.record) is not None
        return api.publish(
            document, reason=reason or ("updated" if known else "published"), actor=ACTOR, **more
        )


def change(document: Document, **fields: Any) -> Any:
    return document.model_copy(update=fields)


def moved(since: int) -> set[str]:
    """Return the keys that moved after a sequence number."""
    return set(moves.moved_since(since))


@contextmanager
def keys_moved() -> Iterator[set[str]]:
    """Collect the keys that move inside the block."""
    before = api.last_seq()
    found: set[str] = set()
    yield found
    found |= moved(before)


def sql(statement: str, *values: object) -> list[Any]:
    with connections["default"].cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall()) if cursor.description else []


def later(minutes: int) -> datetime:
    return START + timedelta(minutes=minutes)


def _month(name: str, prefix: str) -> str:
    return f"{prefix}archive/{name.split('/')[-1].replace('-', '/')}/"


@contextmanager
def rules() -> Iterator[None]:
    """Page rules as a theme has them, in place of those that are registered."""
    saved = dict(page_rules.items()), dict(list_rules.items())
    page_rules._items.clear()
    list_rules._items.clear()
    for kind in ("story", "section", "topic", "author", "front"):
        page_rules.add(f"{kind}-page", PageRule(kind, lambda document: [document.path]))  # type: ignore[attr-defined]
    page_rules.add(
        "media-file",
        PageRule("media", lambda media: [one.path for one in media.renditions]),  # type: ignore[attr-defined]
    )
    page_rules.add("error-page", PageRule("site", lambda site: ["/_e/404/"]))
    list_rules.add("month-page", ListRule("month/", _month))
    list_rules.add("archive-page", ListRule("months/", lambda name, prefix: f"{prefix}archive/"))
    list_rules.add("latest-fragment", ListRule("front/", lambda name, prefix: f"/_f/latest{prefix}"))
    try:
        yield
    finally:
        page_rules._items.clear()
        list_rules._items.clear()
        page_rules._items.update(saved[0])
        list_rules._items.update(saved[1])
