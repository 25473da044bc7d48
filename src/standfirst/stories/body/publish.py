"""From the editor's body to public blocks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bs4 import BeautifulSoup, NavigableString, Tag
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
from standfirst.stories.body import links
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
        pages |= links.linked_pages(_sources(value))
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


def _sources(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _sources(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _sources(inner)


def _text(item: Raw, known: Known) -> Iterator[Block]:
    """Split running text into paragraphs, headings, lists and quotes, each with its key in the editor."""
    soup = BeautifulSoup(str(item["value"] or ""), "html.parser")
    for number, node in enumerate(soup.children):
        if isinstance(node, NavigableString):
            if type(node) is NavigableString and (words := known.html(str(node))):
                yield Paragraph(id=f"{item['id']}-{number}", html=words)
        elif isinstance(node, Tag):
            yield from _element(node, f"{item['id']}-{number}", known)


def _element(node: Tag, fallback: str, known: Known) -> Iterator[Block]:
    key = _key(node) or fallback
    if node.name in ("ul", "ol"):
        lines = node.find_all("li")
        first = _key(lines[0]) if lines else ""
        items = tuple(html for line in lines if (html := known.html(line.decode_contents())))
        if items:
            yield ListBlock(id=first or key, ordered=node.name == "ol", items=items)
        return
    html = known.html(node.decode_contents())
    if node.name == "hr":
        yield Divider(id=key)
    elif not html:
        return
    elif node.name in ("h2", "h3", "h4"):
        yield Heading(id=key, level=2 if node.name == "h2" else 3, html=html)
    elif node.name == "blockquote":
        yield Quote(id=key, html=html)
    else:
        yield Paragraph(id=key, html=html)


def _key(node: Tag) -> str:
    return str(node.get("data-block-key") or "")


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
