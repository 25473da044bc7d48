"""Typed reading of public records: what a page renderer calls.

records = Records(reader)
story = records.story("01j…")        # notes story:01j…/body
card = records.card("01j…")          # notes story:01j…/card only: a later body edit leaves the page alone
newest = records.newest("section/01j…")   # notes list:section/01j…/head; ids, newest first, 30 at most
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from standfirst.bake.reading import RecordingReader
from standfirst.editions.documents import (
    Address,
    Author,
    Document,
    FeedItem,
    Front,
    Media,
    Navigation,
    NavigationLink,
    PictureUse,
    PlainPage,
    Post,
    Section,
    Site,
    Story,
    StoryCard,
    Topic,
    Translated,
)

D = TypeVar("D")

HEAD_LENGTH = 30
"""How many entries a list's head holds; older ones are in the month archives."""

TAIL_LENGTH = 60
"""How many of the newest changes of the wire are pushed to those who were away for a while."""


@dataclass(frozen=True, slots=True)
class Changed:
    """That a feed item or post came, changed or went with edition `seq`, or a live story changed."""

    seq: int
    record: str  # item:ID, post:ID or story:ID


class Records:
    """All public records, read through one recording reader. Missing or withdrawn ones are None."""

    def __init__(self, reader: RecordingReader) -> None:
        self.reader = reader

    def site(self) -> Site:
        """Return the site's settings. Raises LookupError on a site that has none yet."""
        site = self._get("site:main/body", Site)
        if site is None:
            raise LookupError("the site has no settings record yet; run `standfirst init`")
        return site

    def navigation(self, language: str) -> Navigation | None:
        return self._get(f"navigation:{language}/body", Navigation)

    def front(self, name: str) -> Front | None:
        return self._get(f"front:{name}/body", Front)

    def story(self, story_id: str) -> Story | None:
        return self._get(f"story:{story_id}/body", Story)

    def card(self, story_id: str) -> StoryCard | None:
        return self._get(f"story:{story_id}/card", StoryCard)

    def author(self, author_id: str) -> Author | None:
        """Return the whole author record, for the author's own page."""
        return self._get(f"author:{author_id}/body", Author)

    def author_card(self, author_id: str) -> Author | None:
        """Return the author with name and path only, for bylines."""
        return self._get(f"author:{author_id}/card", Author)

    def section(self, section_id: str) -> Section | None:
        return self._get(f"section:{section_id}/body", Section)

    def topic(self, topic_id: str) -> Topic | None:
        return self._get(f"topic:{topic_id}/body", Topic)

    def plain_page(self, page_id: str) -> PlainPage | None:
        return self._get(f"page:{page_id}/body", PlainPage)

    def item(self, item_id: str) -> FeedItem | None:
        return self._get(f"item:{item_id}/body", FeedItem)

    def post(self, post_id: str) -> Post | None:
        return self._get(f"post:{post_id}/body", Post)

    def feed_day(self, language: str, day: str) -> tuple[str, ...]:
        """Return the ids of all feed items of a local day (`2026-11-05`), newest first."""
        return self._ids(f"list:feedday/{language}/{day}/all")

    def feed_days(self, language: str, month: str) -> tuple[str, ...]:
        """Return the days of a month (`2026-11`) that have feed items, newest first."""
        return self._ids(f"list:feeddays/{language}/{month}/all")

    def feed_months(self, language: str) -> tuple[str, ...]:
        """Return the months that have feed items, newest first."""
        return self._ids(f"list:feedmonths/{language}/all")

    def post_part(self, story_id: str, part: int) -> tuple[str, ...]:
        """Return the ids of the posts in one file of older ones, newest first."""
        return self._ids(f"list:postpart/{story_id}/{part:04d}/all")

    def changes(self) -> tuple[tuple[Changed, ...], int]:
        """Return the newest changes of the wire, oldest first, and the number they begin after.

        Whoever has seen all up to that number misses nothing.
        """
        found = [line.split(" ", 1) for line in self._ids("list:changes/tail")]
        newest = [Changed(int(seq), record) for seq, record in found]
        since = newest[TAIL_LENGTH].seq if len(newest) > TAIL_LENGTH else 0
        return tuple(newest[:TAIL_LENGTH][::-1]), since

    def page_for(self, purpose: str, language: str) -> PlainPage | None:
        """Return the site's page for a purpose (`ethics`), or None when there is none in this language."""
        found = self.newest(f"purpose/{language}/{purpose}")
        return self.plain_page(found[0]) if found else None

    def page_link(self, purpose: str, language: str) -> NavigationLink | None:
        """Return a link to the site's page for a purpose; an edit of its text leaves the reader alone."""
        found = self.newest(f"purpose/{language}/{purpose}")
        return self._get(f"page:{found[0]}/card", NavigationLink) if found else None

    def translations(self, document: Translated | StoryCard) -> tuple[str, ...]:
        """Return the ids of the records that say the same in other languages, whether public or not."""
        kind = document.kind if isinstance(document, Translated) else "story"
        group = (document.group, *self.newest(f"translations/{kind}/{document.group}"))
        return tuple(one for one in group if one != document.id)

    def address(self, kind: str, record_id: str) -> Address | None:
        """Return where a record that may be translated is read; edits of what it says leave this alone."""
        return self._get(f"{kind}:{record_id}/address", Address)

    def versions(self, document: Translated | StoryCard) -> dict[str, str]:
        """Return language to path of the public records that say the same, itself included.

        In the order of the site's languages; empty on a site of one, which reads nothing for it.
        """
        site = self.site()
        if len(site.languages) < 2:
            return {}
        kind = document.kind if isinstance(document, Translated) else "story"
        found = {document.language or site.language: document.path}
        for other in self.translations(document):
            at = self.address(kind, other)
            if at is not None:
                found.setdefault(at.language or site.language, at.path)
        return {language: found[language] for language in site.languages if language in found}

    def every(self, kind: str, language: str) -> tuple[str, ...]:
        """Return the ids of all sections, topics, authors or pages of a language."""
        return self._ids(f"list:every/{kind}/{language}/all")

    def media(self, media_id: str) -> Media | None:
        return self._get(f"media:{media_id}/body", Media)

    def shown(self, use: PictureUse | None) -> Media | None:
        """Return the media record behind `use`, unless withdrawn or hidden because its licence ended."""
        media = self.media(use.media) if use else None
        if media is None:
            return None
        ends = media.licence_ends_at
        if ends and self.site().hide_expired_pictures and self.reader.ends(ends):
            return None
        return media

    def newest(self, name: str) -> tuple[str, ...]:
        """Return the newest 30 ids of a list, newest first.

        Of stories: `front/LANG` (all of a language), `section/ID`, `topic/ID`, `author/ID`. Of feed items:
        `feed/LANG`, `feedtopic/LANG/ID`, `breaking/LANG`. Of posts: `posts/STORY`, `keyposts/STORY`.
        """
        return self._ids(f"list:{name}/head")

    def any_in(self, name: str) -> bool:
        """Return whether a list (`feed/LANG`) holds anything; what comes later leaves this alone."""
        return bool(self._ids(f"list:{name}/any"))

    def month(self, language: str, month: str) -> tuple[str, ...]:
        """Return all story ids of a month (`2026-11`) or day (`2026-11-05`), newest first."""
        return self._ids(f"list:month/{language}/{month}/all")

    def months(self, language: str) -> tuple[str, ...]:
        """Return the months that have stories, newest first, as `2026-11`."""
        return self._ids(f"list:months/{language}/all")

    def days(self, language: str, month: str) -> tuple[str, ...]:
        """Return the days of a month that have pages of their own (above 100 stories), newest first."""
        return self._ids(f"list:days/{language}/{month}/all")

    def _ids(self, key: str) -> tuple[str, ...]:
        value = self.reader.read(key)
        if value is None:
            return ()
        if not isinstance(value, tuple):
            raise TypeError(f"{key} holds {type(value).__name__}, not a list")
        return value

    def _get(self, key: str, kind: type[D]) -> D | None:
        value = self.reader.read(key)
        if value is None or isinstance(value, kind):
            return value
        raise TypeError(f"{key} holds {type(value).__name__}, not {kind.__name__}")


def facets(document: Document) -> dict[str, object]:
    """Return the facets of a record by name: what `Source.read` gives for `RECORD/FACET`."""
    whole: dict[str, object] = {"body": document}
    if isinstance(document, Translated):
        whole["address"] = Address(language=document.language, path=document.path)
    if isinstance(document, Story):
        whole["card"] = story_card(document)
    if isinstance(document, Author):
        whole["card"] = Author(
            id=document.id, language=document.language, path=document.path, name=document.name
        )
    if isinstance(document, PlainPage):
        whole["card"] = NavigationLink(label=document.title, url=document.path)
    return whole


def story_card(story: Story) -> StoryCard:
    """Return the card of a story."""
    return StoryCard(
        id=story.id,
        language=story.language,
        path=story.path,
        format=story.format,
        headline=story.headline,
        standfirst=story.standfirst,
        section=story.section,
        bylines=story.bylines,
        hero=story.hero,
        published_at=story.published_at,
        updated_at=story.updated_at,
        reading_minutes=story.reading_minutes,
        access=story.access,
        retracted=bool(story.retraction),
        claims=tuple(claim for claim in story.claims if claim.status != "verified"),
        translation_of=story.translation_of,
        live=story.live is not None and story.live.is_open,
    )
