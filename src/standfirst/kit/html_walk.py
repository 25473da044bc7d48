"""The walk through a parsed body: which elements become which pieces."""

from __future__ import annotations

import html as entities
import re
from collections.abc import Callable
from dataclasses import replace

from bs4.element import NavigableString, PageElement, Tag

from standfirst.kit.html import INLINE, escaped, inline, link, text
from standfirst.kit.pieces import Card, Grid, Image, Items, Piece, Quoted, Rule, Text, Title
from standfirst.kit.plain import is_rule, plain_pieces

EMBEDDED = {"iframe", "embed", "video", "audio", "object", "amp-iframe", "amp-youtube"}
PHRASING = INLINE | set(
    "acronym big bdo data del dfn font ins kbd label nobr rb rp rt ruby s samp small strike time tt u var"
    " wbr".split()
)
TITLES = {"h1": 2, "h2": 2, "hl1": 2, "hl2": 2, "h3": 3, "h4": 3, "h5": 3, "h6": 3}
BLOCKS = EMBEDDED | set(
    "address article aside body center dd details dialog div dl dt fieldset figcaption footer form header"
    " html legend main nav noscript option p picture section select summary button hgroup h1 h2 h3 h4 h5 h6"
    " ul ol li menu dir blockquote figure img table hr pre listing xmp tr td th tbody thead tfoot"
    " caption".split()
)
_PREFORMATTED = {"pre", "listing", "xmp"}
_POSTS = {"twitter-tweet", "instagram-media", "tiktok-embed", "fb-post", "bluesky-embed", "mastodon-embed"}
_SPACE_BEFORE = re.compile(r"(?:\s|&nbsp;|<br>)+")
_SPACE_AFTER = re.compile(r"(?:\s|;psbn&|>rb<)+")  # the same, read backwards


