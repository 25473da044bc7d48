"""From the editor's body to public blocks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from standfirst.editions.documents import (
    Block,
    Divider,
    Embed,
    Heading,
    ImageBlock,
    KeyFacts,
    ListBlock,
    Paragraph,
    PictureUse,
    PullQuote,
    Quote,
    RelatedStory,
    Table,
)
from standfirst.kit.html import link
from standfirst.stories.body import links, running
from standfirst.stories.errors import CannotPublish

Raw = dict[str, Any]


@dataclass(frozen=True)
class Known:
    """What the body refers to, looked up before: pictures and pages of the desk by primary key."""

    pictures: Mapping[int, tuple[str, str]] = field(default_factory=dict)  # media id, description
    stories: Mapping[int, str] = field(default_factory=dict)  # record id
    addresses: Mapping[int, str] = field(default_factory=dict)  # public path of what is live

    def html(self, source: object) -> str:
        return links.clean(str(source or ""), self.addresses)


def references(stream: list[Raw]) -> tuple[set[int], set[int]]:
    """Return the primary keys of the pictures and of the pages that a body refers to."""
    pictures: set[int] = set()
    pages: set[int] = set()
    for item in stream:
        value = item["value"]
        if item["type"] in ("image", "embed") and value.get("picture"):
            pictures.add(int(value["picture"]))
        if item["type"] == "related_story" and value:
            pages.add(int(value))
        pages |= links.linked_pages(strings(value))
    return pictures, pages


def blocks(stream: list[Raw], known: Known) -> tuple[Block, ...]:
    """Return the public blocks of a body. Raises CannotPublish for what an editor has to mend first."""
    made: list[Block] = []
    seen: dict[str, int] = {}
    for item in stream:
        for block in _ONE[item["type"]](item, known):
            times = seen[block.id] = seen.get(block.id, 0) + 1
            made.append(block if times == 1 else block.model_copy(update={"id": f"{block.id}-{times}"}))
    return tuple(made)


def strings(value: object) -> Iterator[str]:
    """Yield every text inside a block's raw value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)


def _text(item: Raw, known: Known) -> Iterator[Block]:
    """Split running text into paragraphs, headings, lists and quotes, each with its key in the editor."""
    for number, element in enumerate(running.elements(str(item["value"] or ""))):
        key = element.key or f"{item['id']}-{number}"
        html = known.html(element.inner)
        if element.name in ("ul", "ol"):
            yield from _list(element, key, known)
        elif element.name == "hr":
            yield Divider(id=key)
        elif not html:
            continue
        elif element.name in ("h1", "h2", "h3", "h4", "h5", "h6"):
            yield Heading(id=key, level=2 if element.name in ("h1", "h2") else 3, html=html)
        elif element.name == "blockquote":
            yield Quote(id=key, html=html)
        else:
            yield Paragraph(id=key, html=html)


def _list(element: running.Element, key: str, known: Known) -> Iterator[Block]:
    lines = list(running.lines(element.inner))
    items = tuple(html for line in lines if (html := known.html(line.inner)))
    if items:
        yield ListBlock(id=lines[0].key or key, ordered=element.name == "ol", items=items)


def picture_use(value: Raw, known: Known) -> PictureUse | None:
    """Return a picture with its words here, or None when there is none. Raises CannotPublish without alt."""
    if not value.get("picture") or int(value["picture"]) not in known.pictures:
        return None
    media, description = known.pictures[int(value["picture"])]
    alt = "" if value.get("decorative") else str(value.get("alt") or description).strip()
    if not alt and not value.get("decorative"):
        raise CannotPublish(_("A picture has no alt text: describe it, or say that it is decorative."))
    return PictureUse(media=media, caption=known.html(value.get("caption")), alt=alt)


def _image(item: Raw, known: Known) -> Iterator[Block]:
    if use := picture_use(item["value"], known):
        width = "wide" if item["value"].get("width") == "wide" else "column"
        yield ImageBlock(id=item["id"], picture=use, width=width)


def _quote(item: Raw, known: Known) -> Iterator[Block]:
    if html := known.html(item["value"].get("text")):
        yield Quote(id=item["id"], html=html, attribution=item["value"].get("attribution") or "")


def _pull_quote(item: Raw, _known: Known) -> Iterator[Block]:
    if words := str(item["value"].get("text") or "").strip():
        yield PullQuote(id=item["id"], text=words, attribution=item["value"].get("attribution") or "")


def _key_facts(item: Raw, known: Known) -> Iterator[Block]:
    facts = (known.html(one["value"]) for one in item["value"].get("items") or ())
    if items := tuple(fact for fact in facts if fact):
        yield KeyFacts(id=item["id"], title=item["value"].get("title") or "", items=items)


def _related(item: Raw, known: Known) -> Iterator[Block]:
    story = known.stories.get(int(item["value"] or 0))
    if story:
        yield RelatedStory(id=item["id"], story=story)


def _embed(item: Raw, known: Known) -> Iterator[Block]:
    value = item["value"]
    address = link(str(value.get("url") or ""))
    if not address.startswith(("http://", "https://")):
        raise CannotPublish(_("An embed has no address that starts with https://."))
    chosen = known.pictures.get(int(value.get("picture") or 0))
    yield Embed(
        id=item["id"],
        provider=value.get("provider") or "",
        url=address,
        title=value.get("title") or "",
        author=value.get("author") or "",
        text=value.get("text") or "",
        posted_at=_instant(value.get("posted_at")),
        picture=PictureUse(media=chosen[0], alt=chosen[1]) if chosen else None,
    )


def _instant(value: object) -> datetime | None:
    when = parse_datetime(value) if isinstance(value, str) else value
    if not isinstance(when, datetime):
        return None
    return when if timezone.is_aware(when) else timezone.make_aware(when)


def _table(item: Raw, known: Known) -> Iterator[Block]:
    value = item["value"] or {}
    rows = tuple(tuple(known.html(cell) for cell in row) for row in value.get("data") or ())
    if not any(cell for row in rows for cell in row):
        return
    headers = value.get("table_header_choice")
    yield Table(
        id=item["id"],
        caption=value.get("table_caption") or "",
        header_row=headers in ("row", "both"),
        header_column=headers in ("column", "both"),
        rows=rows,
    )


def _divider(item: Raw, _known: Known) -> Iterator[Block]:
    yield Divider(id=item["id"])


_ONE = {
    "text": _text,
    "image": _image,
    "quote": _quote,
    "pull_quote": _pull_quote,
    "key_facts": _key_facts,
    "related_story": _related,
    "embed": _embed,
    "table": _table,
    "divider": _divider,
}
