"""From what the site holds to an archive's documents: ids of records become keys."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field
from typing import Any, TypeVar

from standfirst.archive.documents import (
    AuthorWords,
    FrontWords,
    PageWords,
    PictureWords,
    Shelf,
    SiteWords,
    StoryWords,
)
from standfirst.archive.keys import Keys
from standfirst.archive.moments import Anchor
from standfirst.editions import documents as public
from standfirst.editions.documents.base import Part
from standfirst.kit.html import inline
from standfirst.stories.models import Picture, SiteSettings
from standfirst.stories.pictures import api as pictures

P = TypeVar("P", bound=Part)


@dataclass
class Writer:
    """Writes documents. `keys` knows all that is exported; what it does not know is left out."""

    keys: Keys
    anchor: Anchor  # what a document is read with
    main: str  # the site's first language
    not_at_head: Set[str] = frozenset()  # ids of the sections that the navigation leaves out
    own: dict[str, tuple[str, str]] = field(default_factory=dict)  # caption and alt of a picture, by its id
    firsts: dict[str, str] = field(default_factory=dict)  # what each is a translation of, by ids

    def site(self, row: SiteSettings) -> SiteWords:
        """Return what the newsroom decided about its site."""
        names = ("name", "tagline", "time_zone", "accent", "accent_dark", "founded", "email",
                 "hide_expired_pictures", "ai_crawlers")  # fmt: skip
        return self.checked(SiteWords, {
            **{name: getattr(row, name) for name in names},
            "names": [item["value"] for item in row.names.get_prep_value()],
            "languages": row.language_tags,
            "logo": self.keys.of("media", row.logo.public_id if row.logo else None),
            "head": [item["value"] for item in row.head.get_prep_value()],
            "footer": [_group(item["value"]) for item in row.footer.get_prep_value()],
        })  # fmt: skip

    def front(self, document: public.Front) -> FrontWords:
        """Return a front: its title, and what was chosen for it."""
        return FrontWords(
            language=document.language,
            title=document.title,
            lead=self.keys.of("story", document.lead),
            second=tuple(self.keys.all_of("story", document.second)),
            sections=tuple(self.keys.all_of("section", document.sections)),
        )

    def picture(self, row: Picture, file: str) -> PictureWords:
        """Return what the library knows of a picture."""
        names = ("title", "alt", "caption", "photographer", "credit_note", "copyright_notice", "licence",
                 "licence_ends_at", "taken_on", "place")  # fmt: skip
        self.own[row.public_id] = (inline(row.caption), row.alt)
        return self.checked(PictureWords, {
            "file": file,
            **{name: getattr(row, name) for name in names},
            "agencies": row.agency_chain,
            "focus": pictures.focus(row) if row.has_focal_point() else None,
        })  # fmt: skip

    def shelf(self, document: public.Section | public.Topic) -> Shelf:
        """Return a section or topic."""
        return self.checked(Shelf, {
            "key": self.keys[document.kind, document.id],
            "name": document.name,
            "description": document.description,
            "language": document.language,
            "at_head": document.id not in self.not_at_head,
            **self._place(document),
        })  # fmt: skip

    def author(self, document: public.Author) -> AuthorWords:
        """Return an author."""
        return self.checked(AuthorWords, {
            **document.model_dump(include={"name", "role", "bio", "links"}),
            "language": None if document.language == self.main else document.language,
            "portrait": self.keys.of("media", document.portrait.media if document.portrait else None),
            **self._place(document),
        })  # fmt: skip

    def story(self, document: public.Story, *, is_public: bool) -> StoryWords:
        """Return a story; one that readers do not have is a draft."""
        same = {"language", "format", "headline", "standfirst", "seo_title", "social_title", "description",
                "dateline", "corrections", "retraction"}  # fmt: skip
        return self.checked(StoryWords, {
            **document.model_dump(include=same),
            "section": self.keys.of("section", document.section),
            "topics": self.keys.all_of("topic", document.topics),
            "bylines": [line for one in document.bylines if (line := self._byline(one))],
            "hero": self._use(document.hero),
            "published": document.published_at if is_public else None,
            "updated": document.updated_at if is_public else None,
            "live": _coverage(document) if is_public else None,
            "body": self.body(document.body),
            **self._place(document),
        })  # fmt: skip

    def page(self, document: public.PlainPage, *, is_public: bool) -> PageWords:
        """Return a page of the site itself."""
        return self.checked(PageWords, {
            **document.model_dump(include={"language", "purpose", "title", "description"}),
            "draft": not is_public,
            "body": self.body(document.body),
            **self._place(document),
        })  # fmt: skip

    def _place(self, document: public.Translated) -> dict[str, Any]:
        """Return the fields that say where a document is and what it translates."""
        slug = slug_of(document)
        return {
            "slug": "" if slug == self.keys[document.kind, document.id] else slug,
            "translation_of": self.keys.of(document.kind, self.firsts.get(document.id)),
        }

    def _byline(self, line: public.Byline) -> dict[str, Any] | None:
        author = self.keys.of("author", line.author)
        known = author or line.name
        return {"author": author, "name": line.name, "role": line.role} if known else None

    def body(self, blocks: Iterable[public.Block]) -> list[dict[str, Any]]:
        """Return the blocks of a body, without those that show what is not exported."""
        return [written for block in blocks if (written := self._block(block))]

    def _block(self, block: public.Block) -> dict[str, Any] | None:
        """Return a block; None for the card of a story or a picture that is not exported."""
        values = block.model_dump()
        match block:
            case public.RelatedStory():
                story = self.keys.of("story", block.story)
                return {**values, "story": story} if story else None
            case public.ImageBlock():
                picture = self._use(block.picture)
                return {**values, "picture": picture} if picture else None
            case public.Embed():
                key = self.keys.of("media", block.picture.media if block.picture else None)
                return {**values, "picture": {"media": key} if key else None}
            case _:
                return values

    def _use(self, use: public.PictureUse | None) -> dict[str, Any] | None:
        """Return a picture in its place, with those words that are not the picture's own."""
        key = self.keys.of("media", use.media if use else None)
        if use is None or key is None:
            return None
        caption, alt = self.own[use.media]
        return {
            "media": key,
            "caption": None if use.caption == caption else use.caption,
            "alt": None if use.alt == alt else use.alt,
        }

    def checked(self, model: type[P], values: Mapping[str, Any]) -> P:
        """Return a document of these values."""
        return model.model_validate(values, context={"anchor": self.anchor})