class Walk:
    """Walks the parsed tree once and collects pieces; a run of inline nodes becomes a paragraph."""

    def __init__(self, notes: list[str]) -> None:
        self.pieces: list[Piece] = []
        self.notes = notes
        self.run: list[str] = []

    def children(self, parent: Tag) -> None:
        for node in list(parent.children):
            self.node(node)

    def node(self, node: PageElement) -> None:
        if isinstance(node, NavigableString):
            self.run.append(entities.escape(str(node), quote=False))
        elif isinstance(node, Tag):
            if self._is_inline(node):
                self.run.append(str(node))
            else:
                self.block(node)

    def block(self, tag: Tag) -> None:
        self.flush()
        if _POSTS & set(_classes(tag)) and self.post(tag):
            return
        if tag.name == "hr":
            self.pieces.append(Rule())
        elif tag.name in _PREFORMATTED and not tag.find(True):
            self.pieces += plain_pieces(tag.get_text()).pieces
        else:
            _HOW.get(tag.name, Walk.container)(self, tag)

    def container(self, tag: Tag) -> None:
        before = len(self.pieces)
        self.children(tag)
        self.flush()
        marks = _language(tag)
        if marks:
            self.pieces[before:] = [_marked(piece, marks) for piece in self.pieces[before:]]

    def flush(self) -> None:
        """Close the run of inline nodes: two breaks part paragraphs, a row of stars parts texts."""
        source, self.run = "".join(self.run), []
        for part in re.split(r"(?:<br\s*/?>\s*){2,}", source):
            html = trimmed(inline(part))
            if is_rule(html):
                self.pieces.append(Rule())
            elif html:
                self.pieces.append(Text(html))

    def title(self, tag: Tag) -> None:
        images = [image.extract() for image in tag.find_all("img")]
        if _has_blocks(tag):
            self.container(tag)
        elif html := trimmed(inline(tag.decode_contents())):
            self.pieces.append(Title(html, TITLES[tag.name]))
        for image in images:
            self.image(image)

    def items(self, tag: Tag) -> None:
        """One list of all items, those of inner lists after the item they belong to."""
        items: list[str] = []
        beside = Walk(self.notes)
        _collect_list(tag, items, beside)
        if kept := tuple(item for item in items if item):
            self.pieces.append(Items(kept, tag.name == "ol"))
        self.pieces += beside.pieces

    def definitions(self, tag: Tag) -> None:
        if tag.find("dl"):
            self.container(tag)
            return
        items: list[str] = []
        for node in tag.find_all(["dt", "dd"]):
            html = trimmed(inline(node.decode_contents()))
            if node.name == "dt" or not items:
                items.append(f"<strong>{html}</strong>" if node.name == "dt" and html else html)
            else:
                items[-1] += f" {html}"
        held = [words for node in tag.find_all(["dt", "dd"]) for words in node.find_all(string=True)]
        known = {id(words) for words in held}
        beside = " ".join(words for words in tag.find_all(string=True) if id(words) not in known)
        if any(items):
            self.pieces.append(Items(tuple(inline(item) for item in items if item)))
        if beside.strip():
            self.pieces.append(Text(escaped(beside)))
        for image in tag.find_all("img"):
            self.image(image)

    def quote(self, tag: Tag) -> None:
        sources = [node for node in tag.find_all(["cite", "footer"]) if _is_last(node, tag)]
        attribution = text(sources[0].decode_contents()).replace("\n", " ").strip(" —–-") if sources else ""
        if sources:
            sources[0].extract()
        inner = Walk(self.notes)
        inner.children(tag)
        inner.flush()
        words: list[str] = []
        others: list[Piece] = []
        for piece in inner.pieces:
            if isinstance(piece, Text):
                words.append(piece.html)
            else:
                others.append(piece)
        if words:
            self.pieces.append(Quoted("<br>".join(words), attribution))
        elif attribution:
            self.pieces.append(Text(escaped(attribution)))
        self.pieces += others

    def post(self, tag: Tag) -> bool:
        """A post that a script would have drawn: keep its words and its address."""
        links = [str(node.get("href", "")) for node in tag.find_all("a")]
        given = [str(tag.get(name, "")) for name in ("data-instgrm-permalink", "data-href", "cite")]
        urls = [url for url in [*given, *reversed(links)] if link(url).startswith("http")]
        if not urls:
            return False
        self.pieces.append(Card(link(urls[0]), text=text(tag.decode_contents())))
        return True

    def figure(self, tag: Tag) -> None:
        captions = tag.find_all("figcaption")
        caption = " ".join(trimmed(inline(node.decode_contents())) for node in captions).strip()
        for node in captions:
            node.extract()
        before = len(self.pieces)
        self.children(tag)
        self.flush()
        images = [place for place in range(before, len(self.pieces)) if isinstance(self.pieces[place], Image)]
        if caption and images:
            last = self.pieces[images[-1]]
            assert isinstance(last, Image)
            self.pieces[images[-1]] = Image(last.src, last.alt, caption)
        elif caption:
            self.pieces.append(Text(caption))

    def image(self, tag: Tag) -> None:
        src = str(tag.get("data-src") or tag.get("src") or "").strip()
        alt = " ".join(str(tag.get("alt") or "").split())
        if any(str(tag.get(side, "")).removesuffix("px") in ("0", "1", "2") for side in ("width", "height")):
            self.notes.append("left out: an invisible picture (a counter)")
        elif not src or src.startswith("data:"):
            self.notes.append("left out: a picture without an address" + (f" ({alt[:80]})" if alt else ""))
        else:
            self.pieces.append(Image(src, alt))

    def embedded(self, tag: Tag) -> None:
        inner = tag.find(["source", "a"])
        found = [tag.get(name) for name in ("src", "data", "data-src", "href")]
        found += [inner.get("src") or inner.get("href")] if isinstance(inner, Tag) else []
        urls = [link(str(url)) for url in found if url and link(str(url)).startswith("http")]
        if not urls:
            self.notes.append(f"left out: <{tag.name}> without an address")
        else:
            self.pieces.append(Card(urls[0], title=" ".join(str(tag.get("title") or "").split())))
        if tag.name != "iframe":
            self.container(tag)

    def table(self, tag: Tag) -> None:
        rows = [row for row in tag.find_all("tr") if row.find_parent("table") is tag]
        cells = [list(row.find_all(["td", "th"], recursive=False)) for row in rows]
        if max((len(row) for row in cells), default=0) < 2 or tag.find(
            ["table", "img", "iframe", "ul", "ol"]
        ):
            if any(len(row) > 1 for row in cells):
                self.notes.append("a table that only placed things was taken apart")
            self.container(tag)
            return
        caption = tag.find("caption")
        self.pieces.append(_grid(cells, text(caption.decode_contents()) if isinstance(caption, Tag) else ""))

    def _is_inline(self, tag: Tag) -> bool:
        if tag.name in BLOCKS or tag.name in TITLES or _has_blocks(tag):
            return False
        if tag.name in PHRASING:
            return True
        if tag.name in ("source", "param", "track"):
            return True
        return any(_is_words(node) for node in (tag.previous_sibling, tag.next_sibling))


