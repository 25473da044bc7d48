"""From an item to a draft of a story. Nothing is written here, and nothing fetched."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from standfirst.editions.documents import PictureUse
from standfirst.kit.html import escaped
from standfirst.kit.pieces import Image, Piece
from standfirst.kit.typography import excerpt
from standfirst.migration.blocks import blocks
from standfirst.migration.errors import NotAStory, Refused
from standfirst.migration.ninjs import choosing, names
from standfirst.migration.ninjs.body import Body, body
from standfirst.migration.ninjs.item import Item, Subject
from standfirst.stories.api import DraftByline, StoryDraft

_PICTURES = {"picture", "graphic"}
_NO_STORIES = {
    "picture": "a picture",
    "graphic": "a graphic",
    "audio": "sound",
    "video": "a video",
    "event": "an event",
    "planning": "a plan of coverage",
    "component": "a part of another item",
}
_FORMATS = (("opinion", "opinion"), ("comment", "opinion"), ("interview", "q_and_a"), ("q and a", "q_and_a"),
            ("background", "explainer"), ("explainer", "explainer"))  # fmt: skip
_LEADING = ("main", "hero", "lead", "feature", "cover")
_SLUG = re.compile(r"^[a-z0-9]+(-[a-z0-9]+){1,14}$")


@dataclass(frozen=True)
class Shelves:
    """What the desk files stories under, by name: what an item may be matched with."""

    languages: tuple[str, ...]
    section: Callable[[str, str], str]  # (name, language) to slug or ""
    topic: Callable[[str, str], str]
    author: Callable[[str], str]
    sections: Mapping[str, str] = field(default_factory=dict)  # the newsroom's own: subject to section slug
    default_section: str = ""


@dataclass(frozen=True)
class PictureFile:
    """A picture of a story: where it may be had (best first), and what is said about it."""

    key: str  # what stands for it in the body
    uri: str
    hrefs: tuple[tuple[str, tuple[str | int, ...]], ...]  # with the path to each in the item
    title: str = ""
    alt: str = ""
    caption: str = ""  # plain text
    photographer: str = ""
    agencies: tuple[str, ...] = ()
    copyright_notice: str = ""
    licence: str = ""
    place: str = ""
    leading: bool = False


@dataclass(frozen=True)
class Mapped:
    """A story to be: its words, its pictures still to be fetched, and notes."""

    item: Item
    headline: str
    body: Body
    pictures: tuple[PictureFile, ...]
    notes: tuple[str, ...]


def mapped(item: Item) -> Mapped:
    """Return what `item` becomes. Raises NotAStory, and Refused for an item with something missing."""
    check_kind(item)
    headline, notes = headline_of(item, 255)
    found = body(item, headline)
    pictures, more = _pictures(item, found.pieces)
    return Mapped(item, headline, found, pictures, (*notes, *note_of(item), *found.notes, *more))


def headline_of(item: Item, most: int) -> tuple[str, list[str]]:
    """Return the headline of `item`, of `most` characters at most, and notes. Raises Refused."""
    notes: list[str] = []
    headline = choosing.headline(item)
    if not headline and item.title:
        headline = " ".join(item.title.split())
        notes.append("there is no headline; the title stands in for it")
    if not headline:
        raise Refused("has no headline", ("headlines",))
    if len(headline) > most:
        headline = excerpt(headline, most)
        notes.append(f"the headline was longer than {most} characters")
    return headline, notes


def note_of(item: Item) -> list[str]:
    """Return the sender's note to editors, for the ledger."""
    return [f"note to editors: {excerpt(item.note, 300)}"] if item.note else []


def draft(
    story: Mapped, media: Mapping[str, str], shelves: Shelves, *, now: datetime, fresh: bool
) -> StoryDraft:
    """Return the draft of `story`. `media` gives record ids by key of its pictures; `fresh`: a new story.

    Senders' clocks run ahead: no instant but the embargo lies after `now`.
    """
    item = story.item
    uses = {p.key: PictureUse(media=media[p.key], caption=escaped(p.caption), alt=p.alt)
            for p in story.pictures if p.key in media}  # fmt: skip
    hero, pieces = _hero(story, uses)
    language = language_of(item.language, shelves.languages)
    subjects = _filed(item.subjects)
    created = item.first_created or item.version_created
    seen = [min(created, now)] if created else []
    held = [item.embargoed_until] if item.embargoed_until else []
    return StoryDraft(
        headline=story.headline,
        language=language,
        slug=item.slugline if fresh and _SLUG.match(item.slugline) else "",
        source_uri=item.uri,
        format=_format(item.genres),
        standfirst=excerpt(choosing.standfirst(item), 600),
        section=_section(subjects, language, shelves),
        topics=tuple(dict.fromkeys(slug for one in subjects if (slug := shelves.topic(one.name, language)))),
        bylines=_bylines(item, shelves),
        dateline=story.body.dateline or item.located[:100],
        hero=hero,
        body=blocks(pieces, uses),
        published_at=max([*seen, *held], default=None),
        updated_at=min(item.version_created, now) if item.version_created else None,
    )


