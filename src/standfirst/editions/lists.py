"""Lists of stories as rows, and which of their keys a change moves.

A story is in `front/LANG`, `section/ID`, `topic/ID`, `author/ID` (facet `head`: the newest 30) and in
`month/LANG/2026-11` and `month/LANG/2026-11-05` (facet `all`). `months/LANG` lists the months that have
stories; `days/LANG/2026-11` the days of a month with more than a hundred.

Stories, sections, topics, authors and pages that are translations are in `translations/KIND/ID` (facet
`head`), where ID is that of the record they are translations of. `purpose/LANG/ethics` holds the page of the
site that says how it works, and so for the other purposes. `every/KIND/LANG` holds all that are not stories
(facet `all`): sections, topics, authors, pages.

Items of the news feed are in `feed/LANG` (facet `any` as well: whether there are some), `feedtopic/LANG/ID`
and, with a flag, in `breaking/LANG` by when it ends (facet `head`),
and in `feedday/LANG/2026-11-05` (facet `all`); `feeddays/LANG/2026-11` and `feedmonths/LANG` list the days
and months that have some. Posts of a live story are in `posts/ID`, key events in `keyposts/ID` (facet
`head`), and in `postpart/ID/0004` (facet `all`), a file of older ones. `changes` (facet `tail`) holds what
changed last of these and of live stories, gone items and posts included, by the number of the edition.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from standfirst.editions import addresses, rows
from standfirst.editions.documents import Document, FeedItem, PlainPage, Post, Site, Story, Translated
from standfirst.editions.records import HEAD_LENGTH

CROWDED = 100
"""With more stories than this a month is shown by days."""

CHANGES = "changes"
LISTED = (Translated, FeedItem, Post)
"""Types whose records may be in lists."""

_WHOLE = ("month/", "every/", "feedday/", "postpart/")
"""Lists that are shown whole, not by their newest thirty."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def wanted(document: Document, site: Site) -> dict[str, int]:
    """Return the lists a record is in, each with the number it is sorted by."""
    if isinstance(document, FeedItem):
        return _of_item(document, site)
    if isinstance(document, Post):
        return _of_post(document)
    found = _of_story(document, site) if isinstance(document, Story) else {}
    if isinstance(document, Translated) and document.translation_of:
        found[document.translations] = 0
    if isinstance(document, Translated) and not isinstance(document, Story):
        found[f"every/{document.kind}/{document.language or site.language}"] = 0
    if isinstance(document, PlainPage) and document.purpose:
        found[f"purpose/{document.language}/{document.purpose}"] = 0
    return found


def _of_story(story: Story, site: Site) -> dict[str, int]:
    day = _day(story.published_at, site)
    names = [f"front/{story.language}"]
    names += [f"section/{story.section}"] if story.section else []
    names += [f"topic/{topic}" for topic in story.topics]
    names += [f"author/{byline.author}" for byline in story.bylines if byline.author]
    names += [f"month/{story.language}/{day[:7]}", f"month/{story.language}/{day}"]
    return dict.fromkeys(names, _sort(story.published_at))


def _of_item(item: FeedItem, site: Site) -> dict[str, int]:
    names = [f"feed/{item.language}", f"feedday/{item.language}/{_day(item.published_at, site)}"]
    names += [f"feedtopic/{item.language}/{topic}" for topic in item.topics]
    flag = {f"breaking/{item.language}": _sort(item.breaking_until)} if item.breaking_until else {}
    return dict.fromkeys(names, _sort(item.published_at)) | flag


def _of_post(post: Post) -> dict[str, int]:
    names = [f"posts/{post.story}", f"postpart/{post.story}/{post.part:04d}"]
    names += [f"keyposts/{post.story}"] if post.key else []
    return dict.fromkeys(names, _sort(post.published_at))


def _sort(at: datetime) -> int:
    """Return microseconds since 1970."""
    since = at - _EPOCH
    return (since.days * 86400 + since.seconds) * 1_000_000 + since.microseconds


def _day(at: datetime, site: Site) -> str:
    return at.astimezone(ZoneInfo(site.time_zone)).date().isoformat()


def newest(name: str, length: int = HEAD_LENGTH) -> tuple[str, ...]:
    """Return the newest items of a list."""
    found = rows.rows(
        "SELECT item FROM editions_listentry WHERE list = %s ORDER BY sort DESC, item DESC LIMIT %s",
        [name, length],
    )
    return tuple(row[0] for row in found)


def file(item: str, lists: dict[str, int], site: Site) -> set[str]:
    """Put a record into these lists and take it out of all others; return the keys that moved."""
    found = rows.rows("SELECT list, sort FROM editions_listentry WHERE item = %s", [item])
    have: dict[str, int] = dict(found)
    filing = _Filing(item, site)
    for name in sorted(have.keys() | lists.keys()):
        if have.get(name) != lists.get(name):
            filing.change(name, have.get(name), lists.get(name))
    filing.tell_months()
    return filing.keys