def _coverage(document: public.Story) -> dict[str, Any] | None:
    """Return what a live story has beside its text; None where that follows from the story itself."""
    live = document.live
    if live is None or live == public.Coverage(opened_at=document.published_at):
        return None
    return {"opened": live.opened_at, "closed": live.closed_at, "summary": live.summary}


def slug_of(document: public.Translated) -> str:
    """Return the last part of a document's address."""
    return document.path.rstrip("/").rpartition("/")[2]


def firsts(documents: Iterable[public.Translated]) -> dict[str, str]:
    """Return what each of these is a translation of, by id: one of them, which is no translation itself.

    Where the first of a group is not among them the oldest stands in for it. A second one in a language
    belongs to no group.
    """
    known = {document.id: document for document in documents}
    groups: dict[str, dict[str, str]] = {}  # by id of its first: language to id
    found: dict[str, str] = {}
    for document in sorted(known.values(), key=lambda one: _group_of(one, known) != one.id):
        group = groups.setdefault(_group_of(document, known), {})
        first = next(iter(group.values()), document.id)
        if group.setdefault(document.language, document.id) == document.id != first:
            found[document.id] = first
    return found


def _group_of(document: public.Translated, known: Mapping[str, public.Translated]) -> str:
    above = known.get(document.group, document)
    return above.group


def _group(value: Mapping[str, Any]) -> dict[str, Any]:
    links = [one["value"] for one in value.get("links") or ()]
    return {"title": value.get("title") or "", "language": value.get("language") or "", "links": links}