def check_kind(item: Item) -> None:
    """Raise NotAStory for what has no text of its own to take."""
    if item.type in _NO_STORIES:
        raise NotAStory(f"is {_NO_STORIES[item.type]}, no story")
    if item.partial:
        raise NotAStory("is only a part of its item")
    if item.type == "composite" and not item.bodies:
        raise NotAStory("is a package without a text of its own")
    if not item.type and not item.bodies and item.renditions:
        raise NotAStory("is a picture, no story")


def _pictures(item: Item, pieces: Sequence[Piece]) -> tuple[tuple[PictureFile, ...], list[str]]:
    """Return the pictures of a story: those associated with it, then those that only its body names."""
    made: list[PictureFile] = []
    notes: list[str] = []
    inside = [piece for piece in pieces if isinstance(piece, Image)]
    claimed: set[str] = set()
    for one in item.associations:
        if one.type not in _PICTURES and not (one.type == "" and one.renditions):
            what = _NO_STORIES.get(one.type, one.type or "an item of no type")
            notes.append(f"not taken: {what} that goes with it ({one.name or one.uri})")
            continue
        files = choosing.renditions(one)
        if not files:
            notes.append(f"not taken: a picture without a file ({one.name or one.uri})")
            continue
        hrefs = {file.href for file in one.renditions} | {one.uri}
        placed = next((image for image in inside if image.src in hrefs), None)
        claimed |= {image.src for image in inside if image.src in hrefs}
        made.append(_picture(one, item, placed, tuple((file.href, file.path) for file in files)))
    path = found.path if (found := choosing.body(item)) else ()
    made += [
        PictureFile(image.src, image.src, ((image.src, path),), alt=image.alt, title=image.alt)
        for image in dict.fromkeys(inside)
        if image.src not in claimed
    ]
    return tuple({picture.key: picture for picture in made}.values()), notes


def _picture(
    one: Item, item: Item, placed: Image | None, hrefs: tuple[tuple[str, tuple[str | int, ...]], ...]
) -> PictureFile:
    title = choosing.headline(one) or one.title
    caption = choosing.caption(one)
    holders = tuple(dict.fromkeys(name for name in (*one.sources, one.copyright_holder) if name))
    photographer, agencies = names.photographer_and_agencies(one.by, holders or _holder(item))
    alt = choosing.alt(one) or (placed.alt if placed else "")
    return PictureFile(
        key=placed.src if placed else one.uri or hrefs[0][0],
        uri=one.uri or hrefs[0][0],
        hrefs=hrefs,
        title=excerpt(title or caption, 255),
        alt=excerpt(alt or title or caption, 500 if alt else 150),
        caption=caption,
        photographer=photographer,
        agencies=agencies,
        copyright_notice=one.copyright_notice[:300],
        licence=one.usage_terms[:300],
        place=one.located[:200],
        leading=any(word in f"{one.name} {one.rel}".casefold() for word in _LEADING),
    )


def _holder(item: Item) -> tuple[str, ...]:
    return (item.copyright_holder,) if item.copyright_holder else ()


def _hero(story: Mapped, uses: Mapping[str, PictureUse]) -> tuple[PictureUse | None, list[Piece]]:
    """Return the picture on top, and the body with every other picture in its place."""
    pieces = list(story.body.pieces)
    placed = {piece.src: piece for piece in reversed(pieces) if isinstance(piece, Image)}
    had = [picture for picture in story.pictures if picture.key in uses]
    free = [picture for picture in had if picture.key not in placed]
    first = next(iter([*(picture for picture in had if picture.leading), *free, *had]), None)
    if first is None:
        return None, pieces
    use, place = uses[first.key], placed.get(first.key)
    if place is not None:
        use = PictureUse(media=use.media, caption=place.caption or use.caption, alt=place.alt or use.alt)
    rest = [piece for piece in pieces if not (isinstance(piece, Image) and piece.src == first.key)]
    return use, rest + [Image(picture.key) for picture in free if picture is not first]


def language_of(given: str, known: tuple[str, ...]) -> str:
    """Return the site's form of a language: `en` for `en-US` on an English site."""
    tag = given.replace("_", "-")
    if not re.match(r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$", tag):
        return known[0]
    exact = [one for one in known if one.casefold() == tag.casefold()]
    near = [one for one in known if one.split("-")[0].casefold() == tag.split("-")[0].casefold()]
    return (exact or near or [tag])[0]


def _filed(subjects: Iterable[Subject]) -> list[Subject]:
    return [subject for subject in subjects if subject.names]


def _section(subjects: list[Subject], language: str, shelves: Shelves) -> str:
    for subject in subjects:
        for name in subject.names:
            if slug := shelves.sections.get(name):
                return slug
    found = (shelves.section(subject.name, language) for subject in subjects if subject.name)
    return next((slug for slug in found if slug), "") or shelves.default_section


def _format(genres: tuple[str, ...]) -> str:
    words = " ".join(genres).casefold()
    return next((name for word, name in _FORMATS if word in words), "news")


def _bylines(item: Item, shelves: Shelves) -> tuple[DraftByline, ...]:
    found = names.names(item.by) or tuple(dict.fromkeys(item.sources[:2])) or _holder(item)
    return tuple(
        DraftByline(author=slug) if (slug := shelves.author(name)) else DraftByline(name=name[:200])
        for name in found
    )
