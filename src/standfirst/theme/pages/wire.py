"""What is pushed: the newest changes of feed items, live posts and live stories of the site, in one file.

Edges send them on to open pages, and pages that no stream reaches fetch the file itself. `since` says from
which edition on it is whole: whoever has seen an earlier one only loads the baked feed again.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from standfirst.bake.reading import Page, RecordingReader
from standfirst.bake.registry import Rendered
from standfirst.editions.documents import Document
from standfirst.editions.records import Changed, Records
from standfirst.theme import renderer
from standfirst.theme.environment import template
from standfirst.theme.parts.context import open_context
from standfirst.theme.parts.item import item_view, one_day
from standfirst.theme.parts.post import drawn
from standfirst.theme.text import url

PATH = "/_f/wire/"
LARGEST = 6000  # bytes of HTML; what is longer is fetched from its own address


@dataclass(frozen=True, slots=True)
class Changes:
    """Draws the file of changes."""

    @property
    def fingerprint(self) -> str:
        return hashlib.sha256(f"wire {renderer.fingerprint()}".encode()).hexdigest()[:32]

    def render(self, page: Page, reader: RecordingReader) -> Rendered:
        changes, since = Records(reader).changes()
        events = [_event(page, reader, change) for change in changes]
        body = json.dumps({"since": since, "events": events}, ensure_ascii=False, separators=(",", ":"))
        return Rendered(body.encode(), content_type="application/json")


def paths(_: Document) -> list[str]:
    """Return the address of the file."""
    return [PATH]


def _event(page: Page, reader: RecordingReader, change: Changed) -> dict[str, Any]:
    kind, _, record_id = change.record.partition(":")
    event: dict[str, Any] = {"seq": change.seq, "kind": kind, "id": record_id}
    shown = _DRAWN[kind](page, reader, record_id)
    return event | (shown or {"state": "gone"})


def _item(page: Page, reader: RecordingReader, item_id: str) -> dict[str, Any] | None:
    found = Records(reader).item(item_id)
    if found is None:
        return None
    context = open_context(page, reader, found.language)
    item = item_view(context, found)
    day = one_day(context, context.local_date(found.published_at), (item,))
    html = template(context.language, "pages/wire_item.html").render(view=day)
    return {
        "state": "live",
        "language": found.language,
        "topics": list(found.topics),
        "breaking": bool(item.breaking),
        "url": url(found.path),
        "html": html if len(html.encode()) <= LARGEST else "",
    }


def _post(page: Page, reader: RecordingReader, post_id: str) -> dict[str, Any] | None:
    """Return a post as live pages show it; None when it or its coverage is not public."""
    found = Records(reader).post(post_id)
    if found is None or Records(reader).card(found.story) is None:
        return None
    context = open_context(page, reader, found.language)
    one = drawn(context, found)
    return {
        "state": "live",
        "language": found.language,
        "topics": [],
        "breaking": False,
        "story": found.story,
        "key": found.key,
        "url": url(found.path),
        "html": str(one.html) if one.size <= LARGEST else "",
    }


def _story(_page: Page, reader: RecordingReader, story_id: str) -> dict[str, Any] | None:
    """Return that a live story changed: what stands above its posts is looked up on its baked page."""
    found = Records(reader).card(story_id)
    if found is None:
        return None
    return {
        "state": "live",
        "language": found.language,
        "topics": [],
        "breaking": False,
        "story": found.id,
        "url": url(found.path),
        "html": "",
    }


_DRAWN = {"item": _item, "post": _post, "story": _story}