def _collect_list(tag: Tag, items: list[str], beside: Walk) -> None:
    for node in list(tag.children):
        if isinstance(node, Tag):
            _collect_items(node, items, beside)
        elif str(node).strip():
            items.append(escaped(str(node)))


def _collect_items(node: Tag, items: list[str], beside: Walk) -> None:
    inner_lists = [
        inner for inner in node.find_all(["ul", "ol", "menu"]) if inner.find_parent("li") in (node, None)
    ]
    for inner in inner_lists:
        inner.extract()
    for image in node.find_all("img"):
        beside.image(image)
    for frame in node.find_all(list(EMBEDDED)):
        beside.embedded(frame)
    items.append(trimmed(inline(node.decode_contents())))
    for inner in inner_lists:
        _collect_list(inner, items, beside)


def _grid(cells: list[list[Tag]], caption: str) -> Grid:
    rows: list[list[str]] = []
    for row in cells:
        line: list[str] = []
        for cell in row:
            line.append(trimmed(inline(cell.decode_contents())))
            span = str(cell.get("colspan", "1"))
            line += [""] * (min(int(span), 50) - 1 if span.isascii() and span.isdigit() else 0)
        rows.append(line)
    width = max(len(row) for row in rows)
    return Grid(
        rows=tuple(tuple(row + [""] * (width - len(row))) for row in rows if any(row)),
        header_row=bool(cells[0]) and all(cell.name == "th" for cell in cells[0]),
        header_column=len(cells) > 1 and all(row and row[0].name == "th" for row in cells[1:]),
        caption=" ".join(caption.split()),
    )


def _has_blocks(tag: Tag) -> bool:
    return tag.find(lambda inner: inner.name in BLOCKS or inner.name in TITLES) is not None


def _is_words(node: PageElement | None) -> bool:
    if isinstance(node, Tag):
        return node.name in PHRASING and node.name != "br"
    return node is not None and bool(str(node).strip())


def _is_last(node: Tag, parent: Tag) -> bool:
    """Return whether no words follow `node` in `parent`."""
    place: Tag | None = node
    while place is not None and place is not parent:
        if any(_words_in(after) for after in place.next_siblings):
            return False
        place = place.parent
    return True


def _words_in(node: PageElement) -> bool:
    return bool((node.get_text() if isinstance(node, Tag) else str(node)).strip())


def _classes(tag: Tag) -> list[str]:
    return " ".join(tag.get_attribute_list("class")).split() if tag.has_attr("class") else []


def trimmed(html: str) -> str:
    """Return `html` without breaks and spaces at its ends; "" when no words are left."""
    start = match.end() if (match := _SPACE_BEFORE.match(html)) else 0
    end = match.end() if (match := _SPACE_AFTER.match(html[::-1])) else 0
    kept = html[start : len(html) - end]
    return kept if entities.unescape(re.sub(r"<[^<>]*>", "", kept)).strip() else ""


def _language(tag: Tag) -> str:
    """Return `lang` and `dir` of a block as attributes for a span, escaped."""
    found = {name: tag.get(name) for name in ("lang", "dir")}
    return "".join(f' {name}="{entities.escape(str(value))}"' for name, value in found.items() if value)


def _marked(piece: Piece, marks: str) -> Piece:
    def mark(html: str) -> str:
        return inline(f"<span{marks}>{html}</span>")

    if isinstance(piece, Text | Title | Quoted):
        return replace(piece, html=mark(piece.html))
    if isinstance(piece, Items):
        return Items(tuple(mark(item) for item in piece.items), piece.ordered)
    return piece


_HOW: dict[str, Callable[[Walk, Tag], None]] = {
    **dict.fromkeys(TITLES, Walk.title),
    **dict.fromkeys(("ul", "ol", "menu", "dir"), Walk.items),
    **dict.fromkeys(EMBEDDED, Walk.embedded),
    "dl": Walk.definitions,
    "blockquote": Walk.quote,
    "figure": Walk.figure,
    "img": Walk.image,
    "table": Walk.table,
}
