"""From an archive's documents to what the desk takes: keys become ids of records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from standfirst.archive.documents import (
    AuthorWords,
    PageWords,
    PictureWords,
    Shelf,
    SiteWords,
    StoryBlock,
    StoryEmbed,
    StoryImage,
    StoryPicture,
    StoryWords,
)
from standfirst.archive.holding import Archive
from standfirst.archive.ledger import Ledger
from standfirst.editions.documents import (
    Block,
    Correction,
    Coverage,
    Embed,
    ImageBlock,
    PictureUse,
    RelatedStory,
)
from standfirst.stories import api as stories

W = TypeVar("W", Shelf, AuthorWords, PageWords)


def story(key: str, archive: Archive, ledger: Ledger) -> stories.StoryDraft:
    """Return a story as the desk takes it."""
    words = archive.stories[key]
    return stories.StoryDraft(
        id=ledger.record("story", key),
        language=words.language,
        slug=words.slug or key,
        format=words.format,
        live=_coverage(words),
        headline=words.headline,
        standfirst=words.standfirst,
        seo_title=words.seo_title,
        social_title=words.social_title,
        description=words.description,
        section=ledger.record("section", words.section) if words.section else "",
        topics=tuple(ledger.record("topic", topic) for topic in words.topics),
        bylines=tuple(
            stories.DraftByline(
                author=ledger.record("author", line.author) if line.author else "",
                name=line.name,
                role=line.role,
            )
            for line in words.bylines
        ),
        dateline=words.dateline,
        hero=_use(words.hero, archive, ledger) if words.hero else None,
        body=blocks(words.body, archive, ledger),
        corrections=tuple(Correction(at=one.at, text=one.text) for one in words.corrections),
        retraction=words.retraction,
        published_at=words.published,
        updated_at=words.updated,
        translation_of=ledger.record("story", words.translation_of) if words.translation_of else "",
    )


def _coverage(words: StoryWords) -> Coverage | None:
    if words.live:
        return Coverage(opened_at=words.live.opened, closed_at=words.live.closed, summary=words.live.summary)
    live = words.format == "live" and words.published
    return Coverage(opened_at=words.published) if live and words.published else None


def plain_page(key: str, archive: Archive, ledger: Ledger) -> stories.PlainPageDraft:
    """Return a page of the site as the desk takes it."""
    words = archive.pages[key]
    return stories.PlainPageDraft(
        id=ledger.record("page", key),
        language=words.language,
        slug=words.slug or key,
        purpose=words.purpose,
        title=words.title,
        description=words.description,
        body=blocks(words.body, archive, ledger),
        translation_of=ledger.record("page", words.translation_of) if words.translation_of else "",
    )


def picture(words: PictureWords) -> dict[str, Any]:
    """Return a picture's fields as the library takes them."""
    return {
        "title": words.title,
        "alt": words.alt,
        "caption": words.caption,
        "photographer": words.photographer,
        "agencies": words.agencies,
        "credit_note": words.credit_note,
        "copyright_notice": words.copyright_notice,
        "licence": words.licence,
        "licence_ends_at": words.licence_ends_at,
        "taken_on": words.taken_on,
        "place": words.place,
    }


def site(words: SiteWords, ledger: Ledger) -> dict[str, Any]:
    """Return the site's settings as the desk takes them."""
    values = words.model_dump(exclude={"logo"})
    return {**values, "logo": ledger.record("media", words.logo) if words.logo else ""}


def firsts_first(shelf: Mapping[str, W]) -> list[str]:
    """Return the keys of a shelf with translations after what they are translations of."""
    return sorted(shelf, key=lambda key: shelf[key].translation_of is not None)


def in_order(stories_of: Mapping[str, StoryWords]) -> tuple[list[str], list[str]]:
    """Return the keys of stories, each after those it shows cards of, oldest first.

    The second list holds those that must exist before they can be published: cards go round in a ring.
    """
    placed: dict[str, bool] = {}  # key to whether it is done; False while its cards are being placed
    order: list[str] = []
    ring: list[str] = []
    for first in sorted(stories_of, key=lambda key: (_moment(stories_of[key]), key)):
        waiting = [first]
        while waiting:
            key = waiting[-1]
            if placed.get(key):
                waiting.pop()
                continue
            wanted = (stories_of[key].translation_of, *stories_of[key].related)
            ahead = [other for other in wanted if other and not placed.get(other)]
            ring += [other for other in ahead if other in placed or other == key]
            fresh = [other for other in ahead if other not in placed and other != key]
            placed[key] = not fresh
            if fresh:
                waiting += fresh
            else:
                order.append(waiting.pop())
    return order, list(dict.fromkeys(ring))


def _moment(words: StoryWords) -> tuple[bool, str]:
    return (words.published is None, words.published.isoformat() if words.published else "")


def _use(use: StoryPicture, archive: Archive, ledger: Ledger) -> PictureUse:
    """Return a use of a picture by its record's id; words not given here are the picture's own."""
    own = archive.pictures[use.media]
    return PictureUse(
        media=ledger.record("media", use.media),
        caption=own.caption if use.caption is None else use.caption,
        alt=own.alt if use.alt is None else use.alt,
    )


def blocks(body: Iterable[StoryBlock], archive: Archive, ledger: Ledger) -> tuple[Block, ...]:
    """Return blocks as the desk takes them."""
    return tuple(_block(block, archive, ledger) for block in body)


def _block(block: StoryBlock, archive: Archive, ledger: Ledger) -> Block:
    match block:
        case RelatedStory():
            return block.model_copy(update={"story": ledger.record("story", block.story)})
        case StoryImage():
            return ImageBlock(id=block.id, picture=_use(block.picture, archive, ledger), width=block.width)
        case StoryEmbed():
            picture = _use(block.picture, archive, ledger) if block.picture else None
            return Embed(**block.model_dump(exclude={"picture"}), picture=picture)
        case _:
            return block


def records(kind: str, keys: Iterable[str], ledger: Ledger) -> tuple[str, ...]:
    """Return the ids of the records that `keys` name."""
    return tuple(ledger.record(kind, key) for key in keys)
