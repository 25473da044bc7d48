"""An item becomes an item of the news feed: a headline and a few paragraphs, whole or not at all."""

from __future__ import annotations

import html as entities
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import cast

from django.db import transaction

from standfirst.editions import api as editions
from standfirst.editions.documents.wire import MOST_TOPICS, Verification
from standfirst.kit import instants
from standfirst.kit.html import escaped, inline
from standfirst.kit.pieces import Card, Grid, Image, Items, Piece, Quoted, Rule, Text, Title
from standfirst.migration.errors import Refused
from standfirst.migration.ledger import Outcome
from standfirst.migration.models import Imported
from standfirst.migration.ninjs import choosing, mapping
from standfirst.migration.ninjs.body import Body, brief
from standfirst.migration.ninjs.item import Item
from standfirst.migration.ninjs.settings import Done, Prepared, Settings, Way, check_new
from standfirst.stories.filing import Topic
from standfirst.wire import api as wire

SOURCE = "ninjs-items"
STORY = "import it as a story, without --as items"


@dataclass(frozen=True)
class Brief:
    """An item to be: its words, and notes."""

    source: Item
    headline: str
    body: tuple[str, ...]
    notes: tuple[str, ...]


def _prepared(item: Item, folder: Path, settings: Settings) -> Prepared:
    mapping.check_kind(item)
    headline, notes = mapping.headline_of(item, wire.LONGEST_HEADLINE)
    found = brief(item, headline)
    body = tuple(clean for clean in map(inline, _paragraphs(found)) if clean)
    if (length := sum(map(len, body))) > wire.LONGEST_TEXT:
        why = f"the text has {length:,} characters, {wire.LONGEST_TEXT:,} is the most in the feed: {STORY}"
        raise Refused(why, _place(item))
    if any(isinstance(piece, Grid) for piece in found.pieces):
        raise Refused(f"has a table, which the feed cannot show: {STORY}", _place(item))
    notes += _left_out(item, found)
    made = Brief(item, headline, body, (*notes, *mapping.note_of(item), *found.notes))
    return Prepared(headline, partial(_write, made, settings))


@transaction.atomic
def _write(made: Brief, settings: Settings) -> Done:
    source = made.source
    known = Imported.objects.select_for_update().filter(source=SOURCE, uri=source.uri).first()
    notes = list(made.notes)
    if check_new(source, known):
        notes.append("WARNING: the same version had other content before; it was updated")
    before = wire.find_item(known.story) if known and known.story else None
    if known and before and known.revision != before.version:
        notes.append("WARNING: it was edited at the desk since; those words are in the record's history")
    item = wire.save_item(_draft(made, before, settings), actor=settings.actor, item=before)
    held = _held(source, before, settings)
    if not held:
        now = settings.now()
        first, last = _instants(source, now)
        item = wire.publish_item(item, actor=settings.actor, at=first, changed_at=last).item
    elif item.state == wire.Item.State.LIVE and source.status == "usable" and settings.draft:
        notes.append("it is in the feed as it was; what is new waits")
    elif item.state == wire.Item.State.LIVE:
        wire.take_back(item, actor=settings.actor)
        notes.append("WARNING: it was in the feed and has been taken back")
    _remember(source, known, item)
    outcome: Outcome = "updated" if before else "created"
    return Done(outcome, held or "in the feed", item=item.public_id, notes=tuple(notes))


@transaction.atomic
def _cancel(source: Item, settings: Settings) -> Done:
    known = Imported.objects.select_for_update().filter(source=SOURCE, uri=source.uri).first()
    check_new(source, known)
    item = wire.find_item(known.story) if known and known.story else None
    _remember(source, known, item)
    if item is None:
        return Done("skipped", "is canceled, and there is no item of it")
    if item.state != wire.Item.State.LIVE:
        return Done("updated", "canceled by the sender; it was not in the feed", item=item.public_id)
    wire.take_back(item, actor=settings.actor)
    return Done("updated", "taken out of the feed: the sender canceled it", item=item.public_id)


