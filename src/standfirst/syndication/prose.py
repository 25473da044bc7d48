"""A body as plain HTML: no class, no script, nothing of the site's look, so that it reads well anywhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from standfirst.editions.documents import (
    Block,
    Divider,
    Embed,
    Heading,
    Html,
    ImageBlock,
    KeyFacts,
    ListBlock,
    Paragraph,
    PictureUse,
    PullQuote,
    Quote,
    RelatedStory,
    StoryCard,
    Table,
)
from standfirst.editions.records import Records
from standfirst.editions.standing import standing
from standfirst.editions.trusted import NOTHING, trusted
from standfirst.editions.words import Words

Picture = Callable[[PictureUse], Markup]


@dataclass(frozen=True, slots=True)
class Prose:
    """How a body is written where it goes.

    `base` goes before addresses of this site in running text, `picture` writes a picture or what stands for
    it, `story` gives the address of a story that is named.
    """

    records: Records
    words: Words
    base: str
    picture: Picture
    story: Callable[[StoryCard], str]


def write(prose: Prose, blocks: Iterable[Block]) -> tuple[Markup, ...]:
    """Return each block that has something to say."""
    return tuple(html for block in blocks if (html := _WRITERS[block.type](prose, block)))


def with_dateline(words: Words, dateline: str, written: tuple[Markup, ...]) -> tuple[Markup, ...]:
    """Return what `write` gave, its first paragraph opened with where the story was written."""
    if not dateline:
        return written
    place = words.text("story.dateline", place=dateline)
    if written and written[0].startswith("<p>"):
        return (Markup("<p>{}{}").format(place, written[0].removeprefix("<p>")), *written[1:])
    return (Markup("<p>{}</p>").format(place), *written)


def running(html: Html, base: str) -> Markup:
    """Return running text whose links to this site begin with `base`, so that they work anywhere."""
    return trusted(html.replace('<a href="/', f'<a href="{base}/'))


def _paragraph(prose: Prose, block: Paragraph) -> Markup:
    return Markup("<p>{}</p>").format(running(block.html, prose.base)) if block.html.strip() else NOTHING


def _heading(prose: Prose, block: Heading) -> Markup:
    form = Markup("<h2>{}</h2>") if block.level == 2 else Markup("<h3>{}</h3>")
    return form.format(running(block.html, prose.base))


def _list(prose: Prose, block: ListBlock) -> Markup:
    form = Markup("<ol>{}</ol>") if block.ordered else Markup("<ul>{}</ul>")
    return form.format(_items(prose, block.items))


def _items(prose: Prose, items: Iterable[Html]) -> Markup:
    return NOTHING.join(Markup("<li>{}</li>").format(running(item, prose.base)) for item in items)


def _quote(prose: Prose, block: Quote) -> Markup:
    said_by = Markup("<p>— {}</p>").format(block.attribution) if block.attribution else NOTHING
    return Markup("<blockquote><p>{}</p>{}</blockquote>").format(running(block.html, prose.base), said_by)


def _pull_quote(_prose: Prose, _block: PullQuote) -> Markup:
    return NOTHING  # words of this story set large: they stand in their own place already


def _image(prose: Prose, block: ImageBlock) -> Markup:
    return prose.picture(block.picture)


def _embed(prose: Prose, block: Embed) -> Markup:
    lines = [*([block.title] if block.title else []), *block.text.splitlines()]
    words = NOTHING.join(Markup("<p>{}</p>").format(line) for line in lines if line.strip())
    link = Markup('<a href="{}">{}</a>').format(
        block.url, prose.words.text("embed.open", provider=block.provider)
    )
    picture = prose.picture(block.picture) if block.picture else NOTHING
    author = f"{block.author} · " if block.author else ""
    return Markup("{}<blockquote>{}<p>{}{}</p></blockquote>").format(picture, words, author, link)


def _related(prose: Prose, block: RelatedStory) -> Markup:
    card = prose.records.card(block.story)
    if card is None:
        return NOTHING
    said = standing(card)
    doubt = Markup("<strong>{}</strong> ").format(prose.words.text(f"status.{said}")) if said else NOTHING
    return Markup('<p>{}: {}<a href="{}">{}</a></p>').format(
        prose.words.text("block.related"), doubt, prose.story(card), card.headline
    )


def _divider(_prose: Prose, _block: Divider) -> Markup:
    return Markup("<hr>")


def _table(prose: Prose, block: Table) -> Markup:
    rows = NOTHING.join(_rows(prose, block))
    caption = Markup("<caption>{}</caption>").format(block.caption) if block.caption else NOTHING
    return Markup("<table>{}{}</table>").format(caption, rows)


def _rows(prose: Prose, block: Table) -> Iterator[Markup]:
    for number, row in enumerate(block.rows):
        heads = len(row) if block.header_row and number == 0 else int(block.header_column)
        texts = [running(cell, prose.base) for cell in row]
        cells = [Markup("<th>{}</th>").format(text) for text in texts[:heads]]
        cells += [Markup("<td>{}</td>").format(text) for text in texts[heads:]]
        yield Markup("<tr>{}</tr>").format(NOTHING.join(cells))


def _key_facts(prose: Prose, block: KeyFacts) -> Markup:
    title = block.title or prose.words.text("block.facts")
    return Markup("<h2>{}</h2><ul>{}</ul>").format(title, _items(prose, block.items))


_WRITERS: dict[str, Callable[[Prose, Any], Markup]] = {
    "paragraph": _paragraph,
    "heading": _heading,
    "list": _list,
    "quote": _quote,
    "pull_quote": _pull_quote,
    "image": _image,
    "embed": _embed,
    "related_story": _related,
    "divider": _divider,
    "table": _table,
    "key_facts": _key_facts,
}