@dataclass(slots=True)
class _Filing:
    """One story on its way through the lists."""

    story: str
    site: Site
    keys: set[str] = field(default_factory=set)
    crowd: dict[str, int] = field(default_factory=dict)  # months touched: how many stories there were before

    def change(self, name: str, before: int | None, after: int | None) -> None:
        """Move the story from place `before` to place `after` in one list."""
        dated = name.startswith("month/")
        whole = name.startswith(_WHOLE)
        if dated and not _is_day(name):
            self.crowd[name] = _count(name)
        head = () if whole else newest(name)
        was_empty = before is None and not (_count(name, 1) if whole else head)
        moved = whole and (before is None or after is None or _jumps(name, self.story, before, after))
        put(name, self.story, after)
        if whole:
            self.keys |= {f"list:{name}/all"} if moved else set()
        elif newest(name) != head:
            self.keys.add(f"list:{name}/head")
            if name.startswith("feed/") and (not head or not newest(name)):
                self.keys.add(f"list:{name}/any")
        if was_empty and not _is_day(name):
            self.keys |= addresses.claim(f"list:{name}", addresses.wanted_by_list(name, self.site))
        if dated:
            self._calendar(name, was_empty)
        if name.startswith("feedday/"):
            self._feed_calendar(name, was_empty)

    def _calendar(self, name: str, was_empty: bool) -> None:
        """Keep the lists of months and days in step with a month or day that filled or emptied."""
        emptied = not _count(name, 1)
        if not was_empty and not emptied:
            return
        _, language, date = name.split("/")
        calendar = f"days/{language}/{date[:7]}" if _is_day(name) else f"months/{language}"
        first = was_empty and not _count(calendar, 1)
        put(calendar, date, None if emptied else int(date.replace("-", "")))
        if emptied:
            self.keys |= addresses.release(f"list:{name}")
        if not _is_day(name):
            self.keys.add(f"list:{calendar}/all")
            if first:
                paths = addresses.wanted_by_list(calendar, self.site)
                self.keys |= addresses.claim(f"list:{calendar}", paths)
        elif _count(f"month/{language}/{date[:7]}") > CROWDED:
            self.keys.add(f"list:{calendar}/all")
            if was_empty:
                self.keys |= addresses.claim(f"list:{name}", addresses.wanted_by_list(name, self.site))

    def _feed_calendar(self, name: str, was_empty: bool) -> None:
        """Keep the feed's days and months in step with a day that filled or emptied."""
        emptied = not _count(name, 1)
        if not was_empty and not emptied:
            return
        _, language, day = name.split("/")
        days, months = f"feeddays/{language}/{day[:7]}", f"feedmonths/{language}"
        first = was_empty and not _count(days, 1)
        put(days, day, None if emptied else int(day.replace("-", "")))
        self.keys.add(f"list:{days}/all")
        if emptied:
            self.keys |= addresses.release(f"list:{name}")
        last = emptied and not _count(days, 1)
        if first:
            self.keys |= addresses.claim(f"list:{days}", addresses.wanted_by_list(days, self.site))
        elif last:
            self.keys |= addresses.release(f"list:{days}")
        if first or last:
            put(months, day[:7], None if last else int(day[:7].replace("-", "")))
            self.keys.add(f"list:{months}/all")

    def tell_months(self) -> None:
        """A month that grew above the limit gets pages for its days; one that shrank lists stories again."""
        for name, before in self.crowd.items():
            after = _count(name)
            if (before > CROWDED) == (after > CROWDED):
                continue
            _, language, month = name.split("/")
            self.keys |= {f"list:{name}/all", f"list:days/{language}/{month}/all"}
            if after > CROWDED:
                self.keys |= claim_days(language, month, self.site)


def claim_days(language: str, month: str, site: Site) -> set[str]:
    """Give every day of a crowded month its page; return the keys that moved."""
    keys = set()
    for day in newest(f"days/{language}/{month}", 31):
        name = f"month/{language}/{day}"
        keys |= addresses.claim(f"list:{name}", addresses.wanted_by_list(name, site))
    return keys


def claim_all(site: Site) -> set[str]:
    """Give every list the pages that the rules of today say; return the keys that moved."""
    keys = set()
    for (name,) in rows.rows("SELECT DISTINCT list FROM editions_listentry ORDER BY list"):
        if _is_day(name):
            _, language, date = name.split("/")
            if _count(f"month/{language}/{date[:7]}") <= CROWDED:
                continue
        keys |= addresses.claim(f"list:{name}", addresses.wanted_by_list(name, site))
    return keys


def put(name: str, item: str, sort: int | None) -> None:
    """Put `item` into a list at its place, or take it out."""
    if sort is None:
        rows.run("DELETE FROM editions_listentry WHERE list = %s AND item = %s", [name, item])
        return
    rows.run(
        """INSERT INTO editions_listentry (list, item, sort) VALUES (%s, %s, %s)
           ON CONFLICT (list, item) DO UPDATE SET sort = excluded.sort""",
        [name, item, sort],
    )


def note_change(record: str, seq: int) -> set[str]:
    """Note with edition `seq` what changed, came or went of the wire; return the keys that moved."""
    put(CHANGES, record, seq)
    return {f"list:{CHANGES}/tail"}


def _is_day(name: str) -> bool:
    return name.startswith("month/") and name.rsplit("/", 1)[1].count("-") == 2


def _count(name: str, most: int = CROWDED + 1) -> int:
    """Return how many items a list has; no more than `most` are counted."""
    row = rows.one(
        "SELECT count(*) FROM (SELECT 1 FROM editions_listentry WHERE list = %s LIMIT %s) AS first_ones",
        [name, most],
    )
    return int(row[0])


def _jumps(name: str, item: str, before: int, after: int) -> bool:
    """Return whether an item that moves from `before` to `after` passes, or ties with, another."""
    row = rows.one(
        """SELECT 1 FROM editions_listentry WHERE list = %s AND item <> %s
           AND sort BETWEEN %s AND %s LIMIT 1""",
        [name, item, min(before, after), max(before, after)],
    )
    return row is not None