def _draft(made: Brief, before: wire.Item | None, settings: Settings) -> wire.ItemDraft:
    """Return what is to be kept. What only the desk knows (breaking, story, verification) stays."""
    source, shelves = made.source, settings.shelves
    language = mapping.language_of(source.language, shelves.languages)
    said_by = source.sources[0] if source.sources else source.copyright_holder
    doubted = before if before and before.source_status != "verified" else None
    return wire.ItemDraft(
        headline=made.headline,
        language=language,
        body=made.body,
        source_name=doubted.source_name if doubted else said_by[:200],
        source_url=before.source_url if before else "",
        source_status=cast("Verification", before.source_status) if before else "verified",
        topics=_topics(source, language, settings),
        breaking_until=before.breaking_until if before else None,
        story=before.story.public_id if before and before.story else None,
        source_uri=source.uri,
    )


def _topics(source: Item, language: str, settings: Settings) -> tuple[str, ...]:
    found = (settings.shelves.topic(subject.name, language) for subject in source.subjects if subject.name)
    slugs = list(dict.fromkeys(slug for slug in found if slug))[:MOST_TOPICS]
    ids = dict(Topic.objects.filter(slug__in=slugs, language=language).values_list("slug", "public_id"))
    return tuple(ids[slug] for slug in slugs)


def _held(source: Item, before: wire.Item | None, settings: Settings) -> str:
    """Return why readers do not have it yet, or "". Nothing in the feed is timed: an editor lets it go."""
    if source.status == "withheld":
        return "a draft: the sender withholds it"
    if source.embargoed_until and source.embargoed_until > settings.now():
        return f"a draft: embargoed until {instants.to_text(source.embargoed_until)}"
    if before and before.state == wire.Item.State.DOWN:
        who = editions.history(before.record)[-1].actor  # the row's own actor is whoever saved it last
        if who != settings.actor:
            return f"a draft: {who} took it out of the feed"
    return "a draft, as asked" if settings.draft else ""


def _instants(source: Item, now: datetime) -> tuple[datetime, datetime | None]:
    """Return when it was first said, and when this version was: neither after `now`, for clocks run ahead."""
    created = source.first_created or source.version_created or now
    held = [source.embargoed_until] if source.embargoed_until else []
    first = max(min(created, now), *held) if held else min(created, now)
    last = min(source.version_created, now) if source.version_created else None
    return first, last


def _remember(source: Item, known: Imported | None, item: wire.Item | None) -> None:
    row = known or Imported(source=SOURCE, uri=source.uri)
    row.version, row.version_created = source.version, source.version_created
    row.content_hash = source.content_hash
    row.story = item.public_id if item else ""
    row.revision = item.version if item else None
    row.save()


def _paragraphs(found: Body) -> list[str]:
    """Return the body as paragraphs of inline HTML; it begins with its dateline, as agencies write it."""
    lines = [line for piece in found.pieces for line in _lines(piece)]
    if found.dateline and lines:
        lines[0] = f"{escaped(found.dateline)} – {lines[0]}"
    return lines


def _lines(piece: Piece) -> list[str]:
    match piece:
        case Text(html):
            return [html]
        case Title(html):
            return [f"<strong>{html}</strong>"]
        case Items(items, ordered):
            return [f"{n}. {one}" if ordered else f"• {one}" for n, one in enumerate(items, 1)]
        case Quoted(html, attribution):
            return [html, f"— {escaped(attribution)}"] if attribution else [html]
        case Card(url, title, text):
            return [f'<a href="{entities.escape(url)}">{escaped(text or title or url)}</a>']
        case Image() | Rule() | Grid():
            return []


def _left_out(source: Item, found: Body) -> list[str]:
    """Say what is not taken: the feed is words alone."""
    notes = [f"not taken: {one.type or 'something'} that goes with it ({one.name or one.uri})"
             for one in source.associations]  # fmt: skip
    if inside := sum(isinstance(piece, Image) for piece in found.pieces):
        notes.append(f"not taken: pictures in the text ({inside})")
    return notes


def _place(source: Item) -> tuple[str | int, ...]:
    chosen = choosing.body(source)
    return chosen.path if chosen else ("bodies",)


WAY = Way(SOURCE, _prepared, _cancel)
