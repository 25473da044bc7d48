"""From the chosen body to clean pieces, without what the agency says twice."""

from __future__ import annotations

import html as entities
import re
from dataclasses import dataclass

from standfirst.kit.html import inline, text
from standfirst.kit.html_pieces import LONGEST, html_pieces
from standfirst.kit.pieces import Piece, Text, Title
from standfirst.kit.plain import plain_pieces
from standfirst.migration.errors import Refused
from standfirst.migration.ninjs import choosing
from standfirst.migration.ninjs.item import Item

# "GROSSETO, Italy (AP) -- The trial", "Berlin (dpa) - Der", "КИЇВ, 5 листопада (Укрінформ) — "
_DATELINE = re.compile(
    r"^(?P<place>[A-ZÀ-ÞА-ЯІЇЄҐ][\w .’'/-]{1,39}(?:, [\w .’'-]{1,30})?)\s*"
    r"\((?P<agency>[^()<>]{2,40})\)\s*(?:&nbsp;)?\s*[-–—]{1,2}\s+(?=\S)"
)
# A party or an age may stand in brackets too; so only names of agencies count, and the item's own source.
_AGENCIES = set(
    "aap afp anp ansa ap apa belga čtk ctk dpa efe epd keystone-ats kna kyodo lusa mti ntb pa pap reuters"
    " ritzau rtr sda sid stt tt tass ukrinform upi xinhua укрінформ уніан unian інтерфакс-україна".split()
)
_LONGEST_DATELINE = 100


@dataclass(frozen=True, slots=True)
class Body:
    """Pieces of the body, the dateline it began with, and notes."""

    pieces: tuple[Piece, ...]
    dateline: str
    notes: tuple[str, ...]


def body(item: Item, headline: str) -> Body:
    """Return the body of `item`. Raises Refused when there is no text in it."""
    chosen = choosing.body(item)
    if chosen is None:
        return _from_description(item)
    if len(chosen.value) > LONGEST:
        raise Refused(f"the body has more than {LONGEST:,} characters", chosen.path)
    found = html_pieces(chosen.value) if choosing.is_markup(chosen) else plain_pieces(chosen.value)
    notes = list(found.notes)
    pieces = _without_headline(list(found.pieces), headline)
    pieces, dateline = _without_dateline(pieces, item)
    if not pieces:
        raise Refused("the body has no words", chosen.path)
    if chosen.count > 200 and len(chosen.value) < chosen.count // 2:
        notes.append(f"the body is much shorter than the {chosen.count} characters announced")
    return Body(tuple(pieces), dateline, tuple(notes))


def brief(item: Item, headline: str) -> Body:
    """Return the body of an item of the feed, whose headline may say all. Raises Refused."""
    chosen = choosing.body(item)
    words = choosing.plain(chosen) if chosen else choosing.standfirst(item)
    if not words or _same(words, headline):
        return Body((), "", ())
    return body(item, headline)


def _from_description(item: Item) -> Body:
    words = choosing.standfirst(item)
    if not words:
        raise Refused("has no body", ("bodies",))
    note = "there is no body; the description stands in for it"
    return Body((Text(inline(entities.escape(words, quote=False))),), "", (note,))


def _without_headline(pieces: list[Piece], headline: str) -> list[Piece]:
    """Agencies repeat the headline on top of the body; the page shows it already."""
    if pieces and isinstance(pieces[0], Text | Title) and _same(text(pieces[0].html), headline):
        return pieces[1:]
    return pieces


def _without_dateline(pieces: list[Piece], item: Item) -> tuple[list[Piece], str]:
    """Take the dateline off the first paragraph; the page shows it in its own place."""
    for number, piece in enumerate(pieces):
        if not isinstance(piece, Text):
            continue
        match = _DATELINE.match(piece.html)
        if match is None or not _is_agency(match["agency"], item):
            return pieces, ""
        shown = f"{match['place'].strip()} ({match['agency'].strip()})"
        rest = Text(piece.html[match.end() :])
        return [*pieces[:number], rest, *pieces[number + 1 :]], entities.unescape(shown)[:_LONGEST_DATELINE]
    return pieces, ""


def _is_agency(name: str, item: Item) -> bool:
    own = {item.copyright_holder.casefold(), *(source.casefold() for source in item.sources)}
    return all(part.casefold() in _AGENCIES | own for part in re.split(r"\s*/\s*", name.strip()))


def _same(one: str, other: str) -> bool:
    def letters(words: str) -> str:
        return re.sub(r"\W+", " ", words).strip().casefold()

    return bool(one) and letters(one) == letters(other)
